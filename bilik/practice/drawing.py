"""What templates need: a task as a review or a level check shows it, a suggestion in words and with its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.urls import reverse
from django.utils.safestring import SafeString

from bilik.cards.answers import answer_view
from bilik.cards.controls import Typed, controls_for
from bilik.cards.verdicts import VerdictView, verdict_view
from bilik.cards.words import safe, words_in
from bilik.catalog.queries import CourseFacts, TaskFacts, variant
from bilik.grading.kinds import KINDS
from bilik.kit.errors import Refusal
from bilik.kit.ids import new_id
from bilik.learning.actions import seed_of
from bilik.practice.engine.suggesting import Place, Suggestion
from bilik.skills.queries import name_of

if TYPE_CHECKING:
    from uuid import UUID

    from bilik.people.models import Person
    from bilik.submissions.models import Submission

_SHOWN = "bilik.practice.shown"
# A page that lay open for longer says nothing about how quickly somebody answered.
_LONGEST_SECONDS = 6 * 60 * 60


@dataclass
class TaskCard:
    """A task as a page of practice shows it, and nothing of its key. `shown` is the signed moment of showing it."""

    task: TaskFacts
    title: str
    html: SafeString
    controls: list[dict[str, Any]]
    draft: str
    key: UUID
    shown: str
    hints: list[SafeString]
    hints_available: int
    refusal: Refusal | None = None
    verdict: VerdictView | None = None
    invalid: str = ""
    solution: Mapping[str, Any] | None = None
    explanation: SafeString | str = ""

    @property
    def takes_files(self) -> bool:
        return any(control.get("upload") for control in self.controls)

    @property
    def follows(self) -> bool:
        """Whether the page asks again for the verdict."""
        return self.verdict is not None and self.verdict.look == "waiting" and not self.invalid

    @property
    def is_right(self) -> bool:
        return self.verdict is not None and self.verdict.look == "accepted"


def task_card(
    task: TaskFacts,
    seed: int,
    *,
    draft: str,
    language: str,
    now: datetime,
    hints: int = 0,
    submission: Submission | None = None,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    invalid: str = "",
) -> TaskCard:
    """The card of a variant. With `submission` its verdict is shown and, where it is right, the model answer (unless
    its author never shows it); `typed` stands in the form in the place of that answer.
    """
    made = variant(task.version_id, seed)
    page, words = made.page, words_in(made.page, language)
    if typed is None and submission is not None and submission.answer not in (None, ""):
        typed = KINDS[task.kind].fields(made.spec, submission.answer)
    starter = {"answer": [page["starter"]]} if page["starter"] else {}
    card = TaskCard(
        task=task,
        title=words["title"],
        html=safe(words["task"]),
        controls=controls_for(
            page, words, place=task.slug, order=f"{draft}/{task.version_id}/{seed}",
            typed=starter if typed is None else typed,
        ),
        draft=draft,
        key=new_id(),
        shown=signing.dumps({"task": task.task_id, "at": now.timestamp()}, salt=_SHOWN, compress=True),
        hints=[safe(hint) for hint in words["hints"][:hints]],
        hints_available=len(words["hints"]),
        refusal=refusal,
        invalid=invalid,
    )  # fmt: skip
    if submission is not None:
        card.verdict = verdict_view(submission, words, language)
    if card.is_right and task.solution_policy != "never":
        given = answer_view(page, words, page["solution"]["answer"])
        card.explanation, card.solution = safe(words["explanation"]), page["solution"] | {"given": given}
    return card


def shown_at(token: str, task_id: int) -> datetime | None:
    """When our own page showed this task; None for anything that is not ours, or old."""
    try:
        data = signing.loads(token, salt=_SHOWN, max_age=_LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    if data["task"] != task_id:
        return None
    return datetime.fromtimestamp(data["at"], tz=UTC)


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion with its names in the reader's language and where it leads."""

    reason: str
    address: str
    title: str
    course: str
    skill: str
    count: int
    due: date | None
    percent: int


def suggestion_view(
    suggestion: Suggestion, courses: Mapping[str, CourseFacts], person: Person, language: str
) -> SuggestionView:
    """Names and address of a suggestion."""
    place = suggestion.place
    course = courses.get(place.course if place else suggestion.course)
    return SuggestionView(
        reason=suggestion.reason,
        address=_address(suggestion, place),
        title=_title(place, courses, person, language) if place else "",
        course=course.title(language) if course else "",
        skill=name_of(suggestion.skill, language) if suggestion.skill else "",
        count=suggestion.count,
        due=suggestion.due,
        percent=round(suggestion.chance * 10) * 10,
    )


def _address(suggestion: Suggestion, place: Place | None) -> str:
    if place is not None:
        lesson = reverse("learning:lesson", args=[place.course, place.lesson])
        return f"{lesson}#{place.task}" if place.task else lesson
    if suggestion.course:
        return reverse("practice:level_check", args=[suggestion.course])
    return reverse("practice:review")


def _title(place: Place, courses: Mapping[str, CourseFacts], person: Person, language: str) -> str:
    lesson = courses[place.course].lesson(place.lesson)
    task = next((task for task in lesson.tasks if task.slug == place.task), None)
    return task_title(task, person, language) if task else lesson.title(language)


def task_title(task: TaskFacts, person: Person, language: str) -> str:
    """The title of a task in the reader's language."""
    return str(words_in(variant(task.version_id, seed_of(person, task)).page, language)["title"])
