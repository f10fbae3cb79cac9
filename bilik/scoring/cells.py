"""Cells into what a metric takes: numbers, codes of labels, lists, masks. What cannot be is told with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bilik.scoring.findings import FIRST, Finding, SubmissionRefused, shown, some
from bilik.scoring.metrics.metric import Array, Domain
from bilik.scoring.table import Column

_NUMBER = re.compile(r"[ \t]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t]*")
_NOTHING = {"nan", "na", "n/a", "null", "none", "nat", "<na>"}
_INFINITE = re.compile(r"[+-]?(?:inf|infinity|∞)", re.IGNORECASE)
_TRUTH = {"true", "false", "t", "f", "yes", "no"}
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_HEX = re.compile(r"[+-]?0x[0-9a-f.p+-]+", re.IGNORECASE)
_ENOUGH = 10_000
"""How many different texts that are no label are looked at twice."""
LineOf = Callable[[int], int]


def numbers_of(column: Column, name: str, line_of: LineOf, domain: Domain) -> Array:
    """A column as finite numbers within a domain, (n,) of float64. Raises SubmissionRefused, naming the first lines."""
    values = _read(column)
    bad = np.flatnonzero(~np.isfinite(values))
    if len(bad):
        cells = [(row, column.texts[row].as_py()) for row in bad[:FIRST].tolist()]
        found = [
            Finding(_why_not(cell), {"line": line_of(row), "column": shown(name), "value": shown(cell)})
            for row, cell in cells
        ]
        raise SubmissionRefused(*some(found, len(bad)))
    _check_domain(values, name, line_of, domain)
    return values


def _read(column: Column) -> Array:
    """The numbers of a column, NaN where there is none that can be used.

    Arrow reads what a program writes. A column in which something else stands is looked at by a pattern first.
    """
    if (fast := column.doubles()) is not None:
        return fast
    usable = pc.match_substring_regex(column.texts, f"^(?:{_NUMBER.pattern})$")
    numbers = pc.cast(pc.utf8_trim(pc.if_else(usable, column.texts, None), " \t"), pa.float64())
    return np.asarray(pc.fill_null(numbers, float("nan")).to_numpy(zero_copy_only=False))


def _why_not(cell: str) -> str:
    """The code for a cell that is no finite number."""
    plain = cell.strip()
    if not plain:
        return "number.empty"
    if plain.lower() in _NOTHING:
        return "number.nan"
    if _INFINITE.fullmatch(plain) or _NUMBER.fullmatch(plain):
        return "number.infinite"
    if _COMMA.fullmatch(plain):
        return "number.comma"
    if _HEX.fullmatch(plain):
        return "number.hex"
    if plain.lower() in _TRUTH:
        return "number.truth"
    if any(char.isdigit() and not char.isascii() for char in plain):
        return "number.digits"
    return "number.not"


def _check_domain(values: Array, name: str, line_of: LineOf, domain: Domain) -> None:
    bad = np.flatnonzero((values < domain.low) | (values > domain.high))
    if not len(bad):
        return
    found = []
    for row in bad[:FIRST].tolist():
        low = bool(values[row] < domain.low)
        facts = {"line": line_of(row), "column": shown(name), "value": repr(float(values[row]))}
        bound = f"{domain.low if low else domain.high:g}"
        found.append(Finding("number.low" if low else "number.high", facts | {"bound": bound}))
    raise SubmissionRefused(*some(found, len(bad)))


def places_of(cells: pa.Array, known: pa.Array) -> Array:
    """Where each cell stands among the known texts, (n,) of int64; -1 for what is not known."""
    return np.array(pc.fill_null(pc.index_in(cells, value_set=known), -1).to_numpy(zero_copy_only=False), np.int64)


def codes_of(column: Column, name: str, line_of: LineOf, classes: Sequence[str]) -> Array:
    """A column of labels as their places in `classes`, (n,) of int64. "1.0" and "1" are one label."""
    codes = {label: place for place, label in enumerate(classes)}
    encoded = pc.dictionary_encode(column.texts)
    words = [codes.get(word, -1) for word in encoded.dictionary.to_pylist()]
    for place in [place for place, code in enumerate(words) if code < 0][:_ENOUGH]:
        words[place] = codes.get(whole_label(encoded.dictionary[place].as_py()), -1)
    found = np.asarray(np.array(words, dtype=np.int64)[encoded.indices.to_numpy()])
    unknown = np.flatnonzero(found < 0)[:FIRST].tolist()
    if unknown:
        known = [shown(label) for label in classes[:20]]
        facts = [
            {"line": line_of(row), "column": shown(name), "value": shown(column.texts[row].as_py()), "known": known}
            for row in unknown
        ]
        told = [Finding("label.unknown" if one["value"] else "label.empty", one) for one in facts]
        raise SubmissionRefused(*some(told, int(np.count_nonzero(found < 0))))
    return found


def whole_label(cell: str) -> str:
    """A whole number without its needless zeros: "1.0" is "1"; any other text as it is."""
    plain = cell.strip()
    if not _NUMBER.fullmatch(plain) or len(plain) > 30:
        return plain
    number = float(plain)
    return str(int(number)) if abs(number) < 2**53 and number == int(number) else plain


def lists_of(column: Column, name: str, line_of: LineOf, most: int) -> Array:
    """Cells of items separated by spaces, as (n,) of tuples of texts; no item twice, at most `most` of them."""
    lists = [tuple(cell.split()) for cell in column.cells]
    wrong: list[Finding] = []
    total = 0
    for row, items in enumerate(lists):
        if len(items) == len(set(items)) and len(items) <= most:
            continue
        total += 1
        if len(wrong) < FIRST:
            facts = {"line": line_of(row), "column": shown(name), "count": len(items), "most": most}
            wrong.append(Finding("list.long" if len(items) > most else "list.double", facts))
    if wrong:
        raise SubmissionRefused(*some(wrong, total))
    return _objects(lists)


def masks_of(column: Column, name: str, line_of: LineOf) -> Array:
    """Cells of "start length …" as (n,) of int64 arrays (runs, 2); an empty cell is an empty mask."""
    masks: list[Array] = []
    wrong: list[Finding] = []
    total = 0
    for row, cell in enumerate(column.cells):
        mask = _mask(cell)
        if mask is not None:
            masks.append(mask)
            continue
        total += 1
        if len(wrong) < FIRST:
            wrong.append(Finding("mask.runs", {"line": line_of(row), "column": shown(name), "value": shown(cell)}))
    if wrong:
        raise SubmissionRefused(*some(wrong, total))
    return _objects(masks)


def _mask(cell: str) -> Array | None:
    """The runs of a mask; None when they are no pairs of whole numbers from 1, ascending, without overlap."""
    parts = cell.split()
    if len(parts) % 2 or not all(part.isascii() and part.isdigit() and len(part) <= 12 for part in parts):
        return None
    runs = np.array(parts, dtype=np.int64).reshape(-1, 2) if parts else np.empty((0, 2), dtype=np.int64)
    starts, ends = runs[:, 0], runs.sum(axis=1)
    return runs if (runs > 0).all() and (starts[1:] >= ends[:-1]).all() else None


def _objects(items: Sequence[object]) -> Array:
    """A numpy array of things, so that rows are taken from it as from any other."""
    array = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        array[place] = item
    return array
