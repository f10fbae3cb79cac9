"""What a worker does now and then beside grading: each chore is idempotent, so that any number of workers may do it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass
class Chore:
    """Something to be done every `every` seconds."""

    every: float
    work: Callable[[datetime], Any]
    due: float = 0.0


def all_chores() -> list[Chore]:
    """The chores of all rooms."""
    from bilik.exams.actions import hand_in_overdue
    from bilik.practice.actions import catch_up
    from bilik.teaching.actions import work_on_regrades

    return [
        Chore(5.0, lambda now: hand_in_overdue(now=now)),
        # A little at a time, so that no answer waits for it.
        Chore(60.0, lambda now: catch_up(now=now, most=500)),
        # One batch; learners' answers come between two of them.
        Chore(0.3, lambda now: work_on_regrades(now=now)),
    ]


class Chores:
    """Remembers when each chore was last done in this process."""

    def __init__(self) -> None:
        self._chores = all_chores()

    def when_due(self) -> None:
        """Does what is due."""
        from bilik.kit.clock import utc_now

        for chore in self._chores:
            if time.monotonic() >= chore.due:
                chore.due = time.monotonic() + chore.every
                chore.work(utc_now())
