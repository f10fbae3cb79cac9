"""How sure a score is, and whether two submissions on the same rows can be told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bilik.scoring.findings import CompetitionBroken
from bilik.scoring.metrics.metric import Array, Metric, Pairs, Params

GROUPS = 50
"""Into how many groups of rows the jackknife divides."""
REPEATS = 1_000
_SEED = 20_150_706


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, with `level` as the share of repetitions within."""

    low: float
    high: float
    level: float


def standard_error(metric: Metric, params: Params, new: Pairs, old: Pairs | None = None) -> float:
    """The standard error of score(new) - score(old) on the same rows, or of score(new) alone.

    For a mean over rows it is that of the paired differences, s / sqrt(n), with n - 1 in s. For all other metrics it is
    the delete-a-group jackknife: rows are dealt into `GROUPS` groups (always in the same way), the difference is taken
    without each group in turn, and var = (G - 1) / G x sum (d_g - mean d)². Leaving out whole groups also holds for
    metrics that are not smooth, such as a median (Shao & Wu, Annals of Statistics 17, 1989). Groups without which the
    metric is undefined are left out of the sum; infinite when fewer than half are left: then nothing can be told.
    """
    if metric.whole is None and metric.finish is float:
        rows = _row_differences(metric, params, new, old)
        return float(rows.std(ddof=1) / np.sqrt(len(rows))) if len(rows) > 1 else float("inf")
    size = len(new)
    groups = min(GROUPS, size)
    dealt = np.random.default_rng(_SEED).permutation(size) % groups
    found = []
    for group in range(groups):
        kept = dealt != group
        if (value := _difference(metric, params, new.take(kept), old.take(kept) if old else None)) is not None:
            found.append(value)
    if len(found) < 2 or len(found) * 2 < groups:
        return float("inf")
    values = np.array(found)
    return float(np.sqrt((len(found) - 1) / len(found) * ((values - values.mean()) ** 2).sum()))


def _row_differences(metric: Metric, params: Params, new: Pairs, old: Pairs | None) -> Array:
    values = metric.row_values(new, params)
    assert values is not None
    before = metric.row_values(old, params) if old is not None else None
    return values if before is None else values - before


def _difference(metric: Metric, params: Params, new: Pairs, old: Pairs | None) -> float | None:
    """The difference of the scores, or None where the metric is undefined."""
    try:
        return metric.score(new, params) - (metric.score(old, params) if old is not None else 0.0)
    except CompetitionBroken:
        return None


def score_interval(
    metric: Metric, params: Params, pairs: Pairs, *, level: float = 0.95, repeats: int = REPEATS, seed: int = _SEED
) -> Interval:
    """The percentile bootstrap interval of a score: rows drawn with replacement. Efron & Tibshirani (1993), ch. 13.

    Draws for which the metric is undefined are left out. Raises CompetitionBroken when all of them are.
    """
    return _bootstrap(lambda rows: metric.score(pairs.take(rows), params), len(pairs), level, repeats, seed)


def difference_interval(
    metric: Metric,
    params: Params,
    new: Pairs,
    old: Pairs,
    *,
    level: float = 0.95,
    repeats: int = REPEATS,
    seed: int = _SEED,
) -> Interval:
    """The same of score(new) - score(old): both are scored on the same drawn rows, so what they share cancels out."""

    def apart(rows: Array) -> float:
        return metric.score(new.take(rows), params) - metric.score(old.take(rows), params)

    return _bootstrap(apart, len(new), level, repeats, seed)


def _bootstrap(of_rows: Callable[[Array], float], size: int, level: float, repeats: int, seed: int) -> Interval:
    random = np.random.default_rng(seed)
    values, last = [], None
    for _ in range(repeats):
        try:
            values.append(of_rows(random.integers(0, size, size)))
        except CompetitionBroken as undefined:
            last = undefined
    if not values and last is not None:
        raise last
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), level)
