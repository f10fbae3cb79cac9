"""Trying a program without being judged: running it with typed lines, or stepping through it. In both places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bilik.grading.answers import storable
from bilik.grading.checkers.limits import OUTCOMES, limits_for
from bilik.grading.checkers.python_code.judging import error_shown
from bilik.grading.visible import told
from runner import steps
from runner.job import Call, Job
from runner.result import ErrorReport, Result

LONGEST_TYPED = 10_000


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
