"""All metrics by name. One file for each family: add a metric by copying a neighbour, and a test beside its own."""

from __future__ import annotations

from difflib import get_close_matches

from bilik.scoring.findings import broken
from bilik.scoring.metrics import curves, labels, lists, masks, numbers, probabilities
from bilik.scoring.metrics.metric import Metric

FAMILIES = (labels, probabilities, curves, numbers, lists, masks)
METRICS: dict[str, Metric] = {metric.name: metric for family in FAMILIES for metric in family.METRICS}


def metric_named(name: str) -> Metric:
    """The metric of this name. Raises CompetitionBroken, with names that are near."""
    if name not in METRICS:
        near = get_close_matches(name, METRICS, n=3, cutoff=0.5) or sorted(METRICS)
        raise broken("metric.unknown", name=name[:60], known=near)
    return METRICS[name]
