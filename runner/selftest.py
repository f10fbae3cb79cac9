"""Runs hostile programs against the real sandbox of this machine and says what held.

``python -m runner.selftest [--quick] [--json]`` exits with 1 when anything escaped, 2 when this
machine cannot run answers at all. Judging asks
for the quick set at its start and refuses to begin when a case fails.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from runner.faults import PlatformFault
from runner.host import Runner
from runner.job import Job, Limits
from runner.result import Result

_FOLDER = Path(__file__).parent / "abuse"
_ESCAPED = "ESCAPED"
_SCRATCH_WORDS = "needs a writable folder, which this machine cannot give without a pen"
NOT_APPLICABLE = {
    34: "organisers' checkers are judged by the grading room, which may run them as jobs too",
    35: "about the queue of submissions, not about a running program",
    36: "about web requests, not about a running program",
    37: "the runner calls no address that anybody gives; the program's own attempts are case 10",
}
_BY_HEADER = {"cpu_seconds": float, "wall_seconds": float}


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile program. holds: endings that count as held. by: what should hold it.

    error: the exception that the program means to end with; any other would mean that it broke
    before it had tried everything, and a test of nothing must not count as held.
    """

    number: int
    title: str
    code: str
    holds: tuple[str, ...]
    limits: Limits
    quick: bool
    writes: bool
    by: str
    error: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case came to. stopped is None when it does not apply here; `why` then says it."""

    number: int
    title: str
    stopped: bool | None
    by: str
    ended: str
    why: str
    ms: float


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes, the fences that were active, and whether every case that applies was stopped."""

    passed: bool
    mechanisms: tuple[str, ...]
    notes: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    seconds: float


def load_cases(cases: str = "all") -> list[Case]:
    """The cases of the folder ``abuse``, by number; "quick" leaves only those marked so."""
    found = [_read_case(path) for path in sorted(_FOLDER.glob("case_*.py"))]
    return [case for case in found if case.quick or cases == "all"]


def _read_case(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    lines = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    header = dict(line.split(": ", 1) for line in lines if ": " in line)
    limits: dict[str, Any] = {}
    for word in header.get("limits", "").split():
        name, _, value = word.partition("=")
        limits[name] = _BY_HEADER.get(name, int)(value)
    prelude = (_FOLDER / "prelude.py").read_text(encoding="utf-8")
    return Case(
        number=int(header["case"]),
        title=header["title"],
        code=prelude + "\n\n" + text,
        holds=tuple(header["holds"].split()),
        limits=Limits(**limits),
        quick=header.get("quick") == "yes",
        writes=header.get("writes") == "yes",
        by=header["by"],
        error=header.get("error", ""),
    )


def job_of(case: Case) -> Job:
    """The job that runs one case."""
    return Job("program", case.code, inputs=("canary input\n",), limits=case.limits, writes=case.writes)


def run_selftest(cases: str = "quick", runner: Runner | None = None) -> Report:
    """Run the "quick" or "all" cases in `runner` (a new one by default).

    Raises PlatformFault when this machine cannot run answers at all.
    """
    started = time.monotonic()
    own = runner or Runner("base")
    try:
        mechanisms, notes = own.mechanisms, own.notes
        outcomes = [_try(own, case) for case in load_cases(cases)]
        outcomes.append(_next_job_is_unaffected(own))
    finally:
        if runner is None:
            own.close()
    if cases == "all":
        outcomes += [Outcome(n, "", None, "", "", why, 0.0) for n, why in NOT_APPLICABLE.items()]
    passed = all(outcome.stopped is not False for outcome in outcomes)
    seconds = round(time.monotonic() - started, 3)
    return Report(passed, mechanisms, notes, tuple(outcomes), seconds)


def _try(runner: Runner, case: Case) -> Outcome:
    if case.writes and "pen" not in runner.mechanisms:
        return Outcome(case.number, case.title, None, case.by, "", _SCRATCH_WORDS, 0.0)
    started = time.monotonic()
    result = runner.run(job_of(case))
    ms = round((time.monotonic() - started) * 1000, 1)
    why = what_escaped(case, result, has_pen="pen" in runner.mechanisms)
    return Outcome(case.number, case.title, not why, case.by, result.ended, why, ms)


def what_escaped(case: Case, result: Result, *, has_pen: bool = True) -> str:
    """Why the case counts as not stopped; empty when it was stopped."""
    if result.ended not in case.holds:
        return f"ended as {result.ended} {result.detail}"
    errors = [run.error.type for run in result.runs if run.error]
    if result.ended == "finished" and errors != [case.error] * bool(case.error):
        return f"the program itself broke: {errors}"
    printed = "\n".join(run.shown for run in result.runs)
    escaped = [line for line in printed.splitlines() if line.startswith(_ESCAPED)]
    return "; ".join(escaped)[:500]


def _next_job_is_unaffected(runner: Runner) -> Outcome:
    code = "import math\nprint(sum(int(word) for word in input().split()), math.pi)\n"
    result = runner.run(Job("program", code, inputs=("1 2 3\n",)))
    right = bool(result.runs) and result.runs[0].output == "6 3.141592653589793\n"
    return Outcome(0, "An honest job afterwards", right, "", result.ended, "" if right else "wrong", 0.0)


def _print(report: Report) -> None:
    print("active:", ", ".join(report.mechanisms))
    for note in report.notes:
        print("note:", note)
    words = {True: "stopped", False: "NOT STOPPED", None: "n/a"}
    for o in report.outcomes:
        print(f"{o.number:3} {words[o.stopped]:11} {o.ended:13} {o.ms:8.1f} ms  {o.title}  [{o.why or o.by}]")
    print("PASSED" if report.passed else "FAILED", f"in {report.seconds} s")


def main(arguments: Iterable[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m runner.selftest", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the cases judging asks for at its start")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args(None if arguments is None else list(arguments))
    # So that case 20 has a secret to look for.
    os.environ.setdefault("BILIK_CANARY", "selftest")
    try:
        report = run_selftest("quick" if options.quick else "all")
    except PlatformFault as fault:
        print("no answer can be run here:", fault.reason, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(asdict(report), indent=1))
    else:
        _print(report)
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main())
