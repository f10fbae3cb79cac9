"""CSV into columns: commas, UTF-8, a header; quotes as in RFC 4180. Everything else is refused with its line.

Arrow cuts the file into texts, whatever stands in them. It guesses nothing here, and a file that it does not take is
read again slowly, line by line, only to say where it is wrong.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from operator import methodcaller

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from bilik.scoring.findings import FIRST, Finding, SubmissionRefused, refused, some
from bilik.scoring.sniffing import decoded
from bilik.scoring.table import Column, Limits, Table, check_header, check_rows, one_array

_BLOCK = 8_000_000
"""What Arrow reads at once; a row must fit in. Most rows are a thousandth of a thousandth of this."""


def read_csv(raw: bytes, limits: Limits) -> Table:
    """The columns of a CSV. Raises SubmissionRefused."""
    text = decoded(raw)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.endswith("\n\n"):
        text = text.rstrip("\n")
    header, _, body = text.partition("\n")
    names = _names(header, limits)
    quoted = '"' in body
    # A row of a file with quotes may take several lines, so only a file without them is measured by its lines.
    check_rows(min(body.count("\n") + (not body.endswith("\n")), _most_rows(body, quoted, limits)), limits)
    if not body:
        raise refused("file.no_rows")
    # Arrow makes empty cells of an empty line, and closes a quote that is open at the end.
    suspicious = body.count('"') % 2 if quoted else "\n\n" in text
    table = None if suspicious else _cut(body, names, quoted)
    if table is None:
        raise _what_is_wrong(body, len(names), quoted, limits)
    columns = {name: Column(one_array(table.column(place))) for place, name in enumerate(names)}
    _check_cells(columns, limits)
    check_rows(table.num_rows, limits)
    return Table(columns, table.num_rows, _lines(columns, table.num_rows, body) if quoted else lambda row: row + 2)


def _names(header: str, limits: Limits) -> list[str]:
    if len(header) > limits.header:
        raise refused("file.header_long", most=limits.header)
    try:
        names = next(csv.reader([header], strict=True), [])
    except csv.Error:
        raise refused("row.quote", line=1) from None
    check_header(names, limits)
    return names


def _most_rows(body: str, quoted: bool, limits: Limits) -> int:
    """An upper bound of the rows that is worth a refusal: with quotes, lines within cells are allowed for."""
    return limits.rows if quoted and body.count("\n") <= 4 * limits.rows else len(body) + 1


def _cut(body: str, names: list[str], quoted: bool) -> pa.Table | None:
    """The body as columns of texts; None when it is no table."""
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(body.encode()),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                quote_char='"' if quoted else False, newlines_in_values=quoted, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except (pa.ArrowException, ValueError):
        return None


def _check_cells(columns: dict[str, Column], limits: Limits) -> None:
    for column in columns.values():
        lengths = pc.utf8_length(column.array)
        if (pc.max(lengths).as_py() or 0) > limits.cell:
            row = int(np.argmax(lengths.to_numpy(zero_copy_only=False)))
            raise refused("file.cell_long", line=row + 2, most=limits.cell)


def _lines(columns: dict[str, Column], rows: int, body: str) -> Callable[[int], int]:
    """The line in which each row begins, when cells may hold line ends."""
    if body.count("\n") <= rows:
        return lambda row: row + 2
    within = sum(pc.count_substring(column.array, "\n").to_numpy(zero_copy_only=False) for column in columns.values())
    before = np.concatenate(([0], np.cumsum(within)))
    return lambda row: row + 2 + int(before[row])


def _what_is_wrong(body: str, expected: int, quoted: bool, limits: Limits) -> SubmissionRefused:
    """Why a body is no table, with its first lines."""
    return _wrong_row(body, expected, limits) if quoted else _wrong_lines(body, expected, limits)


def _wrong_lines(body: str, expected: int, limits: Limits) -> SubmissionRefused:
    lines = body.removesuffix("\n").split("\n")
    counts = np.fromiter(map(methodcaller("count", ","), lines), np.int64, len(lines)) + 1
    wrong = np.flatnonzero((counts != expected) | np.fromiter((not line for line in lines), bool, len(lines)))
    found = []
    for row in wrong[:FIRST].tolist():
        facts = {"line": row + 2, "count": int(counts[row]), "expected": expected}
        found.append(Finding("row.cells", facts) if lines[row] else Finding("row.blank", {"line": row + 2}))
    if found:
        return SubmissionRefused(*some(found, len(wrong)))
    # Every line has its cells, so one of them is longer than Arrow takes at once.
    longest = max(range(len(lines)), key=lambda row: len(lines[row]))
    return refused("file.cell_long", line=longest + 2, most=limits.cell)


def _wrong_row(body: str, expected: int, limits: Limits) -> SubmissionRefused:
    reader = csv.reader(io.StringIO(body, newline=""), strict=True)
    begins = 2
    try:
        for row in reader:
            if len(row) != expected:
                facts = {"line": begins, "count": len(row), "expected": expected}
                return refused("row.cells", **facts) if row else refused("row.blank", line=begins)
            begins = reader.line_num + 2
    except csv.Error as error:
        if "field larger" in str(error):
            return refused("file.cell_long", line=begins, most=limits.cell)
    return refused("row.quote", line=begins)
