"""Days on which somebody answered: counted kindly. Two days of rest in any seven break nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7
REST_DAYS = 2


@dataclass(frozen=True)
class Streak:
    """`of_week` days with an answer among the last seven, today included; `run` days with an answer since the last time
    that more than two days of seven were missed.
    """

    of_week: int
    run: int


def streak(days: Collection[date], today: date) -> Streak:
    """The streak of somebody who answered on these days. Today is no day of rest: it is not over yet."""
    answered = set(days)
    of_week = sum(today - timedelta(days=n) in answered for n in range(WEEK))
    run, day = 0, today
    rests: list[date] = []
    first = min(answered, default=today)
    while day >= first:
        if day in answered:
            run += 1
        elif day != today:
            rests = [rest for rest in rests if rest - day < timedelta(days=WEEK)] + [day]
            if len(rests) > REST_DAYS:
                break
        day -= timedelta(days=1)
    return Streak(of_week, run)
