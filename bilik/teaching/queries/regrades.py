"""Whose answers somebody may regrade, and what a regrade would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import TaskFacts, published_course, tasks_of_course
from bilik.groups.queries import groups_led_by, learners_of, may_lead
from bilik.people.queries import is_administrator, members_now, organisations_of, roles_of
from bilik.submissions.queries import graded_by_checker
from bilik.teaching.models import Regrade, RegradeRow
from bilik.teaching.rules import REGRADING
from bilik.teaching.states import Change

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission

MOST_SHOWN = 200


def regrades_by_role(person: Person) -> bool:
    """Whether somebody's roles let them regrade beyond the groups they lead."""
    return is_administrator(person) or any(one.role in REGRADING for one in roles_of(person))


def regrades_of(person: Person) -> QuerySet[Regrade]:
    """The regrades that a person may see: all for administrators; otherwise their own, and those of the groups that
    they lead.
    """
    rows = Regrade.objects.select_related("course", "task", "group")
    if is_administrator(person):
        return rows
    return rows.filter(Q(asked_by=person) | Q(group__in=groups_led_by(person)))


def regrade_for(ref: UUID, person: Person) -> Regrade | None:
    """One of them."""
    return regrades_of(person).filter(ref=ref).first()


def may_go_on(regrade: Regrade, person: Person | None) -> bool:
    """Whether somebody who sees a regrade may still apply it: a trainer who no longer leads the group may not."""
    if person is None or is_administrator(person):
        return True
    if regrade.group is not None:
        return may_lead(person, regrade.group)
    return regrade.asked_by_id == person.pk and regrades_by_role(person)


def reach_of(person: Person | None) -> QuerySet[Person] | None:
    """Whose answers a role lets somebody regrade: everybody's (None), or those of people below their programmes."""
    if person is None or is_administrator(person):
        return None
    held = [one for one in roles_of(person) if one.role in REGRADING]
    places = [place.pk for place in organisations_of(person) if any(one.reaches(place.path) for one in held)]
    return members_now(places)


def answers_to_regrade(regrade: Regrade) -> QuerySet[Submission]:
    """All answers that belong to a regrade, in order; those that came after it was asked for do not."""
    tasks = [regrade.task_id] if regrade.task_id else list(tasks_of_course(regrade.course_id).values())
    people = reach_of(regrade.asked_by) if regrade.group is None else learners_of(regrade.group)
    rows = graded_by_checker(tasks, people)
    return rows.filter(pk__lte=regrade.upto) if regrade.upto else rows


def newest_tasks(course_slug: str) -> Mapping[int, TaskFacts]:
    """The tasks of the published version of a course, by the task's id; none when it is published no more."""
    try:
        course = published_course(course_slug)
    except NoSuchCourse:
        return {}
    drawn = [task for exam in course.exams for pool in exam.pools for task in pool.tasks]
    return {task.task_id: task for task in [*drawn, *course.tasks]}


@dataclass(frozen=True)
class Counts:
    """How many answers of a regrade change how."""

    better: int
    worse: int
    other: int
    same: int
    fault: int
    applied: int
    overtaken: int

    @property
    def changes(self) -> int:
        return self.better + self.worse + self.other


def counts_of(regrade: Regrade) -> Counts:
    """One query."""
    numbers: dict[str, Any] = {str(change): Count("pk", filter=Q(change=change)) for change in Change} | {
        "applied": Count("pk", filter=Q(applied_at__isnull=False, overtaken=False)),
        "overtaken": Count("pk", filter=Q(overtaken=True)),
    }
    return Counts(**regrade.rows.aggregate(**numbers))


def changes_of(regrade: Regrade, change: str = "") -> QuerySet[RegradeRow]:
    """The answers whose verdict changes: what gets worse first, then better, then the others; then what failed."""
    rows = regrade.rows.exclude(change=Change.SAME)
    if change in Change.values:
        rows = rows.filter(change=change)
    # "worse" sorts last of better, fault, other, worse: bad news is read first.
    return rows.select_related("submission__person", "submission__task_version__task").order_by("-change", "id")
