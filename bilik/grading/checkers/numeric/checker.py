"""A number, with a tolerance and a unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import InvalidAnswer, fields_of, one_text
from bilik.grading.normal import counted_as
from bilik.grading.numbers import LONGEST, NotANumber, exact_number, exactly, read_number
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {}
_UNIT = re.compile(r"(?<=[\d.,\s])[^\d\s.,+\-/].*$", re.DOTALL)


def read(table: Table, files: Any) -> dict[str, Any]:
    """`answer`, `absolute` or `relative` tolerance, `unit`, `units`, `decimals`, `[[feedback]]`."""
    unit = table.text("unit", "")
    units = {unit: "1"} | table.mapping("units") if unit else {}
    for name, factor in units.items():
        if not _exact(factor):
            table.problem("units", f'The unit {name!r} needs the number of {unit} it is, such as "0.001".')
    feedback = []
    for row in table.tables("feedback"):
        value = row.exact("answer")
        if value is None:
            row.problem("answer", "`answer` of a feedback takes a number in quotes.")
        feedback.append({"answer": str(value or 0), "say": row.text("say")})
        row.leave_no_rest()
    answer = table.exact("answer")
    if answer is None and not table.has("answer"):
        table.problem("", '`answer` is missing: the right number in quotes, such as "12.5".', code="missing-key")
    for key in ("absolute", "relative"):
        if (table.exact(key, "0") or 0) < 0:
            table.problem(key, f"`{key}` cannot be negative.")
    return {
        "answer": str(answer or 0),
        "absolute": str(table.exact("absolute", "0") or 0),
        "relative": str(table.exact("relative", "0") or 0),
        "unit": unit,
        "units": units,
        "decimals": table.whole("decimals", 0, low=0, high=12) if table.has("decimals") else None,
        "feedback": feedback,
    }


def _exact(text: str) -> Fraction | None:
    try:
        return exact_number(text)
    except NotANumber:
        return None


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback to expected wrong numbers."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """None beside those of every exercise."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """One line for a number, with its unit."""
    return [
        {"control": "number", "name": "answer", "unit": spec["unit"], "decimals": spec["decimals"], "longest": LONGEST}
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The text as typed; it must hold one number and, if any, a unit that the task knows."""
    text = one_text(fields, longest=LONGEST).strip()
    value_of(spec, text)
    return text


def value_of(spec: Mapping[str, Any], text: str) -> Fraction:
    """The number in the task's own unit."""
    try:
        return read_number(text)
    except NotANumber:
        pass
    match = _UNIT.search(text)
    try:
        value = read_number(text[: match.start()] if match else text)
    except NotANumber:
        raise InvalidAnswer("invalid.not_a_number", text=text[:40]) from None
    assert match is not None  # or the first reading would have done
    return value * Fraction(spec["units"][_known_unit(spec, match[0].strip())])


def _known_unit(spec: Mapping[str, Any], written: str) -> str:
    """The task's name for a unit: capital letters and a point at the end do not count where no other unit is meant."""
    for unit in (written, written.rstrip(".")):
        if unit in spec["units"]:
            return unit
        alike = [str(name) for name in spec["units"] if name.casefold() == unit.casefold()]
        if len(alike) == 1:
            return alike[0]
    raise InvalidAnswer("invalid.unit", unit=written[:20], known=", ".join(sorted(spec["units"])))


def _near(spec: Mapping[str, Any], value: Fraction, target: Fraction) -> bool:
    tolerance = max(Fraction(spec["absolute"]), Fraction(spec["relative"]) * abs(target))
    return abs(value - target) <= tolerance


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> str:
    """The value in the task's own unit; what is no number, as a text."""
    try:
        return exactly(value_of(spec, str(answer)))
    except InvalidAnswer:
        return counted_as(str(answer), ("case", "spaces", "punctuation"))


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """Right when |value - answer| <= max(absolute, relative * |answer|), computed exactly."""
    value, target = value_of(spec, answer), Fraction(spec["answer"])
    if _near(spec, value, target):
        return verdict.accepted(spec["points"])
    for rule in spec["feedback"]:
        if _near(spec, value, Fraction(rule["answer"])):
            return verdict.wrong(spec["points"], verdict.author(rule["say"]))
    return verdict.wrong(spec["points"], *_general_advice(value, target))


def _general_advice(value: Fraction, target: Fraction) -> tuple[Feedback, ...]:
    """Mistakes that look the same in every task: the sign, the decimal point."""
    if target and value == -target:
        return (Feedback("numeric.sign"),)
    for power in (10, 100, 1000):
        if target and value in (target * power, target / power):
            return (Feedback("numeric.decimal_point"),)
    return (Feedback("numeric.larger") if value < target else Feedback("numeric.smaller"),)


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """The author's number."""
    return str(spec["answer"])
