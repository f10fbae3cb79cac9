"""Every metric against scikit-learn where scikit-learn has it, and against worked examples where it has not."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

sk = pytest.importorskip("sklearn.metrics", reason="needs scikit-learn")

from bilik.scoring.findings import CompetitionBroken  # noqa: E402
from bilik.scoring.metrics import METRICS, metric_named  # noqa: E402
from bilik.scoring.metrics.metric import Pairs, Shape, finite  # noqa: E402
from bilik.scoring.metrics.probabilities import of_true_class  # noqa: E402

CLASSES = ("0", "1", "2", "3")
AVERAGES = st.sampled_from(("macro", "micro", "weighted"))


def ours(name, truth, predicted, classes=(), **params):
    metric = metric_named(name)
    pairs = Pairs(np.asarray(truth), np.asarray(predicted), tuple(classes))
    return metric.score(pairs, metric.read_params(params))


def same(one, other):
    assert one == pytest.approx(other, rel=1e-12, abs=1e-13)


def oracle(function, *given, **params):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*given, **params)


@st.composite
def labels(draw, kinds=4):
    size = draw(st.integers(1, 60))
    one = st.lists(st.integers(0, kinds - 1), min_size=size, max_size=size)
    return np.array(draw(one)), np.array(draw(one))


@st.composite
def numbers(draw, low=-1e3, high=1e3):
    size, columns = draw(st.integers(2, 40)), draw(st.integers(1, 3))
    cells = st.lists(st.floats(low, high), min_size=size * columns, max_size=size * columns)
    return tuple(np.array(draw(cells)).reshape(size, columns) for _ in range(2))


@st.composite
def scores(draw, classes=2):
    """Truth in which each class occurs, and scores with many ties."""
    truth = [*range(classes), *draw(st.lists(st.integers(0, classes - 1), max_size=50))]
    cells = draw(st.lists(st.integers(1, 9), min_size=len(truth) * classes, max_size=len(truth) * classes))
    rows = np.array(cells, dtype=float).reshape(len(truth), classes)
    return np.array(truth), rows / rows.sum(axis=1, keepdims=True)


@given(labels())
def test_metrics_of_labels_equal_scikit_learn(both):
    y, p = both
    same(ours("accuracy", y, p, CLASSES), sk.accuracy_score(y, p))
    same(ours("hamming_loss", y, p, CLASSES), sk.hamming_loss(y, p))
    same(ours("balanced_accuracy", y, p, CLASSES), oracle(sk.balanced_accuracy_score, y, p))
    same(ours("mcc", y, p, CLASSES), oracle(sk.matthews_corrcoef, y, p))


@given(labels(), AVERAGES, st.floats(0.1, 5))
def test_averages_over_classes_equal_scikit_learn(both, average, beta):
    y, p = both
    for name, function, more in (
        ("f_beta", sk.fbeta_score, {"beta": beta}),
        ("precision", sk.precision_score, {}),
        ("recall", sk.recall_score, {}),
        ("jaccard", sk.jaccard_score, {}),
    ):
        expected = oracle(function, y, p, average=average, zero_division=0, **more)
        same(ours(name, y, p, CLASSES, average=average, **more), expected)


@given(labels(kinds=2), st.floats(0.1, 5), st.sampled_from((0, 1)))
def test_one_class_of_two_equals_scikit_learn(both, beta, positive):
    y, p = both
    for name, function, more in (("f_beta", sk.fbeta_score, {"beta": beta}), ("jaccard", sk.jaccard_score, {})):
        expected = oracle(function, y, p, pos_label=positive, zero_division=0, **more)
        same(ours(name, y, p, ("0", "1"), positive=str(positive), **more), expected)


@given(st.integers(1, 30), st.integers(2, 5), st.randoms(use_true_random=False), AVERAGES)
def test_columns_of_0_and_1_equal_scikit_learn(rows, columns, random, average):
    y, p = (np.array([[random.randint(0, 1) for _ in range(columns)] for _ in range(rows)]) for _ in range(2))
    same(ours("hamming_loss", y, p), sk.hamming_loss(y, p))
    same(ours("jaccard", y, p, average=average), oracle(sk.jaccard_score, y, p, average=average, zero_division=0))
    same(ours("f_beta", y, p, average=average), oracle(sk.f1_score, y, p, average=average, zero_division=0))


@given(labels(), st.sampled_from(("none", "linear", "quadratic")))
def test_kappa_equals_scikit_learn(both, weights):
    y, p = both
    assume(len({*y.tolist(), *p.tolist()}) > 1)
    expected = oracle(sk.cohen_kappa_score, y, p, weights=None if weights == "none" else weights)
    same(ours("cohen_kappa", y, p, CLASSES, weights=weights), expected)


@given(numbers())
def test_metrics_of_numbers_equal_scikit_learn(both):
    y, p = both
    same(ours("mse", y, p), sk.mean_squared_error(y, p))
    same(ours("rmse", y, p), sk.root_mean_squared_error(y, p))
    same(ours("mae", y, p), sk.mean_absolute_error(y, p))
    same(ours("median_absolute_error", y, p), sk.median_absolute_error(y, p))
    same(ours("quantile_loss", y, p, alpha=0.3), sk.mean_pinball_loss(y, p, alpha=0.3))


@given(numbers(low=0.0))
def test_rmsle_equals_scikit_learn(both):
    same(ours("rmsle", *both), sk.root_mean_squared_log_error(*both))


@given(numbers(low=0.01))
def test_mape_and_deviances_equal_scikit_learn(both):
    y, p = both
    same(ours("mape", y, p), sk.mean_absolute_percentage_error(y, p))
    for name, power in (("poisson_deviance", 1), ("gamma_deviance", 2)):
        expected = sk.mean_tweedie_deviance(y[:, 0], p[:, 0], power=power)
        assert ours(name, y[:, :1], p[:, :1]) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    for power in (-1.5, 0, 1.5, 3):
        expected = sk.mean_tweedie_deviance(y[:, 0], p[:, 0], power=power)
        assert ours("tweedie_deviance", y[:, :1], p[:, :1], power=power) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(numbers())
def test_explained_shares_equal_scikit_learn(both):
    y, p = both
    assume(all(len(set(column)) > 1 and column.std() > 1e-3 for column in y.T))
    assert ours("r2", y, p) == pytest.approx(sk.r2_score(y, p), rel=1e-10)
    assert ours("explained_variance", y, p) == pytest.approx(sk.explained_variance_score(y, p), rel=1e-10)


@given(scores())
def test_metrics_of_two_classes_equal_scikit_learn(both):
    y, rows = both
    p = rows[:, 1]
    same(ours("auc", y, p, ("0", "1")), sk.roc_auc_score(y, p))
    same(ours("average_precision", y, p, ("0", "1")), sk.average_precision_score(y, p))
    same(ours("log_loss", y, p, ("0", "1")), sk.log_loss(y, p))
    same(ours("brier", y, p, ("0", "1")), sk.brier_score_loss(y, p))


@given(scores(classes=4), AVERAGES)
def test_metrics_of_many_classes_equal_scikit_learn(both, average):
    y, p = both
    same(ours("log_loss", y, p, CLASSES), sk.log_loss(y, p))
    same(ours("brier", y, p, CLASSES), sk.brier_score_loss(y, p))
    same(ours("auc", y, p, CLASSES, average=average), sk.roc_auc_score(y, p, average=average, multi_class="ovr"))
    expected = sk.average_precision_score(np.eye(4)[y], p, average=average)
    same(ours("average_precision", y, p, CLASSES, average=average), expected)
    for k in (1, 2, 3):
        same(ours("top_k_accuracy", y, p, CLASSES, k=k), sk.top_k_accuracy_score(y, p, k=k))
    if average != "micro":
        expected = sk.roc_auc_score(y, p, average=average, multi_class="ovo")
        same(ours("auc", y, p, CLASSES, average=average, multi_class="ovo"), expected)


def lists(*cells):
    array = np.empty(len(cells), dtype=object)
    for place, cell in enumerate(cells):
        array[place] = tuple(cell.split())
    return array


def masks(*cells):
    array = np.empty(len(cells), dtype=object)
    for place, cell in enumerate(cells):
        array[place] = np.array(cell.split(), dtype=np.int64).reshape(-1, 2)
    return array


def test_ranked_lists_give_the_worked_examples_of_their_docstrings():
    same(ours("map_at_k", lists("a c"), lists("a b c"), k=3), 5 / 6)
    same(ours("map_at_k", lists("a", "b"), lists("b a", "b"), k=3), (1 / 2 + 1) / 2)
    same(ours("map_at_k", lists("a b c d"), lists("a"), k=2), 1 / 2)
    same(ours("ndcg_at_k", lists("a c"), lists("a b c"), k=3), 1.5 / (1 + 1 / math.log2(3)))
    same(ours("ndcg_at_k", lists("a"), lists(""), k=3), 0.0)


@given(st.lists(st.booleans(), min_size=2, max_size=9).filter(any), st.integers(1, 10))
def test_ndcg_of_binary_gains_equals_scikit_learn(gains, k):
    names = [f"i{place}" for place in range(len(gains))]
    relevant = " ".join(name for name, gain in zip(names, gains, strict=True) if gain)
    expected = sk.ndcg_score([gains], [list(range(len(gains), 0, -1))], k=k)
    same(ours("ndcg_at_k", lists(relevant), lists(" ".join(names)), k=k), expected)


def pixels(mask):
    return {pixel for start, length in mask for pixel in range(start, start + length)}


def test_masks_give_the_worked_examples_of_their_docstrings():
    same(ours("dice", masks("1 3"), masks("2 3")), 4 / 6)
    same(ours("iou", masks("1 3"), masks("2 3")), 2 / 4)
    same(ours("dice", masks("", "", "1 1"), masks("", "1 1", "")), 1 / 3)


@given(*[st.lists(st.tuples(st.integers(1, 5), st.integers(1, 6)), max_size=6) for _ in range(2)])
def test_masks_overlap_as_sets_of_pixels_do(one, other):
    def runs(gaps):
        at, found = 1, []
        for gap, length in gaps:
            found.append(f"{at + gap - 1} {length}")
            at += gap - 1 + length
        return masks(" ".join(found))

    a, b = runs(one), runs(other)
    left, right = pixels(a[0]), pixels(b[0])
    same(ours("iou", a, b), len(left & right) / len(left | right) if left | right else 1.0)


def test_smape_gives_its_worked_example():
    # 2 x 10 / 210, 0 for two zeros, 2 for a zero and something
    same(ours("smape", [[100.0], [0.0], [0.0]], [[110.0], [0.0], [3.0]]), (20 / 210 + 0 + 2) / 3)


def test_log_loss_keeps_away_from_certainty_by_the_clip():
    same(ours("log_loss", [1, 0], [0.0, 0.0], ("0", "1"), clip=0.01), (-math.log(0.01) - math.log(0.99)) / 2)


def test_rows_that_sum_to_a_little_more_than_1_gain_nothing():
    pairs = Pairs(np.array([0]), np.array([[0.5005, 0.5]]), ("a", "b"))
    assert of_true_class(pairs)[0] == pytest.approx(0.5005 / 1.0005)


UNDEFINED = [
    ("auc", [1, 1], [0.1, 0.2], ("0", "1"), {}, "metric.one_class"),
    ("average_precision", [0, 0], [0.1, 0.2], ("0", "1"), {}, "metric.one_class"),
    ("auc", [0, 1], [[0.5, 0.3, 0.2]] * 2, ("a", "b", "c"), {}, "metric.class_missing"),
    ("auc", [0, 1, 2], [[0.5, 0.3, 0.2]] * 3, ("a", "b", "c"), {"multi_class": "ovo", "average": "micro"},
     "metric.ovo_micro"),
    ("cohen_kappa", [1, 1], [1, 1], ("0", "1"), {}, "metric.one_class"),
    ("mape", [[0.0]], [[1.0]], (), {}, "metric.zero_truth"),
    ("r2", [[1.0], [1.0]], [[1.0], [2.0]], (), {}, "metric.constant_truth"),
    ("f_beta", [0, 1, 2], [0, 1, 2], ("0", "1", "2"), {}, "metric.not_binary"),
    ("f_beta", [0, 1], [0, 1], ("no", "yes"), {}, "metric.no_positive"),
    ("tweedie_deviance", [[1.0]], [[1.0]], (), {"power": 0.5}, "metric.tweedie_power"),
    ("top_k_accuracy", [0, 1], [[0.5, 0.5]] * 2, ("a", "b"), {"k": 2}, "metric.top_k"),
    ("accuracy", [], [], ("0", "1"), {}, "metric.no_rows"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "truth", "predicted", "classes", "params", "code"), UNDEFINED)
def test_what_is_undefined_is_said_to_be_and_is_no_score(name, truth, predicted, classes, params, code):
    with pytest.raises(CompetitionBroken) as caught:
        ours(name, truth, predicted, classes, **params)
    assert caught.value.findings[0].code == code


@pytest.mark.parametrize(
    ("params", "code"),
    [({"betta": 1}, "param.unknown"), ({"beta": "much"}, "param.value"), ({"beta": 0}, "param.value"),
     ({"beta": "nan"}, "param.value"), ({"beta": True}, "param.value"), ({"average": "mean"}, "param.value")],
)  # fmt: skip
def test_parameters_that_are_not_known_or_not_possible_are_told(params, code):
    with pytest.raises(CompetitionBroken) as caught:
        metric_named("f_beta").read_params(params)
    assert caught.value.findings[0].code == code


def test_parameters_are_read_from_texts_as_a_command_line_gives_them():
    assert metric_named("f_beta").read_params({"beta": "2"})["beta"] == 2.0
    assert metric_named("map_at_k").read_params({"k": "5"})["k"] == 5


def test_a_name_that_is_not_known_leads_to_names_that_are_near():
    with pytest.raises(CompetitionBroken) as caught:
        metric_named("log_los")
    assert "log_loss" in caught.value.findings[0].facts["known"]


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, None, 1j, True, "1", [1.0], np.array([1.0, 2.0]), 10**400, np.float64("nan")]
)
def test_case_44_a_result_that_is_not_one_finite_number_is_no_score(value):
    with pytest.raises(CompetitionBroken):
        finite(value, "x")


def test_minus_zero_is_zero():
    assert str(finite(-0.0, "x")) == "0.0"


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_says_what_it_is(name):
    metric = METRICS[name]
    assert metric.name == name
    assert metric.about.endswith(".")
    assert metric.source
    assert metric.shapes
    assert (metric.rows or metric.whole) is not None
    assert {param.name: param.read(param.default) for param in metric.params} == metric.read_params({})


SHAPES = {
    Shape.NUMBERS: (np.array([[1.0], [2.0], [4.0]]), np.array([[1.5], [2.0], [3.0]]), ()),
    Shape.PROBABILITY: (np.array([0, 1, 1]), np.array([0.2, 0.6, 0.9]), ("0", "1")),
    Shape.CLASS_SCORES: (np.array([0, 1, 2]), np.eye(3)[[0, 2, 1]], ("a", "b", "c")),
    Shape.LABELS: (np.array([0, 1, 1]), np.array([0, 1, 0]), ("0", "1")),
    Shape.LISTS: (lists("a", "b"), lists("a", "c b"), ()),
    Shape.MASKS: (masks("1 3", ""), masks("2 3", "1 1"), ()),
}


@pytest.mark.parametrize("name", [name for name, metric in sorted(METRICS.items()) if metric.rows])
def test_the_mean_over_the_rows_orders_as_the_score_does(name):
    metric = METRICS[name]
    pairs = Pairs(*SHAPES[metric.shapes[0]])
    params = metric.read_params({})
    rows = metric.row_values(pairs, params)
    assert rows.shape == (len(pairs),)
    assert metric.finish(float(rows.mean())) == pytest.approx(metric.score(pairs, params), rel=1e-12)
