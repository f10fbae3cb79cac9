"""Metrics of ranked lists: a cell with items, best first, against those that are relevant."""

from __future__ import annotations

import math

import numpy as np

from bilik.scoring.metrics.metric import Array, Metric, Pairs, Param, Shape

_K = Param("k", "whole", 10, "How many places count.", 1, 1000)


def average_precision_at(relevant: frozenset[str], ranked: tuple[str, ...], k: int) -> float:
    """Sum over the places of relevant items up to k of (relevant so far) / place, by min(number relevant, k).

    Kaggle's MAP@k (ml_metrics, apk). With {a, c} relevant and a b c predicted, k = 3: (1/1 + 2/3) / 2 = 5/6.
    An item counts once; a list with an item twice is refused before.
    """
    hits, total = 0, 0.0
    for place, item in enumerate(ranked[:k], 1):
        if item in relevant:
            hits += 1
            total += hits / place
    return total / min(len(relevant), k)


def _map_at_k(pairs: Pairs, k: int) -> Array:
    return np.array([average_precision_at(frozenset(true), said, k) for true, said in _both(pairs)])


def ndcg_at(relevant: tuple[str, ...], ranked: tuple[str, ...], k: int) -> float:
    """DCG@k / ideal DCG@k with binary gains and discounts 1 / log2(place + 1). Järvelin & Kekäläinen (2002).

    With a and c relevant and a b c predicted, k = 3: (1 + 1/2) / (1 + 1/log2 3) = 0.9197.
    """
    known = frozenset(relevant)
    gained = sum(1 / math.log2(place + 1) for place, item in enumerate(ranked[:k], 1) if item in known)
    return gained / sum(1 / math.log2(place + 1) for place in range(1, min(len(known), k) + 1))


def _ndcg_at_k(pairs: Pairs, k: int) -> Array:
    return np.array([ndcg_at(true, said, k) for true, said in _both(pairs)])


def _both(pairs: Pairs) -> zip[tuple[tuple[str, ...], tuple[str, ...]]]:
    return zip(pairs.truth, pairs.predicted, strict=True)


METRICS = (
    Metric("map_at_k", True, (Shape.LISTS,), "Mean average precision of the first k items.",
           "Kaggle's MAP@k (ml_metrics.apk)", (_K,), rows=_map_at_k),
    Metric("ndcg_at_k", True, (Shape.LISTS,), "Normalised discounted cumulative gain of the first k items.",
           "Järvelin & Kekäläinen (2002)", (_K,), rows=_ndcg_at_k),
)  # fmt: skip
