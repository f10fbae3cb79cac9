"""What is wrong with a file that an author wrote, and where: all of it at once, not the first of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from bilik.grading.numbers import NotANumber, exact_number

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that an author should mend. `file` is relative to the course, `line` counts from 1 (0: the file)."""

    file: str
    line: int
    level: Level
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.level}: {self.message} [{self.code}]"


_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(_NAME)
_OPAQUE = re.compile(
    r'''"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)|\'{3}.*?(?:\'{3,5}|\Z)|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|\#[^\n]*''', re.DOTALL
)


def toml_lines(text: str) -> dict[str, int]:
    """The line on which each key of a TOML text stands: `tests.1.expect` -> 14. tomllib does not tell."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix: tuple[str, ...] = ()
    for number, line in _statements(text):
        if header := _HEADER.match(line):
            path = _parts(header[2])
            name = ".".join(_inside_arrays(path[:-1], counts) + path[-1:])
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
            prefix = _inside_arrays(path, counts)
            _note_path(lines, prefix, number)
        elif key := _KEY.match(line):
            _note_path(lines, prefix + _parts(key[1]), number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines on which something may begin: not those inside a text or a list that began earlier."""
    inside: set[int] = set()
    breaks = [match.start() for match in re.finditer("\n", text)]

    def blank(match: re.Match[str]) -> str:
        first = bisect_left(breaks, match.start()) + 1
        inside.update(range(first + 1, first + 1 + match[0].count("\n")))
        return re.sub(r"[^\n]", "s", match[0])

    depth = 0
    masked = _OPAQUE.sub(blank, text).split("\n")
    for number, (line, plain) in enumerate(zip(text.split("\n"), masked, strict=True), 1):
        if depth == 0 and number not in inside:
            yield number, line
        depth = max(0, depth + plain.count("[") + plain.count("{") - plain.count("]") - plain.count("}"))


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _inside_arrays(path: tuple[str, ...], counts: Mapping[str, int]) -> tuple[str, ...]:
    """The path with the number of the present table wherever it goes through an array of tables."""
    found: tuple[str, ...] = ()
    for part in path:
        found += (part,)
        if (name := ".".join(found)) in counts:
            found += (str(counts[name]),)
    return found


def _note_path(lines: dict[str, int], path: tuple[str, ...], number: int) -> None:
    for end in range(1, len(path) + 1):
        lines.setdefault(".".join(path[:end]), number)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _is_part(value: Any) -> bool:
    """A text, a number, or a list of these, in which a list of two or more may stand for one."""
    if not isinstance(value, list):
        return _is_plain(value)
    return all(_is_plain(item) or (isinstance(item, list) and all(map(_is_plain, item))) for item in value)


def _as_part(value: Any) -> Any:
    if isinstance(value, list):
        return [item if isinstance(item, list) else str(item) for item in value]
    return str(value)


class Table:
    """A TOML table being read: every getter notes a problem and gives a usable value instead of raising.

    `leave_no_rest()` at the end notes the keys that nobody asked for, which are nearly always misspelt.
    """

    def __init__(
        self, data: Mapping[str, Any], *, file: str, lines: Mapping[str, int], problems: list[Problem], at: str = ""
    ) -> None:
        self._data, self._file, self._lines, self._problems, self._at = data, file, lines, problems, at
        self._asked: set[str] = set()

    def _line(self, key: str) -> int:
        at = f"{self._at}.{key}" if self._at and key else self._at or key
        while at:
            if at in self._lines:
                return self._lines[at]
            at = at.rpartition(".")[0]
        return 0

    def problem(self, key: str, message: str, *, code: str = "bad-value", level: Level = "error") -> None:
        """Notes a problem with the value of `key` (or with the table itself when the key is empty)."""
        self._problems.append(Problem(self._file, self._line(key), level, code, message))

    def has(self, key: str) -> bool:
        """Whether the author wrote this key."""
        self._asked.add(key)
        return key in self._data

    def _get(self, key: str, kind: type | tuple[type, ...], wanted: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if default is None:
                self.problem("", f"`{key}` is missing: it takes {wanted}.", code="missing-key")
            return default
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.problem(key, f"`{key}` takes {wanted}, not {value!r}.")
            return default
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        return self._get(key, str, "a text", default) or ""

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return bool(self._get(key, bool, "true or false", default))

    def whole(self, key: str, default: int | None, *, low: int, high: int) -> int:
        """A whole number between `low` and `high`."""
        value = self._get(key, int, f"a whole number from {low} to {high}", default)
        if value is None or not low <= value <= high:
            if value is not None:
                self.problem(key, f"`{key}` takes a whole number from {low} to {high}, not {value}.")
            return low
        return int(value)

    def exact(self, key: str, default: str | None = None) -> Fraction | None:
        """An exact number, written as a text ("0.1", "1/3") or a whole number. None when absent or unusable."""
        self._asked.add(key)
        value = self._data.get(key, default)
        if value is None:
            return None
        if isinstance(value, float):
            self.problem(key, f'Write `{key}` in quotes, "{value}", so that it stays exact.')
            return None
        try:
            return exact_number(value if isinstance(value, str) else str(value))
        except (NotANumber, ValueError):
            self.problem(key, f'`{key}` takes a number in quotes such as "12.5", not {value!r}.')
            return None

    def one_of(self, key: str, options: tuple[str, ...], default: str | None = None) -> str:
        """One word of a few."""
        value = self.text(key, default)
        if value in options:
            return value
        if isinstance(self._data.get(key), str):
            self.problem(key, f"`{key}` takes one of {', '.join(options)}, not {value!r}.")
        return default or options[0]

    def answer(self, key: str) -> Any:
        """An author's answer: a text, a number, a list of these or of pairs, or a table of these.

        Numbers come as texts, but those in pairs as they are. Empty when it is none of these or absent.
        """
        self._asked.add(key)
        value = self._data.get(key, "")
        if isinstance(value, dict) and value and all(map(_is_part, value.values())):
            return {name: _as_part(part) for name, part in value.items()}
        if not isinstance(value, dict) and _is_part(value):
            return _as_part(value)
        self.problem(key, f"`{key}` takes a text, a list or a table of texts.")
        return ""

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key, list, "a list of texts", default)
        if not all(isinstance(item, str) for item in value or ()):
            self.problem(key, f"`{key}` takes a list of texts.")
            return ()
        return tuple(value or ())

    def wholes(self, key: str, *, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers between `low` and `high`; it must be there. Empty when unusable."""
        value = self._get(key, list, f"a list of whole numbers from {low} to {high}", None) or ()
        if not all(isinstance(item, int) and not isinstance(item, bool) and low <= item <= high for item in value):
            self.problem(key, f"`{key}` takes a list of whole numbers from {low} to {high}.")
            return ()
        return tuple(value)

    def mapping(self, key: str) -> dict[str, str]:
        """A small table from texts to texts; empty when absent."""
        value = self._get(key, dict, "a table of texts", {})
        if not all(isinstance(item, str) for item in value.values()):
            self.problem(key, f"`{key}` takes a table of texts.")
            return {}
        return dict(value)

    def table(self, key: str) -> Table:
        """A sub-table; an empty one when absent."""
        value = self._get(key, dict, "a table", {})
        return self._inside(value, key)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of a `[[key]]` list."""
        rows = self._get(key, list, "a list of tables", ())
        for index, row in enumerate(rows):
            if isinstance(row, dict):
                yield self._inside(row, f"{key}.{index}")
            else:
                self.problem(key, f"`{key}` takes a list of tables: write [[{key}]].")

    def _inside(self, data: Mapping[str, Any], key: str) -> Table:
        at = f"{self._at}.{key}" if self._at else key
        return Table(data, file=self._file, lines=self._lines, problems=self._problems, at=at)

    def leave_no_rest(self) -> None:
        """Notes every key that was never asked for."""
        for key in sorted(self._data.keys() - self._asked):
            known = ", ".join(sorted(self._asked))
            self.problem(key, f"`{key}` is not known here. Known: {known}.", code="unknown-key")
