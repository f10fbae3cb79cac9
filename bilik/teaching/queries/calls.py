"""What is known of a group's learners that may be a reason to call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.catalog.queries import CourseFacts
from bilik.groups.queries import (
    attendance_at,
    courses_of_groups,
    deadlines_of_groups,
    learners_of_groups,
    meetings_of_groups,
)
from bilik.groups.states import Matter
from bilik.learning.queries import progress_of
from bilik.submissions.queries import answering_of
from bilik.teaching.calling import LOOKED_BACK, MOST_CALLED, WEEK, Known, Stuck, ToCall, whom_to_call
from bilik.teaching.models import Call

if TYPE_CHECKING:
    from bilik.groups.models import Deadline, Group, GroupMember
    from bilik.learning.models import Progress
    from bilik.people.models import Person


@dataclass(frozen=True)
class CallList:
    """The learners of a group to call today, with the courses the group studies."""

    group: Group
    to_call: Sequence[ToCall]
    people: dict[int, Person]
    courses: Sequence[CourseFacts]


def call_list(group: Group, now: datetime, language: str) -> CallList:
    """Whom to call in a group. Eight queries, whatever its size."""
    return call_lists([group], now, language)[0]


def call_lists(groups: Sequence[Group], now: datetime, language: str) -> list[CallList]:
    """Whom to call in each of these groups. As many queries as for one."""
    learners, courses, dates = learners_of_groups(groups), courses_of_groups(groups), deadlines_of_groups(groups)
    facts = _facts(groups, learners, courses, now)
    found = []
    for group in groups:
        members, studied = learners.get(group.pk, []), courses.get(group.pk, [])
        known = [_known(row, dates.get(group.pk, []), studied, facts, now, language) for row in members]
        people = {row.person_id: row.person for row in members}
        found.append(CallList(group, whom_to_call(known, now), people, studied))
    return found


def most_pressing(lists: Iterable[CallList]) -> list[tuple[CallList, ToCall]]:
    """At most five of all lists, the most pressing first; somebody in two groups once."""
    rows = [(found, one) for found in lists for one in found.to_call]
    seen: dict[int, tuple[CallList, ToCall]] = {}
    for found, one in sorted(rows, key=lambda row: -row[1].weight):
        seen.setdefault(one.person_id, (found, one))
    return list(seen.values())[:MOST_CALLED]


def calls_of(group: Group) -> list[Call]:
    """The calls that were noted in a group, the newest first."""
    return list(Call.objects.filter(group=group).select_related("person", "by")[:50])


@dataclass(frozen=True)
class _Facts:
    """What is known of the learners of all groups: by person and task, by person, and by group and person."""

    progress: Mapping[tuple[int, int], Progress]
    answering: Mapping[int, tuple[datetime, int, int]]
    marks: Mapping[tuple[int, int], list[str]]
    rests: Mapping[tuple[int, int], datetime]


def _facts(
    groups: Sequence[Group],
    learners: Mapping[int, list[GroupMember]],
    courses: Mapping[int, list[CourseFacts]],
    now: datetime,
) -> _Facts:
    """Answers, roll calls and earlier calls. Nothing else is looked at."""
    people = list({row.person_id: row.person for rows in learners.values() for row in rows}.values())
    tasks = {task.task_id for studied in courses.values() for course in studied for task in course.tasks}
    return _Facts(
        progress=progress_of(people, tasks),
        answering=answering_of(people, since=now - WEEK, before=now - 2 * WEEK),
        marks=_marks(groups, now),
        rests=_rests(groups),
    )


def _known(
    row: GroupMember,
    dates: Sequence[Deadline],
    courses: Sequence[CourseFacts],
    facts: _Facts,
    now: datetime,
    language: str,
) -> Known:
    tried = {
        task.task_id: one
        for course in courses
        for task in course.tasks
        if (one := facts.progress.get((row.person_id, task.task_id)))
    }
    solved = {task for task, one in tried.items() if one.solved_at}
    left = _left(dates, courses, row.person_id, solved, language)
    over = [one for one in left if one[0] <= now]
    last, in_week, week_before = facts.answering.get(row.person_id, (None, 0, 0))
    place = (row.group_id, row.person_id)
    return Known(
        person_id=row.person_id,
        since=row.since,
        last_answer=last,
        last_week=in_week,
        week_before=week_before,
        stuck=[
            Stuck(task, one.attempts, one.hints) for task, one in tried.items() if one.attempts and not one.solved_at
        ],
        due=[(at, title) for at, title, undone in left if undone],
        past_due=len(over),
        late=sum(undone for _, _, undone in over),
        marks=facts.marks.get(place, ()),
        rests_until=facts.rests.get(place),
        waits=row.person.is_minor(now) and row.person.guardian_consent_at is None,
    )


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


def _marks(groups: Iterable[Group], now: datetime) -> dict[tuple[int, int], list[str]]:
    """Each person's marks at the meetings of the last weeks that are over, in order, by group and person."""
    meetings = meetings_of_groups(groups, since=now - LOOKED_BACK, until=now)
    over = {one.pk: one for one in meetings if one.ends_at <= now}
    found: dict[tuple[int, int], list[str]] = {}
    for row in sorted(attendance_at(over.values()), key=lambda row: over[row.meeting_id].starts_at):
        found.setdefault((over[row.meeting_id].group_id, row.person_id), []).append(row.mark)
    return found


def _rests(groups: Iterable[Group]) -> dict[tuple[int, int], datetime]:
    rests: dict[tuple[int, int], datetime] = {}
    rows: Any = Call.objects.filter(group__in=list(groups)).values_list("group_id", "person_id", "rests_until")
    for group_id, person_id, until in rows:
        rests[group_id, person_id] = max(until, rests.get((group_id, person_id), until))
    return rests
