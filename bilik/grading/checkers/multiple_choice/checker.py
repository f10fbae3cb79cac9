"""Any number of choices, with a rule for partial credit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import InvalidAnswer, fields_of, normal_of, sent, storable
from bilik.grading.checkers.choices import (
    CHOICE_BLOCKS,
    MOST_CHOICES,
    choice_blocks,
    choice_control,
    choice_sayings,
    read_choices,
)
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Outcome, Verdict

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = CHOICE_BLOCKS
CREDITS = ("all", "each", "minus")


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[choices]]`, `credit`, `shuffle`."""
    choices = read_choices(table)
    if not any(choice["correct"] for choice in choices):
        table.problem("choices", "At least one choice has `correct = true`.", code="correct-choice")
    return {"choices": choices, "credit": table.one_of("credit", CREDITS, "all"), "shuffle": table.flag("shuffle")}


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
    """One group of check boxes."""
    return [choice_control(spec, "checkboxes")]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids of the ticked choices in the author's order; none ticked is not an answer."""
    ticked = set(sent(fields)[: MOST_CHOICES * 2])
    known = [choice["id"] for choice in spec["choices"]]
    if strange := ticked - set(known):
        raise InvalidAnswer("invalid.no_such_choice", choice=storable(sorted(strange)[0][:100]))
    if not ticked:
        raise InvalidAnswer("invalid.nothing_ticked")
    return [name for name in known if name in ticked]


def _earned(spec: Mapping[str, Any], ticked: set[str]) -> Fraction:
    """The share of the points between 0 and 1, by the exercise's credit rule."""
    right = {choice["id"] for choice in spec["choices"] if choice["correct"]}
    if ticked == right:
        return Fraction(1)
    if spec["credit"] == "each":
        agree = sum((choice["id"] in ticked) == choice["correct"] for choice in spec["choices"])
        return Fraction(agree, len(spec["choices"]))
    if spec["credit"] == "minus":
        return max(Fraction(0), Fraction(len(ticked & right) - len(ticked - right), len(right)))
    return Fraction(0)


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The choices, whose order says nothing."""
    return sorted(map(str, answer)) if isinstance(answer, list) else normal_of(answer)


def check(spec: Mapping[str, Any], answer: Sequence[str], run: Any) -> Verdict:
    """Credit "all": everything or nothing. "each": every box that is as it should be earns its share.
    "minus": right ticks less wrong ticks over all right ones, never below nothing.
    """
    ticked = set(answer)
    earned = _earned(spec, ticked)
    mistakes = [choice for choice in spec["choices"] if (choice["id"] in ticked) != choice["correct"]]
    said = [verdict.author(choice["feedback"]) for choice in mistakes if choice["feedback"]]
    if earned == 1:
        return verdict.accepted(spec["points"])
    if not said:
        said = [Feedback("choices.mistakes", {"count": len(mistakes)})]
    if earned == 0:
        return verdict.wrong(spec["points"], *said)
    score = verdict.part_of(earned, 1, of=spec["points"])
    return Verdict(Outcome.PARTIAL, score, spec["points"], tuple(said))


def model_answer(spec: Mapping[str, Any], solution: str) -> list[str]:
    """All correct choices."""
    return [choice["id"] for choice in spec["choices"] if choice["correct"]]
