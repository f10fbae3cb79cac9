"""A table that the learner made, as CSV: compared cell by cell with the key, or measured as predictions are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import InvalidAnswer, fields_of, one_text
from bilik.grading.checkers.table.cells import LONGEST, Csv, Unreadable, read_csv, value_of
from bilik.grading.checkers.table.comparing import Compared, compare, ids_of
from bilik.grading.checkers.table.metrics import METRICS, earned, reached
from bilik.grading.checkers.table.reading import read_spec
from bilik.grading.numbers import plain
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Outcome, Verdict

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {}
_ROWS_SHOWN = 5
_COLUMNS_SHOWN = 12
_LONGEST_SHOWN = 60
_MOST_MISTAKES = 3


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[columns]]`, `id_column`, `order`, `credit`, tolerance, `metric` with its scores, `[[feedback]]`."""
    return read_spec(table, files)


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback of rules."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """No blocks of its own."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The data that is given, if any, and a place for the table: typed, pasted or uploaded."""
    names = [column["name"] for column in spec["columns"]]
    shown: list[Mapping[str, Any]] = []
    if spec["given"]:
        shown.append({"control": "given", "text": spec["given"], **_given_shown(spec)})
    return [*shown, {"control": "table", "name": "answer", "longest": LONGEST, "columns": names, "upload": True}]


def _given_shown(spec: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return _shown(read_csv(spec["given"], [column["name"] for column in spec["columns"]]))
    except Unreadable:
        return {"columns": [], "rows": [], "count": 0, "more": False}


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The text of the table; it must be readable as one."""
    text = one_text(fields, longest=LONGEST)
    _read(spec, text)
    return text


def _read(spec: Mapping[str, Any], text: str) -> Csv:
    try:
        return read_csv(text, [column["name"] for column in spec["columns"]])
    except Unreadable as error:
        raise InvalidAnswer(error.code, **error.facts) from None


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One text."""
    return fields_of(answer)


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """expected.csv."""
    return str(spec["expected"])


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The rows as they were written."""
    return str(answer).strip()


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """Shape first: what cannot be compared is no answer and costs nothing. Then cells, or the metric."""
    names = [column["name"] for column in spec["columns"]]
    given, key = _read(spec, answer), read_csv(spec["expected"], names)
    if (problem := _shape_problem(spec, given, key)) is not None:
        rule = _rule(spec, given, None)
        return verdict.invalid(spec["points"], *rule, problem, _read_back(given))
    if spec["metric"]:
        return _measured(spec, given, key)
    return _compared(spec, given, key)


def _shape_problem(spec: Mapping[str, Any], given: Csv, key: Csv) -> Feedback | None:
    """Why the table cannot be compared: a column or an id that is missing or double, a value of another type."""
    names = [column["name"] for column in spec["columns"]]
    if missing := [name for name in names if name not in given.columns]:
        return Feedback("table.missing_columns", {"columns": missing, "given": list(given.columns[:_COLUMNS_SHOWN])})
    needed = (spec["id_column"], spec["target"]) if spec["metric"] else names
    for column in spec["columns"]:
        if column["name"] not in needed:
            continue
        must_be = bool(spec["metric"]) or column["name"] == spec["id_column"]
        for line, text in zip(given.lines, given.column(column["name"]), strict=True):
            if (code := _unreadable(text, column["type"], must_be)) is not None:
                return Feedback(code, {"line": line, "column": column["name"], "text": _cut(text)})
    return _id_problem(spec, given, key)


def _id_problem(spec: Mapping[str, Any], given: Csv, key: Csv) -> Feedback | None:
    """A row that is there twice, or, where predictions are measured, one that is not there."""
    if not spec["id_column"]:
        is_short = spec["metric"] and len(given.rows) != len(key.rows)
        return Feedback("table.row_count", {"given": len(given.rows), "wanted": len(key.rows)}) if is_short else None
    kind, seen = _type_of(spec, spec["id_column"]), set()
    texts = given.column(spec["id_column"])
    for line, text, one in zip(given.lines, texts, ids_of(given, spec["id_column"], kind), strict=True):
        if one in seen:
            return Feedback("table.double_id", {"id": _cut(text), "line": line, "column": spec["id_column"]})
        seen.add(one)
    ids = zip(key.column(spec["id_column"]), ids_of(key, spec["id_column"], kind), strict=True)
    if spec["metric"] and (lost := [text for text, one in ids if one not in seen]):
        return Feedback("table.missing_ids", {"count": len(lost), "id": _cut(lost[0])})
    return None


def _type_of(spec: Mapping[str, Any], name: str) -> str:
    return next((column["type"] for column in spec["columns"] if column["name"] == name), "text")


def _unreadable(text: str, kind: str, must_be: bool) -> str | None:
    if text == "":
        return "table.empty_cell" if must_be else None
    try:
        value_of(text, kind)
    except ValueError:
        return f"table.not_{kind}"
    return None


def _measured(spec: Mapping[str, Any], given: Csv, key: Csv) -> Verdict:
    """Predictions against what is true. Rows with other ids are not looked at."""
    kind = _type_of(spec, spec["target"])
    true = [value_of(text, kind) for text in key.column(spec["target"])]
    texts = given.column(spec["target"])
    if spec["id_column"]:
        id_kind = _type_of(spec, spec["id_column"])
        by_id = dict(zip(ids_of(given, spec["id_column"], id_kind), texts, strict=True))
        texts = [by_id[one] for one in ids_of(key, spec["id_column"], id_kind)]
    predicted = [value_of(text, kind) for text in texts]
    positive = {"positive": value_of(spec["positive"], kind)} if spec["positive"] else {}
    value = METRICS[spec["metric"]](true, predicted, **positive)
    cut = Fraction(spec["cut_score"])
    facts = {"metric": f"metric_{spec['metric']}", "value": plain(value, 4), "cut": plain(cut, 4)}
    points = spec["points"]
    if reached(spec["metric"], value, cut):
        return verdict.accepted(points, Feedback("table.metric_reached", facts), _read_back(given))
    zero = None if spec["zero_score"] is None else Fraction(spec["zero_score"])
    part = earned(value, cut, zero)
    said = (*_rule(spec, given, None), Feedback("table.metric", facts), _read_back(given))
    if part == 0:
        return verdict.wrong(points, *said)
    return _part(part.numerator, part.denominator, points, said)


def _part(over: int, under: int, points: int, said: Sequence[Feedback]) -> Verdict:
    score = verdict.part_of(over, under, of=points)
    return Verdict(Outcome.PARTIAL if score else Outcome.WRONG, score, points, tuple(said))


def _compared(spec: Mapping[str, Any], given: Csv, key: Csv) -> Verdict:
    """Cell by cell. What is too much counts as wrong, too, so that nobody gains by sending everything."""
    points, found = spec["points"], compare(spec, given, key)
    if found.right == found.whole and not found.unordered:
        return verdict.accepted(points, _read_back(given))
    said = [*_rule(spec, given, found), *_mistakes(spec, found), _read_back(given)]
    if spec["credit"] == "all":
        return verdict.wrong(points, *said)
    if found.unordered and found.right == found.whole:
        return Verdict(Outcome.PARTIAL, verdict.part_of(1, 2, of=points), points, tuple(said))
    return _part(found.right, found.whole, points, said) if found.right else verdict.wrong(points, *said)


def _mistakes(spec: Mapping[str, Any], found: Compared) -> list[Feedback]:
    said = []
    if found.lost:
        said.append(Feedback("table.rows_lost", {"count": found.lost, "id": _cut(found.first_lost)}))
        if not found.first_lost:
            said = [Feedback("table.rows_few", {"count": found.lost})]
    if found.extra:
        said.append(Feedback("table.rows_extra", {"count": found.extra, "line": found.first_extra}))
    if found.unordered:
        said.append(Feedback("table.order"))
    for mistake in found.mistakes[:_MOST_MISTAKES]:
        facts = {"line": mistake.line, "column": mistake.column, "got": _cut(mistake.got) or "–"}
        if spec["show_expected"]:
            said.append(Feedback("table.cell_expected", facts | {"expected": _cut(mistake.expected) or "–"}))
        else:
            said.append(Feedback("table.cell", facts))
    if len(found.mistakes) > _MOST_MISTAKES:
        said.append(Feedback("table.more_cells", {"count": len(found.mistakes) - _MOST_MISTAKES}))
    return said


def _rule(spec: Mapping[str, Any], given: Csv, found: Compared | None) -> list[Feedback]:
    """The first feedback rule of the author that speaks of this table."""
    for rule in spec["feedback"]:
        if _fits(rule, spec, given, found):
            return [verdict.author(rule["say"])]
    return []


def _fits(rule: Mapping[str, Any], spec: Mapping[str, Any], given: Csv, found: Compared | None) -> bool:
    if "missing" in rule and rule["missing"] in given.columns:
        return False
    if "rows" in rule and len(given.rows) != rule["rows"]:
        return False
    if rule.get("unordered") and not (found and found.unordered):
        return False
    if rule.get("constant") and (spec["target"] not in given.columns or len(set(given.column(spec["target"]))) != 1):
        return False
    if "column" not in rule:
        return True
    wrong = [mistake for mistake in found.mistakes if mistake.column == rule["column"]] if found else []
    kind = _type_of(spec, rule["column"])
    return any("answer" not in rule or _same_text(one.got, rule["answer"], kind) for one in wrong)


def _same_text(got: str, answer: str, kind: str) -> bool:
    try:
        return bool(value_of(got, kind) == value_of(answer, kind))
    except ValueError:
        return got == answer


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + " …"


def _shown(table: Csv) -> dict[str, Any]:
    rows = [[_cut(cell) for cell in row[:_COLUMNS_SHOWN]] for row in table.rows[:_ROWS_SHOWN]]
    return {
        "columns": [_cut(name) for name in table.columns[:_COLUMNS_SHOWN]],
        "rows": rows,
        "count": len(table.rows),
        "more": len(table.rows) > len(rows),
    }


def _read_back(given: Csv) -> Feedback:
    """The first rows as they were understood, so that a wrong separator is seen at once."""
    return Feedback("table.read", _shown(given))
