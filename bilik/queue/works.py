"""What jobs do: one entry for each kind of work, registered once by its room when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

# Stores what was found, inside the transaction that ends the job.
Store = Callable[[datetime], None]


@dataclass(frozen=True)
class Work:
    """`do` takes the subject, works outside of any transaction, and gives back what stores the result.

    It may be called twice for one subject (delivery is at least once), and two workers may be in it at the same time;
    the result is stored once. `gave_up` hears, in a transaction, that the platform failed for good: whoever asked must
    not pay for it. `most_seconds` is how long one call may take: after that the worker shows no sign of life any more.
    """

    name: str
    do: Callable[[int], Store]
    gave_up: Callable[[int, datetime], None]
    most_seconds: float


_WORKS: dict[str, Work] = {}


def register(work: Work) -> None:
    """Names a kind of work. A second registration under its name is a mistake in the program."""
    if _WORKS.get(work.name, work) != work:
        raise ValueError(f"there is a work {work.name!r} already")
    _WORKS[work.name] = work


def known() -> list[str]:
    """The names of all works that rooms of this program have registered."""
    return sorted(_WORKS)


def work_of(name: str) -> Work:
    """The work of this name. Raises KeyError when no room has registered it."""
    return _WORKS[name]
