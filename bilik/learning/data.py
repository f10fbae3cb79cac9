"""A person's own progress: given to them as data. It holds scores and no words, so erasing has nothing to do here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilik.learning.models import Progress

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Progress in every task."""
    rows = Progress.objects.filter(person=person).select_related("task__course").order_by("id")
    return {
        "progress": [
            {
                "course": row.task.course.slug,
                "task": row.task.slug,
                "attempts": row.attempts,
                "best_score": str(row.best_score),
                "of": row.of,
                "solved_at": row.solved_at.isoformat() if row.solved_at else None,
                "hints": row.hints,
            }
            for row in rows
        ]
    }
