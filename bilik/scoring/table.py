"""A file of rows after reading and before judging: named columns, and where each row stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bilik.scoring.findings import Finding, SubmissionRefused, refused, shown
from bilik.scoring.metrics.metric import Array


@dataclass(frozen=True)
class Limits:
    """What a file may be at most. Lines and cells count characters, a file counts bytes, packed and unpacked."""

    size: int = 256_000_000
    rows: int = 20_000_000
    columns: int = 1_000
    cell: int = 100_000
    header: int = 100_000
    ratio: int = 200
    """How many times a packed file may grow. CSV grows 2 to 20 times, a constant prediction up to 100 times."""


@dataclass(frozen=True)
class Texts:
    """A column of texts as they stand in the file. `odd`: there may be spaces, underscores or letters beyond ASCII."""

    cells: Sequence[str]
    odd: bool = True


@dataclass(frozen=True)
class Values:
    """A column that was stored as numbers: integers if `whole`, else doubles; `missing` where nothing stood."""

    numbers: Array
    missing: Array
    whole: bool

    @property
    def cells(self) -> list[str]:
        """The numbers as texts, as a CSV would have them; an empty text where nothing stood."""
        plain = self.numbers.tolist()
        if not self.missing.any():
            return [str(number) for number in plain]
        return ["" if gone else str(number) for number, gone in zip(plain, self.missing.tolist(), strict=True)]


Column = Texts | Values


@dataclass(frozen=True)
class Table:
    """Columns by name, all equally long. `line_of` gives the line of a row (from 0) for messages; rows of Parquet are
    counted as they would stand in a CSV, below a header."""

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


def as_texts(column: Column) -> Sequence[str]:
    """The cells of any column as texts."""
    return column.cells
