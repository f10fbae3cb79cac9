"""Whether a returned value is the expected one. Both are plain values; nothing of the learner's runs here."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from runner.values import Array, Opaque, Table


def equal(got: Any, expected: Any, *, strict: bool = False, close: tuple[Fraction, Fraction] | None = None) -> bool:
    """Equality as a teacher means it.

    True is not 1. 3 and 3.0 are equal unless `strict`. A list is not a tuple. Not-a-number equals itself. With `close`
    = (absolute, relative) numbers may differ by the larger of the two. Unless `strict`, an array may stand for a list
    and one of its numbers for a number.
    """
    if isinstance(got, Opaque):
        return False
    if isinstance(got, Array) and not got.shape and not strict:
        return equal(got.values[0], expected, close=close)
    if isinstance(got, Array | Table) and isinstance(expected, list) and not strict:
        return isinstance(got, Array) and equal(_nested(got), expected, strict=strict, close=close)
    if _is_number(got) and _is_number(expected):
        return _same_number(got, expected, strict, close)
    if type(got) is not type(expected):
        return False
    if isinstance(expected, list | tuple):
        return len(got) == len(expected) and all(
            equal(one, other, strict=strict, close=close) for one, other in zip(got, expected, strict=True)
        )
    if isinstance(expected, dict):
        return _typed(got, strict) == _typed(expected, strict) and all(
            equal(got[key], expected[key], strict=strict, close=close) for key in expected
        )
    if isinstance(expected, set | frozenset):
        return _typed(got, strict) == _typed(expected, strict)
    return bool(got == expected)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same_number(got: Any, expected: Any, strict: bool, close: tuple[Fraction, Fraction] | None) -> bool:
    if strict and type(got) is not type(expected):
        return False
    if any(isinstance(number, float) and not math.isfinite(number) for number in (got, expected)):
        return bool(got == expected) or (got != got and expected != expected)
    if close is None:
        return bool(got == expected)
    absolute, relative = close
    return abs(Fraction(got) - Fraction(expected)) <= max(absolute, relative * abs(Fraction(expected)))


def _typed(items: Any, strict: bool) -> set[Any]:
    """The members with True and 1 kept apart (and 1 and 1.0 when strict), which Python's own sets do not do."""
    return {_marked(item, strict) for item in items}


def _marked(item: Any, strict: bool) -> Any:
    if isinstance(item, tuple):
        return ("tuple", *(_marked(inner, strict) for inner in item))
    return (type(item).__name__ if strict else isinstance(item, bool), item)


def _nested(array: Array) -> Any:
    """An array's values as nested lists."""
    values: list[Any] = list(array.values)
    for place in range(len(array.shape) - 1, 0, -1):
        size = array.shape[place]
        values = [values[row * size : (row + 1) * size] for row in range(math.prod(array.shape[:place]))]
    return values
