"""What came of a job: plain, frozen shapes, read strictly because a learner's process wrote them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from runner import values

ENDINGS = (
    "finished",
    "time_limit",
    "memory_limit",
    "output_limit",
    "crashed",
    "quit",
    "protocol",
)


class BadReply(ValueError):
    """A reply that our driver does not write: forged, garbled or oversized."""


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise BadReply(what)


def _is_text_or_none(value: object) -> bool:
    return value is None or type(value) is str


def _is_int_or_none(value: object) -> bool:
    return value is None or type(value) is int


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """One mistake in the learner's own code, with the facts that a message in any language needs.

    type: the exception's name; or ``MissingFunction`` / ``NotAFunction`` (a call's target),
    ``TimeLimit`` / ``OutputLimit`` (where the limit was met). bases: names from the type up to
    Exception. line and columns count from 1, columns in characters, end_column is one past.
    frames: (line, function) in the learner's code only, at most 8, outermost first.
    data: small facts, for example {"name": "coutn"}; see ``mistakes.py``.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    line: int | None
    column: int | None
    end_column: int | None
    source: str | None
    frames: tuple[tuple[int, str], ...]
    suggestion: str | None
    data: Mapping[str, Any]

    @classmethod
    def from_json(cls, data: object) -> ErrorReport:
        """Read the driver's dict. Raises BadReply."""
        shape = _dict_with(cls, data)
        _expect(type(shape["type"]) is str and type(shape["message"]) is str, "error without a name")
        _expect(all(_is_int_or_none(shape[key]) for key in ("line", "column", "end_column")), "place")
        _expect(all(_is_text_or_none(shape[key]) for key in ("source", "suggestion")), "text")
        _expect(type(shape["data"]) is dict and len(shape["data"]) <= 20, "error data")
        for fact in shape["data"].values():
            _expect(type(fact) in (str, int) or _is_list_of(fact, str), "error data")
        _expect(_is_list_of(shape["bases"], str) and len(shape["bases"]) <= 20, "bases")
        frames = shape["frames"]
        _expect(_is_list_of(frames, list) and len(frames) <= 8, "frames")
        for frame in frames:
            _expect(len(frame) == 2 and type(frame[0]) is int and type(frame[1]) is str, "frame")
        shape["frames"] = tuple((line, name) for line, name in frames)
        return cls(**(shape | {"bases": tuple(shape["bases"])}))


@dataclass(frozen=True, slots=True)
class Run:
    """What one call or one input did.

    value: the returned value in ``values`` encoding (None in program mode and after an error).
    output: what went to standard output. shown: the screen as a person would have seen it, that is
    output, error stream, prompts of input() and what was typed. ms: as told by the learner's
    process, good for a hint and not for a ranking (``Result.cpu_ms`` is ours).
    complete: false when a limit broke it off. exit_status: of a program that called sys.exit.
    """

    value: values.Encoded | None
    output: str
    output_cut: bool
    shown: str
    error: ErrorReport | None
    ms: float
    complete: bool
    exit_status: int | None

    def returned(self) -> object:
        """The value decoded (see ``values.decode``); None when there is none."""
        return None if self.value is None else values.decode(self.value)

    @classmethod
    def from_json(cls, data: object) -> Run:
        """Read the driver's dict. Raises BadReply."""
        shape = _dict_with(cls, data)
        _expect(type(shape["output"]) is str and type(shape["shown"]) is str, "output")
        _expect(type(shape["output_cut"]) is bool and type(shape["complete"]) is bool, "flags")
        _expect(_is_int_or_none(shape["exit_status"]), "exit status")
        ms = shape["ms"]
        _expect(type(ms) in (int, float) and math.isfinite(ms) and ms >= 0, "ms")
        if shape["value"] is not None:
            try:
                values.decode(shape["value"])
            except values.BadValue as error:
                raise BadReply(f"value: {error}") from error
        if shape["error"] is not None:
            shape["error"] = ErrorReport.from_json(shape["error"])
        for key in ("output", "shown"):
            # Half a surrogate pair cannot be stored or sent as UTF-8.
            shape[key] = shape[key].encode("utf-8", "replace").decode("utf-8")
        return cls(**shape)


@dataclass(frozen=True, slots=True)
class Result:
    """What one job did, and what held it.

    ended: one of ENDINGS. detail: the signal's name after "crashed", a hint after "protocol", else
    empty. facts: what the syntax tree says, found before any learner code ran; None when the code
    does not parse or the process broke before. load: the module body in calls mode; in both modes
    the syntax error. runs: in order; only the last one may be incomplete. cpu_ms, memory_kb
    (peak, with the shared warm interpreter) are the kernel's figures, wall_ms is the host's.
    """

    ended: str
    detail: str
    facts: Mapping[str, Any] | None
    load: Run | None
    runs: tuple[Run, ...]
    cpu_ms: float
    wall_ms: float
    memory_kb: int
    mechanisms: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """A JSON-able dict; ``Result.from_json`` reads it back."""
        data = asdict(self)
        data["runs"] = list(data["runs"])
        data["mechanisms"] = list(self.mechanisms)
        for run in [data["load"], *data["runs"]]:
            if run and run["error"]:
                run["error"]["bases"] = list(run["error"]["bases"])
                run["error"]["frames"] = [list(frame) for frame in run["error"]["frames"]]
        return data

    @classmethod
    def from_json(cls, data: object) -> Result:
        """Read ``to_json``'s dict. Raises BadReply."""
        shape = _dict_with(cls, data)
        _expect(shape["ended"] in ENDINGS, "ending")
        _expect(type(shape["runs"]) is list and _is_list_of(shape["mechanisms"], str), "lists")
        shape["load"] = None if shape["load"] is None else Run.from_json(shape["load"])
        shape["runs"] = tuple(Run.from_json(run) for run in shape["runs"])
        shape["mechanisms"] = tuple(shape["mechanisms"])
        return cls(**shape)


def _dict_with(cls: Any, data: object) -> dict[str, Any]:
    """`data` as a new dict when it has exactly the fields of `cls`."""
    if type(data) is not dict or set(data) != {f.name for f in fields(cls)}:
        raise BadReply(f"not the fields of a {cls.__name__}")
    return dict(data)


def _is_list_of(value: object, kind: type) -> bool:
    return type(value) is list and all(type(item) is kind for item in value)
