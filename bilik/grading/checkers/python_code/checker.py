"""A Python program, checked by calling its functions or by giving it input: in the sandbox, never here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import LONGEST_TEXT, fields_of, one_text, storable
from bilik.grading.checkers.limits import OUTCOMES, limits_for
from bilik.grading.checkers.python_code.judging import Judged, error_of_hidden, error_shown, judge, rule_fits, shown
from bilik.grading.checkers.python_code.reading import parse_call, read_spec
from bilik.grading.checkers.python_code.requirements import unmet
from bilik.grading.problems import Table
from bilik.grading.programs import program_form
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Outcome, Verdict
from runner.job import Call, Job
from runner.result import Result, Run

VERSION = 1
NEEDS_SANDBOX = True
BLOCKS: Mapping[str, Block] = {}


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[tests]]`, `[require]`, `[[feedback]]`, `libraries`, `[limits]`, `writes`."""
    return read_spec(table, files)


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback of rules and of requirements."""
    return {rule["say"] for rule in spec["feedback"]} | set(spec["require"]["say"].values())


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """None beside those of every exercise."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """A code editor."""
    return [{"control": "code", "name": "answer", "language": "python", "longest": LONGEST_TEXT}]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The program's text."""
    return one_text(fields, longest=LONGEST_TEXT)


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """solution.py."""
    return solution


def job_for(spec: Mapping[str, Any], code: str, tests: Sequence[Mapping[str, Any]], spent: Result | None = None) -> Job:
    """What the sandbox is asked to do for these tests. Expected values stay here.

    `spent` is what an earlier job for the same answer has used of the time.
    """
    calls = tuple(Call(*_parts(test["call"])) for test in tests) if spec["mode"] == "calls" else ()
    return Job(
        mode=spec["mode"],
        code=code,
        calls=calls,
        inputs=tuple(test["input"] for test in tests) if spec["mode"] == "program" else (),
        files={name: text.encode() for name, text in spec["files"].items()},
        libraries=tuple(spec["libraries"]),
        limits=limits_for(spec["limits"], spent),
        writes=spec["writes"],
    )


def _parts(call: str) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    parts = parse_call(call)
    if parts is None:
        raise ValueError(f"not a call: {call}")
    return parts


def _run_tests(spec: Mapping[str, Any], code: str, run: Any) -> tuple[Result, list[Run | None]]:
    """What came of the whole, and of each test.

    The hidden tests run after the others and in a process of their own. So nothing of them is in reach while that
    is made which the learner gets to see.
    """
    places = range(len(spec["tests"]))
    runs: list[Run | None] = [None for _ in places]
    whole: Result | None = None
    for hidden in (False, True):
        chosen = [place for place in places if spec["tests"][place]["hidden"] is hidden]
        if not chosen or (whole is not None and _is_over(whole)):
            continue
        result: Result = run(job_for(spec, code, [spec["tests"][place] for place in chosen], whole))
        for place, one in zip(chosen, result.runs, strict=False):
            runs[place] = one
        whole = result if whole is None else _joined(whole, result)
    assert whole is not None  # a task has at least one test
    return whole, runs


def _is_over(result: Result) -> bool:
    return result.ended != "finished" or (result.load is not None and result.load.error is not None)


def _joined(first: Result, second: Result) -> Result:
    return replace(
        second,
        runs=first.runs + second.runs,
        cpu_ms=first.cpu_ms + second.cpu_ms,
        wall_ms=first.wall_ms + second.wall_ms,
        memory_kb=max(first.memory_kb, second.memory_kb),
    )


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The program as its syntax tree prints it."""
    return program_form(str(answer))


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """Runs the program against all tests; each earns its weight's share of the points.

    A program that passes its tests but is not made as required has half of the points: it works, and the task was to
    do it another way.
    """
    result, runs = _run_tests(spec, answer, run)
    broken = result.load.error if result.load else None
    tests = [judge(test, one) for test, one in zip(spec["tests"], runs, strict=True)]
    if broken is not None:
        tests = [Judged(test, passed=False, ran=False, got=None, output="", error=broken) for test in spec["tests"]]
    missing = unmet(spec["require"], result.facts)
    feedback = [*_first_words(spec, result, tests), *missing]
    feedback += [Feedback("test", shown(item)) for item in tests] if broken is None else []
    outcome = _outcome(result, tests, bool(missing))
    return Verdict(
        outcome, _score(spec, tests, outcome, bool(missing)), spec["points"], tuple(feedback), _proof(result, tests)
    )


def _outcome(result: Result, tests: list[Judged], requirement_missing: bool) -> Outcome:
    if result.ended in OUTCOMES:
        return OUTCOMES[result.ended]
    if all(item.passed for item in tests):
        return Outcome.PARTIAL if requirement_missing else Outcome.ACCEPTED
    first = next(item for item in tests if not item.passed)
    broken = result.load.error if result.load else None
    if broken is not None or first.error is not None:
        error = broken or first.error
        return Outcome.MEMORY_LIMIT if error and error.type == "MemoryError" else Outcome.RUNTIME_ERROR
    return Outcome.PARTIAL if any(item.passed for item in tests) else Outcome.WRONG


def _score(spec: Mapping[str, Any], tests: list[Judged], outcome: Outcome, requirement_missing: bool) -> Decimal:
    whole = sum(item.test["weight"] for item in tests)
    earned = sum(item.test["weight"] for item in tests if item.passed)
    if outcome is Outcome.ACCEPTED:
        return Decimal(spec["points"])
    return verdict.part_of(earned, whole * 2 if requirement_missing else whole, of=spec["points"])


def _first_words(spec: Mapping[str, Any], result: Result, tests: list[Judged]) -> list[Feedback]:
    """What stands above the tests: the author's word for this mistake, the error, the limit that was met."""
    words: list[Feedback] = []
    for rule in spec["feedback"]:
        if rule_fits(rule, tests, result.facts):
            words.append(verdict.author(rule["say"]))
            break
    error, hidden = _first_error(result, tests)
    if result.ended in OUTCOMES:
        line = error["line"] if error else None
        words.append(Feedback(f"limit.{result.ended}", {"line": line, **_limit_facts(spec)}))
    elif error is not None:
        words.append(Feedback("error", {**error, "in_hidden_test": hidden}))
    return words


def _first_error(result: Result, tests: list[Judged]) -> tuple[dict[str, Any] | None, bool]:
    """The first error that the learner could see, or else what may be told of one in a hidden test."""
    if result.load is not None and result.load.error is not None:
        return error_shown(result.load.error), False
    for item in sorted(tests, key=lambda item: bool(item.test["hidden"])):
        if item.error is not None:
            hidden = bool(item.test["hidden"])
            return (error_of_hidden(item.error) if hidden else error_shown(item.error)), hidden
    return None, False


def _limit_facts(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "seconds": spec["limits"]["cpu_seconds"],
        "memory_mb": spec["limits"]["memory_mb"],
        "output_kb": spec["limits"]["output_kb"],
    }


def _proof(result: Result, tests: list[Judged]) -> dict[str, Any]:
    return {
        "passed": sum(item.passed for item in tests),
        "tests": len(tests),
        "ended": result.ended,
        "detail": storable(result.detail),
        "cpu_ms": result.cpu_ms,
        "memory_kb": result.memory_kb,
        "mechanisms": list(result.mechanisms),
    }
