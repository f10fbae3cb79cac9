"""The one place where an answer meets its key: in the author's shell, in the browser and on the server alike."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bilik.grading.answers import InvalidAnswer
from bilik.grading.kinds import KINDS, Run
from bilik.grading.verdict import Verdict, invalid


def needs_sandbox(spec: Mapping[str, Any]) -> bool:
    """Whether checking an answer to this task runs a program."""
    return KINDS[spec["kind"]].NEEDS_SANDBOX and bool(spec.get("sandbox", True))


def parse_answer(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> Any:
    """The answer in what a form or a file sent. Raises InvalidAnswer with feedback that says why it is none."""
    return KINDS[spec["kind"]].parse(spec, fields)


def check(spec: Mapping[str, Any], answer: Any, *, run: Run) -> Verdict:
    """The verdict on a parsed answer.

    `run` runs a program in the sandbox and is called only by kinds that need it. Raises PlatformFault when the
    platform could not grade; whatever the answer is, it never raises anything else.
    """
    started = time.perf_counter_ns()
    checker = KINDS[spec["kind"]]
    try:
        verdict = checker.check(spec, answer, run)
    except InvalidAnswer as error:
        verdict = invalid(spec["points"], error.feedback)
    evidence = {"checker": f"{spec['kind']}/{checker.VERSION}", **verdict.evidence}
    return replace(verdict, evidence=evidence, ms=(time.perf_counter_ns() - started) // 1_000_000)
