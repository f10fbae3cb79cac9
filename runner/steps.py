"""A program of ours that runs a learner's small program and writes down every step: line, variables, output so far.

It is sent to the sandbox, or to a browser's Python, as the code of a job of its own (``steps_job``), so it is one file,
uses the standard library alone and knows nothing of the runner. Everything has a cap, and the record says which.
"""

from __future__ import annotations

import builtins
import json
import sys
import types
from collections.abc import Callable
from typing import Any

MOST_STEPS = 300
MOST_CHARACTERS = 120_000  # of the whole record as JSON
MOST_ITEMS = 20  # of one list, dict, set or object
MOST_OBJECTS = 30  # in one step
MOST_FRAMES = 8
TEXT_CHARACTERS = 60
OUTPUT_CHARACTERS = 4_000
FILE = "program.py"
_SIMPLE = (int, float, bool, str, bytes, complex, type(None))
_LISTS = (list, tuple, set, frozenset)


class Enough(BaseException):
    """A cap was met: the program is stopped. Not an Exception, so that a plain `except` lets it pass."""


class Recorder:
    """The record of one run: `steps` in order, what was `output`, and which cap `cut` it off, if any."""

    def __init__(self, lines: list[str]) -> None:
        self.steps: list[dict[str, Any]] = []
        self.output = ""
        self.cut = ""
        self._left = MOST_CHARACTERS
        self._typed = lines

    def write(self, text: str) -> int:
        """What the program prints, in place of its screen."""
        self.output += text[: max(OUTPUT_CHARACTERS - len(self.output), 0)]
        if len(self.output) >= OUTPUT_CHARACTERS:
            self._stop("output")
        return len(text)

    def flush(self) -> None:
        """Screens can be flushed; there is nothing to do."""

    def input(self, prompt: object = "", /) -> str:
        """`input()`: the next typed line, shown as it would be on the screen."""
        self.write(str(prompt))
        if not self._typed:
            raise EOFError("EOF when reading a line")
        line = self._typed.pop(0)
        self.write(line + "\n")
        return line

    def trace(self, frame: types.FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        """Called by the interpreter for every line of every function."""
        if frame.f_code.co_filename != FILE or frame.f_code.co_name in ("<listcomp>", "<genexpr>", "<dictcomp>"):
            return None
        if event in ("line", "return", "exception"):
            self._note(frame, event, argument)
        return self.trace

    def _note(self, frame: types.FrameType, event: str, argument: Any) -> None:
        look = _Look()
        step: dict[str, Any] = {"line": frame.f_lineno, "event": event, "printed": len(self.output)}
        step["frames"] = [look.frame(one) for one in _frames(frame)]
        if event == "return":
            step["gives"] = look.value(argument)
        if event == "exception":
            step["error"] = _error_text(argument[1])
        step["objects"] = look.objects
        self._left -= len(json.dumps(step))
        if self._left < 0:
            self._stop("size")
        if len(self.steps) >= MOST_STEPS:
            self._stop("steps")
        self.steps.append(step)

    def _stop(self, cap: str) -> None:
        self.cut = cap
        raise Enough


class _Look:
    """One look at the variables. Objects that can change are shown once and referred to by number."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self._numbers: dict[int, str] = {}

    def frame(self, frame: types.FrameType) -> dict[str, Any]:
        """A function's name and variables; what begins with two underscores is Python's own."""
        names = [(name, value) for name, value in frame.f_locals.items() if not name.startswith("__")]
        shown = [[name, self.value(value)] for name, value in names[:MOST_ITEMS] if not _is_module(value)]
        return {"name": frame.f_code.co_name, "line": frame.f_lineno, "variables": shown}

    def value(self, value: Any) -> dict[str, str]:
        """A value as text, or as a reference to one of `objects`."""
        if type(value) in _SIMPLE:
            return {"text": _short(value)}
        if isinstance(value, types.FunctionType | types.BuiltinFunctionType | type):
            return {"text": f"{'class' if isinstance(value, type) else 'function'} {value.__name__}"[:TEXT_CHARACTERS]}
        number = self._numbers.get(id(value))
        if number is None:
            if len(self.objects) >= MOST_OBJECTS:
                return {"text": "…"}
            number = self._numbers[id(value)] = str(len(self.objects) + 1)
            self.objects[number] = {}
            self.objects[number] = self._object(value)
        return {"ref": number}

    def _object(self, value: Any) -> dict[str, Any]:
        made: dict[str, Any] = {"type": type(value).__name__[:TEXT_CHARACTERS]}
        if type(value) in _LISTS:
            made["items"] = [self.value(item) for item in list(value)[:MOST_ITEMS]]
        elif type(value) is dict:
            made["pairs"] = [[self.value(k), self.value(v)] for k, v in list(value.items())[:MOST_ITEMS]]
        elif type(getattr(value, "__dict__", None)) is dict:
            made["pairs"] = [[{"text": str(k)}, self.value(v)] for k, v in list(vars(value).items())[:MOST_ITEMS]]
        else:
            made["text"] = _short(value)
        if type(value) in (*_LISTS, dict):
            made["more"] = max(len(value) - MOST_ITEMS, 0)
        return made


def _frames(frame: types.FrameType | None) -> list[types.FrameType]:
    """The program's own frames, the outermost first; of a deep recursion the innermost."""
    found: list[types.FrameType] = []
    while frame is not None and len(found) < MOST_FRAMES:
        if frame.f_code.co_filename == FILE:
            found.append(frame)
        frame = frame.f_back
    return found[::-1]


def _is_module(value: Any) -> bool:
    return isinstance(value, types.ModuleType)


def _short(value: Any) -> str:
    try:
        text = repr(value) if type(value) is not int or value.bit_length() < 1000 else "…"
    except Exception:  # its __repr__ is the learner's
        text = "…"
    return text if len(text) <= TEXT_CHARACTERS else text[:TEXT_CHARACTERS] + "…"


def _error_text(error: Any) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:200]
    except Exception:  # its __str__ is the learner's
        return "Exception"


def record(code: str, lines: list[str]) -> str:
    """Run `code` with `lines` to be typed; the record as JSON."""
    recorder = Recorder(list(lines))
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    error = ""
    before, read = sys.stdout, builtins.input
    try:
        program = compile(code, FILE, "exec", dont_inherit=True)
        sys.stdout = recorder
        builtins.input = recorder.input
        sys.settrace(recorder.trace)
        exec(program, names)  # noqa: S102 - what this is for
    except Enough:
        pass
    except BaseException as failure:
        error = _error_text(failure)
    finally:
        sys.settrace(None)
        sys.stdout, builtins.input = before, read
    made = {"steps": recorder.steps, "output": recorder.output, "cut": recorder.cut, "error": error}
    return json.dumps(made)
