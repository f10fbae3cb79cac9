"""Small makers for tests: a spec from a piece of TOML, a verdict from a text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.exercise import Folder
from bilik.grading.kinds import KINDS, Run
from bilik.grading.problems import Problem, Table, toml_lines
from bilik.grading.verdict import Verdict, invalid
from runner.job import Job
from runner.result import Result


def no_run(job: Job) -> Result:
    """For kinds that never run a program."""
    raise AssertionError("this kind must not run a program")


def read(
    kind: str,
    toml: str,
    *,
    files: Mapping[str, str] | None = None,
    data: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """The spec that a kind makes of a piece of exercise.toml, and what is wrong with it."""
    problems: list[Problem] = []
    table = Table(tomllib.loads(toml), file="exercise.toml", lines=toml_lines(toml), problems=problems)
    folder = Folder(Path("example"), "example", dict(files or {}), dict(data or {}), dict(pictures or {}))
    spec = {**KINDS[kind].read(table, folder), "kind": kind, "points": 3}
    table.leave_no_rest()
    return spec, problems


def spec_of(kind: str, toml: str, **more: Any) -> dict[str, Any]:
    """The same where nothing is wrong."""
    spec, problems = read(kind, toml, **more)
    assert problems == []
    return spec


def graded(spec: Mapping[str, Any], *answer: str, run: Run = no_run) -> Verdict:
    """The verdict on what a form holds in its field `answer`."""
    return graded_form(spec, {"answer": list(answer)}, run=run)


def graded_as_written(spec: Mapping[str, Any], answer: Any, run: Run = no_run) -> Verdict:
    """The verdict on an answer as an author writes it."""
    try:
        form = KINDS[spec["kind"]].fields(spec, answer)
    except InvalidAnswer as error:
        return invalid(spec["points"], error.feedback)
    return graded_form(spec, form, run=run)


def graded_form(spec: Mapping[str, Any], form: Mapping[str, list[str]], *, run: Run = no_run) -> Verdict:
    """The verdict on what a form holds."""
    try:
        parsed = parse_answer(spec, form)
    except InvalidAnswer as error:
        return invalid(spec["points"], error.feedback)
    return check(spec, parsed, run=run)


def codes(verdict: Verdict) -> list[str]:
    """What was said, shortly: an author's block by its name, everything else but tests by its code."""
    return [
        str(item.data["name"]) if item.code == "author" else item.code
        for item in verdict.feedback
        if item.code != "test"
    ]
