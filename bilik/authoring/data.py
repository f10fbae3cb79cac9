"""What this room keeps of a person: that they wrote. What they wrote belongs to the course."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.authoring.models import CheckRun, Draft, Revision

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """The files a person has saved in drafts of courses, without their texts."""
    rows = Revision.objects.filter(by=person).select_related("draft").order_by("id")
    return {
        "written": [
            {"course": row.draft.slug, "file": row.path, "revision": row.number, "at": row.at.isoformat()}
            for row in rows.iterator(chunk_size=500)
        ]
    }


def erase(person: Person, now: datetime) -> None:
    """Texts stay, because they are the course's; who wrote them is forgotten."""
    Revision.objects.filter(by=person).update(by=None)
    Draft.objects.filter(started_by=person).update(started_by=None)
    CheckRun.objects.filter(asked_by=person).update(asked_by=None)
