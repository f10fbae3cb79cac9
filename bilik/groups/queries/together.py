"""The same questions for several groups at once, that the caller was given: for pages that show them all, in a fixed
number of queries. Answers go by the group's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import CourseFacts, published_course
from bilik.groups.models import Attendance, Deadline, Group, GroupCourse, GroupMember, Meeting
from bilik.groups.states import Part


def learners_of_groups(groups: Iterable[Group]) -> Mapping[int, list[GroupMember]]:
    """The learners of each group now, with the person, by name. One query."""
    rows = GroupMember.objects.open().filter(group__in=list(groups), part=Part.LEARNER).select_related("person")
    found: dict[int, list[GroupMember]] = {}
    for row in rows.order_by("person__display_name", "pk"):
        found.setdefault(row.group_id, []).append(row)
    return found


def courses_of_groups(groups: Iterable[Group]) -> Mapping[int, list[CourseFacts]]:
    """The published courses that each group studies, in its order. One query when they are in memory."""
    rows = GroupCourse.objects.filter(group__in=list(groups)).order_by("position", "pk")
    found: dict[int, list[CourseFacts]] = {}
    for group_id, slug in rows.values_list("group_id", "course__slug"):
        try:
            found.setdefault(group_id, []).append(published_course(slug))
        except NoSuchCourse:  # It was taken out of the catalogue since; the group keeps its row.
            continue
    return found


def deadlines_of_groups(groups: Iterable[Group]) -> Mapping[int, list[Deadline]]:
    """The dates in force, the nearest first: each group's own and the extensions. One query."""
    rows = Deadline.objects.filter(group__in=list(groups), lifted_at__isnull=True).select_related("course")
    found: dict[int, list[Deadline]] = {}
    for row in rows:
        found.setdefault(row.group_id, []).append(row)
    return found


def meetings_of_groups(groups: Iterable[Group], *, since: datetime, until: datetime) -> list[Meeting]:
    """The meetings that begin in [since, until), in their order, with the group; no cancelled ones. One query."""
    rows = Meeting.objects.filter(group__in=list(groups), cancelled_at__isnull=True)
    return list(rows.filter(starts_at__gte=since, starts_at__lt=until).select_related("group"))


def attendance_at(meetings: Iterable[Meeting]) -> list[Attendance]:
    """The mark that holds for each person at each of these meetings. One query."""
    rows = Attendance.objects.filter(meeting__in=[one.pk for one in meetings]).current()
    return list(rows.order_by("meeting_id", "person_id"))
