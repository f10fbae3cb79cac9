"""Trying a program without being judged: running it with typed lines, or stepping through it. In both places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bilik.grading.answers import storable
from bilik.grading.checkers.limits import OUTCOMES, limits_for
from bilik.grading.checkers.python_cells import checker as python_cells
from bilik.grading.checkers.python_cells.judging import first_error, judge_cell
from bilik.grading.checkers.python_code.judging import error_shown
from bilik.grading.visible import told
from runner import steps
from runner.job import Call, Job
from runner.result import ErrorReport, Result

LONGEST_TYPED = 10_000


def job_to_try(what: str, seen: Mapping[str, Any], code: Any, typed: str) -> Job:
    """The job of a run (`what` is "run") or of a recording ("steps"). Of a notebook `code` has its cells by their ids,
    as far as they are to be run, and there are no steps and nothing to type.
    """
    if "cells" in seen:
        return python_cells.job_for(seen, _codes(seen, code), looks=False)
    return steps_job(seen, code, typed) if what == "steps" else program_job(seen, code, typed)


def what_was_tried(what: str, seen: Mapping[str, Any], code: Any, result: Result, language: str) -> dict[str, Any]:
    """What such a job shows. No verdict."""
    if "cells" in seen:
        return cells_told(seen, code, result, language)
    return steps_told(seen, result, language) if what == "steps" else program_told(seen, result, language)


def _codes(seen: Mapping[str, Any], code: Mapping[str, str]) -> list[str]:
    return [code[cell["id"]] for cell in seen["cells"] if cell["id"] in code]


def program_job(seen: Mapping[str, Any], code: str, typed: str) -> Job:
    """The program run once with `typed` as its input, under the task's own limits."""
    return Job(mode="program", code=code, inputs=(_whole_lines(typed),), **_surroundings(seen))


def steps_job(seen: Mapping[str, Any], code: str, typed: str) -> Job:
    """The program run once under a recorder of ours (see runner/steps.py)."""
    recorder = Path(steps.__file__).read_text(encoding="utf-8")
    call = Call("record", (code, _whole_lines(typed).splitlines()))
    return Job(mode="calls", code=recorder, calls=(call,), **_surroundings(seen))


def _surroundings(seen: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "files": {name: text.encode() for name, text in seen["files"].items()},
        "libraries": tuple(seen["libraries"]),
        "writes": seen["writes"],
        "limits": limits_for(seen["limits"]),
    }


def _whole_lines(typed: str) -> str:
    """What was typed into a box of lines, as a program reads it: every line ended."""
    text = storable(typed[:LONGEST_TYPED]).replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else text + "\n"


def program_told(seen: Mapping[str, Any], result: Result, language: str) -> dict[str, Any]:
    """What a run shows: the screen, and what to say of an error or a limit. No verdict."""
    run = result.runs[0] if result.runs else result.load
    error = run.error if run else None
    return {
        "shown": storable(run.shown) if run else "",
        "cut": bool(run and run.output_cut),
        "ended": result.ended,
        "said": told(_feedback(seen, result.ended, error), language)["said"],
    }


def cells_told(seen: Mapping[str, Any], code: Mapping[str, str], result: Result, language: str) -> dict[str, Any]:
    """What the last of the cells printed, and what to say of an error or a limit in any of them."""
    codes = _codes(seen, code)
    runs = [*result.runs, *[None] * len(codes)][: len(codes)]
    last = runs[-1] if runs else None
    cells = [
        judge_cell({"id": "", "code": text, "tests": ()}, number, run, {})
        for number, (text, run) in enumerate(zip(codes, runs, strict=True), 1)
    ]
    error, said = first_error(cells), []
    if result.ended in OUTCOMES:
        said = [{"code": f"limit.{result.ended}", **python_cells.limit_facts(seen, result, codes)}]
    elif error is not None:
        said = [{"code": "error", **error}]
    return {
        "shown": storable(last.shown) if last else "",
        "cut": bool(last and last.output_cut),
        "ended": result.ended,
        "said": told(said, language)["said"],
    }


def _feedback(seen: Mapping[str, Any], ended: str, error: ErrorReport | None) -> list[dict[str, Any]]:
    if ended in OUTCOMES:
        limits = seen["limits"]
        facts = {"seconds": limits["cpu_seconds"], **{key: limits[key] for key in ("memory_mb", "output_kb")}}
        return [{"code": f"limit.{ended}", "line": error.line if error else None, **facts}]
    return [{"code": "error", **error_shown(error)}] if error is not None else []


def steps_told(seen: Mapping[str, Any], result: Result, language: str) -> dict[str, Any]:
    """The recorded steps; none, with words on it, when a limit ended the recording."""
    text = result.runs[0].returned() if result.ended == "finished" and result.runs else None
    try:
        recorded = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        recorded = None
    if not isinstance(recorded, dict):
        recorded = {"steps": [], "output": "", "cut": result.ended, "error": ""}
    said = told(_feedback(seen, result.ended, None), language)["said"]
    return {**recorded, "said": said, "caps": {"steps": steps.MOST_STEPS, "items": steps.MOST_ITEMS}}
