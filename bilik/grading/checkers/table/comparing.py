"""A table against its key, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from bilik.grading.checkers.table.cells import Csv, value_of


@dataclass(frozen=True)
class Mistake:
    """A cell that is not as it should be, with the line of the learner's text it stands on."""

    line: int
    column: str
    got: str
    expected: str


@dataclass
class Compared:
    """What comparing found. `right` of `whole` cells; the cells of rows that are missing or too many are wrong."""

    right: int = 0
    whole: int = 0
    lost: int = 0
    first_lost: str = ""
    extra: int = 0
    first_extra: int = 0
    unordered: bool = False
    mistakes: list[Mistake] = field(default_factory=list)


def compare(spec: Mapping[str, Any], given: Csv, key: Csv) -> Compared:
    """Pairs rows by the id column, or by their place, and compares the author's columns except the id.

    A table whose only column is the id is compared by which ids are there.
    """
    id_column = spec["id_column"]
    columns = [column for column in spec["columns"] if column["name"] != id_column]
    width = len(columns) or 1
    kind = next((column["type"] for column in spec["columns"] if column["name"] == id_column), "text")
    given_ids = ids_of(given, id_column, kind)
    key_ids = ids_of(key, id_column, kind)
    places = {one: place for place, one in enumerate(given_ids)}
    found = Compared(whole=width * len(key.rows))
    key_texts = key.column(id_column) if id_column else []
    for row, one in enumerate(key_ids):
        if one not in places:
            found.lost += 1
            found.first_lost = found.first_lost or (key_texts[row] if id_column and spec["show_expected"] else "")
            continue
        if not columns:
            found.right += 1
        for column in columns:
            _compare_cell(spec, column, given, places[one], key, row, found)
    known = set(key_ids)
    extra = [place for place, one in enumerate(given_ids) if one not in known]
    found.extra, found.first_extra = len(extra), given.lines[extra[0]] if extra else 0
    found.whole += width * len(extra)
    found.unordered = spec["order"] and [one for one in given_ids if one in known] != [
        one for one in key_ids if one in places
    ]
    return found


def ids_of(table: Csv, id_column: str, kind: str) -> list[Any]:
    """What rows are paired by: the values of the id column (07 is 7 where it holds numbers), or their places."""
    if not id_column:
        return list(range(len(table.rows)))
    return [value_of(text, kind) for text in table.column(id_column)]


def _compare_cell(
    spec: Mapping[str, Any], column: Mapping[str, Any], given: Csv, place: int, key: Csv, row: int, found: Compared
) -> None:
    name = column["name"]
    got = given.rows[place][given.columns.index(name)]
    expected = key.rows[row][key.columns.index(name)]
    if _same(value_of(got, column["type"]), value_of(expected, column["type"]), spec):
        found.right += 1
    else:
        found.mistakes.append(Mistake(given.lines[place], name, got, expected))


def _same(got: Any, expected: Any, spec: Mapping[str, Any]) -> bool:
    """Equal; numbers may differ by the larger of the two tolerances. An empty cell is equal to an empty one only."""
    if isinstance(got, Fraction) and isinstance(expected, Fraction):
        room = max(Fraction(spec["absolute"]), Fraction(spec["relative"]) * abs(expected))
        return abs(got - expected) <= room
    return bool(got == expected)
