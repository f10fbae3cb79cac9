"""A word or a short sentence, compared as a person would."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import LONGEST_LINE, fields_of, one_text
from bilik.grading.normal import IGNORABLE, counted_as, form, same
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {}


def read(table: Table, files: Any) -> dict[str, Any]:
    """`answers`, `ignore`, `[[feedback]]`."""
    answers = table.texts("answers")
    if not any(answer.strip() for answer in answers):
        table.problem("answers", "`answers` needs at least one text.", code="no-answers")
    ignore = table.texts("ignore", ("case", "spaces"))
    if strange := set(ignore) - set(IGNORABLE):
        table.problem("ignore", f"`ignore` takes {', '.join(IGNORABLE)}, not {', '.join(sorted(strange))}.")
    for answer in answers:
        if answer.strip() and not form(answer, ignore):
            table.problem("ignore", f"Nothing is left of the answer {answer!r} when this is ignored.")
    return {"answers": list(answers), "ignore": list(ignore), "feedback": read_text_feedback(table)}


def read_text_feedback(table: Table) -> list[dict[str, str]]:
    """`[[feedback]]` rows with `answer` and `say`."""
    rules = []
    for row in table.tables("feedback"):
        rules.append({"answer": row.text("answer"), "say": row.text("say")})
        row.leave_no_rest()
    return rules


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback to expected wrong answers."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """None beside those of every exercise."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """One line of text."""
    return [{"control": "line", "name": "answer", "longest": LONGEST_LINE}]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The text as typed, without spaces around it."""
    return one_text(fields, longest=LONGEST_LINE).strip()


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The text as it is compared."""
    return counted_as(str(answer), spec["ignore"])


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """Right when it reads the same as one of the alternatives."""
    if any(same(answer, right, spec["ignore"]) for right in spec["answers"]):
        return verdict.accepted(spec["points"])
    for rule in spec["feedback"]:
        if same(answer, rule["answer"], spec["ignore"]):
            return verdict.wrong(spec["points"], verdict.author(rule["say"]))
    if form(answer, IGNORABLE) and any(same(answer, right, IGNORABLE) for right in spec["answers"]):
        return verdict.wrong(spec["points"], Feedback("text.nearly"))
    return verdict.wrong(spec["points"])


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """The first alternative."""
    return str(spec["answers"][0]) if spec["answers"] else ""
