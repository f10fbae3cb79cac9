"""What a trainer's day needs, of all groups they are named in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from bilik.groups.queries import (
    called_at,
    courses_of_groups,
    deadlines_of_groups,
    groups_of,
    meetings_of_groups,
    numbers_of,
    title_of_deadline,
)
from bilik.teaching.calling import ToCall
from bilik.teaching.queries.calls import CallList, call_lists, most_pressing

if TYPE_CHECKING:
    from bilik.groups.models import Deadline, Group, Meeting
    from bilik.people.models import Person

# A roll that was not called is said for so long, and meetings are looked for so far ahead.
FORGOTTEN = timedelta(days=7)
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class DayMeeting:
    """A meeting and how many people have a mark at it."""

    meeting: Meeting
    marks: int


@dataclass(frozen=True)
class GroupLine:
    """A group at a glance: its learners, what is due next with its title, and when it meets next."""

    group: Group
    learners: int
    due: Deadline | None
    title: str
    meeting: Meeting | None


@dataclass(frozen=True)
class Day:
    """What today needs of a trainer; `forgotten` are the meetings of the last days at which no roll was called."""

    today: tuple[DayMeeting, ...]
    forgotten: tuple[Meeting, ...]
    calls: tuple[tuple[CallList, ToCall], ...]
    groups: tuple[GroupLine, ...]


def day_of(trainer: Person, now: datetime, language: str) -> Day | None:
    """Today of somebody who is named a trainer of a group; None for everybody else, after two queries.

    As many queries for twenty groups as for one.
    """
    groups = list(groups_of(trainer).filter(archived_at__isnull=True))
    if not groups:
        return None
    meetings = meetings_of_groups(groups, since=now - FORGOTTEN, until=now + AHEAD)
    marks = called_at([one for one in meetings if one.starts_at < now + timedelta(days=1)])
    today = [one for one in meetings if _day(one.starts_at) == _day(now) or one.starts_at <= now < one.ends_at]
    over = [one for one in meetings if one.ends_at <= now and one not in today and not marks.get(one.pk)]
    return Day(
        today=tuple(DayMeeting(one, marks.get(one.pk, 0)) for one in today),
        forgotten=tuple(over),
        calls=tuple(most_pressing(call_lists(groups, now, language))),
        groups=tuple(_lines(groups, meetings, now, language)),
    )


def _lines(groups: Sequence[Group], meetings: Sequence[Meeting], now: datetime, language: str) -> list[GroupLine]:
    numbers, dates, courses = numbers_of(groups), deadlines_of_groups(groups), courses_of_groups(groups)
    lines = []
    for group in groups:
        due = _next(dates, group.pk, now)
        title = title_of_deadline(due, courses.get(group.pk, ()), language) if due else ""
        meeting = next((one for one in meetings if one.group_id == group.pk and one.ends_at > now), None)
        lines.append(GroupLine(group, numbers.get(group.pk, 0), due, title, meeting))
    return lines


def _next(dates: Mapping[int, list[Deadline]], group_id: int, now: datetime) -> Deadline | None:
    """The nearest date that is still to come for the whole group."""
    return next((row for row in dates.get(group_id, ()) if row.person_id is None and row.due_at > now), None)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
