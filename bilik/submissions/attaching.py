"""Files that belong to an answer: kept once each, bound to the submission inside the transaction that stores it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bilik.grading.uploads import Upload
from bilik.submissions.errors import FileMissing
from bilik.submissions.models import AttachedContent, Attachment, Submission


def attach(submission: Submission, files: Sequence[Upload]) -> None:
    """Binds the files that the answer names to it: those that came with it, and those of the person's earlier answers.

    Raises FileMissing when a named file is neither here nor there, so that no answer promises what nobody has.
    """
    named = submission.answer.get("files", []) if isinstance(submission.answer, dict) else []
    arrived = {hashlib.sha256(file.content).hexdigest(): file.content for file in files}
    for file in named:
        digest = file["sha256"]
        if digest in arrived:
            AttachedContent.objects.get_or_create(digest=digest, defaults={"content": arrived[digest]})
        elif not _own_earlier(submission, digest):
            raise FileMissing(name=file["name"])
        Attachment.objects.create(submission=submission, name=file["name"], content_id=digest)


def _own_earlier(submission: Submission, digest: str) -> bool:
    """Whether this person handed this very file in before; another's file cannot be had by knowing its digest."""
    return Attachment.objects.filter(submission__person=submission.person, content_id=digest).exists()
