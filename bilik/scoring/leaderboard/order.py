"""The order of a board: better score, then earlier accepted, then the number of the entry.

The number comes from outside and stays with an entry for ever; nothing here depends on how a database numbers its rows.
An entry without a score stands last, whichever direction is better (abuse cases 44, 72, 77).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Entry:
    """One line of a board. `score` is a decimal text, or None where there is none."""

    number: int
    accepted: datetime
    score: str | None


@dataclass(frozen=True)
class Place:
    """An entry with its place, from 1; entries without a score have none. `tied` with the entry before it."""

    entry: Entry
    place: int | None
    tied: bool = False


def ranked(entries: Iterable[Entry], *, greater_is_better: bool) -> list[Place]:
    """All entries in order. Places are 1, 2, 3 …: a tie is decided by time, then by number, and said to be one."""
    ordered = sorted(entries, key=lambda entry: _key(entry, greater_is_better))
    places: list[Place] = []
    before: Decimal | None = None
    for place, entry in enumerate(ordered, 1):
        score = score_of(entry.score)
        tied = score is not None and score == before
        places.append(Place(entry, place if score is not None else None, tied))
        before = score
    return places


def score_of(text: str | None) -> Decimal | None:
    """The exact score, or None when there is none that could be compared."""
    if text is None:
        return None
    value = Decimal(text)
    return value if value.is_finite() else None


def _key(entry: Entry, greater_is_better: bool) -> tuple[bool, Decimal, datetime, int]:
    score = score_of(entry.score)
    if score is None:
        return True, Decimal(0), entry.accepted, entry.number
    return False, -score if greater_is_better else score, entry.accepted, entry.number
