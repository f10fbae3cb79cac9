"""What exams keep of a person, given to them as data or forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.exams.models import Sitting, SittingTask

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """All sittings of a person."""
    rows = Sitting.objects.filter(person=person).select_related("course").order_by("id")
    return {
        "exams": [
            {
                "course": row.course.slug,
                "exam": row.exam,
                "started_at": row.started_at.isoformat(),
                "ends_at": row.ends_at.isoformat(),
                "extra_time": row.extra_time,
                "handed_in_at": row.handed_in_at.isoformat() if row.handed_in_at else None,
                "score": None if row.score is None else str(row.score),
                "of": row.of,
            }
            for row in rows
        ]
    }


def erase(person: Person, now: datetime) -> None:
    """Forgets what was typed and that more time was given; results stay for the statistics, without a name."""
    SittingTask.objects.filter(sitting__person=person).update(fields={})
    Sitting.objects.filter(person=person).update(extra_time="1")
