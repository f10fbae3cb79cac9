"""Setting and lifting due dates, and granting more time in exams."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import published_course
from bilik.groups import errors, rules
from bilik.groups.actions.permission import locked_for
from bilik.groups.models import Accommodation, Deadline, Group
from bilik.groups.queries import is_in
from bilik.groups.states import Matter, Part
from bilik.kit.errors import Refusal, refuse
from bilik.people.actions import journal

if TYPE_CHECKING:
    from bilik.people.models import Person


@transaction.atomic
def set_deadline(
    *, by: Person | None, now: datetime, group: Group, course_slug: str, matter: str, due_at: datetime, slug: str = ""
) -> Deadline:
    """Sets when a course, a lesson or an exam is due for everybody in the group; a new date takes the place of the old
    one. `slug` names the lesson or the exam. Exams are not looked up: the room that holds them stands above this one.
    """
    held = locked_for(by=by, group=group)
    refuse(rules.why_not_due(due_at, now) or _why_not_matter(held, course_slug, Matter(matter), slug))
    course_id = published_course(course_slug).course_id
    before = Deadline.objects.filter(
        group=held, course_id=course_id, matter=matter, slug=slug, person__isnull=True, lifted_at__isnull=True
    ).first()
    if before is not None and before.due_at == due_at:
        return before
    if before is not None:
        _lift(before, now)
    deadline = Deadline.objects.create(
        group=held, course_id=course_id, matter=Matter(matter), slug=slug, due_at=due_at, set_by=by, set_at=now
    )
    _journal(by, now, "groups.set_deadline", deadline)
    return deadline


@transaction.atomic
def extend_deadline(
    *, by: Person | None, now: datetime, deadline: Deadline, person: Person, due_at: datetime, reason: str
) -> Deadline:
    """Gives one learner more time than the group has; a new extension takes the place of the old one."""
    group = locked_for(by=by, group=deadline.group)
    refuse(None if is_in(person, group, Part.LEARNER) else errors.NotAMember())
    refuse(rules.why_not_due(due_at, now) or rules.why_not_extend(deadline.due_at, due_at, reason))
    same = {"group": group, "course_id": deadline.course_id, "matter": deadline.matter, "slug": deadline.slug}
    for before in Deadline.objects.filter(**same, person=person, lifted_at__isnull=True):
        _lift(before, now)
    extension = Deadline.objects.create(
        **same, person=person, due_at=due_at, reason=reason.strip(), set_by=by, set_at=now
    )
    _journal(by, now, "groups.extend_deadline", extension, person=str(person.ref))
    return extension


@transaction.atomic
def lift_deadline(*, by: Person | None, now: datetime, deadline: Deadline) -> Deadline:
    """Takes a date away: an extension alone, or the group's date with all extensions of it."""
    group = locked_for(by=by, group=deadline.group)
    if deadline.person_id is None:
        same = {"group": group, "course_id": deadline.course_id, "matter": deadline.matter, "slug": deadline.slug}
        Deadline.objects.filter(**same, person__isnull=False, lifted_at__isnull=True).update(lifted_at=now)
    _lift(deadline, now)
    _journal(by, now, "groups.lift_deadline", deadline)
    return deadline


@transaction.atomic
def grant_accommodation(
    *,
    by: Person | None,
    now: datetime,
    group: Group,
    person: Person,
    factor: Fraction,
    reason: str,
    until: datetime | None = None,
) -> Accommodation:
    """Gives a learner of the group more time in all exams from now on: `factor` 5/4 is a quarter more."""
    held = locked_for(by=by, group=group)
    refuse(None if is_in(person, held, Part.LEARNER) else errors.NotAMember())
    refuse(rules.why_not_grant(factor, reason) or (rules.why_not_due(until, now) if until else None))
    accommodation = Accommodation.objects.create(
        person=person,
        group=held,
        numerator=factor.numerator,
        denominator=factor.denominator,
        reason=reason.strip(),
        granted_by=by,
        since=now,
        until=until,
    )
    data = {"accommodation": str(accommodation.ref), "person": str(person.ref), "factor": str(factor)}
    journal(by=by, now=now, verb="groups.grant_accommodation", about=held, organisation=held.organisation, data=data)
    return accommodation


@transaction.atomic
def end_accommodation(*, by: Person | None, now: datetime, accommodation: Accommodation) -> Accommodation:
    """Ends more time from now on, by those who lead the group in which it was granted."""
    group = locked_for(by=by, group=accommodation.group)
    over = accommodation.until is not None and accommodation.until <= now
    refuse(errors.AccommodationOver() if over else None)
    accommodation.until = now
    accommodation.save(update_fields=["until"])
    data = {"accommodation": str(accommodation.ref), "person": str(accommodation.person.ref)}
    journal(by=by, now=now, verb="groups.end_accommodation", about=group, organisation=group.organisation, data=data)
    return accommodation


def _why_not_matter(group: Group, course_slug: str, matter: Matter, slug: str) -> Refusal | None:
    if not group.studies.filter(course__slug=course_slug).exists():
        return errors.NotStudied()
    try:
        course = published_course(course_slug)
        if matter == Matter.LESSON:
            course.lesson(slug)
    except NoSuchCourse:
        return errors.NoSuchLesson()
    return errors.NoSuchLesson() if (matter == Matter.COURSE) != (slug == "") else None


def _lift(deadline: Deadline, now: datetime) -> None:
    deadline.lifted_at = now
    deadline.save(update_fields=["lifted_at"])


def _journal(by: Person | None, now: datetime, verb: str, deadline: Deadline, **more: str) -> None:
    group = deadline.group
    data = {"deadline": str(deadline.ref), "due_at": deadline.due_at.isoformat()} | more
    journal(by=by, now=now, verb=verb, about=group, organisation=group.organisation, data=data)
