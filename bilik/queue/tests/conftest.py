from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bilik.queue import actions, works
from bilik.queue.states import Lane


class Told:
    """A kind of work that notes what is done, stored and given up; `does` may be replaced."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.stored: list[int] = []
        self.given_up: list[int] = []
        self.does: Callable[[int], Any] = self.done.append
        self.work = works.Work("test.work", self._do, lambda subject, _: self.given_up.append(subject), 60.0)

    def _do(self, subject: int) -> works.Store:
        self.does(subject)
        return lambda _: self.stored.append(subject)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setattr(works, "_WORKS", {})
    found = Told()
    works.register(found.work)
    return found


@pytest.fixture
def put(db: None, told: Told, now: datetime) -> Callable[..., Any]:
    """`put(7, "cup", "team a")`: a job of the contest's lane for subject 7."""

    def put_in(subject: int, line: str = "cup", party: str = "a", lane: Lane = Lane.CONTEST, at: datetime = now) -> Any:
        return actions.put_in(now=at, work="test.work", subject=subject, lane=lane, line=line, party=party)

    return put_in
