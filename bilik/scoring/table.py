"""A file of rows after reading and before judging: named columns, and where each row stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bilik.scoring.findings import Finding, SubmissionRefused, refused, shown
from bilik.scoring.metrics.metric import Array


@dataclass(frozen=True)
class Limits:
    """What a file may be at most. Cells and the header count characters, a file counts bytes, packed and unpacked."""

    size: int = 128_000_000
    rows: int = 5_000_000
    columns: int = 1_000
    cell: int = 100_000
    header: int = 100_000
    ratio: int = 200
    """How many times a packed file may grow. CSV grows 2 to 20 times, a constant prediction up to 100 times."""


@dataclass(frozen=True)
class Column:
    """One column: texts as they stand in a CSV, or the numbers of a Parquet file, as one Arrow array."""

    array: pa.Array

    @property
    def whole(self) -> bool:
        """Whether these could be ids: texts or whole numbers."""
        return not pa.types.is_floating(self.array.type)

    @cached_property
    def texts(self) -> pa.Array:
        """The cells as texts; an empty one where nothing stood."""
        texts = self.array if pa.types.is_string(self.array.type) else pc.cast(self.array, pa.string())
        return pc.fill_null(texts, "") if texts.null_count else texts

    @cached_property
    def cells(self) -> list[str]:
        """The same as a list of Python's texts. Slow for a million: for what numpy and Arrow cannot do."""
        cells: list[str] = self.texts.to_pylist()
        return cells

    def doubles(self) -> Array | None:
        """The cells as doubles, NaN where there is none; None when some of them are no numbers for Arrow.

        Correctly rounded, as Python's float(). Texts like "nan" and "inf" come through as what they say.
        """
        try:
            numbers = pc.cast(self.array, pa.float64(), safe=False)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return None
        return np.asarray(pc.fill_null(numbers, float("nan")).to_numpy(zero_copy_only=False))


def one_array(chunks: pa.ChunkedArray) -> pa.Array:
    """A column that was read in pieces, in one."""
    return chunks.combine_chunks() if chunks.num_chunks != 1 else chunks.chunk(0)


@dataclass(frozen=True)
class Table:
    """Columns by name, all equally long. `line_of` gives the line of a row (from 0) for messages; rows of Parquet are
    counted as they would stand in a CSV, below a header.
    """

    columns: dict[str, Column]
    rows: int
    line_of: Callable[[int], int] = field(default=lambda row: row + 2)


def check_header(names: Sequence[str], limits: Limits) -> None:
    """Column names must be there, few enough, and different."""
    if len(names) > limits.columns:
        raise refused("columns.many", count=len(names), most=limits.columns)
    if len(names) == 1 and (mark := next((mark for mark in (";", "\t", "|") if mark in names[0]), "")):
        raise refused("columns.separator", separator={"\t": "tab"}.get(mark, mark))
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise refused("columns.double", column=shown(name))
        seen.add(name)


def check_rows(rows: int, limits: Limits) -> None:
    """There must be rows, and not too many."""
    if rows <= 0:
        raise refused("file.no_rows")
    if rows > limits.rows:
        raise refused("file.rows", rows=rows, most=limits.rows)


def check_columns(table: Table, wanted: Sequence[str]) -> None:
    """Exactly the wanted columns must be there, in any order. Raises SubmissionRefused."""
    findings = []
    missing = [name for name in wanted if name not in table.columns]
    extra = [name for name in table.columns if name not in wanted]
    if missing:
        findings.append(Finding("columns.missing", {"columns": [shown(name) for name in missing[:10]]}))
    if extra and extra[0] in ("", "Unnamed: 0", "__index_level_0__"):
        findings.append(Finding("columns.index"))
    elif extra:
        findings.append(Finding("columns.extra", {"columns": [shown(name) for name in extra[:10]]}))
    if findings:
        raise SubmissionRefused(
            *findings, Finding("columns.wanted", {"columns": [shown(name) for name in wanted[:30]]})
        )
