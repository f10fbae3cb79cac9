"""What a worker does now and then beside grading: each chore is idempotent, so that any number of workers may do it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError

log = logging.getLogger(__name__)
# A chore that stumbled is left alone for a while: its cause is still there.
PAUSE_SECONDS = 60.0


@dataclass
class Chore:
    """Something to be done every `every` seconds."""

    name: str
    every: float
    work: Callable[[datetime], Any]
    due: float = 0.0


def all_chores() -> list[Chore]:
    """The chores of all rooms."""
    from bilik.exams.actions import hand_in_overdue
    from bilik.practice.actions import catch_up
    from bilik.teaching.actions import work_on_regrades

    return [
        Chore("exams", 5.0, lambda now: hand_in_overdue(now=now)),
        # A little at a time, so that no answer waits for it.
        Chore("practice", 60.0, lambda now: catch_up(now=now, most=500)),
        # One batch; learners' answers come between two of them.
        Chore("regrades", 0.3, lambda now: work_on_regrades(now=now)),
    ]


class Chores:
    """Remembers when each chore was last done in this process."""

    def __init__(self, chores: Sequence[Chore] | None = None) -> None:
        self._chores = all_chores() if chores is None else chores

    def when_due(self, now: datetime, at: float) -> None:
        """Does what is due at the second `at` of a clock that only goes on.

        A chore that stumbles is noted and takes neither the worker nor the other chores with it. A database that is
        locked or away is for the worker to wait for.
        """
        for chore in self._chores:
            if at < chore.due:
                continue
            chore.due = at + chore.every
            try:
                chore.work(now)
            except OperationalError:
                raise
            except Exception:
                log.exception("the chore of %s stumbled", chore.name)
                chore.due = at + PAUSE_SECONDS
