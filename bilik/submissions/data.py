"""A person's own answers: given to them as data, or forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from bilik.submissions.models import (
    AttachedContent,
    Attachment,
    CommentedAnswer,
    EarlierVerdict,
    Submission,
    TrainerComment,
)

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """All answers of a person with their verdicts, the oldest first."""
    rows = (
        Submission.objects.filter(person=person)
        .select_related("task_version__task__course")
        .prefetch_related("attachments", "commented__comment")
        .order_by("id")
    )
    return {
        "answers": [
            {
                "course": row.task_version.task.course.slug,
                "task": row.task_version.task.slug,
                "task_version": row.task_version.digest,
                "variant": row.seed,
                "answer": row.answer,
                "received_at": row.received_at.isoformat(),
                "state": row.state,
                "verdict": row.outcome,
                "score": None if row.score is None else str(row.score),
                "of": row.of,
                "files": [file.name for file in row.attachments.all()],
                "comments": [one.comment.text for one in row.commented.all()],
            }
            for row in rows.iterator(chunk_size=500)
        ],
        "comments_given": [
            {"text": one.text, "made_at": one.made_at.isoformat()}
            for one in TrainerComment.objects.filter(by=person).order_by("id")
        ],
    }


def erase(person: Person, now: datetime) -> None:
    """Forgets what was typed; that there was an answer and what it scored stays for the statistics, without a name."""
    mine = Submission.objects.filter(person=person)
    EarlierVerdict.objects.filter(submission__in=mine).update(feedback=[])
    Attachment.objects.filter(submission__in=mine).delete()
    AttachedContent.objects.filter(~Exists(Attachment.objects.filter(content_id=OuterRef("digest")))).delete()
    # What was said to several stays for the others; who said it is forgotten.
    CommentedAnswer.objects.filter(submission__in=mine).delete()
    TrainerComment.objects.filter(answers__isnull=True).update(text="")
    TrainerComment.objects.filter(by=person).update(by=None)
    mine.update(answer="", feedback=[], fault="")
