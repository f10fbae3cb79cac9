"""What single and multiple choice share: reading `[[choices]]` and showing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilik.grading.problems import Table
from bilik.grading.text import Block

MOST_CHOICES = 20
CHOICE_BLOCKS = {"choice": Block()}


def read_choices(table: Table) -> list[dict[str, Any]]:
    """The choices as the author wrote them: id, correct, feedback."""
    choices: list[dict[str, Any]] = []
    for row in table.tables("choices"):
        name = row.text("id")
        if name in {choice["id"] for choice in choices}:
            row.problem("id", f"The choice {name!r} stands here twice.", code="double-choice")
        choices.append({"id": name, "correct": row.flag("correct"), "feedback": row.text("feedback", "")})
        row.leave_no_rest()
    if not 2 <= len(choices) <= MOST_CHOICES:
        table.problem("choices", f"There must be 2 to {MOST_CHOICES} [[choices]].", code="choices")
    return choices


def choice_sayings(spec: Mapping[str, Any]) -> set[str]:
    """The feedback names of all choices."""
    return {choice["feedback"] for choice in spec["choices"] if choice["feedback"]}


def choice_blocks(spec: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """A block for the words of each choice."""
    return {f"choice {choice['id']}": () for choice in spec["choices"]}


def choice_control(spec: Mapping[str, Any], control: str) -> dict[str, Any]:
    """The control without its key. The page shuffles by the learner's seed where `shuffle` is set."""
    return {
        "control": control,
        "name": "answer",
        "choices": [choice["id"] for choice in spec["choices"]],
        "shuffle": spec["shuffle"],
    }
