"""Metrics of masks in run lengths: pixels are counted from 1, runs ascend and do not touch twice the same pixel."""

from __future__ import annotations

import numpy as np

from bilik.scoring.metrics.metric import Array, Metric, Pairs, Shape


def overlap(one: Array, other: Array) -> int:
    """How many pixels two masks have in common; each is (runs, 2) of start and length, ascending.

    The pixels of `other` before a place p are those of its whole runs before p and a part of the run p lies in.
    """
    if not len(one) or not len(other):
        return 0
    starts, lengths = other[:, 0], other[:, 1]
    whole = np.concatenate(([0], np.cumsum(lengths)))

    def before(place: Array) -> Array:
        run = np.searchsorted(starts, place, side="left")
        last = np.maximum(run - 1, 0)
        part = np.clip(place - starts[last], 0, lengths[last])
        return np.where(run == 0, 0, whole[last] + part)

    return int((before(one[:, 0] + one[:, 1]) - before(one[:, 0])).sum())


def _sizes(pairs: Pairs) -> tuple[Array, Array]:
    """Pixels in common and the sum of both sizes, for each row."""
    common = np.array([overlap(true, said) for true, said in zip(pairs.truth, pairs.predicted, strict=True)])
    both = [true[:, 1].sum() + said[:, 1].sum() for true, said in zip(pairs.truth, pairs.predicted, strict=True)]
    return common.astype(np.float64), np.array(both, dtype=np.float64)


def _dice(pairs: Pairs) -> Array:
    """2 |A and B| / (|A| + |B|); 1 where both are empty. Dice (1945).

    Runs "1 3" and "2 3" have 2 pixels in common of 3 and 3: 4 / 6.
    """
    common, both = _sizes(pairs)
    return np.asarray(np.divide(2 * common, both, out=np.ones_like(both), where=both > 0))


def _iou(pairs: Pairs) -> Array:
    """|A and B| / |A or B|; 1 where both are empty. Jaccard (1901). Runs "1 3" and "2 3": 2 / 4."""
    common, both = _sizes(pairs)
    return np.asarray(np.divide(common, both - common, out=np.ones_like(both), where=both > 0))


METRICS = (
    Metric("dice", True, (Shape.MASKS,), "Mean overlap of masks, twice the common by both sizes.", "Dice (1945)",
           rows=_dice),
    Metric("iou", True, (Shape.MASKS,), "Mean intersection over union of masks.", "Jaccard (1901)", rows=_iou),
)  # fmt: skip
