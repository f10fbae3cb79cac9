"""Exact scores: a score is counted in thousandths of a point and never passes through a float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

THOUSANDTH = Decimal("0.001")


def share(part: Fraction | int, whole: Fraction | int, *, of: int) -> Decimal:
    """`of` points times `part` / `whole`, rounded to a thousandth of a point, half to even.

    A whole of 0 gives 0. Raises ValueError when the part is negative or more than the whole.
    """
    if part < 0 or part > whole:
        raise ValueError("the part must lie between 0 and the whole")
    if whole == 0:
        return Decimal(0)
    exact = Fraction(part) / Fraction(whole) * of
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(THOUSANDTH, ROUND_HALF_EVEN)


def plain_number(score: Decimal) -> int | float:
    """A score for JSON: 2 rather than 2.000, 0.667 as it stands."""
    return int(score) if score == score.to_integral_value() else float(score)
