"""The author's side of an SQL exercise: the databases, what counts, requirements and feedback rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bilik.grading.checkers.sql.statements import statements, words
from bilik.grading.problems import Table

# What one exercise may lay in memory for each answer.
LARGEST_DATABASE = 200_000
_NAME = re.compile(r"[^\W\d]\w*")
ERRORS = (
    *("no_such_column", "no_such_table", "no_such_function", "syntax", "incomplete", "ambiguous", "aggregate"),
    *("arguments", "union", "subquery", "constraint", "values", "token", "not_allowed", "several", "other"),
)


def read_spec(table: Table, files: Any) -> dict[str, Any]:
    """Everything an SQL exercise says beyond what all kinds say."""
    spec: dict[str, Any] = {
        "database": _database(table, files, "database.sql"),
        "hidden": _database(table, files, "hidden.sql", required=False),
        "solution": _solution(table, files),
        "order": table.flag("order"),
        "column_names": table.flag("column_names"),
        "show_expected": table.flag("show_expected"),
        "writes": table.flag("writes"),
        "check_table": table.text("check_table", ""),
        **_tolerance(table),
    }
    _check_writes(table, spec)
    if spec["order"] and not spec["writes"] and "ORDER" not in words(spec["solution"]):
        table.problem("order", "`order = true`, but solution.sql has no ORDER BY.", code="no-order")
    return spec | {
        "require": _requirements(table.table("require")),
        "feedback": [_rule(row, files) for row in table.tables("feedback")],
        "limits": _limits(table.table("limits")),
    }


def _database(table: Table, files: Any, name: str, *, required: bool = True) -> str:
    text: str = files.text(name)
    if required and not text.strip():
        table.problem("", f"There is no {name}: the tables and their rows.", code="no-database")
    if len(text) > LARGEST_DATABASE:
        table.problem("", f"{name} is longer than {LARGEST_DATABASE:,} characters.", code="too-large")
    return text


def _solution(table: Table, files: Any) -> str:
    text: str = files.text("solution.sql")
    if not statements(text):
        table.problem("", "There is no solution.sql: a task needs a model solution.", code="no-solution")
    return text


def _check_writes(table: Table, spec: dict[str, Any]) -> None:
    if spec["writes"] and not _NAME.fullmatch(spec["check_table"]):
        table.problem("check_table", "`writes = true` needs `check_table`, the table that is compared afterwards.")
        spec["check_table"] = "sqlite_master"
    elif spec["check_table"] and not spec["writes"]:
        table.problem("check_table", "`check_table` goes with `writes = true`.")
    elif not spec["writes"] and len(statements(spec["solution"])) > 1:
        table.problem("", "solution.sql holds more than one statement; only `writes = true` takes several.")


def _tolerance(table: Table) -> dict[str, str]:
    """`decimals = 2` is a tolerance of half a unit of the second digit after the point."""
    absolute = table.exact("absolute", "0") or Fraction(0)
    if table.has("decimals"):
        absolute = max(absolute, Fraction(1, 2 * 10 ** table.whole("decimals", 0, low=0, high=9)))
    return {"absolute": str(absolute), "relative": str(table.exact("relative", "0") or 0)}


def _requirements(require: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "uses": list(require.texts("uses", ())),
        "lacks": list(require.texts("lacks", ())),
        "say": require.mapping("say"),
    }
    for token in found["say"]:
        if token not in found["uses"] + found["lacks"]:
            require.problem("say", f"`say` speaks of {token!r}, which is neither required nor forbidden.")
    require.leave_no_rest()
    return found


def _rule(row: Table, files: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"say": row.text("say")}
    for key in ("rows", "columns"):
        if row.has(key):
            rule[key] = row.whole(key, 0, low=0, high=1_000)
    if row.has("missing"):
        rule["missing"] = row.text("missing")
    if row.has("error"):
        rule["error"] = row.one_of("error", ERRORS)
    for key in ("uses", "lacks"):
        if row.has(key):
            rule[key] = list(row.texts(key))
    if row.has("same_as"):
        file = row.text("same_as")
        rule["same_as"] = files.text(file)
        if not statements(rule["same_as"]):
            row.problem("same_as", f"There is no statement in {file}.", code="no-file")
    if row.flag("hidden"):
        rule["hidden"] = True
    if len(rule) == 1:
        row.problem("", "A feedback rule needs a condition.", code="missing-key")
    row.leave_no_rest()
    return rule


def _limits(table: Table) -> Mapping[str, Any]:
    limits = {
        "cpu_seconds": table.whole("cpu_seconds", 2, low=1, high=10),
        "memory_mb": table.whole("memory_mb", 128, low=16, high=512),
    }
    table.leave_no_rest()
    return limits
