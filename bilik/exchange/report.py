"""What became of everything in a package: kept, changed (and how) or left out (and why), with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["kept", "changed", "left"]


@dataclass(frozen=True)
class Note:
    """One thing about an item: `changed` is there in another form, `left` is a part that is not there any more."""

    status: Status
    text: str
    line: int = 0


@dataclass
class Item:
    """One thing of the package: a question, a page, a video. `became` names what it is in the course folder."""

    kind: str
    title: str
    file: str
    line: int = 0
    became: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """Left out when nothing came of it, changed when anything is otherwise than it was, else kept."""
        if not self.became:
            return "left"
        return "changed" if self.notes else "kept"

    def changed(self, text: str, *, line: int = 0) -> None:
        """Notes, once, that something is there in another form."""
        self._note(Note("changed", text, line or self.line))

    def left(self, text: str, *, line: int = 0) -> None:
        """Notes, once, that something of it, or all of it, is left out, and why."""
        self._note(Note("left", text, line or self.line))

    def _note(self, note: Note) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def to_json(self) -> dict[str, Any]:
        """Plain data, as `bilik course convert --json` prints it."""
        return {
            "kind": self.kind,
            "title": self.title,
            "file": self.file,
            "line": self.line,
            "status": self.status,
            "became": self.became,
            "notes": [vars(note) for note in self.notes],
        }


@dataclass
class Report:
    """Everything that was found in a package, in the order in which it was found."""

    package: str
    format: str = ""
    items: list[Item] = field(default_factory=list)
    general: list[Note] = field(default_factory=list)

    def item(self, kind: str, title: str, file: str, line: int = 0) -> Item:
        """A new item. Until something comes of it, it counts as left out."""
        item = Item(kind, " ".join(title.split())[:200], file, line)
        self.items.append(item)
        return item

    def leave(self, kind: str, title: str, file: str, why: str, *, line: int = 0) -> None:
        """An item of which nothing comes, with the reason."""
        self.item(kind, title, file, line).left(why)

    def say(self, text: str) -> None:
        """Something that concerns the whole course."""
        note = Note("changed", text)
        if note not in self.general:
            self.general.append(note)

    def counts(self) -> dict[str, int]:
        """Items found, kept, changed and left out. The last three add up to the first."""
        found = Counter(item.status for item in self.items)
        return {"found": len(self.items)} | {status: found[status] for status in ("kept", "changed", "left")}

    def by_kind(self) -> Sequence[tuple[str, dict[str, int]]]:
        """The same counts for each kind of item, in the order of their names."""
        rows = []
        for kind in sorted({item.kind for item in self.items}):
            found = Counter(item.status for item in self.items if item.kind == kind)
            counts = {status: found[status] for status in ("kept", "changed", "left")}
            rows.append((kind, {"found": sum(found.values())} | counts))
        return rows

    def to_json(self) -> dict[str, Any]:
        """Plain data, as `bilik course convert --json` prints it."""
        return {
            "package": self.package,
            "format": self.format,
            "counts": self.counts(),
            "kinds": dict(self.by_kind()),
            "general": [note.text for note in self.general],
            "items": [item.to_json() for item in self.items],
        }
