"""The author's side of a notebook: its cells, what is looked at after each, feedback rules."""

from __future__ import annotations

import ast
import re
from typing import Any

from bilik.grading.checkers.python_code.reading import (
    MOST_TESTS,
    is_literal,
    read_files,
    read_libraries,
    read_limits,
    read_requirements,
)
from bilik.grading.outputs import COMPARISONS
from bilik.grading.problems import Table

MOST_CELLS = 20
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_spec(table: Table, files: Any) -> dict[str, Any]:
    """Everything a notebook says beyond what all kinds say."""
    cells = [_read_cell(row, files) for row in table.tables("cells")]
    if not 1 <= len(cells) <= MOST_CELLS:
        table.problem("cells", f"There must be 1 to {MOST_CELLS} [[cells]].", code="cells")
    ids = [cell["id"] for cell in cells]
    for double in sorted({one for one in ids if ids.count(one) > 1}):
        table.problem("cells", f"Two cells are called {double!r}.", code="double-cell")
    tests = [test for cell in cells for test in cell["tests"]]
    if cells and not 1 <= len(tests) <= MOST_TESTS:
        table.problem("cells", f"There must be 1 to {MOST_TESTS} [[cells.tests]].", code="tests")
    libraries = read_libraries(table)
    names = [test["name"] for test in tests]
    return {
        "cells": cells,
        "require": read_requirements(table),
        "feedback": [_read_rule(row, ids, names) for row in table.tables("feedback")],
        "libraries": libraries,
        "limits": read_limits(table.table("limits"), bool(libraries)),
        "files": read_files(table, files),
        "writes": table.flag("writes", bool(files.data)),
    }


def _read_cell(row: Table, files: Any) -> dict[str, Any]:
    name = row.text("id")
    if name and not _ID.fullmatch(name):
        row.problem("id", "The id of a cell is made of small letters of English, digits and dashes.", code="bad-id")
    solution = files.text(f"solution/{name}.py")
    if not solution.strip():
        row.problem("id", f"There is no solution/{name}.py: a cell needs a model solution.", code="no-solution")
    cell = {
        "id": name,
        "weight": row.whole("weight", 1, low=1, high=100),
        "starter": files.text(f"cells/{name}.py"),
        "solution": solution,
        "tests": [_read_test(test, name, number) for number, test in enumerate(row.tables("tests"), 1)],
    }
    row.leave_no_rest()
    return cell


def _read_test(row: Table, cell: str, number: int) -> dict[str, Any]:
    """A test in the shape that python_code judges: an expression is its `call`, what a cell printed its `output`."""
    test: dict[str, Any] = {
        "cell": cell,
        "name": row.text("name", f"{cell}-{number}"),
        "hidden": row.flag("hidden"),
        "weight": row.whole("weight", 1, low=1, high=100),
        "absolute": "0",
        "relative": "0",
        "prints": None,
    }
    test |= _read_output(row) if row.has("output") else _read_expression(row)
    if test["compare"] in ("close", "numbers"):
        test |= {key: str(row.exact(key, "0") or 0) for key in ("absolute", "relative")}
    row.leave_no_rest()
    return test


def _read_expression(row: Table) -> dict[str, Any]:
    test: dict[str, Any] = {
        "mode": "calls",
        "call": row.text("call"),
        "expect": row.text("expect", "None"),
        "compare": row.one_of("compare", ("equal", "close"), "equal"),
        "strict": row.flag("strict"),
    }
    if not _is_expression(test["call"]):
        row.problem("call", '`call` is a Python expression, such as "len(rows)" or "area(3, 4)".')
    if not is_literal(test["expect"]):
        row.problem("expect", '`expect` is a Python literal in quotes, such as "12" or "\'Leyla\'".')
    if test["compare"] == "close" and not row.has("absolute") and not row.has("relative"):
        row.problem("compare", "`close` needs `absolute` or `relative`.")
    if not row.has("expect"):
        row.problem("", "A test needs `expect` (with `call`) or `output`.", code="missing-key")
    return test


def _is_expression(source: str) -> bool:
    try:
        return bool(ast.parse(source.strip(), mode="eval")) and source == source.strip()
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False


def _read_output(row: Table) -> dict[str, Any]:
    return {
        "mode": "program",
        "input": "",
        "output": row.text("output").removeprefix("\n"),
        "compare": row.one_of("compare", COMPARISONS, "lines"),
    }


def _read_rule(row: Table, ids: list[str], names: list[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"say": row.text("say")}
    for key in ("cell", "test", "got", "printed", "error"):
        if row.has(key):
            rule[key] = row.text(key)
    for key in ("uses", "lacks"):
        if row.has(key):
            rule[key] = list(row.texts(key))
    if "cell" in rule and rule["cell"] not in ids:
        row.problem("cell", f"There is no cell called {rule['cell']!r}.", code="no-cell")
    if "test" in rule and rule["test"] not in names:
        row.problem("test", f"There is no test called {rule['test']!r}.", code="no-test")
    if "got" in rule and not is_literal(rule["got"]):
        row.problem("got", '`got` is a Python literal in quotes, such as "12"; what a cell printed is `printed`.')
    if len(rule) == 1:
        row.problem("", "A feedback rule needs a condition.", code="missing-key")
    row.leave_no_rest()
    return rule
