"""A CSV text as rows, and single cells as values: what people export from a spreadsheet, read exactly."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

LONGEST = 1_000_000
MOST_COLUMNS = 100
_LONGEST_CELL = 2_000
_LONGEST_NUMBER = 40
_MOST_EXPONENT = 30
_DELIMITERS = (",", ";", "\t")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE]([+-]?\d{1,3}))?", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class Unreadable(ValueError):
    """The text is no table; `code` and `facts` say why, as feedback does."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


@dataclass(frozen=True)
class Csv:
    """A table as text: names of columns, and rows of the same length. `lines` are the lines they begin on."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> list[str]:
        """All cells under a name."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


def read_csv(text: str, known: Sequence[str]) -> Csv:
    """The table in a text with commas, semicolons or tabs; which of them, the `known` names in its first line tell.

    Empty lines do not count. Raises Unreadable with the line.
    """
    text = text.removeprefix("\ufeff")
    delimiter = max(_DELIMITERS, key=lambda mark: _known_columns(text, mark, known))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: tuple[str, ...] = ()
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            row = tuple(_tidy(cell) for cell in cells)
            if any(row):
                if not columns:
                    columns = _header(row, known)
                elif len(row) != len(columns):
                    raise Unreadable("table.ragged", line=line, given=len(row), wanted=len(columns))
                else:
                    rows.append(row)
                    lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable("table.quote", line=line) from None
    if not rows:
        raise Unreadable("table.no_rows")
    return Csv(columns, tuple(rows), tuple(lines))


def _known_columns(text: str, mark: str, known: Sequence[str]) -> tuple[int, int]:
    first = next((line for line in text[:20_000].splitlines() if line.strip()), "")
    names = {_tidy(name).strip('"').casefold() for name in first.split(mark)}
    return len(names & {name.casefold() for name in known}), first.count(mark)


def _header(row: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
    """The names as the author writes them, whatever their capitals; no name twice."""
    if len(row) > MOST_COLUMNS:
        raise Unreadable("table.too_wide", most=MOST_COLUMNS)
    written = {name.casefold(): name for name in known}
    names = tuple(written.get(name.casefold(), name) for name in row)
    if double := next((name for name in names if name and names.count(name) > 1), ""):
        raise Unreadable("table.double_column", column=double)
    return names


def _tidy(cell: str) -> str:
    if len(cell) > _LONGEST_CELL:
        raise Unreadable("table.long_cell", longest=_LONGEST_CELL)
    return unicodedata.normalize("NFC", cell.strip())


def value_of(text: str, kind: str) -> Any:
    """A cell as a value of its column's type; None for an empty one. Raises ValueError.

    text: as it is. whole, number: an exact Fraction; a point or a comma before the decimals, spaces between thousands;
    at most 40 characters and powers of ten up to 30, so that sums stay short. date: 2024-05-31 or 31.05.2024.
    truth: true, yes, 1 or false, no, 0.
    """
    if text == "":
        return None
    if kind in ("whole", "number"):
        number = _number(text)
        if kind == "whole" and number.denominator != 1:
            raise ValueError(text)
        return number
    if kind == "date":
        day_first = _DAY_FIRST.fullmatch(text)
        if day_first:
            return datetime.date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        return datetime.date.fromisoformat(text)
    if kind == "truth":
        word = text.casefold()
        if word not in _TRUE | _FALSE:
            raise ValueError(text)
        return word in _TRUE
    return text


def _number(text: str) -> Fraction:
    compact = _SPACES.sub("", text).replace("\u2212", "-")
    match = _NUMBER.fullmatch(compact)
    if not match or len(compact) > _LONGEST_NUMBER or abs(int(match[1] or 0)) > _MOST_EXPONENT:
        raise ValueError(text)
    return Fraction(compact.replace(",", ".").replace(".e", ".0e").replace(".E", ".0e").removesuffix("."))
