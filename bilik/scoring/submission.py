"""A submission checked against a solution: only what has passed here reaches a metric.

The order is: what the file is, its columns, its rows, its ids, its cells. The first of these that fails is told, with
the first few lines that are wrong; nothing after it is looked at.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from bilik.scoring.cells import places_of
from bilik.scoring.findings import FIRST, Finding, SubmissionRefused, refused, shown, some
from bilik.scoring.metrics.metric import ANY, Array, Domain, Pairs, Shape
from bilik.scoring.metrics.probabilities import SUM_TOLERANCE
from bilik.scoring.opening import open_table
from bilik.scoring.solution import Solution, prediction_of
from bilik.scoring.table import Limits, Table, check_columns


def read_submission(raw: bytes, solution: Solution, limits: Limits | None = None) -> Pairs:
    """The pairs of truth and prediction in the order of the solution. Raises SubmissionRefused."""
    limits = limits or Limits()
    # A few rows too many are told by their ids; a file that is far too long is not even cut into cells.
    rows = min(limits.rows, 2 * len(solution.ids) + 1000)
    table = open_table(raw, replace(limits, rows=rows))
    check_columns(table, (solution.id_column, *solution.columns))
    order = _order(table, solution)
    predicted = prediction_of(table, solution.shape, solution.columns, _domain(solution), solution.classes)
    if solution.shape is Shape.CLASS_PROBABILITIES:
        _check_sums(predicted, table)
    return Pairs(solution.truth, predicted if order is None else predicted[order], solution.classes)


def _domain(solution: Solution) -> Domain:
    if solution.shape in (Shape.PROBABILITY, Shape.CLASS_PROBABILITIES):
        return Domain(0.0, 1.0)
    if solution.shape is Shape.NUMBERS:
        return solution.metric.prediction(solution.params)
    return ANY


def _order(table: Table, solution: Solution) -> Array | None:
    """For each row of the solution, which row of the file predicts it; None when they stand in the same order."""
    column = table.columns[solution.id_column]
    if not column.whole:
        raise refused("id.type", column=shown(solution.id_column))
    if column.texts.equals(solution.ids):
        return None
    places = places_of(column.texts, solution.ids)
    findings = _unknown(column.texts, places, table, solution) or [
        *_double(column.texts, places, table),
        *_missing(places, solution),
    ]
    if findings:
        raise SubmissionRefused(*findings)
    order = np.empty(len(places), dtype=np.int64)
    order[places] = np.arange(len(places))
    return order


def _unknown(ids: pa.Array, places: Array, table: Table, solution: Solution) -> list[Finding]:
    rows = np.flatnonzero(places < 0)
    found = []
    for row in rows[:FIRST].tolist():
        one = ids[row].as_py()
        code = "id.unknown" if one.strip() else "id.empty"
        if one.endswith(".0") and _known(one[:-2], solution):
            code = "id.float"
        elif one.strip() and _known(one.strip(), solution):
            code = "id.spaces"
        found.append(Finding(code, {"line": table.line_of(row), "id": shown(one)}))
    return some(found, len(rows))


def _known(one: str, solution: Solution) -> bool:
    return bool(places_of(pa.array([one]), solution.ids)[0] >= 0)


def _double(ids: pa.Array, places: Array, table: Table) -> list[Finding]:
    """Ids that stand more than once, with both lines."""
    order = np.argsort(places, kind="stable")
    again = np.flatnonzero(places[order][1:] == places[order][:-1]) + 1
    rows = np.sort(order[again])
    found = []
    for row in rows[:FIRST].tolist():
        first = int(np.flatnonzero(places == places[row])[0])
        facts = {"line": table.line_of(row), "id": shown(ids[row].as_py()), "first": table.line_of(first)}
        found.append(Finding("id.double", facts))
    return some(found, len(rows))


def _missing(places: Array, solution: Solution) -> list[Finding]:
    rows = np.flatnonzero(np.bincount(places, minlength=len(solution.ids)) == 0)
    found = [Finding("id.missing", {"id": shown(solution.ids[row].as_py())}) for row in rows[:FIRST].tolist()]
    return some(found, len(rows))


def _check_sums(predicted: Array, table: Table) -> None:
    """The probabilities of a row must sum to 1 within SUM_TOLERANCE."""
    sums = predicted.sum(axis=1)
    wrong = np.flatnonzero(np.abs(sums - 1) > SUM_TOLERANCE)
    if len(wrong):
        found = [
            Finding("row.sum", {"line": table.line_of(row), "sum": f"{sums[row]:.6g}", "tolerance": SUM_TOLERANCE})
            for row in wrong[:FIRST].tolist()
        ]
        raise SubmissionRefused(*some(found, len(wrong)))
