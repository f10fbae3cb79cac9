"""What this room keeps of a person: the marks they gave and the comments they keep. Marks on their own answers are with
the answers, in submissions.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.marking.models import BankComment, Marking

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """The marks a person gave, without whose work it was, and their kept comments."""
    given = Marking.objects.filter(marker=person).select_related("submission__task_version__task").order_by("id")
    return {
        "marks_given": [
            {
                "task": one.submission.task_version.task.slug,
                "role": one.role,
                "levels": one.levels,
                "comments": one.comments,
                "done_at": one.done_at.isoformat() if one.done_at else None,
            }
            for one in given
        ],
        "kept_comments": list(BankComment.objects.filter(owner=person).order_by("id").values("criterion", "text")),
    }


def erase(person: Person, now: datetime) -> None:
    """Marks stay, because they are others' results; who gave them is forgotten. Comments on this person's work go."""
    Marking.objects.filter(submission__person=person).update(comments=[])
    Marking.objects.filter(marker=person).update(marker=None)
    BankComment.objects.filter(owner=person).delete()
