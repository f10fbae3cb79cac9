"""Notebooks for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.kinds import KINDS, Run
from bilik.grading.tests.helpers import spec_of
from bilik.grading.verdict import Verdict, invalid

TWO = """
[[cells]]
id = "load"
[[cells.tests]]
name = "rows"
call = "len(rows)"
expect = "3"
[[cells]]
id = "total"
[[cells.tests]]
name = "value"
call = "total"
expect = "6"
[[cells.tests]]
name = "printed"
output = "6"
"""
RIGHT = {"load": "rows = [1, 2, 3]", "total": "total = sum(rows)\nprint(total)"}


def notebook(toml: str = TWO, *, solution: Mapping[str, str] = RIGHT, data: dict[str, bytes] | None = None) -> Any:
    """The spec of a notebook in which nothing is wrong."""
    files = {f"solution/{name}.py": code for name, code in solution.items()}
    return spec_of("python_cells", toml, files=files, data=data)


def answered(spec: Any, run: Run, **cells: str) -> Verdict:
    """The verdict on the right cells with these in their place."""
    try:
        fields = KINDS["python_cells"].fields(spec, {**RIGHT, **cells})
        return check(spec, parse_answer(spec, fields), run=run)
    except InvalidAnswer as error:
        return invalid(spec["points"], error.feedback)


def passed_by_name(verdict: Verdict) -> dict[str, bool]:
    """Whether each test passed, by its name."""
    return {str(item.data["name"]): bool(item.data["passed"]) for item in verdict.feedback if item.code == "test"}


def facts_of(verdict: Verdict, code: str) -> dict[str, Any]:
    """The facts of the feedback with this code."""
    return next(dict(item.data) for item in verdict.feedback if item.code == code)
