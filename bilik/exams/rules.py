"""Whether an exam may be begun or an answer saved, and how long it lasts. Pure: plain values in and out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from bilik.catalog.queries import ExamFacts, TaskFacts
from bilik.exams import errors
from bilik.exams.states import SittingState
from bilik.kit.errors import Refusal

# A page that was sent in the last second still arrives: on a weak link it takes this long.
GRACE = timedelta(seconds=45)


def why_not_begin(
    exam: ExamFacts, *, person: Refusal | None, taken: int, running: bool, due_at: datetime | None, now: datetime
) -> Refusal | None:
    """Why a person may not begin an exam. `taken` counts their sittings, `due_at` is the last moment to begin."""
    if person is not None:
        return person
    if running:
        return errors.AlreadyRunning()
    if exam.sittings and taken >= exam.sittings:
        return errors.NoSittingsLeft()
    return errors.ExamClosed() if due_at is not None and now > due_at else None


def why_not_save(state: str, ends_at: datetime, now: datetime) -> Refusal | None:
    """Why an answer of a sitting cannot be saved any more."""
    if state != SittingState.RUNNING:
        return errors.HandedIn()
    return errors.TimeOver() if now > ends_at + GRACE else None


def length_of(minutes: int, extra_time: Fraction) -> timedelta:
    """How long a sitting lasts for somebody whose time is multiplied by `extra_time` (1 for most), in whole seconds,
    rounded up.
    """
    seconds = Fraction(minutes * 60) * extra_time
    return timedelta(seconds=-(-seconds.numerator // seconds.denominator))


def drawn(exam: ExamFacts, lot: str) -> list[TaskFacts]:
    """The tasks of one sitting: `pick` of each pool, none twice, pool after pool. The same lot draws the same tasks.

    A task that stands in two pools goes to the first that draws it; a pool may then have fewer than it should.
    """
    chance = random.Random(lot)  # noqa: S311 - fair, and known to the server alone: the lot is the sitting's secret id
    found: list[TaskFacts] = []
    for pool in exam.pools:
        free = [task for task in pool.tasks if task.task_id not in {one.task_id for one in found}]
        found += chance.sample(free, min(pool.pick, len(free)))
    return found


def has_passed(score: Decimal, of: int, cut_score: int) -> bool:
    """Whether a score reaches the cut score (in percent of the points). Exact: no rounding lifts anybody over it."""
    return of > 0 and score * 100 >= cut_score * Decimal(of)


def total(scores: Sequence[Decimal | None]) -> Decimal:
    """The points of all answers; no answer has none."""
    return sum((score for score in scores if score is not None), Decimal(0))
