"""The shared vocabulary as it stands in data/*.toml, without Django and without a database.

The course checker runs on authors' machines with nothing but the files, so this module imports the
standard library only.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"
FILES = ("digcomp.toml", "esco.toml", "extension.toml")
LANGUAGES = ("az", "uz", "ru", "en")
KINDS = ("knowledge", "skill", "competence")


class VocabularyError(Exception):
    """A file of the vocabulary contradicts itself or another one."""


@dataclass(frozen=True)
class Entry:
    """One concept: its lasting id, its names, and the wider concept it belongs to."""

    id: str
    kind: str
    track: str
    names: dict[str, str]
    uri: str
    broader: str | None
    position: int

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class OccupationEntry:
    """An occupation a track leads to."""

    id: str
    code: str
    track: str
    name: str
    uri: str
    position: int


@cache
def read_vocabulary() -> dict[str, Entry]:
    """All concepts by id, in the order of the files.

    Raises VocabularyError when an id repeats or leads nowhere.
    """
    entries: dict[str, Entry] = {}
    for file in FILES:
        for row in tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))["skill"]:
            entry = Entry(
                id=row["id"],
                kind=row["kind"],
                track=row["track"],
                names=row["names"],
                uri=row.get("uri", ""),
                broader=row.get("broader"),
                position=len(entries),
            )
            if entry.id in entries or entry.kind not in KINDS or "en" not in entry.names:
                raise VocabularyError(f"{file}: {entry.id} is there twice, has no English name or no known kind")
            entries[entry.id] = entry
    for entry in entries.values():
        if entry.broader is not None and entry.broader not in entries:
            raise VocabularyError(f"{entry.id}: there is no {entry.broader}")
    return entries


@cache
def read_occupations() -> dict[str, OccupationEntry]:
    """All target occupations by id."""
    rows = tomllib.loads((FOLDER / "occupations.toml").read_text(encoding="utf-8"))["occupation"]
    return {row["id"]: OccupationEntry(**row, position=position) for position, row in enumerate(rows)}


def known_ids() -> frozenset[str]:
    """Every id a course may name."""
    return frozenset(read_vocabulary())
