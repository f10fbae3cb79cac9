"""One choice out of several."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import InvalidAnswer, fields_of, normal_of, one_text
from bilik.grading.checkers.choices import CHOICE_BLOCKS, choice_blocks, choice_control, choice_sayings, read_choices
from bilik.grading.problems import Table
from bilik.grading.text import Block

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = CHOICE_BLOCKS


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[choices]]` with exactly one correct, `shuffle`."""
    choices = read_choices(table)
    if sum(choice["correct"] for choice in choices) != 1:
        table.problem("choices", "Exactly one choice has `correct = true`.", code="correct-choice")
    return {"choices": choices, "shuffle": table.flag("shuffle")}


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback named by the choices."""
    return choice_sayings(spec)


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The words of the choices."""
    return choice_blocks(spec)


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """One group of radio buttons."""
    return [choice_control(spec, "radio")]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The id of the choice."""
    choice = one_text(fields, longest=100).strip()
    if choice not in {known["id"] for known in spec["choices"]}:
        raise InvalidAnswer("invalid.no_such_choice", choice=choice)
    return choice


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The choice."""
    return normal_of(answer)


def check(spec: Mapping[str, Any], answer: str, run: Any) -> verdict.Verdict:
    """All points for the correct choice, with the feedback of the choice that was made."""
    chosen = next((choice for choice in spec["choices"] if choice["id"] == answer), None)
    if chosen is None:
        raise InvalidAnswer("invalid.no_such_choice", choice=answer)
    said = (verdict.author(chosen["feedback"]),) if chosen["feedback"] else ()
    make = verdict.accepted if chosen["correct"] else verdict.wrong
    return make(spec["points"], *said)


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """The correct choice."""
    return next((str(choice["id"]) for choice in spec["choices"] if choice["correct"]), "")
