"""CSV into columns: commas, UTF-8, a header; quotes as in RFC 4180. Everything else is refused with its line.

A file without quotes, as programs write them, is cut at its commas and line ends at once after numpy has counted them
line by line; only files with quotes go through the `csv` module.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np

from bilik.scoring.findings import Finding, SubmissionRefused, refused, some
from bilik.scoring.metrics.metric import Array
from bilik.scoring.sniffing import decoded
from bilik.scoring.table import Limits, Table, Texts, check_header

_COMMA, _END = ord(","), ord("\n")


def read_csv(raw: bytes, limits: Limits) -> Table:
    """The columns of a CSV. Raises SubmissionRefused."""
    text = decoded(raw)
    odd = not text.isascii() or any(mark in text for mark in "_ \t\x0b\x0c\x1c\x1d\x1e\x1f")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    end = text.find("\n")
    if (end if end >= 0 else len(text)) > limits.header:
        raise refused("file.header_long", most=limits.header, count=text.count(",", 0, max(end, 0) or None) + 1)
    if '"' in text:
        return _quoted(text, odd, limits)
    return _plain(text.rstrip("\n") + "\n", odd, limits)


def _plain(text: str, odd: bool, limits: Limits) -> Table:
    """A file in which each comma and each line end is one."""
    header, _, body = text.partition("\n")
    names = header.split(",")
    check_header(names, limits)
    letters = np.frombuffer(text.encode(), dtype=np.uint8)
    marks = np.flatnonzero((letters == _COMMA) | (letters == _END))
    ends = np.flatnonzero(letters[marks] == _END)
    rows = len(ends) - 1
    _check_size(rows, limits)
    _check_lines(np.diff(ends), np.diff(marks[ends]), len(names))
    longest = int(np.argmax(np.diff(marks))) if len(marks) > 1 else 0
    if len(marks) > 1 and marks[longest + 1] - marks[longest] > limits.cell:
        raise refused("file.cell_long", line=int(np.searchsorted(ends, longest + 1)) + 1, most=limits.cell)
    cells = body[:-1].replace("\n", ",").split(",")
    return Table({name: Texts(cells[place :: len(names)], odd) for place, name in enumerate(names)}, rows)


def _check_size(rows: int, limits: Limits) -> None:
    if rows == 0:
        raise refused("file.no_rows")
    if rows > limits.rows:
        raise refused("file.rows", rows=rows, most=limits.rows)


def _check_lines(counts: Array, lengths: Array, expected: int) -> None:
    """Every line must have as many cells as the header; `lengths` with the line end, so 1 is an empty line."""
    wrong = np.flatnonzero(counts != expected)
    if not len(wrong):
        return
    findings = [
        Finding("row.blank", {"line": int(row) + 2})
        if lengths[row] == 1
        else Finding("row.cells", {"line": int(row) + 2, "count": int(counts[row]), "expected": expected})
        for row in wrong[:5]
    ]
    raise SubmissionRefused(*some(findings, len(wrong)))


def _quoted(text: str, odd: bool, limits: Limits) -> Table:
    """A file with quotes: cells may hold commas and line ends, and a row may take several lines."""
    reader = csv.reader(io.StringIO(text.rstrip("\n"), newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    names: list[str] = []
    begins = 1
    try:
        for row in reader:
            if not names:
                names = row
                check_header(names, limits)
            else:
                _check_row(row, len(names), begins, limits)
                rows.append(row)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise refused("file.cell_long", line=begins, most=limits.cell) from None
        raise refused("row.quote", line=begins) from None
    _check_size(len(rows), limits)
    columns: list[Sequence[str]] = list(zip(*rows, strict=True))
    return Table(
        {name: Texts(columns[place], odd) for place, name in enumerate(names)}, len(rows), lambda row: lines[row]
    )


def _check_row(row: list[str], expected: int, line: int, limits: Limits) -> None:
    if not row:
        raise refused("row.blank", line=line)
    if len(row) != expected:
        raise refused("row.cells", line=line, count=len(row), expected=expected)
    if max(map(len, row)) > limits.cell:
        raise refused("file.cell_long", line=line, most=limits.cell)
