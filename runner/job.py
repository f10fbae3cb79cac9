"""What to run: plain, frozen shapes that check themselves and travel as JSON."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from runner import values

MOST_CODE_CHARACTERS = 200_000
MOST_RUNS = 1000
MOST_INPUT_CHARACTERS = 4_000_000
MOST_FILE_BYTES = 8_000_000
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,99}")
_LIBRARY_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,49}")
_RANGES: Mapping[str, tuple[float, float]] = {
    "cpu_seconds": (0.05, 60),
    "wall_seconds": (0.1, 300),
    "memory_mb": (16, 4096),
    "output_kb": (1, 96),
    "file_kb": (0, 65536),
    "files": (0, 4096),
    "threads": (1, 64),
}


class BadJob(ValueError):
    """The job itself is malformed: a fault of the caller (a task's author or our code)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use. cpu and wall in seconds, for the whole job and not for each run.

    memory_mb: address space above the warm interpreter's own. output_kb: printed text of all runs.
    file_kb: size of the writable folder and of a file in it. files: how many files it holds.
    threads: threads alive at once, the main one included.
    """

    cpu_seconds: float = 2.0
    wall_seconds: float = 5.0
    memory_mb: int = 128
    output_kb: int = 64
    file_kb: int = 1024
    files: int = 32
    threads: int = 8

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            whole_only = name not in ("cpu_seconds", "wall_seconds")
            if type(value) is not int and (whole_only or type(value) is not float):
                raise BadJob(f"limit {name} must be a number, not {value!r}")
            if not least <= value <= most:
                raise BadJob(f"limit {name} must be between {least} and {most}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a function that the learner defined; the arguments are plain Python values.

    `function` may be dotted (``Stack.size``). Arrays and tables are given as ``values.Array`` and
    ``values.Table`` and arrive as numpy and pandas objects.
    """

    function: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not all(part.isidentifier() for part in self.function.split(".")):
            raise BadJob(f"not a function's name: {self.function!r}")
        if not all(isinstance(name, str) and name.isidentifier() for name in self.kwargs):
            raise BadJob("keyword arguments must be named by identifiers")

    def to_json(self) -> dict[str, Any]:
        """As JSON, the arguments encoded by ``values.encode``. Raises BadJob when one is opaque."""
        encoded = [_encode_argument(value) for value in self.args]
        named = {name: _encode_argument(value) for name, value in self.kwargs.items()}
        return {"function": self.function, "args": encoded, "kwargs": named}


def _encode_argument(value: object) -> values.Encoded:
    encoded = values.encode(value)
    if values.holds_opaque(encoded):
        raise BadJob(f"an argument of type {type(value).__name__} cannot be sent to a job")
    return encoded


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook, and the expressions that are worked out right after it has run.

    Cells share one namespace. In an expression the names of Python's own functions mean these, whatever a cell has
    called so: ``len(rows)`` counts also where a learner has a variable ``len``.
    """

    code: str
    expressions: tuple[str, ...] = ()


def first_lines(cells: Sequence[str]) -> list[int]:
    """The line (from 1) at which each cell begins in the text of all cells, one after the other.

    Errors in cells are told with lines of that text, because a function of one cell may be called in another.
    """
    starts, line = [], 1
    for code in cells:
        starts.append(line)
        line += code.count("\n") + 1
    return starts


@dataclass(frozen=True, slots=True)
class Job:
    """One answer and what to do with it.

    mode "program": run `code` as ``__main__`` once per text of `inputs` (its standard input).
    mode "calls": run the module body once, then each of `calls` in order.
    mode "cells": run each of `cells` in one namespace and, after it, its expressions; each is a run
    of its own. A cell that fails ends the job. `code` is then empty: the cells are the code.
    `files` are put into the working folder; `writes` gives a writable one without any file.
    `libraries` are top-level import names beyond the standard library (they choose the flavour).
    """

    mode: str
    code: str
    calls: tuple[Call, ...] = ()
    inputs: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    writes: bool = False
    cells: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        parts = {"calls": self.calls, "program": self.inputs, "cells": self.cells}
        if self.mode not in parts:
            raise BadJob(f"mode must be 'calls', 'program' or 'cells', not {self.mode!r}")
        if any(given for mode, given in parts.items() if mode != self.mode):
            raise BadJob("a job has calls, inputs or cells, according to its mode, never two of them")
        if self.mode == "cells" and (self.code or not self.cells):
            raise BadJob("a job with cells needs at least one, and has no other code")
        if self.mode == "program" and not self.inputs:
            raise BadJob("a program needs at least one input; an empty text will do")
        if len(self.code) + sum(len(cell.code) for cell in self.cells) > MOST_CODE_CHARACTERS:
            raise BadJob(f"the code is longer than {MOST_CODE_CHARACTERS} characters")
        if self.run_count > MOST_RUNS or sum(map(len, self.inputs)) > MOST_INPUT_CHARACTERS:
            raise BadJob(f"more than {MOST_RUNS} runs, or more than {MOST_INPUT_CHARACTERS} characters")
        if type(self.seed) is not int or not 0 <= self.seed < 2**32:
            raise BadJob("the seed must be a whole number from 0 to 2**32 - 1")
        if not all(_LIBRARY_NAME.fullmatch(name) for name in self.libraries):
            raise BadJob("libraries are named by their top-level import name")
        self._check_files()

    def _check_files(self) -> None:
        for name in self.files:
            # A name is a plain name: a path could climb out of the folder or hide a file in it.
            if not FILE_NAME.fullmatch(name):
                raise BadJob(f"not a plain file name: {name!r}")
        size = sum(map(len, self.files.values()))
        if size > MOST_FILE_BYTES or len(self.files) > self.limits.files:
            raise BadJob("the files are too big or too many for the job's limits")
        if any(len(content) > self.limits.file_kb * 1024 for content in self.files.values()):
            raise BadJob("a file is bigger than the limit file_kb")

    @property
    def run_count(self) -> int:
        """How many runs a job has in which nothing failed."""
        return len(self.calls) + len(self.inputs) + sum(1 + len(cell.expressions) for cell in self.cells)

    @property
    def needs_box(self) -> bool:
        """Whether the job needs a writable folder of its own."""
        return self.writes or bool(self.files)

    def to_json(self) -> dict[str, Any]:
        """A JSON-able dict; ``Job.from_json`` reads it back."""
        return {
            "mode": self.mode,
            "code": self.code,
            "calls": [call.to_json() for call in self.calls],
            "inputs": list(self.inputs),
            "files": {name: base64.b64encode(data).decode() for name, data in self.files.items()},
            "libraries": list(self.libraries),
            "seed": self.seed,
            "limits": asdict(self.limits),
            "writes": self.writes,
            "cells": [{"code": cell.code, "expressions": list(cell.expressions)} for cell in self.cells],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Job:
        """Read ``to_json``'s dict. Raises BadJob for anything else."""
        try:
            if set(data) != {f.name for f in fields(cls)}:
                raise BadJob("a job's dict has other keys than a job")
            return cls(
                mode=data["mode"],
                code=data["code"],
                calls=tuple(_call_from_json(call) for call in data["calls"]),
                inputs=tuple(data["inputs"]),
                files={name: base64.b64decode(text) for name, text in data["files"].items()},
                libraries=tuple(data["libraries"]),
                seed=data["seed"],
                limits=Limits(**data["limits"]),
                writes=bool(data["writes"]),
                cells=tuple(Cell(cell["code"], tuple(cell["expressions"])) for cell in data["cells"]),
            )
        except BadJob:
            raise
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise BadJob(f"not a job: {error}") from error


def _call_from_json(data: Mapping[str, Any]) -> Call:
    args = tuple(values.decode(value) for value in data["args"])
    kwargs = {name: values.decode(value) for name, value in data["kwargs"].items()}
    return Call(data["function"], args, kwargs)
