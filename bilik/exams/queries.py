"""Questions about exams. Fetching is the permission: people get their own sittings, others those of people whose record
they may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from bilik.catalog.queries import CourseFacts, ExamFacts
from bilik.exams.models import Sitting, SittingTask
from bilik.exams.rules import GRACE, has_passed, why_not_begin
from bilik.exams.states import SittingState
from bilik.groups.queries import exams_due_for
from bilik.kit.errors import Refusal
from bilik.people.queries import why_not_learn

if TYPE_CHECKING:
    from bilik.people.models import Person


@dataclass(frozen=True)
class ExamRow:
    """An exam of a course for one person: their sittings, the newest first, and why they cannot begin now."""

    exam: ExamFacts
    sittings: tuple[Sitting, ...]
    due_at: datetime | None
    refusal: Refusal | None

    @property
    def running(self) -> Sitting | None:
        return next((one for one in self.sittings if one.state == SittingState.RUNNING), None)

    @property
    def passed(self) -> bool:
        return any(is_passed(one) for one in self.sittings)


def is_passed(sitting: Sitting) -> bool:
    """Whether a finished sitting reaches its cut score."""
    return sitting.score is not None and has_passed(sitting.score, sitting.of, sitting.cut_score)


def exams_of(person: Person, course: CourseFacts, now: datetime) -> list[ExamRow]:
    """The exams of a course for a person (or a visitor). Two queries, none where there are no exams."""
    if not course.exams:
        return []
    mine: dict[str, list[Sitting]] = {}
    due: dict[str, datetime] = {}
    if person.is_authenticated:
        for sitting in Sitting.objects.filter(person=person, course_id=course.course_id).order_by("-id"):
            mine.setdefault(sitting.exam, []).append(sitting)
        due = dict(exams_due_for(person, course.slug))
    refusal = why_not_learn(person, now)
    return [_row(exam, tuple(mine.get(exam.slug, ())), due.get(exam.slug), refusal, now) for exam in course.exams]


def _row(
    exam: ExamFacts, sittings: tuple[Sitting, ...], due_at: datetime | None, person: Refusal | None, now: datetime
) -> ExamRow:
    running = any(one.state == SittingState.RUNNING for one in sittings)
    refusal = why_not_begin(exam, person=person, taken=len(sittings), running=running, due_at=due_at, now=now)
    return ExamRow(exam, sittings, due_at, refusal)


def sitting_of(person: Person, ref: UUID) -> Sitting | None:
    """One's own sitting."""
    return Sitting.objects.filter(person=person, ref=ref).select_related("course").first()


def sittings_of(person: Person) -> QuerySet[Sitting]:
    """All one's sittings, the newest first."""
    return Sitting.objects.filter(person=person).select_related("course").order_by("-id")


def tasks_of(sitting: Sitting) -> list[SittingTask]:
    """The tasks of a sitting in order, with their answers. One query."""
    return list(sitting.tasks.select_related("version__task", "submission").order_by("position"))


def results_of(people: QuerySet[Person] | Iterable[Person], course_id: int) -> QuerySet[Sitting]:
    """The finished sittings of some people in a course: what a gradebook shows."""
    finished = Sitting.objects.filter(person__in=people, course_id=course_id, state=SittingState.FINISHED)
    return finished.select_related("person").order_by("person_id", "exam", "id")


def best_results(sittings: Iterable[Sitting]) -> dict[tuple[int, str], Sitting]:
    """The best of several sittings, by person and exam: the highest share of the points, then the earliest."""
    best: dict[tuple[int, str], Sitting] = {}
    for sitting in sittings:
        key = (sitting.person_id, sitting.exam)
        known = best.get(key)
        if known is None or (sitting.score or 0) * known.of > (known.score or 0) * sitting.of:
            best[key] = sitting
    return best


def overdue(now: datetime) -> QuerySet[Sitting]:
    """Running sittings whose time is over, grace included."""
    return Sitting.objects.filter(state=SittingState.RUNNING, ends_at__lt=now - GRACE).order_by("ends_at")
