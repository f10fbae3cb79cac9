"""Planning meetings, one or a weekly series, and cancelling them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from bilik.groups import errors, rules
from bilik.groups.actions.permission import locked_for
from bilik.groups.models import Attendance, Group, Meeting
from bilik.kit.errors import refuse
from bilik.people.actions import journal

if TYPE_CHECKING:
    from bilik.people.models import Person


@transaction.atomic
def plan_meeting(
    *,
    by: Person | None,
    now: datetime,
    group: Group,
    starts_at: datetime,
    minutes: int,
    place: str = "",
    topic: str = "",
) -> Meeting:
    """Plans one meeting. It may lie in the past: a roll that was called on paper is typed in afterwards."""
    return _plan(by, now, group, [starts_at], minutes, place, topic)[0]


@transaction.atomic
def plan_weekly(
    *,
    by: Person | None,
    now: datetime,
    group: Group,
    starts_at: datetime,
    minutes: int,
    times: int,
    place: str = "",
    topic: str = "",
) -> list[Meeting]:
    """Plans a series: `times` meetings, a week apart, at the same hour of the academy's clock."""
    # Counted on the wall clock of the academy, so that a change of the clocks does not move the lesson.
    first = timezone.localtime(starts_at)
    naive = first.replace(tzinfo=None)
    moments = [timezone.make_aware(naive + timedelta(weeks=number), first.tzinfo) for number in range(min(times, 1000))]
    return _plan(by, now, group, moments, minutes, place, topic)


@transaction.atomic
def cancel_meeting(*, by: Person | None, now: datetime, meeting: Meeting) -> Meeting:
    """Cancels a meeting at which no roll was called; then it was not scheduled either, for any figure."""
    group = locked_for(by=by, group=meeting.group)
    refuse(errors.MeetingCancelled() if meeting.cancelled_at else None)
    refuse(errors.MeetingHeld() if Attendance.objects.filter(meeting=meeting).exists() else None)
    meeting.cancelled_at = now
    meeting.save(update_fields=["cancelled_at"])
    data = {"meeting": str(meeting.ref)}
    journal(by=by, now=now, verb="groups.cancel_meeting", about=group, organisation=group.organisation, data=data)
    return meeting


def _plan(
    by: Person | None, now: datetime, group: Group, moments: list[datetime], minutes: int, place: str, topic: str
) -> list[Meeting]:
    held = locked_for(by=by, group=group)
    refuse(rules.why_not_plan(minutes, len(moments)))
    meetings = [
        Meeting.objects.create(
            group=held, starts_at=moment, minutes=minutes, place=place.strip(), topic=topic.strip(), planned_at=now
        )
        for moment in moments
    ]
    data = {"meetings": [str(one.ref) for one in meetings], "minutes": minutes}
    journal(by=by, now=now, verb="groups.plan_meeting", about=held, organisation=held.organisation, data=data)
    return meetings
