"""The words of an exercise in one language: title, task, hints, feedback, explanation, and what its kind asks for.

The task itself stays Markdown; only the blocks between `:::` lines are cut out here. Every exercise may have hints,
feedback and an explanation. The other blocks belong to kinds: a kind names them in its `BLOCKS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bilik.grading.problems import Problem

_OPEN = re.compile(r"^:::\s*([a-z]+)((?:\s+\S+)*)\s*$")
_OTHER_OPEN = re.compile(r"^:::\s*[^\s:]")
_STAMP = re.compile(r"^<!--\s*source:\s*([0-9a-f]{12})\s*-->\s*$")
_FENCE = re.compile(r"^\s*(?:(```+)[^`]*|(~~~+).*)$")
_FENCE_END = re.compile(r"^\s*(```+|~~~+)\s*$")


@dataclass(frozen=True)
class Block:
    """A block that a kind takes beside those of every exercise.

    `names`: how many names follow its word (`::: level clarity none` has two). `shown`: what its Markdown becomes:
    "inline" stands inside a label, "text" is a text of its own, "plain" is no Markdown at all, and "places" is a text
    that has places `[[id]]` where something is put in.
    """

    names: int = 1
    shown: Literal["inline", "text", "plain", "places"] = "inline"


_OF_ALL = {"hint": Block(0), "explanation": Block(0), "feedback": Block()}
_PLACE = re.compile(r"\[\[([a-z0-9-]+)\]\]")


def places_in(body: str) -> list[str]:
    """The ids of all places `[[id]]` of a block, in order, as often as they stand there."""
    return _PLACE.findall(body)


@dataclass(frozen=True)
class ExerciseText:
    """What a person reads of an exercise. All texts are Markdown but the title, which is plain.

    `blocks` holds the blocks of the kind by word and names: "choice a", "level clarity none", "blanks".
    `stamp` is the fingerprint of the source that a translation was made from (empty in the source itself).
    """

    title: str
    task: str
    hints: tuple[str, ...] = ()
    feedback: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    explanation: str = ""
    stamp: str = ""

    def block_names(self) -> set[str]:
        """The blocks that every translation must have too."""
        names = {f"feedback {name}" for name in self.feedback} | self.blocks.keys()
        names |= {f"hint {number + 1}" for number in range(len(self.hints))}
        return names | ({"explanation"} if self.explanation else set())


def split_stamp(source: str) -> tuple[str, str]:
    """The fingerprint in a translation's first line (or nothing), and the text with that line left empty."""
    first, _, rest = source.partition("\n")
    if match := _STAMP.match(first):
        return match[1], "\n" + rest
    return "", source


class _Reader:
    """Walks the lines of one file once; kept apart from `read_text` to keep the state in one place."""

    def __init__(self, file: str, problems: list[Problem], known: Mapping[str, Block]) -> None:
        self.file, self.problems, self._known = file, problems, known
        self.title = ""
        self.task: list[str] = []
        self.hints: list[str] = []
        self.feedback: dict[str, str] = {}
        self.blocks: dict[str, str] = {}
        self.explanation = ""
        self._block: tuple[str, str, int] | None = None
        self._lines: list[str] = []
        self._fence = ""
        self._depth = 0

    def note(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, "error", code, message))

    def read(self, source: str) -> None:
        number = 0
        for number, line in enumerate(source.split("\n"), 1):
            self._line(number, line.removesuffix("\r"))
        if self._block:
            self._close_unclosed(number)

    def _close_unclosed(self, number: int) -> None:
        assert self._block is not None
        self.note(self._block[2], "open-block", f"`::: {self._block[0]}` is never closed with `:::`.")
        self._close(number)

    def _line(self, number: int, line: str) -> None:
        if self._fence or _FENCE.match(line):
            self._fence = self._fence_after(line)
            self._keep(line)
        elif opened := self._opened(line):
            if self._block:
                self._close_unclosed(number)
            self._block, self._lines, self._depth = (*opened, number), [], 0
        elif self._block is not None and line.strip() == ":::" and not self._depth:
            self._close(number)
        elif not self.title and self._block is None and line.startswith("# "):
            self.title = line[2:].strip()
        else:
            # A callout may stand inside a hint; its end is not the hint's.
            self._depth += bool(_OTHER_OPEN.match(line)) - (line.strip() == ":::" and self._depth > 0)
            self._keep(line)

    def _opened(self, line: str) -> tuple[str, str] | None:
        """The word and the names of the block that opens here. More names than it takes make it another's block."""
        match = _OPEN.match(line)
        if match is None or match[1] not in self._known:
            return None
        names = match[2].split()
        return (match[1], " ".join(names)) if len(names) <= max(1, self._known[match[1]].names) else None

    def _fence_after(self, line: str) -> str:
        """The fence that code is inside of after this line, empty when it has just ended."""
        if not self._fence:
            opened = _FENCE.match(line)
            return (opened[1] or opened[2]) if opened else ""
        end = _FENCE_END.match(line)
        return "" if end and end[1].startswith(self._fence) else self._fence

    def _keep(self, line: str) -> None:
        (self.task if self._block is None else self._lines).append(line)

    def _close(self, number: int) -> None:
        assert self._block is not None
        kind, name, opened = self._block
        text = "\n".join(self._lines).strip()
        self._block = None
        if not text:
            self.note(opened, "empty-block", f"`::: {kind} {name}`".rstrip("` ") + "` has no text.")
        if kind == "hint":
            self.hints.append(text)
        elif kind == "explanation":
            if self.explanation:
                self.note(opened, "double-block", "`::: explanation` stands here twice.")
            self.explanation = self.explanation or text
        elif len(name.split()) != self._known[kind].names:
            self._note_names(opened, kind)
        else:
            named, key = (self.feedback, name) if kind == "feedback" else (self.blocks, f"{kind} {name}".rstrip())
            if key in named:
                self.note(opened, "double-block", f"`::: {kind} {name}".rstrip() + "` stands here twice.")
            named.setdefault(key, text)

    def _note_names(self, opened: int, kind: str) -> None:
        wanted = ("no name", "a name", "two names")[self._known[kind].names]
        self.note(opened, "nameless-block", f"`::: {kind}` needs {wanted}.")


def read_text(source: str, *, file: str, problems: list[Problem], known: Mapping[str, Block]) -> ExerciseText:
    """Reads one `exercise.LANG.md`. Problems are added to the list; what could be read is returned in any case.

    `known` are the blocks of all kinds by their word, so that a block of another kind is not taken for a callout.
    """
    stamp, body = split_stamp(source)
    reader = _Reader(file, problems, {**_OF_ALL, **known})
    reader.read(body)
    task = "\n".join(reader.task).strip()
    if not reader.title:
        reader.note(1, "no-title", "The file starts with the title: `# The title`.")
    if not task:
        reader.note(1, "no-task", "There is no task outside the blocks.")
    return ExerciseText(
        title=reader.title,
        task=task,
        hints=tuple(reader.hints),
        feedback=reader.feedback,
        blocks=reader.blocks,
        explanation=reader.explanation,
        stamp=stamp,
    )
