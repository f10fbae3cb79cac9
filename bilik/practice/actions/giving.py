"""One answer in a context of this room: the same walk for reviews and level checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bilik.catalog.queries import TaskFacts, variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, needs_sandbox, parse_answer
from bilik.grading.verdict import Feedback
from bilik.submissions import grading, runners
from bilik.submissions.actions import submit

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission


@dataclass(frozen=True)
class Given:
    """What came of an answer: a submission (graded or waiting), or feedback on why it was no answer."""

    submission: Submission | None
    invalid: Feedback | None = None


def give(
    *,
    by: Person,
    now: datetime,
    task: TaskFacts,
    seed: int,
    context: str,
    fields: Mapping[str, Sequence[str]],
    key: UUID,
    language: str,
    wait_seconds: float,
    beside: Callable[[Submission], object],
) -> Given:
    """Stores an answer, and in the same transaction what `beside` writes about a new one; then grades it where that is
    possible at once. A text that is no answer is not stored and costs nothing.
    """
    spec = variant(task.version_id, seed).spec
    try:
        parsed = parse_answer(spec, fields)
    except InvalidAnswer as error:
        return Given(None, error.feedback)
    how = (
        {"grader": grading.grader_name(), "lease": grading.lease_for_spec(spec)}
        if needs_sandbox(spec)
        else {"verdict": check(spec, parsed, run=runners.no_runner)}
    )
    with transaction.atomic():
        submission, is_new = submit(
            by=by, now=now, task_version_id=task.version_id, seed=seed, context=context, key=key, answer=parsed,
            language=language, **how,
        )  # fmt: skip
        if is_new:
            beside(submission)
    if is_new and submission.is_waiting:
        submission = grading.grade(submission, wait_seconds=wait_seconds)
    return Given(submission)
