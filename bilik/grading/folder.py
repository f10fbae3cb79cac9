"""Grading straight from an exercise folder: what `bilik grade` and `bilik course check` do for each answer."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.exercise import Exercise, Folder, exercise_from_folder, read_folder
from bilik.grading.kinds import KINDS, Run
from bilik.grading.problems import Problem
from bilik.grading.verdict import Verdict, invalid
from runner.job import Call, Job, Limits


class BrokenExercise(Exception):
    """The exercise itself cannot be used; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Prepared:
    """An exercise ready to grade: one variant, with what had to be worked out first."""

    exercise: Exercise
    folder: Folder
    seed: int


def prepare_exercise(path: Path, *, seed: int = 0, run: Run) -> Prepared:
    """Reads a folder, makes its variant and works out what must be. Raises BrokenExercise."""
    problems: list[Problem] = []
    folder = read_folder(path, problems=problems)
    prepared = prepare_variant(folder, seed=seed, run=run, problems=problems)
    errors = [problem for problem in problems if problem.level == "error"]
    if errors or prepared is None:
        raise BrokenExercise(errors)
    return prepared


def prepare_variant(folder: Folder, *, seed: int, run: Run, problems: list[Problem]) -> Prepared | None:
    """One variant of a folder in memory; problems are added to the list, None when nothing can be graded."""
    values: dict[str, Any] = {}
    if code := folder.text("variant.py"):
        try:
            values = variant_values(code, seed=seed, run=run)
        except ValueError as error:
            problems.append(Problem(f"{folder.name}/variant.py", 0, "error", "variant", f"Seed {seed}: {error}"))
            return None
    exercise = exercise_from_folder(folder, problems=problems, values=values)
    if exercise is None:
        return None
    try:
        spec = KINDS[exercise.kind].prepare(exercise.spec, run)
    except ValueError as error:
        problems.append(Problem(f"{folder.name}/exercise.toml", 0, "error", "prepare", f"Seed {seed}: {error}."))
        return None
    return Prepared(replace(exercise, spec=spec), folder, seed)


def variant_values(code: str, *, seed: int, run: Run) -> dict[str, Any]:
    """What `variant(seed)` gives, from the sandbox. Raises ValueError with a sentence for the author."""
    job = Job(mode="calls", code=code, calls=(Call("variant", (seed,)),), seed=seed, limits=Limits(cpu_seconds=5.0))
    result = run(job)
    error = (result.load.error if result.load else None) or (result.runs[0].error if result.runs else None)
    if error is not None:
        raise ValueError(f"variant() stopped with {error.type} in line {error.line}: {error.message}")
    if result.ended != "finished" or not result.runs:
        raise ValueError(f"variant() did not finish: {result.ended}")
    values = result.runs[0].returned()
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ValueError("variant() must return a dictionary with names as keys")
    if strange := [key for key, value in values.items() if not _is_plain(value)]:
        raise ValueError(f"variant() gives {strange[0]!r} a value that is no number, text or list of these")
    return values


def _is_plain(value: Any) -> bool:
    """Whether a value can be written into a text and stored as JSON."""
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def grade_fields(prepared: Prepared, fields: dict[str, list[str]], *, run: Run) -> Verdict:
    """The verdict on what a form or a file holds."""
    spec = prepared.exercise.spec
    try:
        answer = parse_answer(spec, fields)
    except InvalidAnswer as error:
        return invalid(spec["points"], error.feedback)
    return check(spec, answer, run=run)


def grade_answer(prepared: Prepared, answer: Any, *, run: Run) -> Verdict:
    """The verdict on an answer as an author writes it, in a file or in `[[wrong]]`: a text, a list or a table."""
    spec = prepared.exercise.spec
    try:
        fields = KINDS[spec["kind"]].fields(spec, answer)
    except InvalidAnswer as error:
        return invalid(spec["points"], error.feedback)
    return grade_fields(prepared, fields, run=run)
