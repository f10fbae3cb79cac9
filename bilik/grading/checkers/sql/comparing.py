"""Whether two results of queries are the same, and how a beginner is told where they are not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bilik.grading.numbers import NotANumber, exact_number
from bilik.grading.verdict import Feedback

Row = Sequence[Any]
# What SQLite's own arithmetic may lose in a sum; whole numbers are compared exactly.
_OF_FLOATS = Fraction(1, 10**9)
LONGEST_SHOWN = 60
# More rows than these cannot be far apart by rounding alone; nobody may keep the server busy with a long result.
_MOST_PAIRS = 40_000


@dataclass(frozen=True)
class How:
    """What counts when two results are compared. `absolute` and `relative` are how far numbers may be apart."""

    order: bool = False
    column_names: bool = False
    absolute: Fraction = Fraction(0)
    relative: Fraction = Fraction(0)
    show_expected: bool = False


def how_of(spec: Mapping[str, Any]) -> How:
    """The part of a spec that says how to compare."""
    return How(
        order=spec["order"],
        column_names=spec["column_names"],
        absolute=Fraction(spec["absolute"]),
        relative=Fraction(spec["relative"]),
        show_expected=spec["show_expected"],
    )


def same_value(got: Any, expected: Any, how: How) -> bool:
    """NULL is only NULL, text is never a number, 3 is 3.0, and numbers may differ as `how` says."""
    if is_number(got) and is_number(expected):
        return _same_number(got, expected, how)
    return type(got) is type(expected) and bool(got == expected)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same_number(got: Any, expected: Any, how: How) -> bool:
    if got == expected:
        return True
    if isinstance(got, int) and isinstance(expected, int) and not (how.absolute or how.relative):
        return False
    if not all(math.isfinite(number) if isinstance(number, float) else True for number in (got, expected)):
        return False
    relative = how.relative if isinstance(got, int) and isinstance(expected, int) else max(how.relative, _OF_FLOATS)
    room = max(how.absolute, relative * abs(Fraction(expected)))
    return abs(Fraction(got) - Fraction(expected)) <= room


def same_row(got: Row, expected: Row, how: How) -> bool:
    """Value by value, in the order of the columns."""
    return len(got) == len(expected) and all(map(lambda g, e: same_value(g, e, how), got, expected))


def _exact(row: Row) -> tuple[Any, ...]:
    """A row as a key: equal rows and only these have equal keys (1 and 1.0 are equal, '1' and 1 are not)."""
    return tuple((is_number(value), type(value) if not is_number(value) else None, value) for value in row)


def unmatched(got: Sequence[Row], expected: Sequence[Row], how: How) -> tuple[list[int], list[int]]:
    """The places of rows without a partner on the other side, when each row may have one partner.

    Equal rows are paired first; what is left is paired within the tolerance in the best way there is (augmenting
    paths), so that a right result is never refused because of the order in which its rows come.
    """
    places: dict[Any, list[int]] = {}
    for place, row in enumerate(expected):
        places.setdefault(_exact(row), []).append(place)
    got_left = []
    for place, row in enumerate(got):
        if equal := places.get(_exact(row)):
            equal.pop()
        else:
            got_left.append(place)
    expected_left = sorted(place for rest in places.values() for place in rest)
    if len(got_left) * len(expected_left) > _MOST_PAIRS:
        return got_left, expected_left
    fits = {g: [e for e in expected_left if same_row(got[g], expected[e], how)] for g in got_left}
    partner: dict[int, int] = {}
    for place in got_left:
        _pair(place, fits, partner)
    taken = set(partner.values())
    return [g for g in got_left if g not in taken], [e for e in expected_left if e not in partner]


def _pair(start: int, fits: Mapping[int, list[int]], partner: dict[int, int]) -> None:
    """One augmenting path of the assignment (breadth first, so nothing grows deep)."""
    came_from: dict[int, int] = {}
    queue = [start]
    for place in queue:
        for wish in fits[place]:
            if wish in came_from:
                continue
            came_from[wish] = place
            if wish in partner:
                queue.append(partner[wish])
                continue
            end: int | None = wish
            while end is not None:
                giver = came_from[end]
                before = next((w for w, p in partner.items() if p == giver), None)
                partner[end] = giver
                if before is not None:
                    del partner[before]
                end = before
            return


def difference(got: Mapping[str, Any], expected: Mapping[str, Any], how: How) -> list[Feedback]:
    """Nothing when the results are the same, else what to look at, the most telling thing first."""
    if got["more"]:
        return [Feedback("sql.too_many_rows", {"most": len(got["rows"])})]
    columns = _columns_differ(got["columns"], expected["columns"], how)
    if columns is not None:
        return [columns]
    got_rows, expected_rows = got["rows"], expected["rows"]
    if how.order and len(got_rows) == len(expected_rows):
        if all(map(lambda g, e: same_row(g, e, how), got_rows, expected_rows)):
            return []
        if unmatched(got_rows, expected_rows, how) == ([], []):
            return [Feedback("sql.order")]
    extra, missing = unmatched(got_rows, expected_rows, how)
    if not extra and not missing:
        return []
    if (swapped := _columns_swapped(got, expected, how)) is not None:
        return [swapped]
    return _rows_differ(got, expected, extra, missing, how)


def _columns_differ(got: Sequence[str], expected: Sequence[str], how: How) -> Feedback | None:
    if len(got) != len(expected):
        code = "sql.columns_many" if len(got) > len(expected) else "sql.columns_few"
        return Feedback(code, {"given": len(got), "wanted": len(expected)})
    if how.column_names:
        for place, (name, wanted) in enumerate(zip(got, expected, strict=True), 1):
            if name.casefold() != wanted.casefold():
                return Feedback("sql.column_name", {"column": place, "given": shown(name), "wanted": wanted})
    return None


def _columns_swapped(got: Mapping[str, Any], expected: Mapping[str, Any], how: How) -> Feedback | None:
    """The same columns in another order, known by their names."""
    names = [name.casefold() for name in got["columns"]]
    wanted = [name.casefold() for name in expected["columns"]]
    if names == wanted or sorted(names) != sorted(wanted) or len(set(names)) != len(names):
        return None
    order = [names.index(name) for name in wanted]
    rows = [[row[place] for place in order] for row in got["rows"]]
    return Feedback("sql.column_order") if unmatched(rows, expected["rows"], how) == ([], []) else None


def _rows_differ(
    got: Mapping[str, Any], expected: Mapping[str, Any], extra: list[int], missing: list[int], how: How
) -> list[Feedback]:
    given, wanted = len(got["rows"]), len(expected["rows"])
    said = []
    if given != wanted:
        counts = {"given": given, "wanted": wanted}
        code = "sql.rows_many" if given > wanted else "sql.rows_few"
        said.append(Feedback(code + "_expected", counts) if how.show_expected else Feedback(code, {"given": given}))
        if not missing and {_exact(row) for row in got["rows"]} == {_exact(row) for row in expected["rows"]}:
            return [*said, Feedback("sql.duplicates")]
    if not extra:
        return said
    if how.order and given == wanted:
        place = next(p for p in range(given) if not same_row(got["rows"][p], expected["rows"][p], how))
        nearest: Row = expected["rows"][place]
    elif given > wanted and not missing:
        return [*said, Feedback("sql.row_extra", {"row": extra[0] + 1})]
    else:
        place, nearest = _nearest(got["rows"], expected["rows"], extra, missing, how)
    row = got["rows"][place]
    wrong = [column for column in range(len(row)) if not same_value(row[column], nearest[column], how)]
    if len(wrong) == len(row) and len(row) > 1:
        return [*said, Feedback("sql.row", {"row": place + 1})]
    return [*said, _cell(place, got["columns"][wrong[0]], row[wrong[0]], nearest[wrong[0]], how)]


def _nearest(got: Sequence[Row], expected: Sequence[Row], extra: list[int], missing: list[int], how: How) -> Any:
    """The first of the rows that fit nowhere, and the missing row that has most values in common with it."""
    place = extra[0]

    def in_common(other: int) -> int:
        return sum(map(lambda g, e: same_value(g, e, how), got[place], expected[other]))

    return place, expected[max(missing, key=in_common)]


def _cell(place: int, column: str, got: Any, expected: Any, how: How) -> Feedback:
    facts: dict[str, Any] = {"row": place + 1, "column": shown(column), "got": shown(got)}
    if how.show_expected:
        return Feedback("sql.cell_expected", facts | {"expected": shown(expected)})
    if got is None:
        return Feedback("sql.cell_null", facts)
    if expected is None:
        return Feedback("sql.cell_not_null", facts)
    if isinstance(got, str) and is_number(expected) and _reads_as(got, expected, how):
        return Feedback("sql.cell_text", facts)
    return Feedback("sql.cell", facts)


def _reads_as(text: str, number: Any, how: How) -> bool:
    try:
        return _same_number(float(exact_number(text)), number, how)
    except (NotANumber, OverflowError):
        return False


def shown(value: Any) -> str:
    """A value as a query tool would show it."""
    if value is None:
        return "NULL"
    text = f"x'{value.hex()}'" if isinstance(value, bytes) else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + " …"
