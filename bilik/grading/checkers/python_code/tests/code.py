"""Code exercises for tests, and what the sandbox says of an answer to them."""

from __future__ import annotations

import json
from typing import Any

from bilik.grading.kinds import Run
from bilik.grading.tests.helpers import graded, spec_of
from bilik.grading.verdict import Verdict


def code(toml: str, *, data: dict[str, bytes] | None = None) -> dict[str, Any]:
    """The spec of a code exercise in which nothing is wrong."""
    return spec_of("python_code", toml, files={"solution.py": "pass"}, data=data)


def call(call: str, expect: str, more: str = "") -> str:
    """One function test in TOML."""
    return f"[[tests]]\ncall = {json.dumps(call)}\nexpect = {json.dumps(expect)}\n{more}\n"


def program(output: str, lines: list[str] | None = None, more: str = "") -> str:
    """One program test in TOML."""
    return f"[[tests]]\ninput = {json.dumps(lines or [])}\noutput = {json.dumps(output)}\n{more}\n"


def returns(value: str, expect: str, more: str = "", *, run: Run, before: str = "") -> bool:
    """Whether a function that gives `value` passes a test that expects `expect`."""
    verdict = graded(code(call("f()", expect, more)), f"{before}\ndef f():\n    return {value}", run=run)
    return shown_tests(verdict)[0]["passed"]


def prints(text: str, output: str, more: str = "", *, run: Run) -> bool:
    """Whether a program that prints `text` passes a test that expects `output`."""
    return shown_tests(graded(code(program(output, more=more)), f"print({text!r}, end='')", run=run))[0]["passed"]


def shown_tests(verdict: Verdict) -> list[dict[str, Any]]:
    """What is shown of each test."""
    return [dict(item.data) for item in verdict.feedback if item.code == "test"]


def error_of(verdict: Verdict) -> dict[str, Any]:
    """What is told of the error."""
    return next(dict(item.data) for item in verdict.feedback if item.code == "error")
