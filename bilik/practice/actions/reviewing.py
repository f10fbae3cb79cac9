"""Verbs of spaced review: answering, asking for a hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bilik.catalog.queries import TaskFacts, variant
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.people.queries import why_not_learn
from bilik.practice.actions.giving import Given, give
from bilik.practice.actions.keeping import keep_up
from bilik.practice.engine.picture import REVIEW, TaskTrace
from bilik.practice.models import ReviewHint, ReviewNote
from bilik.practice.queries.reviews import due_day, hints_shown, review_seed
from bilik.practice.rules import why_not_review, why_not_review_hint
from bilik.submissions.queries import submission_by_key

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission


def answer_review(
    *,
    by: Person,
    now: datetime,
    task: TaskFacts,
    trace: TaskTrace | None,
    fields: Mapping[str, Sequence[str]],
    key: UUID,
    language: str,
    wait_seconds: float,
    shown_at: datetime | None,
) -> Given:
    """Takes an answer to a task that is due. `trace` is what the person's picture says of the task; `shown_at` when the
    page gave it out (None: unknown, then no answer is a quick one).

    Nothing that was earned in the lesson changes, whatever the verdict. The same key gives what came of it before.
    Raises NotDue, or the refusal of the people room.
    """
    refuse(why_not_learn(by, now))
    earlier = submission_by_key(by, key)
    if earlier is not None and earlier.context == REVIEW:
        return Given(earlier)
    today = timezone.localdate(now)
    refuse(why_not_review(trace, due_day(trace), today))
    hints = hints_shown(by, task.task_id, today)
    seconds = max(0.0, (now - shown_at).total_seconds()) if shown_at else None

    def note(submission: Submission) -> ReviewNote:
        return ReviewNote.objects.create(submission=submission, person=by, hints=hints, seconds=seconds)

    return give(
        by=by, now=now, task=task, seed=review_seed(by, task, today), context=REVIEW, fields=fields, key=key,
        language=language, wait_seconds=wait_seconds, beside=note,
    )  # fmt: skip


@transaction.atomic
def take_review_hint(*, by: Person, now: datetime, task: TaskFacts, trace: TaskTrace | None, shown: int) -> int:
    """Shows the next hint in today's review and returns how many are shown. `shown` is how many the person sees now:
    asking twice from the same page gives one. Raises NotDue, NoMoreReviewHints, or the refusal of the people room.
    """
    refuse(why_not_learn(by, now))
    today = timezone.localdate(now)
    refuse(why_not_review(trace, due_day(trace), today))
    page = variant(task.version_id, review_seed(by, task, today)).page
    available = max((len(words["hints"]) for words in page["texts"].values()), default=0)
    mine = {"person": by, "task_id": task.task_id, "day": today}
    ReviewHint.objects.get_or_create(**mine, defaults={"shown": 0})
    row = ReviewHint.objects.select_for_update().get(**mine)
    if row.shown > shown:
        return row.shown
    refuse(why_not_review_hint(row.shown, available))
    row.shown += 1
    row.save(update_fields=["shown"])
    data = {"task": task.slug, "hint": row.shown}
    journal(by=by, now=now, verb="practice.took_hint", about=("catalog.task", str(task.task_id)), data=data)
    return row.shown


def apply_review(submission: Submission, now: datetime) -> None:
    """The handler of "review", also of a verdict that was replaced: older answers are taken into the stored picture.
    This one is counted by every page from now on without being stored, see queries/pictures.py.
    """
    if not submission.is_waiting:
        keep_up(person=submission.person, now=now)
