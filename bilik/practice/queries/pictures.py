"""A person's picture as of this moment: what is stored, and the answers that came since. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone

from bilik.catalog.queries import versions_by_id
from bilik.grading.verdict import Outcome
from bilik.learning.queries import hints_taken
from bilik.practice.engine.memory import Card
from bilik.practice.engine.picture import (
    LEVEL_CHECK,
    PRACTICE,
    REVIEW,
    Event,
    ParametersOf,
    Picture,
    SkillTrace,
    TaskTrace,
    take_in,
)
from bilik.practice.engine.tracing import PRIOR, Parameters
from bilik.practice.models import LevelCheck, ReviewNote, SkillEstimate, SkillMastery, TaskMemory
from bilik.practice.models import Picture as PictureRow
from bilik.practice.rules import OPEN_DAYS
from bilik.practice.states import CheckState
from bilik.submissions.queries import first_verdicts, graded_since

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission

CONTEXTS = (PRACTICE, REVIEW, LEVEL_CHECK)
Cursor = tuple[datetime | None, int]
NOTHING: Cursor = (None, 0)


@dataclass(frozen=True)
class Standing:
    """A picture, the open level check (None: none), and how many answers were taken in beyond what is stored."""

    picture: Picture = field(default_factory=Picture)
    open_check: LevelCheck | None = None
    fresh: int = 0


@dataclass(frozen=True)
class Newer:
    """Answers to take in, in the order of their first verdicts, and the cursor that they lead to. `anew` when they are
    all there are, because a verdict that was taken in has been replaced.
    """

    events: list[Event]
    cursor: Cursor
    anew: bool = False


def standing(person: Person, now: datetime) -> Standing:
    """What a person's answers show now. Empty for a visitor. Five queries, and a few more where answers came since the
    picture was stored; the cost of a page does not grow with the answers that are stored already.
    """
    if not person.is_authenticated:
        return Standing()
    row = PictureRow.objects.filter(person=person).first()
    open_check = open_check_of(person, now)
    newer = newer_than(person, cursor_of(row), open_check)
    picture = stored_picture(person) if row and not newer.anew else Picture()
    take_in(picture, newer.events, parameters_of(row.estimate_id if row else None))
    return Standing(picture, open_check, len(newer.events))


def cursor_of(row: PictureRow | None) -> Cursor:
    """How far a stored picture goes."""
    return (row.taken_at, row.taken_id) if row else NOTHING


def open_check_of(person: Person, now: datetime) -> LevelCheck | None:
    """The sitting in which a person is. One that lies too long counts as over, although nobody has noted it yet."""
    since = now - timedelta(days=OPEN_DAYS)
    rows = LevelCheck.objects.filter(person=person, state=CheckState.OPEN, started_at__gt=since)
    return rows.select_related("course").first()


def stored_picture(person: Person) -> Picture:
    """The picture as it is stored. Two queries."""
    return Picture(
        {row.skill_id: skill_trace(row) for row in SkillMastery.objects.filter(person=person)},
        {row.task_id: task_trace(row) for row in TaskMemory.objects.filter(person=person)},
    )


def skill_trace(row: SkillMastery) -> SkillTrace:
    return SkillTrace(row.mastered, row.answers, row.right, row.last_at)


def task_trace(row: TaskMemory) -> TaskTrace:
    card = None
    if row.stability is not None and row.difficulty is not None and row.reviewed_at and row.due_at:
        card = Card(row.stability, row.difficulty, row.reviewed_at, row.due_at)
    return TaskTrace(row.answers, row.first_right, row.solved_at, card, row.reviews, row.review_day, row.review_tries)


def newer_than(
    person: Person, cursor: Cursor, open_check: LevelCheck | None, *, until: datetime | None = None
) -> Newer:
    """A person's answers with verdicts after a cursor (and before `until`); all of them where one that lies before the
    cursor has another verdict by now.

    Answers of the level check that is going on are left out: what they say would tell right from wrong before its end.
    """
    rows = _rows(person, cursor, open_check, until)
    first = first_verdicts(row.pk for row in rows) if rows else {}
    if cursor[0] is not None and any(moment <= cursor[0] for moment in first.values()):
        rows = _rows(person, NOTHING, open_check, until)
        first = first_verdicts(row.pk for row in rows)
        return Newer(_events(person, rows, first), _moment(rows[-1]), anew=True)
    return Newer(_events(person, rows, first), _moment(rows[-1])) if rows else Newer([], cursor)


def _rows(person: Person, cursor: Cursor, open_check: LevelCheck | None, until: datetime | None) -> list[Submission]:
    rows = graded_since(person, CONTEXTS, cursor).exclude(outcome=Outcome.INVALID)
    if until is not None:
        rows = rows.filter(graded_at__lt=until)
    if open_check is not None:
        rows = rows.exclude(context=LEVEL_CHECK, received_at__gte=open_check.started_at)
    return list(rows.defer("answer", "feedback", "evidence"))


def _moment(row: Submission) -> tuple[datetime, int]:
    if row.graded_at is None:
        raise ValueError("an answer without a verdict is no evidence")
    return row.graded_at, row.pk


def _events(person: Person, rows: Sequence[Submission], first: Mapping[int, datetime]) -> list[Event]:
    """The rows as events, in the order of their first verdicts: an answer keeps its place when it is graded again."""
    versions = versions_by_id(row.task_version_id for row in rows)
    hints = hints_taken(person, {versions[row.task_version_id].task_id for row in rows if row.context == PRACTICE})
    notes = _notes([row.pk for row in rows if row.context == REVIEW])
    events = []
    for row in rows:
        version, note = versions[row.task_version_id], notes.get(row.pk)
        seen = note.hints if note else sum(at <= row.received_at for at in hints.get(version.task_id, ()))
        event = Event(
            at=first.get(row.pk) or _moment(row)[0],
            id=row.pk,
            day=timezone.localdate(row.received_at),
            task_id=version.task_id,
            kind=version.kind,
            skills=version.skills,
            context=row.context,
            right=row.outcome == Outcome.ACCEPTED,
            share=float(row.score / row.of) if row.score and row.of else 0.0,
            hints=seen if row.context != LEVEL_CHECK else 0,
            seconds=note.seconds if note else None,
        )
        events.append(event)
    return sorted(events, key=lambda event: (event.at, event.id))


def _notes(submission_ids: Iterable[int]) -> dict[int, ReviewNote]:
    wanted = list(submission_ids)
    return {row.submission_id: row for row in ReviewNote.objects.filter(submission_id__in=wanted)} if wanted else {}


def parameters_of(estimate_id: int | None) -> ParametersOf:
    """The parameters of each skill under an estimate; the priors where it has none."""
    fitted = _fitted(estimate_id) if estimate_id else {}
    return lambda skill: fitted.get(skill, PRIOR)


@lru_cache(maxsize=32)
def _fitted(estimate_id: int) -> dict[str, Parameters]:
    """Estimates never change, so they are read once."""
    rows = SkillEstimate.objects.filter(estimate_id=estimate_id)
    return {row.skill_id: Parameters(row.start, row.learn, row.guess, row.slip) for row in rows}


def people_with_pictures() -> QuerySet[Person]:
    """Everybody whose picture is stored."""
    return get_user_model()._default_manager.filter(picture__isnull=False).order_by("pk")


def forget() -> None:
    """Empties what is kept in memory; tests need it because they undo what was estimated."""
    _fitted.cache_clear()
