"""What a learner's program reads and prints: text streams in memory, with a cap and a transcript."""

from __future__ import annotations

import codecs
import io
import json.encoder
from collections.abc import Callable
from typing import Any

_TYPED_CHARACTERS = 10_000
# What a text costs is its size on the wire, so that no honest program's reply passes the host's caps.
_on_the_wire = json.encoder.encode_basestring_ascii


class OutputLimit(BaseException):
    """More was printed than the job may print. Not an Exception: a plain `except` lets it pass."""


def _fitting(text: str, budget: int) -> str:
    """The longest beginning (nearly) of `text` that costs at most `budget` bytes as JSON."""
    kept = text[:budget]
    cost = len(_on_the_wire(kept))
    while cost > budget + 2:
        kept = kept[: len(kept) * budget // cost]
        cost = len(_on_the_wire(kept))
    return kept


class Screen:
    """Everything printed during one run, and the budget of all runs together (bytes as JSON).

    heard: told each piece of the transcript as it comes, for a page that shows it while the program runs.
    """

    def __init__(self, budget: int, heard: Callable[[str], object] | None = None) -> None:
        self.left = budget
        self._heard = heard
        self.cut = False
        self._output: list[str] = []
        self._shown: list[str] = []
        self._shown_left = budget

    def start_run(self) -> None:
        """Forget the last run's text; the budget goes on."""
        self._output.clear()
        self._shown.clear()

    def write(self, text: str, *, is_output: bool) -> None:
        """Add printed text. Raises OutputLimit when the budget is spent, keeping what still fits."""
        kept = _fitting(text, self.left)
        self.left -= len(_on_the_wire(kept)) - 2
        if is_output:
            self._output.append(kept)
        self.show(kept)
        if len(kept) < len(text):
            self.cut = True
            raise OutputLimit

    def show(self, text: str) -> None:
        """Add text to the transcript only (prompts, typed input); silently capped."""
        kept = _fitting(text, self._shown_left)
        self._shown_left -= len(_on_the_wire(kept)) - 2
        self._shown.append(kept)
        if self._heard is not None:
            self._heard(kept)

    @property
    def output(self) -> str:
        return "".join(self._output)

    @property
    def shown(self) -> str:
        return "".join(self._shown)


class _Bytes(io.RawIOBase):
    """``sys.stdout.buffer``: bytes are decoded as UTF-8 and go where the text goes."""

    def __init__(self, write_text: Callable[[str], int]) -> None:
        super().__init__()
        self._write_text = write_text
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raw = bytes(data)
        self._write_text(self._decode(raw))
        return len(raw)


class Printed(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a learner's program."""

    def __init__(self, screen: Screen, *, is_output: bool) -> None:
        super().__init__()
        self._screen = screen
        self._is_output = is_output
        self.buffer = _Bytes(self.write)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        return "replace"

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._screen.write(text, is_output=self._is_output)
        return len(text)

    def reconfigure(self, **settings: object) -> None:
        """Accepted because programs for judges call it; there is nothing to set."""


class Typed(io.TextIOWrapper):
    """``sys.stdin``: one run's input text."""

    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode("utf-8", "surrogatepass")), encoding="utf-8", newline=None)


def make_input(screen: Screen, stdin: Typed) -> Callable[..., str]:
    """``input()`` whose prompt is shown but is no part of the output that gets compared.

    A right program with a friendly prompt and one without are the same answer.
    """

    def input(prompt: object = "", /) -> str:
        screen.show(str(prompt))
        line = stdin.readline()
        if not line:
            raise EOFError("EOF when reading a line")
        line = line.removesuffix("\n")
        screen.show(line[:_TYPED_CHARACTERS] + "\n")
        return line

    return input
