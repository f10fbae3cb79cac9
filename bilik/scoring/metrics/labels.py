"""Metrics of labels: how many are right, in which class, and what confusing two of them costs."""

from __future__ import annotations

import numpy as np

from bilik.scoring.findings import broken
from bilik.scoring.metrics.metric import Array, Metric, Pairs, Param, Shape

_USER_GUIDE = "User guide of scikit-learn 1.9, section 3.4.4"
_AVERAGE = Param(
    "average", "choice", "binary", "One class, or which mean of all.", options=("binary", "macro", "micro", "weighted")
)
_POSITIVE = Param("positive", "text", "1", "The positive class, with average = binary.")


def confusion(pairs: Pairs) -> Array:
    """How often class i (row) was predicted as class j (column): (k, k), as floats."""
    size = len(pairs.classes)
    counts = np.bincount(pairs.truth * size + pairs.predicted, minlength=size * size)
    return counts.reshape(size, size).astype(np.float64)


def _right(pairs: Pairs) -> Array:
    return np.asarray(pairs.truth == pairs.predicted, dtype=np.float64)


def _balanced_accuracy(pairs: Pairs) -> float:
    """The mean of the recalls of the classes that occur in the truth."""
    table = confusion(pairs)
    there = table.sum(axis=1)
    return float((np.diag(table)[there > 0] / there[there > 0]).mean())


def counts(pairs: Pairs, average: str, positive: str) -> tuple[Array, Array, Array]:
    """True positives, false positives and false negatives: of one class, of each class or column, or of all at once.

    Only classes that occur in truth or prediction count, as in scikit-learn.
    """
    if pairs.truth.ndim == 2:
        truth, said = pairs.truth.astype(np.float64), pairs.predicted.astype(np.float64)
        hit, there, predicted = (truth * said).sum(axis=0), truth.sum(axis=0), said.sum(axis=0)
        kept = np.ones(len(hit), dtype=bool)
    else:
        table = confusion(pairs)
        hit, there, predicted = np.diag(table), table.sum(axis=1), table.sum(axis=0)
        kept = there + predicted > 0
        if average == "binary":
            kept = np.array([name == _positive(pairs, positive) for name in pairs.classes])
    hit, there, predicted = hit[kept], there[kept], predicted[kept]
    if average == "micro":
        hit, there, predicted = (part.sum(keepdims=True) for part in (hit, there, predicted))
    return hit, predicted - hit, there - hit


def _positive(pairs: Pairs, positive: str) -> str:
    if len(pairs.classes) > 2:
        raise broken("metric.not_binary", count=len(pairs.classes))
    if positive not in pairs.classes:
        raise broken("metric.no_positive", positive=positive, known=list(pairs.classes))
    return positive


def ratio(above: Array, below: Array) -> Array:
    """The quotients, 0 where there is nothing to divide by (`zero_division=0` of scikit-learn)."""
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def averaged(values: Array, support: Array, average: str) -> float:
    """The mean over the classes, with `weighted` by how often each occurs in the truth (0 when none does)."""
    if average == "weighted":
        return float(ratio(np.array([(values * support).sum()]), np.array([support.sum()]))[0])
    return float(values.mean())


def _by_columns(pairs: Pairs, average: str) -> None:
    """Several columns have no one class."""
    if pairs.truth.ndim == 2 and average == "binary":
        raise broken("metric.average_of_columns", average=average)


def _f_beta(pairs: Pairs, beta: float, average: str, positive: str) -> float:
    """(1 + b²) TP / ((1 + b²) TP + b² FN + FP)."""
    _by_columns(pairs, average)
    hit, false, missed = counts(pairs, average, positive)
    weight = beta * beta
    values = ratio((1 + weight) * hit, (1 + weight) * hit + weight * missed + false)
    return averaged(values, hit + missed, average)


def _precision(pairs: Pairs, average: str, positive: str) -> float:
    """TP / (TP + FP)."""
    _by_columns(pairs, average)
    hit, false, missed = counts(pairs, average, positive)
    return averaged(ratio(hit, hit + false), hit + missed, average)


def _recall(pairs: Pairs, average: str, positive: str) -> float:
    """TP / (TP + FN)."""
    _by_columns(pairs, average)
    hit, _, missed = counts(pairs, average, positive)
    return averaged(ratio(hit, hit + missed), hit + missed, average)


def _jaccard(pairs: Pairs, average: str, positive: str) -> float:
    """TP / (TP + FP + FN)."""
    _by_columns(pairs, average)
    hit, false, missed = counts(pairs, average, positive)
    return averaged(ratio(hit, hit + false + missed), hit + missed, average)


def _hamming(pairs: Pairs) -> Array:
    """The share of the columns of a row that are wrong."""
    wrong = (pairs.truth != pairs.predicted).astype(np.float64)
    return np.asarray(wrong.mean(axis=1)) if wrong.ndim == 2 else wrong


def _kappa(pairs: Pairs, weights: str) -> float:
    """1 - sum w O / sum w E, with w = 0/1, |i - j| or (i - j)² over the places of the classes in their order."""
    table = confusion(pairs)
    kept = table.sum(axis=0) + table.sum(axis=1) > 0
    table = table[np.ix_(kept, kept)]
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    place = np.arange(len(table), dtype=np.float64)
    apart = np.abs(place[:, None] - place[None, :])
    weight = {"none": (apart > 0).astype(np.float64), "linear": apart, "quadratic": apart**2}[weights]
    below = float((weight * expected).sum())
    if below == 0:
        raise broken("metric.one_class", metric="cohen_kappa")
    return 1.0 - float((weight * table).sum()) / below


def _mcc(pairs: Pairs) -> float:
    """R_K of Gorodkin (2004); 0 when truth or prediction has one class only."""
    table = confusion(pairs)
    there, said, total = table.sum(axis=1), table.sum(axis=0), table.sum()
    above = np.trace(table) * total - there @ said
    below = (total**2 - said @ said) * (total**2 - there @ there)
    return float(above / np.sqrt(below)) if below > 0 else 0.0


_LABELS = (Shape.LABELS,)
_BOTH = (Shape.LABELS, Shape.INDICATORS)
METRICS = (
    Metric("accuracy", True, _LABELS, "Share of rows that are right.", _USER_GUIDE, rows=_right),
    Metric("balanced_accuracy", True, _LABELS, "Mean of the recalls of the classes.", _USER_GUIDE,
           whole=_balanced_accuracy),
    Metric("f_beta", True, _BOTH, "Weighted harmonic mean of precision and recall.", _USER_GUIDE,
           (Param("beta", "number", 1.0, "Recall counts beta times as much as precision.", 0, 100, above=True),
            _AVERAGE, _POSITIVE), whole=_f_beta),
    Metric("precision", True, _BOTH, "Share of those predicted that are so.", _USER_GUIDE, (_AVERAGE, _POSITIVE),
           whole=_precision),
    Metric("recall", True, _BOTH, "Share of those that are so that were predicted.", _USER_GUIDE,
           (_AVERAGE, _POSITIVE), whole=_recall),
    Metric("jaccard", True, _BOTH, "Intersection over union of classes.", _USER_GUIDE, (_AVERAGE, _POSITIVE),
           whole=_jaccard),
    Metric("hamming_loss", False, _BOTH, "Share of labels that are wrong.", _USER_GUIDE, rows=_hamming),
    Metric("cohen_kappa", True, _LABELS, "Agreement beyond chance; weights by the order of the classes.",
           "Cohen (1960, 1968)", (Param("weights", "choice", "none", "What confusing far classes costs.",
                                        options=("none", "linear", "quadratic")),), whole=_kappa),
    Metric("mcc", True, _LABELS, "Matthews correlation, also of more than two classes.", "Gorodkin (2004)",
           whole=_mcc),
)  # fmt: skip
