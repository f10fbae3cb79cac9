"""Metrics of numbers: how far predictions are off. With several columns, the mean over the columns."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from bilik.scoring.findings import broken
from bilik.scoring.metrics.metric import (
    ANY,
    COUNTS,
    NOT_NEGATIVE,
    POSITIVE,
    Array,
    Domain,
    Metric,
    Pairs,
    Param,
    Params,
    Shape,
)

_USER_GUIDE = "User guide of scikit-learn 1.9, section 3.4.6"
REAL = Domain(-1e20, 1e20)


def _by_row(loss: Callable[..., Array]) -> Callable[..., Array]:
    """The loss of a row as the mean over its columns; (truth, predicted, **params) -> (n, m)."""

    def rows(pairs: Pairs, **params: float) -> Array:
        return np.asarray(loss(pairs.truth, pairs.predicted, **params).mean(axis=1))

    return rows


def _squared(truth: Array, predicted: Array) -> Array:
    return (truth - predicted) ** 2


def _absolute(truth: Array, predicted: Array) -> Array:
    return np.asarray(np.abs(truth - predicted))


def _squared_logs(truth: Array, predicted: Array) -> Array:
    return (np.log1p(truth) - np.log1p(predicted)) ** 2


def _relative(truth: Array, predicted: Array) -> Array:
    if (truth == 0).any():
        raise broken("metric.zero_truth", metric="mape")
    return np.abs((truth - predicted) / truth)


def _symmetric(truth: Array, predicted: Array) -> Array:
    """2 |y - p| / (|y| + |p|), and 0 where both are 0: from 0 to 2."""
    below = np.abs(truth) + np.abs(predicted)
    return np.asarray(np.divide(2 * np.abs(truth - predicted), below, out=np.zeros_like(below), where=below != 0))


def _pinball(truth: Array, predicted: Array, alpha: float) -> Array:
    """alpha (y - p) where p is too low, (1 - alpha) (p - y) where it is too high. Koenker & Bassett (1978)."""
    apart = truth - predicted
    return np.maximum(alpha * apart, (alpha - 1) * apart)


def _root(loss: Callable[..., Array]) -> tuple[Callable[..., Array | None], Callable[..., float]]:
    """The mean over the columns of roots of means; a mean over rows only where there is one column."""

    def rows(pairs: Pairs) -> Array | None:
        return loss(pairs.truth, pairs.predicted)[:, 0] if pairs.truth.shape[1] == 1 else None

    def whole(pairs: Pairs) -> float:
        return float(np.sqrt(loss(pairs.truth, pairs.predicted).mean(axis=0)).mean())

    return rows, whole


def _median_absolute(pairs: Pairs) -> float:
    return float(np.median(_absolute(pairs.truth, pairs.predicted), axis=0).mean())


def _explained(pairs: Pairs, *, centred: bool) -> float:
    """1 - (what is left) / (variance of the truth), per column; `centred` forgives a constant error."""
    left = pairs.truth - pairs.predicted
    left = left - left.mean(axis=0) if centred else left
    spread = ((pairs.truth - pairs.truth.mean(axis=0)) ** 2).sum(axis=0)
    if (spread == 0).any():
        raise broken("metric.constant_truth", metric="explained_variance" if centred else "r2")
    return float((1.0 - (left**2).sum(axis=0) / spread).mean())


def _y_log(truth: Array, quotient: Array) -> Array:
    """y ln q, and 0 where y is 0."""
    return np.multiply(truth, np.log(np.where(truth == 0, 1.0, quotient)))


def _tweedie(truth: Array, predicted: Array, power: float) -> Array:
    """Unit deviance of the Tweedie family. Jørgensen (1997), as scikit-learn 1.9 mean_tweedie_deviance."""
    if power == 0:
        return _squared(truth, predicted)
    if power == 1:
        return 2 * (_y_log(truth, truth / predicted) - truth + predicted)
    if power == 2:
        return 2 * (np.log(predicted / truth) + truth / predicted - 1)
    first = np.maximum(truth, 0) ** (2 - power) / ((1 - power) * (2 - power))
    second = truth * predicted ** (1 - power) / (1 - power)
    return np.asarray(2 * (first - second + predicted ** (2 - power) / (2 - power)))


def _read_power(pairs: Pairs, power: float) -> Array:
    if 0 < power < 1:
        raise broken("metric.tweedie_power", power=power)
    return _by_row(_tweedie)(pairs, power=power)


def _tweedie_truth(params: Params) -> Domain:
    power = params["power"]
    return ANY if power == 0 else REAL if power < 0 else COUNTS if power < 2 else POSITIVE


def _tweedie_prediction(params: Params) -> Domain:
    return ANY if params["power"] == 0 else POSITIVE


def _counts(_: Params) -> Domain:
    return COUNTS


def _not_negative(_: Params) -> Domain:
    return NOT_NEGATIVE


def _positive(_: Params) -> Domain:
    return POSITIVE


_NUMBERS = (Shape.NUMBERS,)
_rmse_rows, _rmse = _root(_squared)
_rmsle_rows, _rmsle = _root(_squared_logs)
METRICS = (
    Metric("rmse", False, _NUMBERS, "Root of the mean squared error.", _USER_GUIDE, rows=_rmse_rows, whole=_rmse,
           finish=math.sqrt),
    Metric("mse", False, _NUMBERS, "Mean squared error.", _USER_GUIDE, rows=_by_row(_squared)),
    Metric("mae", False, _NUMBERS, "Mean absolute error.", _USER_GUIDE, rows=_by_row(_absolute)),
    Metric("median_absolute_error", False, _NUMBERS, "Median of the absolute errors.", _USER_GUIDE,
           whole=_median_absolute),
    Metric("mape", False, _NUMBERS, "Mean error as a share of the true value; 0.1 is ten per cent.", _USER_GUIDE,
           rows=_by_row(_relative)),
    Metric("smape", False, _NUMBERS, "Symmetric share: from 0 to 2.", "Makridakis (1993), as in Kaggle's Web Traffic",
           rows=_by_row(_symmetric)),
    Metric("rmsle", False, _NUMBERS, "Root mean squared difference of ln(1 + value).", _USER_GUIDE, rows=_rmsle_rows,
           whole=_rmsle, finish=math.sqrt, truth=_not_negative, prediction=_not_negative),
    Metric("r2", True, _NUMBERS, "Share of the variance that is explained.", _USER_GUIDE,
           whole=lambda pairs: _explained(pairs, centred=False)),
    Metric("explained_variance", True, _NUMBERS, "The same, forgiving a constant error.", _USER_GUIDE,
           whole=lambda pairs: _explained(pairs, centred=True)),
    Metric("quantile_loss", False, _NUMBERS, "Pinball loss of a quantile.", "Koenker & Bassett (1978)",
           (Param("alpha", "number", 0.5, "Which quantile is predicted.", 0, 1, above=True, below=True),),
           rows=_by_row(_pinball)),
    Metric("poisson_deviance", False, _NUMBERS, "Deviance of counts.", "Jørgensen (1997)",
           rows=lambda pairs: _by_row(_tweedie)(pairs, power=1.0), truth=_counts, prediction=_positive),
    Metric("gamma_deviance", False, _NUMBERS, "Deviance of positive amounts.", "Jørgensen (1997)",
           rows=lambda pairs: _by_row(_tweedie)(pairs, power=2.0), truth=_positive, prediction=_positive),
    Metric("tweedie_deviance", False, _NUMBERS, "Deviance between and beyond these.", "Jørgensen (1997)",
           (Param("power", "number", 1.5, "0 normal, 1 Poisson, 2 gamma; not between 0 and 1.", -10, 10),),
           rows=_read_power, truth=_tweedie_truth, prediction=_tweedie_prediction),
)  # fmt: skip
