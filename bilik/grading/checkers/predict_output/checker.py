"""Say what a program prints. The program is run once, before anybody answers; the author writes no output."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import LONGEST_TEXT, fields_of, one_text
from bilik.grading.checkers.short_text.checker import read_text_feedback
from bilik.grading.normal import same
from bilik.grading.outputs import same_output
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, PlatformFault, Verdict
from runner.job import Job

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {}


def read(table: Table, files: Any) -> dict[str, Any]:
    """`program.py`, `[[feedback]]`."""
    program = files.text("program.py")
    if not program.strip():
        table.problem("", "There is no program.py to predict.", code="no-program")
    return {"program": program, "output": None, "feedback": read_text_feedback(table)}


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Runs the program and keeps what it printed. Raises ValueError when it fails: then the task is broken."""
    result = run(Job(mode="program", code=spec["program"], inputs=("",)))
    first = result.runs[0] if result.runs else None
    error = (result.load.error if result.load else None) or (first.error if first else None)
    if error is not None:
        raise ValueError(f"program.py stops with {error.type} in line {error.line}")
    if result.ended != "finished" or first is None:
        raise ValueError(f"program.py does not run to its end ({result.ended})")
    if not first.output.strip():
        raise ValueError("program.py prints nothing")
    return {**spec, "output": first.output}


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback to expected wrong predictions."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """None beside those of every exercise."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The program to read, and a box with as many lines as a prediction may need."""
    return [
        {"control": "program", "code": spec["program"]},
        {"control": "output", "name": "answer", "longest": LONGEST_TEXT},
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The predicted output."""
    return one_text(fields, longest=LONGEST_TEXT)


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The lines without what is invisible."""
    return "\n".join(line.rstrip() for line in str(answer).strip().splitlines())


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """Right when the lines are the same; spaces at line ends and empty lines around do not count."""
    if spec["output"] is None:
        raise PlatformFault("this task was never prepared")
    if same_output(answer, spec["output"], "lines"):
        return verdict.accepted(spec["points"])
    for rule in spec["feedback"]:
        if same_output(answer, rule["answer"], "lines"):
            return verdict.wrong(spec["points"], verdict.author(rule["say"]))
    return verdict.wrong(spec["points"], *_general_advice(answer, spec["output"]))


def _general_advice(answer: str, output: str) -> tuple[Feedback, ...]:
    wanted, given = len(output.strip().splitlines()), len(answer.strip().splitlines())
    if wanted != given:
        return (Feedback("predict.lines", {"given": given}),)
    if same(answer, output, ("case", "spaces", "punctuation")):
        return (Feedback("predict.exactly"),)
    return ()


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """What the program printed."""
    return str(spec["output"] or "")
