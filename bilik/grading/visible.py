"""What a learner's device may have of a spec, and what it makes of it: the same checker, without the hidden tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bilik.grading.check import check
from bilik.grading.checkers.python_cells import checker as python_cells
from bilik.grading.checkers.python_code import checker as python_code
from bilik.grading.report import Said, report
from bilik.grading.text import ExerciseText
from bilik.grading.verdict import Verdict
from runner.job import Job
from runner.result import Result

# The kinds whose answers are programs: these can be run without being checked.
TRIED = ("python_cells", "python_code")
_MOST_FILE_CHARACTERS = 200_000
_PUBLIC = ("kind", "points", "mode", "require", "libraries", "limits", "files", "writes")


def visible_spec(spec: Mapping[str, Any]) -> dict[str, Any] | None:
    """The part of a code task's spec that may leave the server; None when the task cannot be tried on a device.

    Hidden tests stay behind whole, and so does every feedback rule that names one or quotes what one expects.
    """
    if spec["kind"] not in TRIED or sum(map(len, spec["files"].values())) > _MOST_FILE_CHARACTERS:
        return None
    hidden = [test for part in spec.get("cells", [spec]) for test in part["tests"] if test["hidden"]]
    secrets = {_bare(test.get(key)) for test in hidden for key in ("expect", "output", "prints")} - {""}
    names = {test["name"] for test in hidden}
    seen = {key: spec[key] for key in _PUBLIC if key in spec}
    if "cells" in spec:
        seen["cells"] = [{key: cell[key] for key in ("id", "weight")} | _open_tests(cell) for cell in spec["cells"]]
    else:
        seen |= _open_tests(spec)
    seen["feedback"] = [
        rule
        for rule in spec["feedback"]
        if rule.get("test") not in names and not {_bare(rule.get("got")), _bare(rule.get("printed"))} & secrets
    ]
    return seen


def _open_tests(part: Mapping[str, Any]) -> dict[str, Any]:
    return {"tests": [test for test in part["tests"] if not test["hidden"]]}


def _bare(text: str | None) -> str:
    """A value as an author wrote it, without spaces: (1, 2) and (1,2) are the same secret."""
    return "".join((text or "").split())


def job_of(seen: Mapping[str, Any], code: Any) -> Job:
    """The job for the visible tests. What they expect is not in it. `code` is the answer: a notebook's by its cells."""
    if "cells" in seen:
        return python_cells.job_for(seen, [code.get(cell["id"], "") for cell in seen["cells"]])
    return python_code.job_for(seen, code, seen["tests"])


def verdict_of(seen: Mapping[str, Any], code: Any, result: Result) -> Verdict:
    """What the checker says of the visible tests, from what the program did."""
    return check(seen, code, run=lambda job: result)


def told(feedback: Sequence[Mapping[str, Any]], language: str) -> dict[str, Any]:
    """A verdict's feedback for a page that draws it itself. The author's words are named, not quoted."""
    names = {str(item["name"]): str(item["name"]) for item in feedback if item["code"] == "author"}
    made = report(feedback, ExerciseText(title="", task="", feedback=names), language)
    return {"said": [_as_json(item) for item in made.said], "tests": [dict(test) for test in made.tests]}


def _as_json(item: Said) -> dict[str, Any]:
    return {
        "author": item.markdown,
        "sentence": item.sentence,
        "cell": item.cell,
        "line": item.line,
        "source": item.source,
        "original": item.original,
        "more": list(item.more),
    }
