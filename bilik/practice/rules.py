"""What practice allows: pure functions, plain values in, a refusal or None out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bilik.kit.errors import Refusal
from bilik.practice.engine.picture import TaskTrace
from bilik.practice.errors import NoMoreReviewHints, NotDue, TooSoon

DAILY_REVIEWS = 10
# A sitting that was left is still there after a holiday; later the person has moved on.
OPEN_DAYS = 14
AGAIN_DAYS = 7


def is_due(task: TaskTrace | None, due_day: date | None, today: date) -> bool:
    """Whether a solved task comes back today or should have come back before."""
    return task is not None and task.card is not None and due_day is not None and due_day <= today


def why_not_review(task: TaskTrace | None, due_day: date | None, today: date) -> Refusal | None:
    """Why a task cannot be reviewed now. One that was reviewed today may be tried again today."""
    if task is not None and task.card is not None and task.review_day == today:
        return None
    return None if is_due(task, due_day, today) else NotDue()


def why_not_review_hint(shown: int, available: int) -> Refusal | None:
    """Why no further hint can be shown in a review."""
    return NoMoreReviewHints() if shown >= available else None


def why_not_start_check(finished_at: datetime | None, now: datetime) -> Refusal | None:
    """Why a level check cannot be begun: the last one was finished less than a week ago."""
    if finished_at is None or now - finished_at >= timedelta(days=AGAIN_DAYS):
        return None
    return TooSoon(again=finished_at + timedelta(days=AGAIN_DAYS))
