"""Keeping the stored pictures in step with verdicts. Pages never do this; commands, the worker and reviews do.

Verdicts are taken in by the moment they were given, and only once they are five minutes old: a verdict that another
process gave a moment earlier may be stored a moment later, and would be passed over for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from bilik.practice.engine.picture import Picture, SkillTrace, TaskTrace, take_in
from bilik.practice.models import Picture as PictureRow
from bilik.practice.models import SkillMastery, TaskMemory, Watermark
from bilik.practice.queries.items import newest_skill_estimate
from bilik.practice.queries.pictures import (
    NOTHING,
    cursor_of,
    newer_than,
    open_check_of,
    parameters_of,
    stored_picture,
)
from bilik.submissions.queries import people_answering_after

if TYPE_CHECKING:
    from bilik.people.models import Person

SETTLED = timedelta(minutes=5)
_SKILL_FIELDS = ["mastered", "answers", "right", "last_at"]
_TRACE_FIELDS = ["answers", "first_right", "solved_at", "reviews", "review_day", "review_tries"]
_CARD_FIELDS = ["stability", "difficulty", "reviewed_at", "due_at"]


@transaction.atomic
def keep_up(*, person: Person, now: datetime) -> int:
    """Takes in a person's answers that are not in the stored picture; returns how many. With a newer estimate of
    skills, or another verdict on an answer that was taken in, the picture is made anew.
    """
    row = _held(person)
    estimate_id = newest_skill_estimate()
    anew = row.estimate_id != estimate_id
    return _take_in(person, row, now, anew=anew, estimate_id=estimate_id)


@transaction.atomic
def rebuild_picture(*, person: Person, now: datetime) -> int:
    """Makes a person's picture anew from all their answers; returns how many. What is stored must be equal before and
    after: a test holds us to it.
    """
    row = _held(person)
    return _take_in(person, row, now, anew=True, estimate_id=row.estimate_id)


def catch_up(*, now: datetime, most: int = 5000) -> int:
    """Takes in the answers of everybody who gave one of the next `most` answers since the last time; returns how many
    people there were. Safe to repeat and to run beside itself: each person is a transaction.
    """
    mark, _ = Watermark.objects.get_or_create(pk=1)
    people, newest = people_answering_after(mark.submission_id, before=now - SETTLED, most=most)
    for person in get_user_model()._default_manager.filter(pk__in=people).order_by("pk"):
        keep_up(person=person, now=now)
    if newest != mark.submission_id:
        Watermark.objects.filter(pk=1, submission_id__lt=newest).update(submission_id=newest)
    return len(people)


def _held(person: Person) -> PictureRow:
    PictureRow.objects.get_or_create(person=person, defaults={"estimate_id": newest_skill_estimate()})
    return PictureRow.objects.select_for_update().get(person=person)


def _take_in(person: Person, row: PictureRow, now: datetime, *, anew: bool, estimate_id: int | None) -> int:
    open_check = open_check_of(person, now)
    until = now - SETTLED
    if open_check is not None:
        # Nothing beyond its beginning is stored while it goes on, so that its answers can follow in their order.
        until = min(until, open_check.started_at)
    newer = newer_than(person, NOTHING if anew else cursor_of(row), open_check, until=until)
    events, anew = newer.events, anew or newer.anew
    if anew:
        SkillMastery.objects.filter(person=person).delete()
        TaskMemory.objects.filter(person=person).delete()
        row.taken_at, row.taken_id = NOTHING
    elif not events:
        return 0
    picture = take_in(Picture() if anew else stored_picture(person), events, parameters_of(estimate_id))
    _store(person, picture, {event.task_id for event in events}, {s for event in events for s in event.skills})
    if events:
        row.taken_at, row.taken_id = newer.cursor
    row.estimate_id = estimate_id
    row.save(update_fields=["taken_at", "taken_id", "estimate"])
    return len(events)


def _store(person: Person, picture: Picture, tasks: set[int], skills: set[str]) -> None:
    """Writes the rows that have changed: two statements."""
    SkillMastery.objects.bulk_create(
        [_skill_row(person, skill, trace) for skill, trace in sorted(picture.skills.items()) if skill in skills],
        update_conflicts=True, unique_fields=["person", "skill"], update_fields=_SKILL_FIELDS,
    )  # fmt: skip
    TaskMemory.objects.bulk_create(
        [_task_row(person, task, trace) for task, trace in sorted(picture.tasks.items()) if task in tasks],
        update_conflicts=True, unique_fields=["person", "task"], update_fields=[*_TRACE_FIELDS, *_CARD_FIELDS],
    )  # fmt: skip


def _skill_row(person: Person, skill: str, trace: SkillTrace) -> SkillMastery:
    facts = {name: getattr(trace, name) for name in _SKILL_FIELDS}
    return SkillMastery(person=person, skill_id=skill, **facts)


def _task_row(person: Person, task: int, trace: TaskTrace) -> TaskMemory:
    card = {name: getattr(trace.card, name, None) for name in _CARD_FIELDS}
    return TaskMemory(person=person, task_id=task, **{name: getattr(trace, name) for name in _TRACE_FIELDS}, **card)
