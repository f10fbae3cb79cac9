"""A learner's exception as plain facts: where, what, and what may have been meant.

Only places in the learner's own code are told. ``data`` has small facts for a message in another
language; its keys: NameError {name}, AttributeError {name, object_type}, KeyError {key},
ImportError {module}, FileNotFoundError {filename}, and where CPython's message has a known form
{kind, ...} as named in ``_FORMS``.
"""

from __future__ import annotations

import builtins
import difflib
import linecache
import re
import sys
import types
from collections import deque
from typing import Any

ANSWER_FILE = "answer.py"
_MESSAGE_CHARACTERS = 500
_SOURCE_CHARACTERS = 300
_FACT_CHARACTERS = 100
_FRAMES_AT_EACH_END = 4
_WELL_KNOWN_LIBRARIES = {"numpy", "pandas", "sklearn", "scipy", "matplotlib"}

_FORMS: tuple[tuple[str, str], ...] = (
    (
        "missing_arguments",
        r"(?P<function>\S+)\(\) missing (?P<count>\d+) required (?:positional|keyword-only) "
        r"arguments?: (?P<names>.*)",
    ),
    (
        "too_many_arguments",
        r"(?P<function>\S+)\(\) takes (?P<takes>.+?) positional arguments? but (?P<given>\d+) "
        r"(?:was|were) given",
    ),
    ("unexpected_keyword", r"(?P<function>\S+)\(\) got an unexpected keyword argument '(?P<name>.*)'"),
    (
        "operands",
        r"unsupported operand type\(s\) for (?P<operator>.+?): '(?P<left>.+)' and '(?P<right>.+)'",
    ),
    (
        "comparison",
        r"'(?P<operator>.+)' not supported between instances of '(?P<left>.+)' and '(?P<right>.+)'",
    ),
    ("concatenation", r'can only concatenate (?P<left>\S+) \(not "(?P<right>.+)"\) to \S+'),
    ("not_callable", r"'(?P<object_type>.+)' object is not callable"),
    ("not_iterable", r"'(?P<object_type>.+)' object is not iterable"),
    ("cannot_unpack", r"cannot unpack non-iterable (?P<object_type>.+) object"),
    ("not_subscriptable", r"'(?P<object_type>.+)' object is not subscriptable"),
    ("no_item_assignment", r"'(?P<object_type>.+)' object does not support item assignment"),
    ("indices", r"(?P<object_type>.+) indices must be integers.*, not '?(?P<given>\w+)'?"),
    ("unhashable", r"unhashable type: '(?P<object_type>.+)'"),
    ("invalid_literal", r"invalid literal for int\(\) with base (?P<base>\d+): (?P<text>.*)"),
    ("not_a_float", r"could not convert string to float: (?P<text>.*)"),
    (
        "too_few_values",
        r"not enough values to unpack \(expected (?:at least )?(?P<expected>\d+), got (?P<given>\d+)\)",
    ),
    ("too_many_values", r"too many values to unpack \(expected (?P<expected>\d+)\)"),
    ("out_of_range", r"(?P<object_type>.+) index out of range"),
    ("unbound_local", r"cannot access local variable '(?P<name>.+)' where it is not associated.*"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.DOTALL)) for kind, pattern in _FORMS)
_close_matches = difflib.get_close_matches


def report(error: BaseException, code: str) -> dict[str, Any]:
    """The facts of `error`. What it calls of the learner's code (``__str__``) may fail: then less is told."""
    places = _places(error)
    place = places[-1] if places else None
    if isinstance(error, SyntaxError) and (error.filename == ANSWER_FILE or not places):
        return _syntax_report(error, code)
    line, column, end_column = place[:3] if place else (None, None, None)
    data, candidates = _facts(error, place[4] if place else None)
    return {
        "type": _name_of(type(error)),
        "bases": _bases(error),
        "message": _message(error),
        "line": line,
        "column": column,
        "end_column": end_column,
        "source": source_line(code, line),
        "frames": [[p[0], p[3]] for p in places],
        "suggestion": _nearest(data.get("name") or data.get("key") or data.get("module"), candidates),
        "data": data,
    }


def bare_report(kind: str, code: str, line: int | None, /, **data: Any) -> dict[str, Any]:
    """A report of our own making, for what is no exception: ``TimeLimit``, ``MissingFunction``…"""
    return {
        "type": kind,
        "bases": [],
        "message": "",
        "line": line,
        "column": None,
        "end_column": None,
        "source": source_line(code, line),
        "frames": [],
        "suggestion": None,
        "data": data,
    }


def missing_function(name: str, reachable: list[str], code: str) -> dict[str, Any]:
    """A call's function is not there; `reachable` are the names that are."""
    made = bare_report("MissingFunction", code, None, name=name)
    return made | {"suggestion": _nearest(name, reachable)}


def _syntax_report(error: SyntaxError, code: str) -> dict[str, Any]:
    line = error.lineno if isinstance(error.lineno, int) else None
    column = error.offset if isinstance(error.offset, int) and error.offset > 0 else None
    end = error.end_offset if error.end_lineno == line else None
    return {
        "type": _name_of(type(error)),
        "bases": _bases(error),
        "message": str(error.msg)[:_MESSAGE_CHARACTERS],
        "line": line,
        "column": column,
        "end_column": end if isinstance(end, int) and end > 0 else None,
        "source": source_line(code, line),
        "frames": [],
        "suggestion": None,
        "data": {},
    }


def source_line(code: str, line: int | None) -> str | None:
    """Line `line` (from 1) of the learner's code, capped; None when there is no such line."""
    lines = code.splitlines()
    if line is None or not 1 <= line <= len(lines):
        return None
    return lines[line - 1][:_SOURCE_CHARACTERS]


def _name_of(kind: type) -> str:
    # A metaclass of the learner's could make __name__ anything; type's own slot cannot lie.
    return str.__str__(type.__dict__["__name__"].__get__(kind))[:_FACT_CHARACTERS]


def _bases(error: BaseException) -> list[str]:
    names = []
    for kind in type.__dict__["__mro__"].__get__(type(error)):
        names.append(_name_of(kind))
        if kind in (Exception, BaseException):
            break
    return names[:20]


def _message(error: BaseException) -> str:
    try:
        return str.__str__(str(error))[:_MESSAGE_CHARACTERS]
    except Exception:  # __str__ is learner code and may fail in any way
        return ""


_Place = tuple[int, int | None, int | None, str, types.FrameType]


def _places(error: BaseException) -> list[_Place]:
    """(line, column, end column, function, frame) of the traceback's steps in the learner's code: those at both ends.

    A recursion without end leaves hundreds of thousands of steps, and hardly any memory to tell of them.
    """
    first: list[types.TracebackType] = []
    last: deque[types.TracebackType] = deque(maxlen=_FRAMES_AT_EACH_END)
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == ANSWER_FILE and step.tb_lineno is not None:
            if len(first) < _FRAMES_AT_EACH_END:
                first.append(step)
            else:
                last.append(step)
        step = step.tb_next
    return [_place(step) for step in (*first, *last)]


def _place(step: types.TracebackType) -> _Place:
    code = step.tb_frame.f_code
    start, end = _columns(code, step.tb_lasti, step.tb_lineno)
    return step.tb_lineno, start, end, code.co_name[:_FACT_CHARACTERS], step.tb_frame


def _columns(code: types.CodeType, instruction: int, line: int) -> tuple[int | None, int | None]:
    """Character columns (from 1) of one instruction; the interpreter counts UTF-8 bytes from 0."""
    for number, place in enumerate(code.co_positions()):
        if number * 2 == instruction:
            first, last, start, end = place
            if first != line or start is None or end is None:
                return None, None
            text = linecache.getline(ANSWER_FILE, line).encode("utf-8", "surrogatepass")
            start_column = len(text[:start].decode("utf-8", "replace")) + 1
            return start_column, len(text[:end].decode("utf-8", "replace")) + 1 if last == first else None
    return None, None


def line_of(frame: types.FrameType | None) -> int | None:
    """The line that the learner's code has reached, seen from any frame at or below it."""
    while frame is not None and frame.f_code.co_filename != ANSWER_FILE:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else None


def _facts(error: BaseException, frame: types.FrameType | None) -> tuple[dict[str, Any], list[str]]:
    """Facts about the error, and the names that were in reach where it happened."""
    try:
        return _facts_by_type(error, frame)
    except Exception:  # attributes and __dir__ are learner code; a report without facts is still one
        return {}, []


def _facts_by_type(error: BaseException, frame: types.FrameType | None) -> tuple[dict[str, Any], list[str]]:
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        return {"name": _text(error.name)}, _names_in_reach(frame)
    if isinstance(error, AttributeError):
        owner = getattr(error, "obj", None)
        known = [name for name in dir(owner) if isinstance(name, str)]
        return {"name": _text(error.name), "object_type": _name_of(type(owner))}, known
    if isinstance(error, ImportError):
        return _import_facts(error)
    if isinstance(error, KeyError) and len(error.args) == 1:
        key = error.args[0]
        return {"key": key if type(key) is str else repr(key)[:_FACT_CHARACTERS]}, _keys_in_reach(frame, key)
    if isinstance(error, OSError) and type(error.filename) is str:
        return {"filename": _text(error.filename)}, []
    return _facts_of_message(error), []


def _facts_of_message(error: BaseException) -> dict[str, Any]:
    message = _message(error)
    for kind, pattern in _COMPILED:
        match = pattern.fullmatch(message)
        if match:
            return {"kind": kind} | {key: _text(value) for key, value in match.groupdict().items()}
    return {}


def _import_facts(error: ImportError) -> tuple[dict[str, Any], list[str]]:
    name = re.search(r"cannot import name '(\w+)'", _message(error))
    if name:
        module = sys.modules.get(error.name or "")
        return {"name": name[1], "module": _text(error.name)}, list(vars(module)) if module else []
    known = set(sys.stdlib_module_names) | _WELL_KNOWN_LIBRARIES | {n for n in sys.modules if "." not in n}
    return {"module": _text(error.name)}, sorted(known)


def _names_in_reach(frame: types.FrameType | None) -> list[str]:
    if frame is None:
        return []
    return [*frame.f_locals, *frame.f_globals, *vars(builtins)]


def _keys_in_reach(frame: types.FrameType | None, missing: object) -> list[str]:
    if frame is None or type(missing) is not str:
        return []
    scopes = (frame.f_locals, frame.f_globals)
    tables = [value for scope in scopes for value in list(scope.values())[:200] if type(value) is dict]
    return [key for table in tables[:50] for key in list(table)[:500] if type(key) is str]


def _text(value: object) -> str:
    return str.__str__(value)[:_FACT_CHARACTERS] if isinstance(value, str) else ""


def _nearest(name: object, candidates: list[str]) -> str | None:
    """The most similar candidate, or None. Names with underscores first are nobody's intention."""
    if type(name) is not str or not name or len(name) > 60:
        return None
    known = [c for c in candidates[:3000] if c != name and (name[0] == "_" or not c.startswith("_"))]
    lower = {c.lower(): c for c in reversed(known)}
    if name.lower() in lower:
        return lower[name.lower()][:_FACT_CHARACTERS]
    close = _close_matches(name, known, n=1, cutoff=0.66)
    return close[0][:_FACT_CHARACTERS] if close else None
