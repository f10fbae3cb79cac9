"""The way through the house: rooms add entries in `AppConfig.ready()`, pages show those a person may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

PLACES = ("main", "person", "foot")


def everyone(_user: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One link. `place` is "main" (the bar), "person" (the menu under one's name) or "foot" (the page's end).

    Keep labels of the bar to one short word: five of them share the width of a phone.
    """

    order: int
    label: Any
    url: str
    icon: str = "arrow-right"
    shown: Callable[[Any], bool] = everyone
    place: str = "main"

    def __post_init__(self) -> None:
        if self.place not in PLACES:
            raise ValueError(f"place must be one of {', '.join(PLACES)}")


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it."""

    label: Any
    address: str
    icon: str
    current: bool


_entries: dict[str, Entry] = {}


def add(entry: Entry) -> None:
    """Adds an entry; the same address again replaces the first."""
    _entries[f"{entry.place} {entry.url}"] = entry


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.url))


def links(*, user: Any, path: str, place: str = "main") -> list[Link]:
    """The entries of a place that `user` sees on the page at `path`, at most one marked as current."""
    seen = [
        (entry, where)
        for entry in entries()
        if entry.place == place and entry.shown(user) and (where := address(entry)) is not None
    ]
    here = _nearest(path, [where for _, where in seen])
    return [Link(entry.label, where, entry.icon, where == here) for entry, where in seen]


def address(entry: Entry) -> str | None:
    """Where an entry leads, or None when no room offers that name."""
    return _address(entry.url, settings.ROOT_URLCONF)


@contextmanager
def only(*wanted: Entry) -> Iterator[None]:
    """For tests and the gallery: just these entries, until the block ends."""
    kept = dict(_entries)
    _entries.clear()
    for entry in wanted:
        add(entry)
    try:
        yield
    finally:
        _entries.clear()
        _entries.update(kept)


@lru_cache(maxsize=256)
def _address(url: str, _urlconf: str) -> str | None:
    # Looking addresses up costs more than the rest of the navigation, and they never change in a process.
    try:
        return reverse(url)
    except NoReverseMatch:
        return None


def _nearest(path: str, addresses: list[str]) -> str | None:
    """The longest address that `path` lies under. The front page is only current on itself."""
    fitting = [where for where in addresses if path == where or (where != "/" and _under(path, where))]
    return max(fitting, key=len, default=None)


def _under(path: str, address: str) -> bool:
    return path.startswith(address.rstrip("/") + "/")
