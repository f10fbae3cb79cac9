"""The trusted side's stand-ins for what it must not import (numpy, pandas) or cannot know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class BadValue(ValueError):
    """JSON that ``values.encode`` does not write."""


class TooBig(Exception):
    """A value passed a cap while it was encoded; the text says which: size, depth or cycle."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value of a type that is not known here. text: a capped repr, made by the learner's code.

    reason: "type" (not a known type), "size", "depth", "cycle" or "error" (it broke when read).
    """

    type_name: str
    text: str
    reason: str = "type"


@dataclass(frozen=True, slots=True)
class Array:
    """A numpy array (or scalar, with shape ()): its values flat, in C order, as plain Python."""

    dtype: str
    shape: tuple[int, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A pandas DataFrame (kind "frame") or Series (kind "series", one column, its name or None).

    values: one tuple per column; a missing value is None.
    """

    kind: str
    columns: tuple[Any, ...]
    index: tuple[Any, ...]
    dtypes: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
