"""What is true, prepared once for any number of submissions: ids, their places, truth, which rows are public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bilik.scoring.cells import codes_of, lists_of, masks_of, numbers_of, whole_label
from bilik.scoring.findings import CompetitionBroken, Finding, SubmissionRefused, broken, shown, some
from bilik.scoring.metrics import metric_named
from bilik.scoring.metrics.metric import Array, Domain, Metric, Params, Shape
from bilik.scoring.opening import open_table
from bilik.scoring.table import Table

SPLIT_COLUMN = "split"
MOST_CLASSES = 1_000
MOST_ITEMS = 1_000
_BINARY = (Shape.PROBABILITY, Shape.SCORE)
_OF_CLASSES = (Shape.LABELS, *_BINARY, Shape.CLASS_PROBABILITIES, Shape.CLASS_SCORES)


class Split(StrEnum):
    """Which rows count for what. All of them must be predicted, so that nobody can tell them apart."""

    PUBLIC = "public"
    PRIVATE = "private"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Solution:
    """A solution with the metric that it is for.

    `ids` as texts in the order of the file; `truth` in that order, in the shape that `Pairs` describes;
    `splits` with a place in `Split` for each row, or None for a solution without the column; `columns` are those that
    a submission has beside `id_column`.
    """

    metric: Metric
    params: Params
    shape: Shape
    id_column: str
    columns: tuple[str, ...]
    ids: pa.Array = field(repr=False)
    truth: Array = field(repr=False)
    splits: Array | None = field(repr=False)
    classes: tuple[str, ...] = ()

    def rows_of(self, split: Split | None) -> Array:
        """The places of the rows of a split; None: all that are not ignored. Without the column: all rows."""
        if self.splits is None:
            return np.arange(len(self.ids))
        if split is None:
            return np.flatnonzero(self.splits != _SPLITS[Split.IGNORED])
        return np.flatnonzero(self.splits == _SPLITS[split])


_SPLITS = {split: number for number, split in enumerate(Split)}


def read_solution(
    raw: bytes,
    metric: str,
    params: Params | None = None,
    *,
    id_column: str = "",
    labels: Sequence[str] = (),
) -> Solution:
    """A solution file for a metric. `id_column` is the first one by default; `labels` are all that may be predicted.

    Without `labels` those of the solution are known, of all its rows alike: public, private and ignored. Their order
    is that of numbers where all are numbers, else of the alphabet. Raises CompetitionBroken.
    """
    chosen = metric_named(metric)
    try:
        return _read(open_table(raw), chosen, chosen.read_params(params or {}), id_column, tuple(labels))
    except SubmissionRefused as refusal:
        raise CompetitionBroken(Finding("solution.file"), *refusal.findings) from None


def _read(table: Table, metric: Metric, params: Params, id_column: str, labels: tuple[str, ...]) -> Solution:
    names = list(table.columns)
    id_column = id_column or names[0]
    if id_column not in names:
        raise broken("columns.missing", columns=[shown(id_column)])
    ids = table.columns[id_column].texts
    _check_ids(table.columns[id_column].cells, table)
    targets = [name for name in names if name not in (id_column, SPLIT_COLUMN)]
    if not targets:
        raise broken("solution.no_target")
    shape, classes = _shape(table, metric, params, targets, labels)
    columns = classes if shape in (Shape.CLASS_PROBABILITIES, Shape.CLASS_SCORES) else tuple(targets)
    return Solution(
        metric=metric,
        params=params,
        shape=shape,
        id_column=id_column,
        columns=columns,
        ids=ids,
        truth=_truth(table, metric, params, targets, shape, classes),
        splits=_splits(table) if SPLIT_COLUMN in names else None,
        classes=classes,
    )


def _check_ids(ids: Sequence[str], table: Table) -> None:
    places = dict(zip(ids, range(len(ids)), strict=True))
    if "" in places:
        raise broken("id.empty", line=table.line_of(places[""]))
    if len(places) != len(ids):
        row = next(row for row, one in enumerate(ids) if places[one] != row)
        raise broken("id.double", line=table.line_of(places[ids[row]]), id=shown(ids[row]), first=table.line_of(row))


def _splits(table: Table) -> Array:
    known = {str(split): number for split, number in _SPLITS.items()}
    cells = [cell.strip().lower() for cell in table.columns[SPLIT_COLUMN].cells]
    codes = np.array([known.get(cell, -1) for cell in cells], dtype=np.int8)
    wrong = np.flatnonzero(codes < 0)
    if len(wrong):
        facts = [{"line": table.line_of(row), "value": shown(cells[row])} for row in wrong[:5].tolist()]
        raise CompetitionBroken(*some([Finding("solution.split", one) for one in facts], len(wrong)))
    return codes


def _shape(
    table: Table, metric: Metric, params: Params, targets: list[str], labels: tuple[str, ...]
) -> tuple[Shape, tuple[str, ...]]:
    """The shape of this competition among those of its metric, and its classes."""
    first = metric.shapes[0]
    if first not in _OF_CLASSES:
        if first is not Shape.NUMBERS and len(targets) > 1:
            raise broken("solution.one_target", metric=metric.name, columns=[shown(name) for name in targets[:10]])
        return first, ()
    if len(targets) > 1:
        if Shape.INDICATORS not in metric.shapes:
            raise broken("solution.one_target", metric=metric.name, columns=[shown(name) for name in targets[:10]])
        return Shape.INDICATORS, ()
    classes = labels or _classes(table, targets[0])
    if len(classes) < 2:
        raise broken("metric.one_class", metric=metric.name)
    shape = first if first not in _BINARY or len(classes) == 2 else metric.shapes[-1]
    if shape in _BINARY and params["positive"] not in classes:
        raise broken("metric.no_positive", positive=params["positive"], known=list(classes))
    return shape, classes


def _classes(table: Table, target: str) -> tuple[str, ...]:
    words = pc.unique(table.columns[target].texts)
    if len(words) > MOST_CLASSES:
        raise broken("solution.many_classes", count=len(words), most=MOST_CLASSES)
    found = {whole_label(word) for word in words.to_pylist()}
    try:
        return tuple(sorted(found, key=lambda label: (float(label), label)))
    except ValueError:
        return tuple(sorted(found))


def _truth(
    table: Table, metric: Metric, params: Params, targets: list[str], shape: Shape, classes: tuple[str, ...]
) -> Array:
    target = table.columns[targets[0]]
    if shape in _OF_CLASSES:
        codes = codes_of(target, targets[0], table.line_of, classes)
        return (codes == classes.index(params["positive"])).astype(np.int64) if shape in _BINARY else codes
    return prediction_of(table, shape, tuple(targets), metric.truth(params), classes, relevant=True)


def prediction_of(
    table: Table,
    shape: Shape,
    columns: tuple[str, ...],
    domain: Domain,
    classes: tuple[str, ...],
    *,
    relevant: bool = False,
) -> Array:
    """The columns of a table in the shape that a metric takes, in the order of the file. Raises SubmissionRefused.

    `relevant`: these are the relevant lists of a solution, which may not be empty.
    """
    first = table.columns[columns[0]]
    if shape is Shape.LABELS:
        return codes_of(first, columns[0], table.line_of, classes)
    if shape is Shape.MASKS:
        return masks_of(first, columns[0], table.line_of)
    if shape is Shape.LISTS:
        lists = lists_of(first, columns[0], table.line_of, MOST_ITEMS)
        if relevant and (row := next((row for row, items in enumerate(lists) if not items), None)) is not None:
            raise broken("solution.empty_list", line=table.line_of(row))
        return lists
    parts = [numbers_of(table.columns[name], name, table.line_of, domain) for name in columns]
    if shape in _BINARY:
        return parts[0]
    matrix = np.column_stack(parts)
    if shape is Shape.INDICATORS:
        _check_bits(matrix, columns, table)
        return matrix.astype(np.int64)
    return matrix


def _check_bits(matrix: Array, columns: tuple[str, ...], table: Table) -> None:
    wrong = np.argwhere((matrix != 0) & (matrix != 1))
    if len(wrong):
        facts: list[dict[str, Any]] = [
            {"line": table.line_of(row), "column": shown(columns[column]), "value": repr(float(matrix[row, column]))}
            for row, column in wrong[:5].tolist()
        ]
        raise SubmissionRefused(*some([Finding("number.bit", one) for one in facts], len(wrong)))
