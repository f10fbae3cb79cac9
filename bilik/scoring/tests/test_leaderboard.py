"""Order, what is shown, intervals, and groups that cannot be told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.scoring.findings import CompetitionBroken
from bilik.scoring.leaderboard.groups import not_distinguishable
from bilik.scoring.leaderboard.order import Entry, ranked
from bilik.scoring.leaderboard.showing import ladder, ladder_without_step, raw, rounded
from bilik.scoring.leaderboard.uncertainty import difference_interval, score_interval, standard_error
from bilik.scoring.metrics import metric_named
from bilik.scoring.metrics.metric import Pairs

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def entry(number, score, minutes=0):
    return Entry(number, NOON + timedelta(minutes=minutes), score)


def order(*entries, greater):
    return [place.entry.number for place in ranked(entries, greater_is_better=greater)]


@pytest.mark.parametrize(("greater", "expected"), [(True, [2, 1, 3, 4]), (False, [1, 2, 3, 4])])
def test_cases_44_and_77_a_missing_score_stands_last_in_both_directions(greater, expected):
    entries = [entry(4, "NaN", minutes=1), entry(3, None), entry(1, "0.1"), entry(2, "0.9")]
    assert order(*entries, greater=greater) == expected
    places = ranked(entries, greater_is_better=greater)
    assert [place.place for place in places] == [1, 2, None, None]


def test_case_72_of_equal_scores_the_earlier_is_first_and_then_the_lower_number():
    assert order(entry(1, "0.5", 5), entry(2, "0.50", 1), entry(4, "0.5", 9), entry(3, "0.5", 9), greater=True) == [
        2, 1, 3, 4,
    ]  # fmt: skip
    assert [place.tied for place in ranked([entry(1, "0.5"), entry(2, "0.5")], greater_is_better=True)] == [False, True]


@given(st.permutations([entry(n, score, n % 3) for n, score in enumerate(["1", "1", "2", None, None, "0.1", "1e-7"])]))
def test_case_72_the_order_does_not_depend_on_how_entries_come(entries):
    assert order(*entries, greater=False) == [6, 5, 0, 1, 2, 3, 4]


def test_scores_are_compared_exactly_and_not_as_texts_or_rounded():
    assert order(entry(1, "0.30000000000000004"), entry(2, "0.3"), entry(3, "1e-05"), greater=False) == [3, 2, 1]


def test_raw_and_rounded_show_every_score():
    assert raw("0.512345", "0.6", greater_is_better=True).score == "0.512345"
    assert rounded("0.512345", "0.6", digits=3, greater_is_better=True).score == "0.512"
    assert rounded("12.5", None, digits=0, greater_is_better=True).score == "12"


def test_the_ladder_shows_only_steps():
    step = Decimal("0.01")
    first = ladder("0.5123", None, step=step, greater_is_better=True)
    assert (first.score, first.better) == ("0.51", True)
    assert ladder("0.5199", "0.51", step=step, greater_is_better=True).score == "0.51"
    assert ladder("0.5299", "0.51", step=step, greater_is_better=True).score == "0.53"
    assert ladder("0.1", "0.51", step=step, greater_is_better=True).score == "0.51"
    assert ladder("0.4999", "0.51", step=step, greater_is_better=False).score == "0.5"
    assert ladder("1234.5", None, step=Decimal(100), greater_is_better=False).score == "1200"


@given(st.lists(st.decimals("0", "1", places=6), min_size=1, max_size=30), st.booleans())
def test_what_the_ladder_shows_never_gets_worse_and_moves_by_whole_steps(scores, greater):
    step, best = Decimal("0.02"), None
    for score in scores:
        shown = ladder(str(score), best, step=step, greater_is_better=greater)
        assert Decimal(shown.score) % step == 0
        if best is not None:
            gain = (Decimal(shown.score) - Decimal(best)) * (1 if greater else -1)
            assert gain >= step if shown.better else gain == 0
        best = shown.score


def noisy(size=1000, share=0.7, seed=1):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, size)
    return Pairs(truth, np.where(random.random(size) < share, truth, 1 - truth), ("0", "1"))


ACCURACY = metric_named("accuracy")


def free(new, best, best_pairs, metric=ACCURACY):
    score = repr(metric.score(new, metric.read_params({})))
    return ladder_without_step(
        score, best, metric=metric, params=metric.read_params({}), new=new, best_pairs=best_pairs
    )


def test_the_ladder_without_a_step_shows_what_is_beyond_noise():
    weak, strong = noisy(share=0.6), noisy(share=0.8)
    first = free(weak, None, None)
    assert first.better
    assert len(first.score) <= 4
    better = free(strong, first.score, weak)
    assert better.better
    assert Decimal(better.score) > Decimal(first.score)
    assert free(weak, better.score, strong) == type(better)(better.score, False)


def test_the_same_file_again_shows_nothing_new():
    pairs = noisy()
    first = free(pairs, None, None)
    assert free(pairs, first.score, pairs) == type(first)(first.score, False)


@pytest.mark.parametrize("name", ["balanced_accuracy", "f_beta", "mcc"])
def test_the_ladder_without_a_step_works_for_metrics_that_are_no_mean(name):
    metric = metric_named(name)
    first = free(noisy(share=0.6), None, None, metric)
    assert free(noisy(share=0.8), first.score, noisy(share=0.6), metric).better
    assert not free(noisy(share=0.6), first.score, noisy(share=0.6), metric).better


def test_the_error_of_a_mean_is_the_textbooks_and_the_jackknife_agrees_with_it():
    pairs = noisy(size=4000)
    right = pairs.truth == pairs.predicted
    error = standard_error(ACCURACY, {}, pairs)
    assert error == pytest.approx(right.std(ddof=1) / np.sqrt(len(right)))
    # On two classes of one size balanced accuracy is nearly accuracy, so its jackknife must be nearly this.
    assert standard_error(metric_named("balanced_accuracy"), {}, pairs) == pytest.approx(error, rel=0.3)


def test_intervals_hold_the_score_and_paired_ones_are_narrower():
    old, new = noisy(share=0.7), noisy(share=0.7)
    new.predicted[:10] = new.truth[:10]
    interval = score_interval(ACCURACY, {}, old, repeats=200)
    assert interval.low < ACCURACY.score(old, {}) < interval.high
    apart = difference_interval(ACCURACY, {}, new, old, repeats=200)
    assert apart.high - apart.low < interval.high - interval.low
    assert score_interval(ACCURACY, {}, old, repeats=200) == interval


def test_an_interval_of_what_is_undefined_everywhere_is_refused():
    ones = Pairs(np.ones(5, dtype=int), np.linspace(0, 1, 5), ("0", "1"))
    with pytest.raises(CompetitionBroken):
        score_interval(metric_named("auc"), metric_named("auc").read_params({}), ones, repeats=10)


def test_neighbours_that_cannot_be_told_apart_stand_in_one_group():
    best, worse = noisy(size=3000, share=0.9, seed=2), noisy(size=3000, share=0.7, seed=2)
    nearly = Pairs(best.truth, best.predicted.copy(), best.classes)
    nearly.predicted[:3] = 1 - nearly.truth[:3]
    assert not_distinguishable(ACCURACY, {}, [best, nearly, worse]) == [(0, 1), (2,)]
    assert not_distinguishable(ACCURACY, {}, []) == []
    assert not_distinguishable(ACCURACY, {}, [best]) == [(0,)]
