"""A notebook: cells of Python that share their names, run in order in the sandbox and looked at after each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import LONGEST_TEXT, InvalidAnswer, fields_of, one_text, sent, storable
from bilik.grading.checkers.limits import OUTCOMES, limits_for
from bilik.grading.checkers.python_cells.judging import (
    CellJudged,
    cell_rule_fits,
    error_line,
    first_error,
    judge_cell,
    place_of,
    tests_shown,
    whole_weight,
)
from bilik.grading.checkers.python_cells.reading import read_spec
from bilik.grading.checkers.python_code.requirements import unmet
from bilik.grading.problems import Table
from bilik.grading.programs import program_form
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Outcome, Verdict
from runner.job import Cell, Job
from runner.result import Result, Run

VERSION = 1
NEEDS_SANDBOX = True
BLOCKS: Mapping[str, Block] = {"cell": Block(shown="text")}


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[cells]]` with `[[cells.tests]]`, `[require]`, `[[feedback]]`, `libraries`, `[limits]`, `writes`."""
    return read_spec(table, files)


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback of rules and of requirements."""
    return {rule["say"] for rule in spec["feedback"]} | set(spec["require"]["say"].values())


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The words before each cell."""
    return {f"cell {cell['id']}": () for cell in spec["cells"]}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """A code editor for each cell, with the words that stand before it."""
    return [
        {
            "control": "cell",
            "name": f"answer-{cell['id']}",
            "cell": cell["id"],
            "number": number,
            "block": f"cell {cell['id']}",
            "language": "python",
            "longest": LONGEST_TEXT,
            "starter": cell["starter"],
        }
        for number, cell in enumerate(spec["cells"], 1)
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The code of each cell by its id. Some may be empty, not all."""
    answer = {}
    for cell in spec["cells"]:
        name = f"answer-{cell['id']}"
        has_text = any(text.removeprefix("\ufeff").strip() for text in sent(fields, name)[:1])
        answer[cell["id"]] = one_text(fields, longest=LONGEST_TEXT, name=name) if has_text else ""
    if not any(answer.values()):
        raise InvalidAnswer("invalid.empty")
    if sum(map(len, answer.values())) > LONGEST_TEXT:
        raise InvalidAnswer("invalid.too_long", longest=LONGEST_TEXT)
    return answer


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One field for each cell."""
    if not isinstance(answer, Mapping):
        raise InvalidAnswer("invalid.cells", cells=[cell["id"] for cell in spec["cells"]])
    if unknown := sorted(set(map(str, answer)) - {cell["id"] for cell in spec["cells"]}):
        raise InvalidAnswer("invalid.no_such_cell", cell=unknown[0], cells=[cell["id"] for cell in spec["cells"]])
    return fields_of(answer)


def model_answer(spec: Mapping[str, Any], solution: str) -> dict[str, str]:
    """The files of solution/."""
    return {cell["id"]: cell["solution"] for cell in spec["cells"]}


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """Each cell as its syntax tree prints it."""
    if not isinstance(answer, Mapping):
        return program_form(str(answer))
    return {str(name): program_form(str(code)) for name, code in answer.items()}


def check(spec: Mapping[str, Any], answer: Mapping[str, str], run: Any) -> Verdict:
    """Runs the cells in order; each earns its weight by its tests. What ran before a failure keeps its points."""
    codes = [answer.get(cell["id"], "") for cell in spec["cells"]]
    result, cells = _run(spec, codes, run)
    missing = unmet(spec["require"], result.facts)
    feedback = [*_first_words(spec, result, cells, codes), *missing]
    feedback += [Feedback("test", public) for public in tests_shown(cells)]
    outcome = _outcome(result, cells, bool(missing))
    return Verdict(
        outcome, _score(spec, cells, outcome, bool(missing)), spec["points"], tuple(feedback), _proof(result)
    )


def _run(spec: Mapping[str, Any], codes: Sequence[str], run: Any) -> tuple[Result, list[CellJudged]]:
    """What came of the cells. Hidden expressions are looked at afterwards, in a process of their own, which runs the
    cells again as far as they came.
    """
    first: Result = run(job_for(spec, codes))
    own, looks = _sorted_out(spec, first, len(codes), hidden=False)
    came = sum(one is not None and one.error is None and one.complete for one in own)
    has_hidden = any(_expressions(cell, hidden=True) for cell in spec["cells"][:came])
    # Hidden tests run only where the visible part was not broken off by a limit in the middle of its looks.
    if has_hidden and came:
        second: Result = run(job_for(spec, codes[:came], hidden=True))
        looks |= _sorted_out(spec, second, came, hidden=True)[1]
        if first.ended == "finished" and second.ended != "finished":
            first = second
    cells = [
        judge_cell({**cell, "code": code}, number, own[number - 1], looks)
        for number, (cell, code) in enumerate(zip(spec["cells"], codes, strict=True), 1)
    ]
    return first, cells


def _expressions(cell: Mapping[str, Any], *, hidden: bool) -> list[Mapping[str, Any]]:
    return [test for test in cell["tests"] if test["mode"] == "calls" and test["hidden"] is hidden]


def job_for(spec: Mapping[str, Any], codes: Sequence[str], *, hidden: bool = False, looks: bool = True) -> Job:
    """What the sandbox is asked to do: the first cells, and with `looks` what their tests look at after each. Expected
    values stay here.
    """
    cells = [
        Cell(code, tuple(test["call"] for test in _expressions(cell, hidden=hidden) if looks))
        for cell, code in zip(spec["cells"], codes, strict=False)
    ]
    return Job(
        mode="cells",
        code="",
        cells=tuple(cells),
        files={name: text.encode() for name, text in spec["files"].items()},
        libraries=tuple(spec["libraries"]),
        limits=limits_for(spec["limits"]),
        writes=spec["writes"],
    )


def _sorted_out(
    spec: Mapping[str, Any], result: Result, count: int, *, hidden: bool
) -> tuple[list[Run | None], dict[str, Run]]:
    """The run of each cell (None where it was not reached), and of each expression by the name of its test."""
    rest, own, looks = list(result.runs), [], {}
    for cell in spec["cells"][:count]:
        own.append(rest.pop(0) if rest else None)
        for test in _expressions(cell, hidden=hidden):
            if rest:
                looks[test["name"]] = rest.pop(0)
    return own, looks


def _outcome(result: Result, cells: Sequence[CellJudged], requirement_missing: bool) -> Outcome:
    if result.ended in OUTCOMES:
        return OUTCOMES[result.ended]
    if all(item.passed for item in cells):
        return Outcome.PARTIAL if requirement_missing else Outcome.ACCEPTED
    stopped = next((item.run.error for item in cells if item.run is not None and item.run.error is not None), None)
    if stopped is not None:
        return Outcome.MEMORY_LIMIT if stopped.type == "MemoryError" else Outcome.RUNTIME_ERROR
    return Outcome.PARTIAL if any(one.passed for item in cells for one in item.tests) else Outcome.WRONG


def _score(
    spec: Mapping[str, Any], cells: Sequence[CellJudged], outcome: Outcome, requirement_missing: bool
) -> Decimal:
    if outcome is Outcome.ACCEPTED:
        return Decimal(spec["points"])
    earned = sum((item.earned() for item in cells), Fraction(0))
    whole = whole_weight(cells)
    return verdict.part_of(earned, whole * 2 if requirement_missing else whole, of=spec["points"])


def _first_words(
    spec: Mapping[str, Any], result: Result, cells: Sequence[CellJudged], codes: Sequence[str]
) -> list[Feedback]:
    """What stands above the tests: the author's word for this mistake, the error, the limit, what did not run."""
    words = []
    rule = next((rule for rule in spec["feedback"] if cell_rule_fits(rule, cells, result.facts)), None)
    if rule is not None:
        words.append(verdict.author(rule["say"]))
    error = first_error(cells)
    if result.ended in OUTCOMES:
        words.append(Feedback(f"limit.{result.ended}", limit_facts(spec, result, codes)))
    elif error is not None:
        words.append(Feedback("error", error))
    stopped = next((item for item in cells if item.run is None or item.failed), None)
    if stopped is not None and stopped.failed and stopped.number < len(cells):
        words.append(Feedback("cells.stopped", {"cell": stopped.number, "count": len(cells) - stopped.number}))
    return words


def limit_facts(spec: Mapping[str, Any], result: Result, codes: Sequence[str]) -> dict[str, Any]:
    """What a sentence about a limit tells, with the place where it was met."""
    limits = spec["limits"]
    place = place_of(error_line(result.runs[-1]) if result.runs else None, codes)
    return {
        "seconds": limits["cpu_seconds"],
        "memory_mb": limits["memory_mb"],
        "output_kb": limits["output_kb"],
        "line": place[1] if place else None,
        "cell_number": place[0] if place else None,
    }


def _proof(result: Result) -> dict[str, Any]:
    return {
        "ended": result.ended,
        "detail": storable(result.detail),
        "cpu_ms": result.cpu_ms,
        "memory_kb": result.memory_kb,
        "mechanisms": list(result.mechanisms),
    }
