"""How long a million predictions take to be validated and scored, beside numpy reading and scoring the same file."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measure import Options, Table, main, reached, say, spread

from bilik.scoring.findings import NotScored
from bilik.scoring.score import score_submission
from bilik.scoring.solution import Solution, read_solution

ROWS = 1_000_000
REPEATS = 7
BUDGET = 2.0


def csv_of(ids: list[int], values: list[float]) -> bytes:
    """A submission as a program writes it."""
    return ("id,y\n" + "\n".join(f"{one},{value!r}" for one, value in zip(ids, values, strict=True)) + "\n").encode()


def numpy_alone(raw: bytes, truth: np.ndarray) -> float:
    """`np.loadtxt`, in C since numpy 1.23, and the RMSE; rows are taken as they come, nothing is checked."""
    read = np.loadtxt(io.BytesIO(raw), delimiter=",", skiprows=1)
    return float(np.sqrt(((read[:, 1] - truth) ** 2).mean()))


def numpy_by_id(raw: bytes, truth: np.ndarray) -> float:
    """The same, with the rows put in the order of their ids."""
    read = np.loadtxt(io.BytesIO(raw), delimiter=",", skiprows=1)
    return float(np.sqrt(((read[np.argsort(read[:, 0]), 1] - truth) ** 2).mean()))


def run(options: Options) -> list[Table]:
    """Measures and returns the tables."""
    rows, repeats = options.count(ROWS, 10_000), options.count(REPEATS, 2)
    random = np.random.default_rng(1)
    truth = random.random(rows) * 100
    values = truth + random.normal(size=rows)
    ids, mixed = list(range(rows)), random.permutation(rows)
    begun = time.perf_counter()
    solution = read_solution(csv_of(ids, truth.tolist()), "rmse")
    say(f"solution of {rows} rows read in {time.perf_counter() - begun:.1f} s")
    ordered = csv_of(ids, values.tolist())
    other = csv_of(mixed.tolist(), values[mixed].tolist())
    table = Table(
        f"Validating and scoring {rows:,} predictions (RMSE)",
        ("file", "MB", "numpy alone, s", "Bilik, s", "ratio", "budget", "reached"),
    )
    _measure(table, "CSV in the order of the solution", ordered, ordered, numpy_alone, solution, truth, repeats)
    _measure(table, "CSV in another order", other, other, numpy_by_id, solution, truth, repeats)
    for name, column in (("numbers", pa.array(ids)), ("texts", pa.array([str(one) for one in ids]))):
        out = io.BytesIO()
        pq.write_table(pa.table({"id": column, "y": values}), out)
        _measure(table, f"Parquet, ids as {name}", out.getvalue(), ordered, numpy_alone, solution, truth, repeats)
    table.notes.append(
        "numpy is np.loadtxt (np.fromstring was as fast), which checks nothing; numpy reads no Parquet, so Parquet is "
        f"set beside the CSV. {repeats} repetitions in turn; median (min–max). The solution was read before."
    )
    return [table, _refusals(ordered, solution, repeats)]


def _measure(
    table: Table,
    name: str,
    raw: bytes,
    plain: bytes,
    alone: Callable[[bytes, np.ndarray], float],
    solution: Solution,
    truth: np.ndarray,
    repeats: int,
) -> None:
    say(name)
    theirs, ours, ratios = [], [], []
    for _ in range(repeats):
        begun = time.perf_counter()
        expected = alone(plain, truth)
        middle = time.perf_counter()
        found = score_submission(raw, solution)
        ended = time.perf_counter()
        if abs(float(found.scores["all"]) - expected) > 1e-9:
            raise RuntimeError(f"{found.scores} is not {expected}")
        theirs.append(middle - begun)
        ours.append(ended - middle)
        ratios.append((ended - middle) / (middle - begun))
    kept = sorted(ratios)[len(ratios) // 2] <= BUDGET
    table.add(
        name,
        f"{len(raw) / 1e6:.0f}",
        spread(theirs, 2),
        spread(ours, 2),
        spread(ratios, 2),
        f"≤ {BUDGET:g}",
        reached(kept),
    )


def _refusals(raw: bytes, solution: Solution, repeats: int) -> Table:
    """Files that are wrong: each must have its reason within a second."""
    middle = raw.index(b"\n", len(raw) // 2) + 1
    bad = {
        "one cell is no number": raw[:middle] + raw[middle:].replace(b",", b",x", 1),
        "no cell is a number": raw.replace(b",", b",x").replace(b"id,xy", b"id,y", 1),
        "one id twice": raw[:middle] + raw[raw.rindex(b"\n", 0, middle - 1) + 1 : middle] + raw[middle:],
        "one row has three cells": raw[:middle] + raw[middle:].replace(b",", b",,", 1),
        "one line of 120 MB": b"id,y\n" + b"1" * 120_000_000,
        "120 MB of commas": b"id,y\n" + b"," * 120_000_000,
        "120 MB of line ends": b"id,y\n" + b"\n" * 120_000_000,
        "30 million rows": b"id,y\n" + b"1,1\n" * 30_000_000,
        "a quote that never ends": b'id,y\n"' + b"a\n" * 60_000_000,
    }
    table = Table("Refusing files that are wrong", ("file", "MB", "reason", "s", "budget, s", "reached"))
    for name, content in bad.items():
        times, code = [], ""
        for _ in range(repeats):
            begun = time.perf_counter()
            try:
                score_submission(content, solution)
            except NotScored as reason:
                code = reason.findings[0].code
            times.append(time.perf_counter() - begun)
        kept = sorted(times)[len(times) // 2] <= 1
        table.add(name, f"{len(content) / 1e6:.0f}", code, spread(times, 2), "≤ 1", reached(kept))
    return table


if __name__ == "__main__":
    main(__doc__, run)
