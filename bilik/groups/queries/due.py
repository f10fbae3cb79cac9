"""Until when things are due, and how much more time somebody has in exams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from bilik.catalog.queries import CourseFacts
from bilik.groups.models import Accommodation, Deadline, Group
from bilik.groups.states import Matter, Part

if TYPE_CHECKING:
    from bilik.people.models import Person


def due_for(person: Person, course_slug: str) -> Mapping[str | None, datetime]:
    """When lessons of a course are due for a person, by lesson slug; None is the whole course.

    In each of the person's groups their own extension wins over the group's date; of several groups the latest date
    wins. Times are aware, in UTC. One query; none for a visitor. Lateness is told, never punished here.
    """
    dates = _latest(_in_force(person, course_slug, (Matter.COURSE, Matter.LESSON)))
    return {slug or None: due_at for slug, due_at in dates.items()}


def exams_due_for(person: Person, course_slug: str) -> Mapping[str, datetime]:
    """When exams of a course are due for a person, by exam slug, by the rules of `due_for`. One query."""
    return _latest(_in_force(person, course_slug, (Matter.EXAM,)))


def _in_force(person: Person, course_slug: str, matters: tuple[Matter, ...]) -> Iterable[Deadline]:
    if person.pk is None:
        return ()
    return Deadline.objects.filter(
        Q(person__isnull=True) | Q(person_id=person.pk),
        course__slug=course_slug,
        matter__in=matters,
        lifted_at__isnull=True,
        group__archived_at__isnull=True,
        group__members__person_id=person.pk,
        group__members__part=Part.LEARNER,
        group__members__until__isnull=True,
    ).order_by("due_at")


def _latest(rows: Iterable[Deadline]) -> dict[str, datetime]:
    """An extension is always later than what it extends, and when the group's date is moved behind it, nobody has less
    time than the others: so within a group and between groups alike the latest date is the one that holds.
    """
    return {row.slug: row.due_at for row in sorted(rows, key=lambda row: row.due_at)}


def extra_time_of(person: Person, now: datetime) -> Fraction:
    """By how much a person's time in exams is multiplied: 1 for most, 5/4 with a quarter more. Of several the greatest.

    Exact, at least 1. One query; none for a visitor.
    """
    if person.pk is None:
        return Fraction(1)
    in_force = Accommodation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), person_id=person.pk, since__lte=now
    )
    return max((row.factor for row in in_force), default=Fraction(1))


def deadlines_of(group: Group) -> QuerySet[Deadline]:
    """The dates in force of a group that the caller was given, the nearest first: the group's and the extensions."""
    return Deadline.objects.filter(group=group, lifted_at__isnull=True).select_related("course", "person")


def own_deadlines(group: Group, person: Person) -> list[Deadline]:
    """The dates of one group as they hold for one person: the group's, or the person's own where it is later."""
    rows = deadlines_of(group).filter(Q(person__isnull=True) | Q(person_id=person.pk)).order_by("due_at")
    latest = {(row.course_id, row.matter, row.slug): row for row in rows}
    return sorted(latest.values(), key=lambda row: (row.due_at, row.pk))


def title_of_deadline(row: Deadline, courses: Iterable[CourseFacts], language: str) -> str:
    """What is due, in a language: the lesson's or the course's title, or the exam's short name."""
    course = next((one for one in courses if one.course_id == row.course_id), None)
    if course is None:
        return row.slug or row.course.slug
    if row.matter == Matter.COURSE:
        return course.title(language)
    lesson = next((one for one in course.lessons if one.slug == row.slug), None)
    return lesson.title(language) if lesson is not None and row.matter == Matter.LESSON else row.slug
