"""Runs one job's code in this very process and tells what happened, frame by frame.

Standard library only, no sockets, no processes: the same file runs in the locked child and in the
browser (Pyodide). It is given a job's dict (``Job.to_json``) and a function that sends a frame:

    {"kind": "facts", "facts": {...} | None}       first, before any learner code
    {"kind": "load", "run": {...}}                 module body (calls mode), or the syntax error
    {"kind": "run", "run": {...}}                  one per call or input
    {"kind": "end", "ended": "finished" | ...}

Learner code may tamper with everything here; it then spoils its own result and no other.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import linecache
import random
import sys
import threading
import types
from collections.abc import Callable
from time import perf_counter
from typing import Any

from runner import mistakes, values
from runner.arrays import revive
from runner.facts import facts_of
from runner.mistakes import ANSWER_FILE
from runner.streams import OutputLimit, Printed, Screen, Typed, make_input

Emit = Callable[[dict[str, Any]], object]

_RECURSION_LIMIT = sys.getrecursionlimit()


class Session:
    """One job being run.

    before_run: told each run's input text (the child makes it descriptor 0). leave: ends the
    process, called after a limit broke the job off from within a signal handler.
    free_reserve: gives memory back when it ran out, so that the report of it has room.
    heard: told what appears on the screen as it appears. read: parses the source; another may read an older Python's
    grammar, where this interpreter is newer than the one whose verdict counts.
    """

    def __init__(
        self,
        job: dict[str, Any],
        emit: Emit,
        before_run: Callable[[str], None] | None = None,
        leave: Callable[[], None] | None = None,
        free_reserve: Callable[[], None] | None = None,
        heard: Callable[[str], object] | None = None,
        read: Callable[[str, str], ast.Module] = ast.parse,
    ) -> None:
        self._job = job
        self._code: str = job["code"] or "\n".join(cell["code"] for cell in job["cells"])
        self._emit_raw = emit
        self._before_run = before_run
        self._leave = leave
        self._screen = Screen(job["limits"]["output_kb"] * 1024, heard)
        self._read = read
        self._free_reserve = free_reserve
        self._facts_sent = False
        self._running: str | None = None
        self._started = perf_counter()
        self._sending = False
        self._late_break: tuple[str, int | None] | None = None
        self._ended = "finished"

    def run(self) -> None:
        """Do the whole job. Every failure of the learner's code becomes part of a frame."""
        self._silence()
        is_cells = self._job["mode"] == "cells"
        compiled = None if is_cells else self._read_code()
        if is_cells:
            self._run_cells()
        elif compiled is None:
            pass
        elif self._job["mode"] == "program":
            self._run_program(compiled)
        else:
            self._run_calls(compiled)
        self._emit({"kind": "end", "ended": self._ended})

    def break_off(self, ended: str, frame: types.FrameType | None) -> None:
        """Tell at once what is known, and the end, and leave; from within a signal handler.

        When the signal came while a frame was half sent, this happens right after that frame.
        """
        line = mistakes.line_of(frame)
        if self._sending:
            self._late_break = (ended, line)
        else:
            self._tell_break(ended, line)

    def _tell_break(self, ended: str, line: int | None) -> None:
        self._late_break = None
        if not self._facts_sent:
            self._emit({"kind": "facts", "facts": None})
        if self._running is not None:
            error = mistakes.bare_report("TimeLimit", self._code, line)
            self._emit({"kind": self._running, "run": self._record(None, error, None, complete=False)})
        self._emit({"kind": "end", "ended": ended})
        if self._leave is not None:
            self._leave()

    def _emit(self, frame: dict[str, Any]) -> None:
        self._sending = True
        try:
            self._emit_raw(frame)
        finally:
            self._sending = False
        if self._late_break is not None:
            self._running = None
            self._tell_break(*self._late_break)

    def _show_source(self) -> None:
        """The code for tracebacks, which look it up by the file's name."""
        lines = self._code.splitlines(keepends=True)
        linecache.cache[ANSWER_FILE] = (len(self._code), None, lines, ANSWER_FILE)

    def _read_code(self) -> types.CodeType | None:
        """Parse, send the facts, compile. None when the code does not parse (that is then sent)."""
        self._show_source()
        try:
            tree = self._read(self._code, ANSWER_FILE)
            compiled = compile(tree, ANSWER_FILE, "exec", dont_inherit=True)
            facts = facts_of(tree, self._code)
        except SyntaxError as error:
            report = mistakes.report(error, self._code)
            if "\0" in self._code:
                # Newer interpreters say it so, older ones raise ValueError: the same report for both.
                report |= {"line": None, "source": None, "data": {"kind": "unreadable"}}
        except (ValueError, MemoryError, RecursionError, OverflowError) as error:
            # Null bytes, or nesting that the parser refuses: no line is told by the interpreter.
            report = mistakes.bare_report("SyntaxError", self._code, None, kind="unreadable")
            report["message"] = str(error)[:200]
        else:
            self._emit({"kind": "facts", "facts": facts})
            self._facts_sent = True
            return compiled
        self._emit({"kind": "facts", "facts": None})
        self._facts_sent = True
        self._emit({"kind": "load", "run": self._record(None, report, None, complete=True)})
        return None

    def _run_program(self, compiled: types.CodeType) -> None:
        for text in self._job["inputs"]:

            def body() -> None:
                exec(compiled, self._fresh_module("__main__").__dict__)  # noqa: S102 - what this is for

            self._perform("run", body, text)
            if self._ended != "finished":
                return

    def _run_calls(self, compiled: types.CodeType) -> None:
        module = self._fresh_module("answer")
        loaded = self._perform("load", lambda: exec(compiled, module.__dict__), "")  # noqa: S102 - likewise
        if not loaded or self._ended != "finished":
            return
        for call in self._job["calls"]:
            target = self._find(module, call["function"])
            if isinstance(target, dict):
                self._emit({"kind": "run", "run": self._record(None, target, None, complete=True)})
                continue

            def body(call: dict[str, Any] = call, target: Any = target) -> values.Encoded:
                args = [revive(values.decode(value)) for value in call["args"]]
                kwargs = {name: revive(values.decode(value)) for name, value in call["kwargs"].items()}
                return values.encode(target(*args, **kwargs))

            self._perform("run", body, "")
            if self._ended != "finished":
                return

    def _run_cells(self) -> None:
        """Each cell in one namespace, then its expressions. A cell that cannot be read fails as one that stops."""
        self._show_source()
        facts = None
        with contextlib.suppress(SyntaxError, ValueError, MemoryError, RecursionError, OverflowError):
            facts = facts_of(ast.parse(self._code, ANSWER_FILE), self._code)
        self._emit({"kind": "facts", "facts": facts})
        self._facts_sent = True
        namespace, pythons_own = self._fresh_module("__main__").__dict__, dict(vars(builtins))
        first_line = 1
        for cell in self._job["cells"]:
            # Empty lines before it: what goes wrong is told with lines of the whole text, as in a call of a function
            # that another cell has defined.
            padded = "\n" * (first_line - 1) + cell["code"]
            first_line += cell["code"].count("\n") + 1

            def body(padded: str = padded) -> None:
                exec(compile(padded, ANSWER_FILE, "exec", dont_inherit=True), namespace)  # noqa: S102 - likewise

            if not self._perform("run", body, "") or self._ended != "finished":
                return
            for expression in cell["expressions"]:

                def look(expression: str = expression) -> values.Encoded:
                    return values.encode(eval(expression, {**namespace, **pythons_own}))  # noqa: S307 - the author's

                self._perform("run", look, "")
                if self._ended != "finished":
                    return

    def _find(self, module: types.ModuleType, dotted: str) -> Any:
        """The callable of that name, or a report that it is not there."""
        self._screen.start_run()
        found: Any = module
        for part in dotted.split("."):
            try:
                found = getattr(found, part)
            except Exception:  # __getattr__ may be learner code
                return mistakes.missing_function(part, _callable_names(found), self._code)
        if not callable(found):
            return mistakes.bare_report("NotAFunction", self._code, None, name=dotted)
        return found

    def _perform(self, kind: str, body: Callable[[], Any], text: str) -> bool:
        """Run `body` with fresh streams and send its record. False when it failed."""
        self._open_streams(text)
        value, error, status = None, None, None
        self._started = perf_counter()
        self._running = kind
        try:
            value = body()
            _wait_for_threads()
        except OutputLimit:
            self._ended = "output_limit"
        except SystemExit as leaving:
            if self._job["mode"] == "program":
                status = self._exit_status(leaving)
            else:
                error = mistakes.report(leaving, self._code)
        except MemoryError as lack:
            if self._free_reserve is not None:
                self._free_reserve()
            self._ended = "memory_limit"
            error = mistakes.report(lack, self._code)
        except BaseException as failure:
            error = mistakes.report(failure, self._code)
        if self._screen.cut:
            # Also when the program swallowed the exception that told it so.
            self._ended = "output_limit"
        complete = self._ended == "finished"
        record = self._record(value if complete else None, error, status, complete=complete)
        self._running = None
        self._emit({"kind": kind, "run": record})
        return error is None

    def _record(
        self, value: Any, error: dict[str, Any] | None, status: int | None, *, complete: bool
    ) -> dict[str, Any]:
        return {
            "value": value if error is None else None,
            "output": self._screen.output,
            "output_cut": self._screen.cut,
            "shown": self._screen.shown,
            "error": error,
            "ms": round((perf_counter() - self._started) * 1000, 3),
            "complete": complete,
            "exit_status": status,
        }

    def _exit_status(self, leaving: SystemExit) -> int:
        """The status a shell would see; a text is printed to the error stream and means 1."""
        if leaving.code is None:
            return 0
        if type(leaving.code) is int:
            return leaving.code & 0xFF
        with contextlib.suppress(Exception, OutputLimit):  # its __str__ is learner code
            self._screen.write(str(leaving.code) + "\n", is_output=False)
        return 1

    def _silence(self) -> None:
        """Streams before the first run: a warning of the compiler is shown, not lost."""
        sys.stdout = Printed(self._screen, is_output=True)
        sys.stderr = Printed(self._screen, is_output=False)

    def _open_streams(self, text: str) -> None:
        if self._before_run is not None:
            self._before_run(text)
        self._screen.start_run()
        stdin = Typed(text)
        self._silence()
        sys.stdin = stdin
        sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc,assignment]
        builtins.input = make_input(self._screen, stdin)
        sys.argv = [ANSWER_FILE]
        sys.settrace(None)
        sys.setrecursionlimit(_RECURSION_LIMIT)
        _seed_everything(self._job["seed"])

    def _fresh_module(self, name: str) -> types.ModuleType:
        module = types.ModuleType(name)
        module.__dict__["__builtins__"] = builtins
        sys.modules[name] = module  # dataclasses, typing and pickle look a class's module up here
        return module


def _seed_everything(seed: int) -> None:
    """Children of one warm process are equal; chance must come from the job, on purpose."""
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed)


def _wait_for_threads() -> None:
    """As Python does at its end: a program is over when its non-daemon threads are."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join()


def _callable_names(owner: Any) -> list[str]:
    try:
        return [name for name, value in vars(owner).items() if callable(value)]
    except Exception:  # an owner without __dict__, or with one that is learner code
        return []
