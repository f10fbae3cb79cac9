"""What of a new public score is shown to the team: all of it, a rounded one, or what the Ladder lets through.

A leaderboard that shows every score can be asked questions: with enough submissions a team learns the public labels, or
fits the public rows, without a better model. The Ladder (Blum & Hardt, "The Ladder: A Reliable Leaderboard for Machine
Learning Competitions", ICML 2015) shows a team a new score only when it beats the best one shown before by more than
noise; otherwise it shows the best one again. What is shown is kept per team and is all that the next round needs,
together with the submission it came from (parameter-free Ladder only).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from bilik.scoring.leaderboard.uncertainty import standard_error
from bilik.scoring.metrics.metric import Metric, Pairs, Params


@dataclass(frozen=True)
class Shown:
    """What the team sees after a submission, as a decimal text; `better`: it is more than what was shown before."""

    score: str
    better: bool


def raw(score: str, best: str | None, *, greater_is_better: bool) -> Shown:
    """The whole score. `best` is the best that was shown to this team, None before the first."""
    return Shown(score, best is None or _gain(score, best, greater_is_better) > 0)


def rounded(score: str, best: str | None, *, digits: int, greater_is_better: bool) -> Shown:
    """The score with so many digits after the point, half to even."""
    shown = str(Decimal(score).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))
    return raw(shown, best, greater_is_better=greater_is_better)


def ladder(score: str, best: str | None, *, step: Decimal, greater_is_better: bool) -> Shown:
    """Algorithm 1: a score that beats the best by more than `step` is shown, rounded to a multiple of `step`."""
    if best is not None and _gain(score, best, greater_is_better) <= step:
        return Shown(best, False)
    return Shown(_multiple(Decimal(score), step), True)


def ladder_without_step(
    score: str, best: str | None, *, metric: Metric, params: Params, new: Pairs, best_pairs: Pairs | None
) -> Shown:
    """Algorithm 2: a score that beats the best by more than the standard error of their difference is shown.

    That is a one-sided paired t-test with the statistic 1. `best_pairs` is the submission from which `best` came, on
    the same public rows as `new`. For metrics that are a mean of losses by row, the error is s / sqrt(n) of the paired
    differences, as in the paper. For others (AUC, F, R², kappa, a root of a mean …), which the paper does not treat,
    it is that of the grouped jackknife (`uncertainty.standard_error`); the paper's proofs do not cover them, the
    tests run the attacks.

    Differs from the paper in the rounding. The paper rounds to 1/n, for losses between 0 and 1. Then somebody who
    changes two rows of their best submission learns from the board when both were right, because two right rows in an
    otherwise equal file are beyond the error of the difference. Here what is shown is rounded to the power of ten at
    or below the standard error of the score itself, whatever its scale, and nothing is shown that this does not make
    better; the tests run that attack too.
    """
    error = standard_error(metric, params, new, best_pairs if best is not None else None)
    shown = _multiple(
        Decimal(score), _unit(standard_error(metric, params, new) if best is not None else error, len(new))
    )
    if best is None:
        return Shown(shown, True)
    greater = metric.greater_is_better
    beyond = math.isfinite(error) and _gain(score, best, greater) > Decimal(repr(error))
    return Shown(shown, True) if beyond and _gain(shown, best, greater) > 0 else Shown(best, False)


def _gain(score: str, best: str, greater_is_better: bool) -> Decimal:
    difference = Decimal(score) - Decimal(best)
    return difference if greater_is_better else -difference


def _unit(error: float, rows: int) -> Decimal:
    """The power of ten at or below the error; at or below 1/n where there is none."""
    size = error if math.isfinite(error) and error > 0 else 1 / rows
    return Decimal(1).scaleb(math.floor(math.log10(size)))


def _multiple(score: Decimal, unit: Decimal) -> str:
    """The multiple of a unit that is nearest to a score, as a text without an exponent."""
    times = (score / unit).to_integral_value(ROUND_HALF_EVEN)
    return f"{(times * unit).normalize() + 0:f}"
