"""The author's side of a table exercise: the key in expected.csv, its columns, and how an answer is measured."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bilik.grading.checkers.table.cells import Csv, Unreadable, read_csv, value_of
from bilik.grading.checkers.table.metrics import ERRORS, METRICS, OF_NUMBERS
from bilik.grading.problems import Table

TYPES = ("text", "whole", "number", "date", "truth")
LARGEST_GIVEN = 60_000


def read_spec(table: Table, files: Any) -> dict[str, Any]:
    """Everything a table exercise says beyond what all kinds say."""
    columns = [_read_column(row) for row in table.tables("columns")]
    if not columns:
        table.problem("columns", "Name the columns: [[columns]] with `name` and `type`.", code="columns")
    names = [column["name"] for column in columns]
    id_column = table.text("id_column", "")
    if id_column and id_column not in names:
        table.problem("id_column", f"There is no column {id_column!r} among [[columns]].", code="no-column")
    spec: dict[str, Any] = {
        "columns": columns,
        "id_column": id_column,
        "order": table.flag("order"),
        "show_expected": table.flag("show_expected"),
        "expected": files.text("expected.csv"),
        "given": _given(table, files),
        **_read_measure(table, names, columns),
    }
    if spec["order"] and not id_column:
        table.problem("order", "`order` goes with `id_column`: without one, rows are compared in order anyway.")
    key = _read_key(table, spec, names)
    if spec["metric"] and key is not None:
        _check_target(table, spec, key)
    return spec | {"feedback": [_read_rule(row, names, spec) for row in table.tables("feedback")]}


def _given(table: Table, files: Any) -> str:
    text: str = files.text("given.csv")
    if len(text) > LARGEST_GIVEN:
        table.problem("", f"given.csv is longer than {LARGEST_GIVEN:,} characters.", code="too-large")
    return text


def _read_column(row: Table) -> dict[str, Any]:
    column = {"name": row.text("name"), "type": row.one_of("type", TYPES, "text")}
    row.leave_no_rest()
    return column


def _read_measure(table: Table, names: list[str], columns: list[dict[str, Any]]) -> dict[str, Any]:
    measure: dict[str, Any] = {
        "metric": table.one_of("metric", tuple(METRICS), "accuracy") if table.has("metric") else "",
        "compare": table.one_of("compare", ("cells",), "cells"),
        "credit": table.one_of("credit", ("all", "cells"), "cells"),
        "absolute": str(table.exact("absolute", "0") or 0),
        "relative": str(table.exact("relative", "0") or 0),
        "target": table.text("target", ""),
        "positive": table.text("positive", ""),
        "cut_score": None,
        "zero_score": None,
    }
    for key in ("cut_score", "zero_score"):
        if table.has(key):
            value = table.exact(key)
            measure[key] = None if value is None else str(value)
    if measure["metric"]:
        _check_measure(table, measure, names)
    elif measure["target"] or measure["cut_score"] or measure["positive"]:
        table.problem("", "`target`, `positive` and `cut_score` go with `metric`.", code="bad-value")
    return measure


def _check_measure(table: Table, measure: dict[str, Any], names: list[str]) -> None:
    metric = measure["metric"]
    if measure["target"] not in names:
        table.problem("target", "`target` names the column of [[columns]] that is predicted.", code="no-column")
    if measure["cut_score"] is None:
        table.problem("", "`metric` needs a `cut_score`: from here an answer is accepted.", code="missing-key")
    elif measure["zero_score"] is not None:
        cut, zero = Fraction(measure["cut_score"]), Fraction(measure["zero_score"])
        if zero == cut or (zero < cut) is (metric in ERRORS):
            table.problem("zero_score", "`zero_score` must be worse than `cut_score`.")
    if measure["positive"] and metric != "f1":
        table.problem("positive", "`positive` goes with the metric f1.")


def _read_key(table: Table, spec: dict[str, Any], names: list[str]) -> Csv | None:
    """expected.csv, with every cell readable; problems say where it is not."""
    if not spec["expected"].strip():
        table.problem("", "There is no expected.csv: the right table.", code="no-key")
        return None
    try:
        key = read_csv(spec["expected"], names)
    except Unreadable as error:
        table.problem("", f"expected.csv: {error.code} {error.facts}", code="bad-key")
        return None
    for name in names:
        if name not in key.columns:
            table.problem("columns", f"expected.csv has no column {name!r}.", code="no-column")
            return None
    for column in spec["columns"]:
        for line, text in zip(key.lines, key.column(column["name"]), strict=True):
            try:
                value_of(text, column["type"])
            except ValueError:
                message = f"expected.csv, line {line}: {text!r} is not of the type {column['type']}."
                table.problem("columns", message, code="bad-key")
    ids = key.column(spec["id_column"]) if spec["id_column"] in key.columns else []
    if len(set(ids)) != len(ids) or "" in ids:
        table.problem("id_column", "expected.csv has an empty or a double value in its id column.", code="bad-key")
    return key


def _check_target(table: Table, spec: dict[str, Any], key: Csv) -> None:
    """The key must allow the measure: numbers for errors, no zero for mape, some difference for r2."""
    column = next((column for column in spec["columns"] if column["name"] == spec["target"]), None)
    if column is None:
        return
    texts = key.column(column["name"])
    if "" in texts:
        table.problem("target", "expected.csv has an empty value in the target column.", code="bad-key")
    elif spec["metric"] in OF_NUMBERS and column["type"] not in ("whole", "number"):
        table.problem("target", f"The metric {spec['metric']} needs a target of the type number.")
    elif spec["metric"] == "mape" and any(value_of(text, "number") == 0 for text in texts):
        table.problem("metric", "mape divides by the true value, and one of them is 0: take mae.")
    elif spec["metric"] == "r2" and len({value_of(text, "number") for text in texts}) == 1:
        table.problem("metric", "r2 needs true values that differ: take mae.")
    elif spec["positive"] and spec["positive"] not in texts:
        table.problem("positive", "expected.csv has no such value in the target column.")


def _read_rule(row: Table, names: list[str], spec: dict[str, Any]) -> dict[str, Any]:
    rule: dict[str, Any] = {"say": row.text("say")}
    for key in ("missing", "column"):
        if row.has(key):
            rule[key] = row.text(key)
            if rule[key] not in names:
                row.problem(key, f"There is no column {rule[key]!r} among [[columns]].", code="no-column")
    if row.has("answer"):
        rule["answer"] = row.answer("answer")
        if "column" not in rule:
            row.problem("answer", "`answer` goes with `column`: this value stands in it where it should not.")
    if row.has("rows"):
        rule["rows"] = row.whole("rows", 0, low=0, high=100_000)
    for key in ("constant", "unordered"):
        if row.flag(key):
            rule[key] = True
    if rule.get("constant") and not spec["metric"]:
        row.problem("constant", "`constant` goes with `metric`: the same prediction everywhere.")
    if len(rule) == 1:
        row.problem("", "A feedback rule needs a condition.", code="missing-key")
    row.leave_no_rest()
    return rule
