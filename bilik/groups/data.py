"""A person's own rows: given to them as data, or forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from bilik.groups.models import Accommodation, Attendance, Deadline, GroupMember, Invitation
from bilik.groups.states import InvitationState

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Groups, extensions, more time in exams with its reason, and every mark of every roll call."""
    extensions = Deadline.objects.filter(person=person).select_related("course", "group")
    marks = Attendance.objects.filter(person=person).select_related("meeting__group").order_by("meeting", "pk")
    return {
        "groups": [
            {"group": row.group.name, "part": row.part, "since": row.since.isoformat(), "until": _moment(row.until)}
            for row in GroupMember.objects.filter(person=person).select_related("group")
        ],
        "extensions": [
            {
                "group": row.group.name,
                "course": row.course.slug,
                "part": row.slug or row.matter,
                "due_at": row.due_at.isoformat(),
                "reason": row.reason,
                "lifted_at": _moment(row.lifted_at),
            }
            for row in extensions
        ],
        "more_time_in_exams": [
            {
                "factor": str(row.factor),
                "reason": row.reason,
                "since": row.since.isoformat(),
                "until": _moment(row.until),
            }
            for row in Accommodation.objects.filter(person=person)
        ],
        "attendance": [
            {
                "group": row.meeting.group.name,
                "meeting": row.meeting.starts_at.isoformat(),
                "mark": row.mark,
                "minutes": row.minutes,
                "marked_at": row.marked_at.isoformat(),
                "received_at": row.received_at.isoformat(),
            }
            for row in marks.iterator(chunk_size=500)
        ],
        "invitations": [
            {"group": row.group.name, "state": row.state, "sent_at": row.made_at.isoformat()}
            for row in _invitations(person).select_related("group")
        ],
    }


def erase(person: Person, now: datetime) -> None:
    """Forgets reasons and addresses and ends what is open. That somebody was in a group and was there stays for the
    statistics, without a name.
    """
    _invitations(person).filter(state=InvitationState.SENT).update(
        state=InvitationState.REVOKED, answered_at=now, email=""
    )
    Deadline.objects.filter(person=person).update(reason="")
    Deadline.objects.filter(person=person, lifted_at__isnull=True).update(lifted_at=now)
    Accommodation.objects.filter(person=person).update(reason="")
    Accommodation.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person).update(until=now)
    GroupMember.objects.open().filter(person=person).update(until=now)


def _invitations(person: Person) -> Any:
    mine = Q(person=person)
    return Invitation.objects.filter(mine | Q(email__iexact=person.email) if person.email else mine)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
