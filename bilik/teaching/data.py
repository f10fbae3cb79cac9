"""A person's own rows: given to them as data, or forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.teaching.models import Call

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """When somebody's trainers called them, why and what was noted; and the calls that they noted themselves."""
    return {
        "calls_about_me": [_call(row) for row in Call.objects.filter(person=person)],
        "calls_noted": Call.objects.filter(by=person).count(),
    }


def _call(row: Call) -> dict[str, Any]:
    return {"at": row.at.isoformat(), "reason": row.reason, "outcome": row.outcome, "note": row.note}


def erase(person: Person, now: datetime) -> None:
    """Calls to the person go; those that the person noted stay without a name and without the words."""
    Call.objects.filter(person=person).delete()
    Call.objects.filter(by=person).update(by=None, note="")
