"""numpy and pandas objects in the ``values`` encoding, and back into them inside the child."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any, Protocol

from runner.shapes import Array, BadValue, Table, TooBig

_MOST_DIMENSIONS = 8
_MOST_CELLS = 20_000
_KINDS = "biufcUOMmS"


class Walk(Protocol):
    """What the encoder of ``values`` offers to this module."""

    def encode(self, value: object, depth: int) -> list[Any]: ...


def encode(value: object, walk: Walk, depth: int) -> list[Any] | None:
    """`value` encoded when it is exactly an array, a numpy scalar or a table; else None."""
    if type(value) is Array:
        return _array(walk, depth, value.dtype, value.shape, value.values)
    if type(value) is Table:
        return _table(walk, depth, value)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        if type(value) is numpy.ndarray:
            return _numpy_array(value, walk, depth)
        if isinstance(value, numpy.generic) and type(value) is numpy.dtype(type(value)).type:
            return _numpy_array(numpy.asarray(value), walk, depth)
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        return _pandas(value, pandas, walk, depth)
    return None


def _numpy_array(value: Any, walk: Walk, depth: int) -> list[Any] | None:
    if value.dtype.kind not in _KINDS:
        return None
    if value.size > _MOST_CELLS or value.ndim > _MOST_DIMENSIONS:
        raise TooBig("size")
    plain = value.astype(str) if value.dtype.kind in "Mm" else value
    return _array(walk, depth, str(value.dtype), value.shape, plain.ravel().tolist())


def _array(walk: Walk, depth: int, dtype: str, shape: Any, items: Any) -> list[Any]:
    return ["array", dtype, list(shape), [walk.encode(item, depth + 1) for item in items]]


def _pandas(value: Any, pandas: Any, walk: Walk, depth: int) -> list[Any] | None:
    if type(value) is pandas.Timestamp:
        return walk.encode(value.to_pydatetime(warn=False), depth)
    if type(value) is pandas.Timedelta:
        return walk.encode(value.to_pytimedelta(), depth)
    if value is pandas.NaT or value is pandas.NA:
        return ["none"]
    if type(value) is pandas.Series:
        columns, series = (value.name,), [value]
        kind = "series"
    elif type(value) is pandas.DataFrame:
        columns = tuple(value.columns.tolist())
        series = [value.iloc[:, place] for place in range(len(columns))]
        kind = "frame"
    else:
        return None
    if len(value.index) * max(1, len(columns)) > _MOST_CELLS:
        raise TooBig("size")
    cells = tuple(tuple(_no_missing(column)) for column in series)
    dtypes = tuple(str(column.dtype) for column in series)
    return _table(walk, depth, Table(kind, columns, tuple(value.index.tolist()), dtypes, cells))


def _no_missing(column: Any) -> list[Any]:
    """The column's values with None for what is missing (nan in floats counts as missing too)."""
    return [None if gone else item for item, gone in zip(column.tolist(), column.isna(), strict=True)]


def _table(walk: Walk, depth: int, table: Table) -> list[Any]:
    def each(items: Any) -> list[Any]:
        return [walk.encode(item, depth + 1) for item in items]

    cells = [each(column) for column in table.values]
    return ["table", table.kind, each(table.columns), each(table.index), list(table.dtypes), cells]


def decode(tag: str, parts: list[Any], inner: Callable[[object], Any]) -> Array | Table:
    """An Array or Table from its parts. Raises BadValue (and TypeError for absurd parts)."""
    return _decode_array(parts, inner) if tag == "array" else _decode_table(parts, inner)


def _decode_array(parts: list[Any], inner: Callable[[object], Any]) -> Array:
    if len(parts) != 3:
        raise BadValue("not an array")
    dtype, shape, items = parts
    if type(dtype) is not str or len(dtype) > 40 or type(shape) is not list or type(items) is not list:
        raise BadValue("not an array")
    if len(shape) > _MOST_DIMENSIONS or any(type(n) is not int or not 0 <= n <= 10**9 for n in shape):
        raise BadValue("not an array's shape")
    if math.prod(shape) != len(items):
        raise BadValue("an array's shape does not fit its values")
    return Array(dtype, tuple(shape), tuple(inner(item) for item in items))


def _decode_table(parts: list[Any], inner: Callable[[object], Any]) -> Table:
    if len(parts) != 5 or parts[0] not in ("frame", "series"):
        raise BadValue("not a table")
    kind, columns, index, dtypes, cells = parts
    if any(type(part) is not list for part in (columns, index, dtypes, cells)):
        raise BadValue("not a table")
    if not len(columns) == len(dtypes) == len(cells) or (kind == "series" and len(columns) != 1):
        raise BadValue("a table's columns do not fit together")
    if any(type(name) is not str or len(name) > 80 for name in dtypes):
        raise BadValue("a table's dtypes are not names")
    if any(type(column) is not list or len(column) != len(index) for column in cells):
        raise BadValue("a table's columns differ in length")
    return Table(
        kind,
        tuple(inner(name) for name in columns),
        tuple(inner(label) for label in index),
        tuple(dtypes),
        tuple(tuple(inner(cell) for cell in column) for column in cells),
    )


def revive(value: Any) -> Any:
    """A decoded argument with every Array and Table made into the numpy or pandas object it means."""
    if type(value) is Array:
        return _to_numpy(value)
    if type(value) is Table:
        return _to_pandas(value)
    if type(value) is list or type(value) is tuple:
        return type(value)(revive(item) for item in value)
    if type(value) is dict:
        return {key: revive(item) for key, item in value.items()}
    return value


def _to_numpy(array: Array) -> Any:
    import numpy  # type: ignore[import-not-found,unused-ignore]  # only a child whose flavour has it gets here

    made = numpy.array(list(array.values), dtype=array.dtype).reshape(array.shape)
    return made if array.shape else made[()]


def _to_pandas(table: Table) -> Any:
    import pandas  # type: ignore[import-untyped,unused-ignore]  # only a child whose flavour has it gets here

    columns = [
        pandas.Series(list(column), index=list(table.index), dtype=dtype)
        for column, dtype in zip(table.values, table.dtypes, strict=True)
    ]
    if table.kind == "series":
        return columns[0].rename(table.columns[0])
    frame = pandas.DataFrame(dict(enumerate(columns)), index=list(table.index))
    frame.columns = list(table.columns)
    return frame
