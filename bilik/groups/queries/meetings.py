"""When a group meets, who was there, and how many person-hours that makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bilik.groups import rules
from bilik.groups.models import Attendance, Group, GroupMember, Meeting
from bilik.groups.queries.members import all_learners_of
from bilik.groups.states import Mark
from bilik.kit.errors import Refusal

if TYPE_CHECKING:
    from bilik.people.models import Person

LATECOMERS = timedelta(days=1)


def meetings_of(group: Group) -> QuerySet[Meeting]:
    """The meetings of a group in their order, without cancelled ones."""
    return Meeting.objects.filter(group=group, cancelled_at__isnull=True)


def next_meeting(group: Group, now: datetime) -> Meeting | None:
    """The meeting that runs now or comes next."""
    coming = meetings_of(group).filter(starts_at__gt=now - rules.LONGEST)
    return next((one for one in coming if one.ends_at > now), None)


def attendance_of(group: Group) -> list[Attendance]:
    """The mark that holds for each person at each meeting of a group. One query."""
    return list(Attendance.objects.filter(meeting__group=group).current().order_by("meeting_id", "person_id"))


def roll_of(meeting: Meeting) -> Mapping[int, Attendance]:
    """The mark that holds at a meeting, by person's id. One query."""
    return {row.person_id: row for row in Attendance.objects.filter(meeting=meeting).current()}


def called_at(meetings: Iterable[Meeting]) -> Mapping[int, int]:
    """How many people have a mark at each of these meetings, by the meeting's id. One query."""
    counts: dict[int, int] = {}
    rows = Attendance.objects.filter(meeting__in=list(meetings)).order_by()
    for meeting_id, _person in rows.values_list("meeting_id", "person_id").distinct():
        counts[meeting_id] = counts.get(meeting_id, 0) + 1
    return counts


def refusal_to_take_roll(meeting: Meeting, now: datetime) -> Refusal | None:
    """Why those who lead a group cannot take the roll of a meeting now."""
    return rules.why_not_take_roll(meeting, leads=True, now=now)


def on_the_roll(meeting: Meeting) -> list[Person]:
    """Whose names are called at a meeting, by name: learners who were in the group then or came in within a day.

    One query.
    """
    people = {row.person_id: row.person for row in all_learners_of(meeting.group) if _callable_at(row, meeting)}
    return sorted(people.values(), key=lambda person: (person.display_name, person.pk))


def _callable_at(row: GroupMember, meeting: Meeting) -> bool:
    """Not those who came a day or more after it: they would be asked about every meeting before their time."""
    return row.since < meeting.ends_at + LATECOMERS and (row.until is None or row.until > meeting.starts_at)


@dataclass(frozen=True)
class Presence:
    """At how many meetings somebody was, late or not, of those for which they have a mark."""

    there: int
    of: int


def presence_of(person: Person, now: datetime) -> Mapping[int, Presence]:
    """How often a person was at the meetings of each group, by the group's id. One query."""
    rows = Attendance.objects.filter(
        person_id=person.pk, meeting__cancelled_at__isnull=True, meeting__starts_at__lte=now
    ).current()
    found: dict[int, Presence] = {}
    for row in rows.select_related("meeting"):
        before = found.get(row.meeting.group_id, Presence(0, 0))
        was = row.mark in (Mark.PRESENT, Mark.LATE)
        found[row.meeting.group_id] = Presence(before.there + was, before.of + 1)
    return found


@dataclass(frozen=True)
class PersonHours:
    """Indicator ENG-3 of one group, in whole minutes of people's time.

    `unrecorded` is the part of `scheduled` for which nobody gave a mark: the share of attendance lies between `low`,
    where all of it counts as absent, and `high`, where all of it counts as attended.
    """

    attended: int
    scheduled: int
    unrecorded: int
    meetings: int

    @property
    def attended_hours(self) -> int:
        return round(Fraction(self.attended, 60))

    @property
    def scheduled_hours(self) -> int:
        return round(Fraction(self.scheduled, 60))

    @property
    def low_percent(self) -> int:
        """Rounded down, so that the interval that is shown holds the one that was found."""
        return floor(100 * (self.low or 0))

    @property
    def high_percent(self) -> int:
        return ceil(100 * (self.high or 0))

    @property
    def low(self) -> Fraction | None:
        return Fraction(self.attended, self.scheduled) if self.scheduled else None

    @property
    def high(self) -> Fraction | None:
        return Fraction(self.attended + self.unrecorded, self.scheduled) if self.scheduled else None


def person_hours(
    group: Group, now: datetime, *, since: datetime | None = None, until: datetime | None = None
) -> PersonHours:
    """Attended and scheduled person-minutes of a group's meetings that are over, of those that began in [since, until).

    Scheduled for a meeting are the learners who were in the group while it ran, and whoever has a mark of it. A
    cancelled meeting is not scheduled. Three queries.
    """
    meetings = [one for one in meetings_of(group) if one.ends_at <= now and _within(one.starts_at, since, until)]
    marks: dict[int, dict[int, Attendance]] = {}
    for row in attendance_of(group):
        marks.setdefault(row.meeting_id, {})[row.person_id] = row
    learners = all_learners_of(group)
    attended = scheduled = unrecorded = 0
    for meeting in meetings:
        marked = marks.get(meeting.pk, {})
        expected = {row.person_id for row in learners if _ran_during(row, meeting)} | marked.keys()
        scheduled += meeting.minutes * len(expected)
        unrecorded += meeting.minutes * len(expected - marked.keys())
        attended += sum(minutes_of(row, meeting) for row in marked.values())
    return PersonHours(attended, scheduled, unrecorded, len(meetings))


def minutes_of(row: Attendance, meeting: Meeting) -> int:
    """How many minutes of a meeting a mark stands for."""
    return rules.minutes_attended(
        row.mark, row.minutes, row.marked_at, starts_at=meeting.starts_at, length=meeting.minutes
    )


def _within(moment: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or moment >= since) and (until is None or moment < until)


def _ran_during(row: GroupMember, meeting: Meeting) -> bool:
    return row.since < meeting.ends_at and (row.until is None or row.until > meeting.starts_at)
