"""From what the sandbox saw to what each test says. No program runs here and nothing is trusted but sizes and types."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from bilik.grading.answers import storable
from bilik.grading.checkers.python_code.requirements import fits
from bilik.grading.checkers.python_code.values import equal
from bilik.grading.outputs import same_output
from runner.result import ErrorReport, Run
from runner.values import Array, Opaque, Table

MOST_SHOWN = 2_000
_OPERATORS = "+ - * / // % @ ** += -= *= /= //= %= **= < <= > >= in & | ^ << >>".split()
_PYTHONS_WORDS = frozenset({*dir(builtins), "NoneType", "function", "module", *_OPERATORS})


@dataclass(frozen=True)
class Judged:
    """One test after the run: passed or not, and what a rule or a page may want to know of it.

    `ran`: to its end, so that there is something it gave.
    """

    test: Mapping[str, Any]
    passed: bool
    ran: bool
    got: Any
    output: str
    error: ErrorReport | None


def judge(test: Mapping[str, Any], run: Run | None) -> Judged:
    """Whether a test passed. A test that was never reached, or was broken off, has not."""
    if run is None or not run.complete:
        return Judged(test, False, False, None, run.output if run else "", run.error if run else None)
    if run.error is not None:
        return Judged(test, False, True, None, run.output, run.error)
    got = run.returned() if test["mode"] == "calls" else None
    passed = _call_passed(test, run, got) if test["mode"] == "calls" else _program_passed(test, run)
    return Judged(test, passed, True, got, run.output, None)


def _call_passed(test: Mapping[str, Any], run: Run, got: Any) -> bool:
    close = (Fraction(test["absolute"]), Fraction(test["relative"])) if test["compare"] == "close" else None
    if not equal(got, ast.literal_eval(test["expect"]), strict=test["strict"], close=close):
        return False
    return test["prints"] is None or same_output(run.output, test["prints"], "lines")


def _program_passed(test: Mapping[str, Any], run: Run) -> bool:
    return same_output(run.output, test["output"], test["compare"], **_tolerance(test))


def _tolerance(test: Mapping[str, Any]) -> dict[str, Fraction]:
    return {"absolute": Fraction(test["absolute"]), "relative": Fraction(test["relative"])}


def rule_fits(rule: Mapping[str, Any], tests: list[Judged], facts: Mapping[str, Any] | None) -> bool:
    """Whether an author's feedback rule speaks of this answer: some failed test meets all its conditions."""
    if not fits(rule, facts):
        return False
    failed = [item for item in tests if not item.passed]
    return any(_test_fits(rule, item) for item in failed)


def _test_fits(rule: Mapping[str, Any], item: Judged) -> bool:
    if "test" in rule and item.test["name"] != rule["test"]:
        return False
    if "error" in rule and (item.error is None or rule["error"] not in (item.error.type, *item.error.bases)):
        return False
    if ("got" in rule or rule.get("returned_nothing") or "printed" in rule) and (item.error or not item.ran):
        return False
    if "printed" in rule and not same_output(item.output, rule["printed"], "lines"):
        return False
    if rule.get("returned_nothing") and item.got is not None:
        return False
    return "got" not in rule or _got_fits(rule["got"], item)


def _got_fits(got: str, item: Judged) -> bool:
    if item.test["mode"] == "program":
        return same_output(item.output, got.removeprefix("\n"), "lines")
    try:
        return equal(item.got, ast.literal_eval(got))
    except (SyntaxError, ValueError):
        return False


def shown(item: Judged) -> dict[str, Any]:
    """One test for the page: nothing of a hidden test but its name and whether it passed."""
    test = item.test
    public: dict[str, Any] = {"name": test["name"], "passed": item.passed, "hidden": test["hidden"], "ran": item.ran}
    if test["hidden"]:
        return public
    if test["mode"] == "calls":
        public |= {"call": test["call"], "expected": test["expect"], "prints": test["prints"]}
        if item.ran and item.error is None:
            public |= {"got": written(item.got), "printed": _cut(item.output)}
    else:
        public |= {"input": test["input"], "expected": test["output"], "got": _cut(item.output)}
    if item.error is not None:
        public["error"] = error_shown(item.error)
    return public


def error_shown(error: ErrorReport) -> dict[str, Any]:
    """An error report as JSON for feedback."""
    data = asdict(error)
    data["message"] = storable(error.message)
    data["source"] = None if error.source is None else storable(error.source)
    data["data"] = {key: storable(fact) if isinstance(fact, str) else fact for key, fact in error.data.items()}
    return {**data, "bases": list(error.bases), "frames": [list(frame) for frame in error.frames]}


def error_of_hidden(error: ErrorReport) -> dict[str, Any]:
    """What may be told of an error in a hidden test: its place and kind.

    A message, a name or even the type of an exception can be made from the test's values. So only words are told
    that are Python's own or stand in the very line.
    """
    line = error.source or ""

    def is_known(word: Any) -> bool:
        return isinstance(word, str) and (word in _PYTHONS_WORDS or (word.isidentifier() and word in line))

    of_ours = not error.bases  # MissingFunction and the like
    kind = error.type if of_ours else next(filter(is_known, (error.type, *error.bases)), "Exception")
    return {
        "type": kind,
        "bases": [name for name in error.bases if is_known(name)],
        "message": "",
        "line": error.line if error.source is not None else None,
        "column": None,
        "end_column": None,
        "source": storable(line) or None,
        "frames": [],
        "suggestion": None,
        "data": {key: fact for key, fact in error.data.items() if of_ours or key == "kind" or is_known(fact)},
    }


def written(value: Any) -> str:
    """A value as Python would write it, cut when long."""
    if isinstance(value, Opaque):
        return _cut(f"<{value.type_name}> {value.text}".rstrip())
    if isinstance(value, Array | Table):
        return _cut(str(value))
    return _cut(repr(value))


def _cut(text: str) -> str:
    text = storable(text)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + " …"
