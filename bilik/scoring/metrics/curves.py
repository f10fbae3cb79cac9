"""Areas under curves: how well scores put those that are so before those that are not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from bilik.scoring.findings import broken
from bilik.scoring.metrics.metric import Array, Metric, Pairs, Param, Shape


def auc(truth: Array, scores: Array) -> float:
    """Area under the ROC curve as the Mann-Whitney statistic; a tie is half a win. Hanley & McNeil (1982).

    `truth` is 0 or 1. Raises CompetitionBroken when only one of them occurs.
    """
    order = np.argsort(scores)
    hits, values = truth[order].astype(np.float64), scores[order]
    ends = np.append(np.flatnonzero(values[1:] != values[:-1]), len(values) - 1)
    hit = np.cumsum(hits)[ends]
    total = ends + 1.0
    positive, negative = hit[-1], total[-1] - hit[-1]
    if positive == 0 or negative == 0:
        raise broken("metric.one_class", metric="auc")
    here = np.diff(hit, prepend=0.0)
    below = (total - hit) - np.diff(total - hit, prepend=0.0) / 2
    return float((here * below).sum() / (positive * negative))


def average_precision(truth: Array, scores: Array) -> float:
    """Sum over the thresholds of (recall gained) x precision, without interpolation. scikit-learn 1.9."""
    order = np.argsort(-scores)
    hits, values = truth[order].astype(np.float64), scores[order]
    ends = np.append(np.flatnonzero(values[1:] != values[:-1]), len(values) - 1)
    hit = np.cumsum(hits)[ends]
    if hit[-1] == 0:
        raise broken("metric.one_class", metric="average_precision")
    return float((np.diff(hit, prepend=0.0) * hit / (ends + 1.0)).sum() / hit[-1])


_Curve = Callable[[Array, Array], float]


def _one_against_rest(pairs: Pairs, average: str, curve: _Curve) -> float:
    """The area of each class against all others, and their mean; `micro` takes all cells as one problem."""
    truth = np.eye(len(pairs.classes))[pairs.truth]
    if average == "micro":
        return curve(truth.ravel(), pairs.predicted.ravel())
    _all_there(pairs)
    areas = np.array([curve(truth[:, one], pairs.predicted[:, one]) for one in range(truth.shape[1])])
    weights = truth.sum(axis=0) if average == "weighted" else np.ones(len(areas))
    return float((areas * weights).sum() / weights.sum())


def _one_against_one(pairs: Pairs, average: str) -> float:
    """Hand & Till (2001): each pair of classes on its own rows, in both directions."""
    if average == "micro":
        raise broken("metric.ovo_micro")
    _all_there(pairs)
    areas, weights = [], []
    for one, other in combinations(range(len(pairs.classes)), 2):
        rows = (pairs.truth == one) | (pairs.truth == other)
        truth, scores = pairs.truth[rows], pairs.predicted[rows]
        areas.append((auc(truth == one, scores[:, one]) + auc(truth == other, scores[:, other])) / 2)
        weights.append(float(rows.sum()) if average == "weighted" else 1.0)
    return float(np.average(areas, weights=weights))


def _all_there(pairs: Pairs) -> None:
    seen = np.bincount(pairs.truth, minlength=len(pairs.classes))
    if (seen == 0).any():
        raise broken("metric.class_missing", label=pairs.classes[int(np.argmin(seen))])


def _auc(pairs: Pairs, average: str, multi_class: str, positive: str) -> float:
    if pairs.predicted.ndim == 1:
        return auc(pairs.truth, pairs.predicted)
    if multi_class == "ovo":
        return _one_against_one(pairs, average)
    return _one_against_rest(pairs, average, auc)


def _average_precision(pairs: Pairs, average: str, positive: str) -> float:
    if pairs.predicted.ndim == 1:
        return average_precision(pairs.truth, pairs.predicted)
    return _one_against_rest(pairs, average, average_precision)


_AVERAGE = Param("average", "choice", "macro", "With more than two classes: which mean of them.",
                 options=("macro", "micro", "weighted"))  # fmt: skip
_POSITIVE = Param("positive", "text", "1", "The positive of two classes.")
METRICS = (
    Metric("auc", True, (Shape.SCORE, Shape.CLASS_PROBABILITIES), "Area under the ROC curve.",
           "Hanley & McNeil (1982); Hand & Till (2001); scikit-learn 1.9 roc_auc_score",
           (_AVERAGE, Param("multi_class", "choice", "ovr", "Each class against the rest, or in pairs.",
                            options=("ovr", "ovo")), _POSITIVE), whole=_auc),
    Metric("average_precision", True, (Shape.SCORE, Shape.CLASS_SCORES), "Area under precision and recall, in steps.",
           "scikit-learn 1.9 average_precision_score", (_AVERAGE, _POSITIVE), whole=_average_precision),
)  # fmt: skip
