"""The driver inside a browser's Python (Pyodide): one job after another in one interpreter, each starting clean.

Only the learner's own device is at stake here, and no verdict of it counts. So this is no sandbox: it makes programs
meet what they would meet in the sandbox, and keeps one program's tampering from reaching the next and the checker.
What a browser's Python cannot do as the sandbox's does (threads, sockets, databases) is not imitated: the stage notes
it as `elsewhere`, and the result says nothing.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import gc
import importlib.abc
import linecache
import operator
import os
import shutil
import stat
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

from runner.driver import Session
from runner.frames import MOST_FRAME_BYTES, MOST_REPLY_BYTES, BadFrame, FrameReader, pack
from runner.grammar import reader
from runner.job import Job
from runner.result import BadReply, Result
from runner.transcript import Transcript

BOX = "/box"
_RESERVE_BYTES = 4 * 1024 * 1024
_END_ROOM = 1024
# Python's interactive helpers, which the sandbox's interpreter starts without.
_OF_SITE = ("help", "copyright", "credits", "license")
# Not part of Python, though a browser's has them: importing one is the usual error.
_ABSENT = {"bilik", "runner", "js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip"}
# There in the sandbox, and lacking or different here.
_ELSEWHERE = {
    *("asyncio", "concurrent", "ctypes", "_ctypes", "multiprocessing", "sched", "selectors", "select", "signal"),
    *("socket", "socketserver", "ssl", "subprocess", "http", "urllib3", "ftplib", "smtplib", "fcntl", "mmap", "pty"),
    *("resource", "sqlite3", "lzma", "bz2", "zoneinfo", "tzdata", "distutils", "imp", "asynchat", "asyncore", "smtpd"),
    *("tkinter", "turtle", "curses", "dbm", "readline", "sklearn", "scipy", "joblib"),
}
_COMPENSATED_SUM = (3, 12)
# What the sandbox's warm process has loaded as well (flavours.py): loaded before the stage remembers what is clean.
BEGINNERS = (
    *("abc", "array", "bisect", "calendar", "cmath", "collections", "contextlib", "copy", "csv", "dataclasses"),
    *("datetime", "decimal", "enum", "fractions", "functools", "heapq", "inspect", "io", "itertools", "json", "math"),
    *("numbers", "operator", "os", "pathlib", "random", "re", "statistics", "string", "struct", "textwrap"),
    *("threading", "time", "traceback", "typing", "unicodedata"),
)


class NotHere(Exception):
    """The program wants something that only the academy's own sandbox has."""


class Stage:
    """A browser's interpreter, made ready once and cleaned after each program.

    grammar: the (major, minor) of the Python whose verdict counts; a newer one is made to read and add as that does.
    """

    def __init__(self, grammar: tuple[int, int]) -> None:
        if str(sys.platform) != "emscripten":
            # It takes rights from folders and rearranges the interpreter: on a real machine that would do harm.
            raise RuntimeError("a stage is for an interpreter in a browser")
        self.elsewhere = ""
        self._grammar = grammar
        self._fence = _Fence(self._note)
        self._before = _State()

    def run(
        self,
        job: dict[str, Any],
        emit: Callable[[bytes], object],
        heard: Callable[[str], object] | None = None,
        offer_stdin: Callable[[str], None] | None = None,
    ) -> None:
        """Run one job; frames go to `emit`, packed as by the sandbox's child. `elsewhere` tells what it lacked."""
        self.elsewhere = ""
        reserve = [bytearray(_RESERVE_BYTES)]
        session = Session(job, _Reply(emit).send, offer_stdin, None, reserve.clear, heard, reader(self._grammar))
        home = os.getcwd()
        try:
            with _box(Job.from_json(job)):
                self._raise_the_fence()
                session.run()
        except (Exception, _Full):  # noqa: S110 - the program broke what tells of it: no end is told
            pass
        finally:
            os.chdir(home)
            self._before.restore()
            linecache.clearcache()

    def _raise_the_fence(self) -> None:
        for name in list(sys.modules):
            if name.partition(".")[0] in _ABSENT | _ELSEWHERE:
                del sys.modules[name]
        # Pyodide's own finder offers whatever stands in the page's world; the fence stands in its place.
        sys.meta_path[:] = [self._fence, *(one for one in sys.meta_path if not _is_pyodides(one))]
        import _thread  # here, because Pyodide alone lacks what they start
        import threading

        for owner, name in ((_thread, "start_new_thread"), (_thread, "start_new"), (threading, "_start_new_thread")):
            setattr(owner, name, self._no_threads)
        for name in _OF_SITE:
            vars(builtins).pop(name, None)
        if self._grammar < _COMPENSATED_SUM <= sys.version_info[:2]:
            builtins.sum = _plain_sum

    def _no_threads(self, *args: object, **kwargs: object) -> int:
        self._note("threading")
        raise NotHere("threading")

    def _note(self, what: str) -> None:
        self.elsewhere = self.elsewhere or what


class _Full(BaseException):
    """The reply has passed its cap; the end has been told."""


class _Reply:
    """The frames of one job, kept within the host's caps as the sandbox's child keeps them."""

    def __init__(self, emit: Callable[[bytes], object]) -> None:
        self._emit = emit
        self._left = MOST_REPLY_BYTES - _END_ROOM

    def send(self, frame: dict[str, Any]) -> None:
        data = pack(frame)
        self._left -= len(data)
        if self._left < 0 or len(data) > MOST_FRAME_BYTES:
            self._emit(pack({"kind": "end", "ended": "output_limit"}))
            raise _Full
        self._emit(data)


class _Fence(importlib.abc.MetaPathFinder):
    """Meets every import of a learner's program before Python's own finders do."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        top = fullname.partition(".")[0]
        if top in _ABSENT:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        if top in _ELSEWHERE:
            self._note(top)
            raise NotHere(top)
        return None


def _is_pyodides(finder: object) -> bool:
    return type(finder).__module__.partition(".")[0] in ("_pyodide", "pyodide")


def _plain_sum(iterable: Any, /, start: Any = 0) -> Any:
    """`sum` as it was before 3.12, which adds floats more exactly: the same sum must print the same digits."""
    if isinstance(start, str | bytes | bytearray):
        kind = {str: "strings", bytes: "bytes", bytearray: "bytearray"}[type(start)]
        advice = "''.join(seq)" if isinstance(start, str) else "b''.join(seq)"
        raise TypeError(f"sum() can't sum {kind} [use {advice} instead]")
    return functools.reduce(operator.add, iterable, start)


_plain_sum.__name__ = _plain_sum.__qualname__ = "sum"


@contextlib.contextmanager
def _box(job: Job) -> Iterator[None]:
    """The working folder as the sandbox has it: the job's files and room to write, or nothing that can be written."""
    shutil.rmtree(BOX, ignore_errors=True)
    os.makedirs(BOX)
    os.chdir(BOX)
    for name, content in job.files.items():
        with open(name, "wb") as file:
            file.write(content)
    closed = [path for path in ("/", "/tmp", "/home", "/home/pyodide", BOX) if os.path.isdir(path)]  # noqa: S108
    modes = {path: stat.S_IMODE(os.stat(path).st_mode) for path in closed}
    for path in closed:
        if path != BOX or not job.needs_box:
            os.chmod(path, 0o555)  # noqa: S103 - nobody may write, that is the point
    try:
        yield
    finally:
        for path, mode in modes.items():
            os.chmod(path, mode)


class _State:
    """What a program may change of the interpreter, remembered: modules, builtins and classes, as they are now."""

    def __init__(self) -> None:
        self._modules = dict(sys.modules)
        self._names = {name: dict(vars(module)) for name, module in self._modules.items() if _has_names(module)}
        self._classes = _classes_of(self._names)
        self._meta_path, self._path, self._hooks = list(sys.meta_path), list(sys.path), list(sys.path_hooks)
        self._environment, self._filters = dict(os.environ), list(warnings.filters)
        self._recursion = sys.getrecursionlimit()

    def restore(self) -> None:
        """Put everything back. Works through names of its own, whatever the program did to the builtins."""
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(self._recursion)
        sys.modules.clear()
        sys.modules.update(self._modules)
        for name, names in self._names.items():
            _put_back(vars(self._modules[name]), names)
        for kind, attributes in self._classes:
            _mend_class(kind, attributes)
        sys.meta_path[:], sys.path[:], sys.path_hooks[:] = self._meta_path, self._path, self._hooks
        warnings.filters[:] = self._filters  # type: ignore[index]
        os.environ.clear()
        os.environ.update(self._environment)
        gc.enable()
        gc.collect()


def _has_names(module: object) -> bool:
    return type(module) is types.ModuleType


def _put_back(now: dict[str, Any], before: dict[str, Any]) -> None:
    for name in [name for name in now if name not in before]:
        del now[name]
    now.update(before)


def _classes_of(names: dict[str, dict[str, Any]]) -> list[tuple[type, dict[str, Any]]]:
    """Every class of these modules that a program could change, with its attributes."""
    found: dict[int, tuple[type, dict[str, Any]]] = {}
    for members in names.values():
        for member in members.values():
            if isinstance(member, type) and member.__flags__ & _HEAP_TYPE and not member.__flags__ & _IMMUTABLE:
                found[id(member)] = (member, dict(vars(member)))
    return list(found.values())


_HEAP_TYPE, _IMMUTABLE = 1 << 9, 1 << 8
_NOT_OURS = {"__dict__", "__weakref__", "__doc__", "__abstractmethods__", "_abc_impl"}


def _mend_class(kind: type, before: dict[str, Any]) -> None:
    now = dict(vars(kind))
    if now.keys() == before.keys() and all(now[name] is value for name, value in before.items()):
        return
    for name in now.keys() - before.keys() - _NOT_OURS:
        with contextlib.suppress(AttributeError, TypeError):
            type.__delattr__(kind, name)
    for name, value in before.items():
        if name not in _NOT_OURS and now.get(name) is not value:
            with contextlib.suppress(AttributeError, TypeError):
                type.__setattr__(kind, name, value)


def result_of(job: Job, reply: bytes, ended: str = "") -> Result:
    """What came of a job, from its packed frames, which are read as the host reads those of a child.

    `ended`: why no end was told (time_limit when the program was stopped, crashed, quit).
    """
    transcript, broken = Transcript(job), ""
    try:
        for frame in FrameReader().feed(reply):
            transcript.accept(frame)
    except (BadFrame, BadReply) as error:
        broken = str(error)
    return Result(
        ended="protocol" if broken else transcript.ended or ended or "quit",
        detail=broken,
        facts=transcript.facts,
        load=transcript.load,
        runs=tuple(transcript.runs),
        cpu_ms=0.0,
        wall_ms=0.0,
        memory_kb=0,
        mechanisms=("browser",),
    )
