"""Groups of a final board within which nobody can be told from the first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

from bilik.scoring.leaderboard.uncertainty import standard_error
from bilik.scoring.metrics.metric import Metric, Pairs, Params


def not_distinguishable(
    metric: Metric, params: Params, board: Sequence[Pairs], *, level: float = 0.05
) -> list[tuple[int, ...]]:
    """The places (from 0) of a board, best first, in groups of neighbours.

    The first entry of a group is its head. Going down, an entry belongs to the group while the two-sided paired z-test
    of head against entry does not reject: |score(head) - score(entry)| <= z x standard error of the difference
    (`uncertainty.standard_error`, on the same rows). The first entry that is told from the head is the head of the
    next group. So every entry of a group is not told from its head; two others of it may differ from each other.

    Multiplicity: Bonferroni over all m (m - 1) / 2 pairs of the board, whatever pairs are tested, since which ones are
    depends on the data. With probability >= 1 - `level` (as far as the normal approximation holds) nobody is set apart
    from a head to whom they are equal. The price is caution: on long boards groups are wide, so pass those entries
    between whom a decision is made. Being in one group does not show that two are equal.
    """
    pairs = len(board) * (len(board) - 1) / 2
    bound = NormalDist().inv_cdf(1 - level / (2 * pairs)) if pairs else 0.0
    groups: list[list[int]] = []
    for place, entry in enumerate(board):
        if groups and _same(metric, params, board[groups[-1][0]], entry, bound):
            groups[-1].append(place)
        else:
            groups.append([place])
    return [tuple(group) for group in groups]


def _same(metric: Metric, params: Params, head: Pairs, entry: Pairs, bound: float) -> bool:
    error = standard_error(metric, params, head, entry)
    apart = abs(metric.score(head, params) - metric.score(entry, params))
    return not math.isfinite(error) or apart <= bound * error
