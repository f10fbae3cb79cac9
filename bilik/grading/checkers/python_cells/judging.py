"""From what the sandbox saw of a notebook to what each cell earned and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from bilik.grading.checkers.python_code.judging import Judged, error_of_hidden, error_shown, judge, rule_fits, shown
from bilik.grading.outputs import same_output
from runner.job import first_lines
from runner.result import ErrorReport, Run


@dataclass(frozen=True)
class CellJudged:
    """One cell after the run. `run` is what came of the cell itself; None when it was never reached."""

    cell: Mapping[str, Any]
    number: int
    run: Run | None
    tests: tuple[Judged, ...]

    @property
    def failed(self) -> bool:
        """Whether the cell itself did not come to its end."""
        return self.run is not None and (self.run.error is not None or not self.run.complete)

    @property
    def passed(self) -> bool:
        return all(item.passed for item in self.tests) and not self.failed and self.run is not None

    def earned(self) -> Fraction:
        """The cell's weight, in the part that its passed tests weigh. A cell without tests has no weight."""
        whole = sum(item.test["weight"] for item in self.tests)
        passed = sum(item.test["weight"] for item in self.tests if item.passed)
        return Fraction(self.cell["weight"] * passed, whole) if whole else Fraction(0)


def judge_cell(cell: Mapping[str, Any], number: int, run: Run | None, looks: Mapping[str, Run]) -> CellJudged:
    """`looks` is what came of the cell's expressions, by the test's name."""
    judged = []
    for test in cell["tests"]:
        if run is None:
            judged.append(judge(test, None))
        elif run.error is not None or not run.complete:
            judged.append(Judged(test, False, False, None, run.output, run.error))
        else:
            judged.append(judge(test, run if test["mode"] == "program" else looks.get(test["name"])))
    return CellJudged(cell, number, run, tuple(judged))


def whole_weight(cells: Sequence[CellJudged]) -> int:
    """What all cells with tests weigh together."""
    return sum(item.cell["weight"] for item in cells if item.tests)


def cell_rule_fits(rule: Mapping[str, Any], cells: Sequence[CellJudged], facts: Mapping[str, Any] | None) -> bool:
    """Whether an author's rule speaks of one of the cells; a cell that stopped is looked at also without tests."""
    for item in cells:
        if "cell" in rule and item.cell["id"] != rule["cell"]:
            continue
        tests = list(item.tests)
        if item.failed and item.run is not None and not tests:
            tests = [Judged({"name": "", "mode": "program"}, False, False, None, item.run.output, item.run.error)]
        if "printed" in rule and (item.run is None or not same_output(item.run.output, rule["printed"], "lines")):
            continue
        others = {key: value for key, value in rule.items() if key not in ("cell", "printed")}
        if "got" in rule:
            tests = [one for one in tests if one.test["mode"] == "calls"]
        if rule_fits(others, tests, facts):
            return True
    return False


def tests_shown(cells: Sequence[CellJudged]) -> list[dict[str, Any]]:
    """Each test for the page, with the cell it belongs to; errors by lines of the cell."""
    found = []
    for item in cells:
        for one in item.tests:
            public = shown(replace(one, error=None) if item.failed else one)
            if "error" in public:
                public["error"] = _in_cell(public["error"], cells)
            found.append(public | {"cell": item.cell["id"], "cell_number": item.number})
    return found


def first_error(cells: Sequence[CellJudged]) -> dict[str, Any] | None:
    """What may be told of the first error: that of a cell, else of a test, else a little of one in a hidden test."""
    for item in cells:
        if item.run is not None and item.run.error is not None:
            return _in_cell(error_shown(item.run.error), cells) | {"in_hidden_test": False}
    tests = [one for item in cells for one in item.tests if one.error is not None]
    for one in sorted(tests, key=lambda one: bool(one.test["hidden"])):
        assert one.error is not None
        told = error_of_hidden(one.error) if one.test["hidden"] else error_shown(one.error)
        return _in_cell(told, cells) | {"in_hidden_test": bool(one.test["hidden"])}
    return None


def place_of(line: int | None, codes: Sequence[str]) -> tuple[int, int] | None:
    """(number of the cell, line in it), both from 1, of a line of all cells together."""
    if line is None:
        return None
    starts = first_lines(codes)
    number = sum(start <= line for start in starts)
    return (number, line - starts[number - 1] + 1) if number else None


def _in_cell(error: dict[str, Any], cells: Sequence[CellJudged]) -> dict[str, Any]:
    place = place_of(error["line"], [item.cell["code"] for item in cells])
    if place is None:
        return error
    return error | {"cell_number": place[0], "line": place[1], "frames": []}


def error_line(run: Run) -> int | None:
    """The line of all cells together at which a limit was met."""
    error: ErrorReport | None = run.error
    return error.line if error else None
