"""Metrics of probabilities: how much was believed of what came true."""

from __future__ import annotations

import numpy as np

from bilik.scoring.findings import broken
from bilik.scoring.metrics.metric import UNIT, Array, Metric, Pairs, Param, Shape

SUM_TOLERANCE = 1e-3
"""How far the probabilities of a row may be from 1 in all: predictions are often written with four digits or as 32-bit
floats. `log_loss` divides by the sum, so that nobody gains from the tolerance."""


def of_true_class(pairs: Pairs) -> Array:
    """The probability that was given to what is true, divided by the sum of the row: (n,)."""
    if pairs.predicted.ndim == 1:
        return np.where(pairs.truth == 1, pairs.predicted, 1.0 - pairs.predicted)
    given = pairs.predicted[np.arange(len(pairs)), pairs.truth]
    return np.asarray(given / pairs.predicted.sum(axis=1))


def _log_loss(pairs: Pairs, clip: float) -> Array:
    """-ln p of the true class, p kept within [clip, 1 - clip]."""
    return np.asarray(-np.log(np.clip(of_true_class(pairs), clip, 1.0 - clip)))


def _brier(pairs: Pairs) -> Array:
    """(p - y)² for two classes; its sum over the classes for more (then from 0 to 2)."""
    if pairs.predicted.ndim == 1:
        return np.asarray((pairs.predicted - pairs.truth) ** 2)
    return np.asarray(((pairs.predicted - np.eye(len(pairs.classes))[pairs.truth]) ** 2).sum(axis=1))


def _top_k(pairs: Pairs, k: int) -> Array:
    """Whether the true class is among the k with the highest scores; of equal scores the later class comes first."""
    if k >= len(pairs.classes):
        raise broken("metric.top_k", k=k, count=len(pairs.classes))
    best = np.argsort(pairs.predicted, axis=1, kind="stable")[:, ::-1][:, :k]
    return np.asarray((best == pairs.truth[:, None]).any(axis=1), dtype=np.float64)


_ONE_OR_MANY = (Shape.PROBABILITY, Shape.CLASS_PROBABILITIES)
_POSITIVE = Param("positive", "text", "1", "The positive of two classes.")
METRICS = (
    Metric("log_loss", False, _ONE_OR_MANY, "Mean of -ln of the probability of what is true.",
           "Good (1952); scikit-learn 1.9 log_loss, without the clip",
           (Param("clip", "number", 1e-15, "Probabilities are kept this far from 0 and 1.", 0, 0.5, True, True),
            _POSITIVE),
           rows=lambda pairs, clip, positive: _log_loss(pairs, clip), prediction=lambda _: UNIT),
    Metric("brier", False, _ONE_OR_MANY, "Mean squared difference of probabilities and what is true.",
           "Brier (1950); scikit-learn 1.9 brier_score_loss", (_POSITIVE,),
           rows=lambda pairs, positive: _brier(pairs), prediction=lambda _: UNIT),
    Metric("top_k_accuracy", True, (Shape.CLASS_SCORES,), "Share of rows whose class is among the k best.",
           "scikit-learn 1.9 top_k_accuracy_score", (Param("k", "whole", 2, "How many count.", 1, 1000),), rows=_top_k),
)  # fmt: skip
