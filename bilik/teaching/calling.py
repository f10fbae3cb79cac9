"""Whom to call today, and why. Pure: what is known of a learner in, reasons with their weight out.

The table below is the whole rule. Health, accommodations and whatever a learner said of themselves are no part of it:
only answers, dates and roll calls are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

MOST_CALLED = 5
UNSEEN_DAYS = 5
NEAR = timedelta(days=7)
STUCK_TRIES = 4
DROP_BEFORE, DROP_AFTER = 8, 1
WEEK = timedelta(days=7)
SETTLING_IN = timedelta(days=3)
# How far back roll calls are looked at.
LOOKED_BACK = timedelta(weeks=6)


class Why(StrEnum):
    """The reasons there are."""

    AWAY_TWICE = "away_twice"
    UNSEEN = "unseen"
    NO_CONSENT = "no_consent"
    NOTHING_BEGUN = "nothing_begun"
    STUCK = "stuck"
    ALL_LATE = "all_late"
    DROP = "drop"


# What each reason weighs. A learner's place is the sum of theirs, so two reasons come before one.
WEIGHTS: Mapping[Why, int] = {
    Why.AWAY_TWICE: 5,
    Why.UNSEEN: 4,
    Why.NO_CONSENT: 4,
    Why.NOTHING_BEGUN: 4,
    Why.STUCK: 3,
    Why.ALL_LATE: 3,
    Why.DROP: 2,
}


@dataclass(frozen=True)
class Stuck:
    """A task that somebody tries again and again."""

    task_id: int
    tries: int
    hints: int


@dataclass(frozen=True)
class Known:
    """What is known of one learner of a group. `last_week` and `week_before` count their answers. `due` are the dates
    of what they have not done yet, with titles; `past_due` counts what was due, `late` how much of it is still not
    done. `marks` are their marks at the meetings of the last weeks that were called, the newest last. `waits` is for a
    guardian to agree, before which no answer is kept.
    """

    person_id: int
    since: datetime
    last_answer: datetime | None = None
    last_week: int = 0
    week_before: int = 0
    stuck: Sequence[Stuck] = ()
    due: Sequence[tuple[datetime, str]] = ()
    past_due: int = 0
    late: int = 0
    marks: Sequence[str] = ()
    rests_until: datetime | None = None
    waits: bool = False


@dataclass(frozen=True)
class Reason:
    """Why somebody should be called, with the facts of its sentence."""

    why: Why
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToCall:
    """Somebody to call, the strongest reason first."""

    person_id: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[one.why] for one in self.reasons)


def whom_to_call(learners: Iterable[Known], now: datetime) -> list[ToCall]:
    """At most five, the most pressing first; of equals the one who was seen least lately. Who was called rests."""
    found = []
    for one in learners:
        if one.rests_until is not None and one.rests_until > now:
            continue
        reasons = reasons_for(one, now)
        if reasons:
            found.append((ToCall(one.person_id, tuple(reasons)), one.last_answer or one.since))
    found.sort(key=lambda pair: (-pair[0].weight, pair[1], pair[0].person_id))
    return [one for one, _ in found[:MOST_CALLED]]


def reasons_for(one: Known, now: datetime) -> list[Reason]:
    """Everything that speaks for calling a learner, the weightiest first. None in their first three days."""
    if now - one.since < SETTLING_IN:
        return []
    # Who may not answer is not told of answers.
    rules = (_away, _waits) if one.waits else (_away, _unseen, _nothing, _stuck, _late, _drop)
    found = [reason for rule in rules if (reason := rule(one, now))]
    return sorted(found, key=lambda reason: -WEIGHTS[reason.why])


def _away(one: Known, now: datetime) -> Reason | None:
    return Reason(Why.AWAY_TWICE) if list(one.marks[-2:]) == ["absent", "absent"] else None


def _unseen(one: Known, now: datetime) -> Reason | None:
    """No answer for days while something is due within a week. Somebody who never answered is another reason."""
    if one.last_answer is None:
        return None
    days = (now - one.last_answer).days
    near = [(at, title) for at, title in one.due if now < at <= now + NEAR]
    if days < UNSEEN_DAYS or not near:
        return None
    at, title = min(near)
    return Reason(Why.UNSEEN, {"days": days, "title": title, "due_at": at})


def _waits(one: Known, now: datetime) -> Reason | None:
    """Something is due soon or was due, and a guardian has still to agree."""
    return Reason(Why.NO_CONSENT) if one.waits and _pressing(one, now) else None


def _nothing(one: Known, now: datetime) -> Reason | None:
    """Nothing answered at all, while something is due soon or was due."""
    return Reason(Why.NOTHING_BEGUN) if one.last_answer is None and _pressing(one, now) else None


def _pressing(one: Known, now: datetime) -> bool:
    return one.past_due > 0 or any(at <= now + NEAR for at, _ in one.due)


def _stuck(one: Known, now: datetime) -> Reason | None:
    """The same task failed again and again, and no hint was taken."""
    hard = [task for task in one.stuck if task.tries >= STUCK_TRIES and task.hints == 0]
    if not hard:
        return None
    worst = max(hard, key=lambda task: (task.tries, -task.task_id))
    return Reason(Why.STUCK, {"task_id": worst.task_id, "tries": worst.tries})


def _late(one: Known, now: datetime) -> Reason | None:
    """All of what was due, at least two parts, is over and not done. Who never began is told so instead."""
    all_late = one.past_due >= 2 and one.late == one.past_due
    return Reason(Why.ALL_LATE, {"late": one.late}) if all_late and one.last_answer else None


def _drop(one: Known, now: datetime) -> Reason | None:
    """Many answers in the week before last, hardly any in the last one."""
    dropped = one.week_before >= DROP_BEFORE and one.last_week <= DROP_AFTER
    return Reason(Why.DROP, {"before": one.week_before, "last": one.last_week}) if dropped else None
