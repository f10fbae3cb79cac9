"""A task as the page shows it: everything a template needs, and nothing of the key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from bilik.cards.answers import answer_view
from bilik.cards.controls import Typed, controls_for
from bilik.cards.trying import Ran
from bilik.cards.verdicts import VerdictView, mark_parts, remarks_of, verdict_view, with_cells
from bilik.cards.words import safe, words_in
from bilik.catalog.queries import TaskFacts, variant
from bilik.grading.kinds import KINDS
from bilik.grading.visible import TRIED
from bilik.kit.errors import Refusal
from bilik.learning.actions import seed_of
from bilik.learning.models import Progress
from bilik.learning.rules import attempts_left, may_see_solution
from bilik.submissions.states import State

if TYPE_CHECKING:
    from bilik.catalog.models import TaskVariant
    from bilik.people.models import Person
    from bilik.submissions.models import Submission


@dataclass
class Card:
    """A task card. `refusal` says why no answer can be given now; what stands in the form is in the controls."""

    task: TaskFacts
    title: str
    html: SafeString
    controls: list[dict[str, Any]]
    state: str
    hints: list[SafeString]
    hints_available: int
    attempts: int
    attempts_left: int | None
    verdict: VerdictView | None = None
    refusal: Refusal | None = None
    solution: Mapping[str, Any] | None = None
    explanation: SafeString | str = ""
    invalid: str = ""
    stored: bool = False
    not_taken: bool = False
    ran: Ran | None = None
    ran_cell: str = ""

    @property
    def can_be_tried(self) -> bool:
        """Whether the answer is a program that can be run without being checked."""
        return self.task.kind in TRIED

    @property
    def is_notebook(self) -> bool:
        """Whether it has cells: then each is run with those before it."""
        return self.task.kind == "python_cells"

    @property
    def record(self) -> str:
        """The recorded steps of a run, for the script."""
        return json.dumps(self.ran.record) if self.ran and self.ran.record else ""

    @property
    def takes_files(self) -> bool:
        return any(control.get("upload") for control in self.controls)

    @property
    def is_marked(self) -> bool:
        """Whether people mark it: then it is handed in rather than checked."""
        return any(control["control"] == "rubric" for control in self.controls)

    @property
    def follows(self) -> bool:
        """Whether the page asks again for the verdict; not where that would wipe away what was typed."""
        return self.verdict is not None and self.verdict.look == "waiting" and not self.not_taken


def card_for(
    person: Person,
    task: TaskFacts,
    progress: Progress | None,
    *,
    language: str,
    refusal: Refusal | None,
    typed: Typed | None = None,
) -> Card:
    """The card of a task for a person, with their newest answer to it, graded or not. `typed` stands in the form in the
    place of that answer when something else was just sent and could not be taken.
    """
    seed = seed_of(person, task) if person.is_authenticated else 0
    made = variant(task.version_id, seed)
    page = made.page
    words, shown = words_in(page, language), progress.last_submission if progress else None
    solved_or_over = may_see_solution(task, progress)
    card = Card(
        task=task,
        title=words["title"],
        html=safe(words["task"]),
        controls=controls_for(
            page,
            words,
            place=task.slug,
            order=f"{task.version_id}/{seed}",
            typed=_typed(shown, made, task) if typed is None else typed,
        ),
        state=_state(progress, shown),
        hints=[safe(hint) for hint in words["hints"][: progress.hints if progress else 0]],
        hints_available=len(words["hints"]),
        attempts=progress.attempts if progress else 0,
        attempts_left=attempts_left(task, progress),
        refusal=refusal,
    )
    if shown is not None:
        if typed is None and shown.task_version_id == task.version_id:
            mark_parts(card.controls, shown.feedback or ())
        card.verdict = with_cells(
            card.controls,
            verdict_view(shown, words, language, remarks_of(progress.comments if progress else (), person)),
        )
    if solved_or_over:
        card.explanation = safe(words["explanation"])
        card.solution = page["solution"] | {
            "given": answer_view(page, words, page["solution"]["answer"]),
            "example": safe(words.get("blocks", {}).get("example", "")),
        }
    return card


def _state(progress: Progress | None, shown: Submission | None) -> str:
    if progress is not None and progress.solved_at:
        return "accepted"
    if shown is not None and shown.is_waiting:
        return "waiting"
    if shown is not None and shown.state == State.MARKING:
        return "marking"
    return "partial" if progress is not None and progress.attempts else "open"


def _typed(shown: Submission | None, made: TaskVariant, task: TaskFacts) -> Typed:
    """What stands in the form: the last answer to this version of the task, else what the author starts with."""
    if shown is not None and shown.task_version_id == task.version_id and shown.answer not in (None, ""):
        return KINDS[task.kind].fields(made.spec, shown.answer)
    return {"answer": [made.page["starter"]]} if made.page["starter"] else {}
