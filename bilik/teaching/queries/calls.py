"""What is known of a group's learners that may be a reason to call them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.catalog.queries import CourseFacts
from bilik.groups.queries import (
    attendance_of,
    courses_of,
    deadlines_of,
    groups_of,
    meetings_of,
    members_of,
)
from bilik.groups.states import Matter, Part
from bilik.learning.queries import progress_of
from bilik.submissions.queries import answering_of
from bilik.teaching.calling import WEEK, Known, Stuck, ToCall, whom_to_call
from bilik.teaching.models import Call

if TYPE_CHECKING:
    from bilik.groups.models import Deadline, Group, GroupMember
    from bilik.people.models import Person


@dataclass(frozen=True)
class CallList:
    """The learners of a group to call today."""

    group: Group
    to_call: Sequence[ToCall]
    people: dict[int, Person]


def call_list(group: Group, now: datetime, language: str) -> CallList:
    """Whom to call in a group. Eight queries, whatever its size."""
    members = [row for row in members_of(group) if row.part == Part.LEARNER]
    known = known_of(group, members, now, language)
    return CallList(group, whom_to_call(known, now), {row.person_id: row.person for row in members})


def call_lists(trainer: Person, now: datetime, language: str) -> list[CallList]:
    """The lists of the groups in which somebody is a named trainer, those without anybody to call left out."""
    lists = [call_list(group, now, language) for group in groups_of(trainer).filter(archived_at__isnull=True)]
    return [one for one in lists if one.to_call]


def calls_of(group: Group) -> list[Call]:
    """The calls that were noted in a group, the newest first."""
    return list(Call.objects.filter(group=group).select_related("person", "by")[:50])


def known_of(group: Group, members: Iterable[GroupMember], now: datetime, language: str) -> list[Known]:
    """What is known of each learner: answers, dates, roll calls, earlier calls. Nothing else is looked at."""
    members = list(members)
    people = [row.person for row in members]
    courses = courses_of(group)
    tasks = {task.task_id for course in courses for task in course.tasks}
    progress = progress_of(people, tasks)
    answering = answering_of(people, since=now - WEEK, before=now - 2 * WEEK)
    dates = list(deadlines_of(group))
    marks = _marks(group, now)
    rests = _rests(group)
    found = []
    for row in members:
        solved = {task for (person, task), one in progress.items() if person == row.person_id and one.solved_at}
        left = _left(dates, courses, row.person_id, solved, language)
        over = [one for one in left if one[0] <= now]
        last, in_week, week_before = answering.get(row.person_id, (None, 0, 0))
        found.append(
            Known(
                person_id=row.person_id,
                since=row.since,
                last_answer=last,
                last_week=in_week,
                week_before=week_before,
                stuck=[
                    Stuck(task, one.attempts, one.hints)
                    for (person, task), one in progress.items()
                    if person == row.person_id and one.attempts and one.solved_at is None
                ],
                due=[(at, title) for at, title, undone in left if undone],
                past_due=len(over),
                late=sum(undone for _, _, undone in over),
                marks=marks.get(row.person_id, ()),
                rests_until=rests.get(row.person_id),
            )
        )
    return found


def _left(
    dates: Sequence[Deadline], courses: Sequence[CourseFacts], person_id: int, solved: set[int], language: str
) -> list[tuple[datetime, str, bool]]:
    """The dates of lessons and courses as they hold for one person: when, of what, and whether it is undone."""
    latest: dict[tuple[int, str], datetime] = {}
    for row in dates:
        if row.matter != Matter.EXAM and row.person_id in (None, person_id):
            place = (row.course_id, row.slug)
            latest[place] = max(row.due_at, latest.get(place, row.due_at))
    by_id = {course.course_id: course for course in courses}
    found = []
    for (course_id, slug), due_at in latest.items():
        course = by_id.get(course_id)
        if course is None:
            continue
        lesson = next((one for one in course.lessons if one.slug == slug), None)
        if slug and lesson is None:
            continue
        tasks = lesson.tasks if lesson else course.tasks
        title = lesson.title(language) if lesson else course.title(language)
        found.append((due_at, title, not {task.task_id for task in tasks} <= solved))
    return found


def _marks(group: Group, now: datetime) -> dict[int, list[str]]:
    """Each person's marks at meetings that are over, in order."""
    over = {one.pk: one.starts_at for one in meetings_of(group) if one.ends_at <= now}
    rows = [row for row in attendance_of(group) if row.meeting_id in over]
    found: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: over[row.meeting_id]):
        found.setdefault(row.person_id, []).append(row.mark)
    return found


def _rests(group: Group) -> dict[int, datetime]:
    rests: dict[int, datetime] = {}
    rows: Any = Call.objects.filter(group=group).values_list("person_id", "rests_until")
    for person_id, until in rows:
        rests[person_id] = max(until, rests.get(person_id, until))
    return rests
