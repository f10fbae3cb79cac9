"""What other rooms take out of a list of people, as a dry run shows it. Pure: words and numbers.

A room that keeps classes registers a `RosterHandler` (`actions.register_roster_handler`). It says in a plan what it
would do, and does it in the transaction of the import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bilik.people.roster import Problem
from bilik.people.states import ImportStep


@dataclass(frozen=True)
class Note:
    """Something a room says of a line of the list, with the sentence for it, in the language now shown."""

    problem: Problem
    sentence: str


@dataclass(frozen=True)
class RoomRow:
    """One thing of a list and what becomes of it; `details` are sentences."""

    line: int
    name: str
    step: ImportStep
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoomPlan:
    """What a room would do with a list. `digest` is equal for equal plans, whatever the language; `steps` is the room's
    own, for its `take`.
    """

    title: str
    rows: tuple[RoomRow, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()
    changes: int = 0
    digest: str = ""
    steps: Any = None


@dataclass(frozen=True)
class RosterHandler:
    """How a room takes part. `plan(roster=, rows=, organisation=, by=, now=)` gives a `RoomPlan` or None and writes
    nothing; `rows` are the planned people. `take(plan=, organisation=, by=, now=)` does it when everybody is stored;
    people are found with `queries.people_by_external_id(organisation.slug, keys)`.
    """

    plan: Callable[..., RoomPlan | None]
    take: Callable[..., Any]


# The rooms that take part, by name.
HANDLERS: dict[str, RosterHandler] = {}
