"""A notebook's cells: one namespace, expressions after each, and what a failing cell leaves behind."""

from __future__ import annotations

import pytest

from runner.host import Runner
from runner.job import BadJob, Cell, Job, Limits, first_lines
from runner.result import Result


def notebook(base: Runner, *cells: Cell, **more: object) -> Result:
    return base.run(Job("cells", "", cells=cells, **more))  # type: ignore[arg-type]


def test_cells_share_their_names_and_expressions_see_them(base: Runner) -> None:
    result = notebook(base, Cell("x = 2", ("x",)), Cell("print(x)\nx = x + 1", ("x", "x * 2")))
    assert result.ended == "finished"
    assert [run.returned() for run in result.runs] == [None, 2, None, 3, 6]
    assert [run.output for run in result.runs] == ["", "", "2\n", "", ""]


def test_an_expression_means_pythons_own_functions(base: Runner) -> None:
    code = "import builtins\nrows = [1, 2]\nlen = lambda _: 99\nbuiltins.sum = lambda _: 99"
    result = notebook(base, Cell(code, ("len(rows)", "sum(rows)")))
    assert [run.returned() for run in result.runs[1:]] == [2, 3]


def test_what_ran_before_an_endless_cell_stays(base: Runner) -> None:
    result = notebook(
        base, Cell("x = 1", ("x",)), Cell("while True:\n    pass", ("x",)), limits=Limits(cpu_seconds=0.3)
    )
    assert result.ended == "time_limit"
    assert [run.complete for run in result.runs] == [True, True, False]
    assert result.runs[2].error is not None
    assert result.runs[2].error.line == 2


@pytest.mark.parametrize("broken", ["1 / 0", "x = = 1", "import sys\nsys.exit()", "raise SystemExit"])
def test_a_cell_that_fails_ends_the_notebook(base: Runner, broken: str) -> None:
    result = notebook(base, Cell("x = 1", ("x",)), Cell(broken, ("x",)), Cell("x = 2", ("x",)))
    assert result.ended == "finished"
    assert len(result.runs) == 3
    assert result.runs[2].error is not None


def test_an_expression_that_fails_does_not_end_it(base: Runner) -> None:
    result = notebook(base, Cell("x = 1", ("y", "x")), Cell("z = 2", ("z",)))
    assert [run.error is not None for run in result.runs] == [False, True, False, False, False]


def test_errors_are_told_with_lines_of_all_cells(base: Runner) -> None:
    cells = ("def f():\n    return 1 / 0\n", "f()")
    error = notebook(base, *map(Cell, cells)).runs[1].error
    assert error is not None
    assert first_lines(cells) == [1, 4]
    assert [line for line, _ in error.frames] == [4, 2]
    assert error.source is not None
    assert error.source.strip() == "return 1 / 0"


@pytest.mark.parametrize(
    "job",
    [
        {"mode": "cells", "code": ""},
        {"mode": "cells", "code": "x", "cells": (Cell("x"),)},
        {"mode": "program", "code": "x", "inputs": ("",), "cells": (Cell("x"),)},
    ],
)
def test_a_malformed_notebook_is_the_callers_fault(job: dict[str, object]) -> None:
    with pytest.raises(BadJob):
        Job(**job)  # type: ignore[arg-type]


def test_a_notebook_travels_as_json() -> None:
    job = Job("cells", "", cells=(Cell("x = 1", ("x",)), Cell("y = 2")))
    assert Job.from_json(job.to_json()) == job


def test_a_database_in_memory_can_be_asked(base: Runner) -> None:
    code = "import sqlite3\nrows = sqlite3.connect(':memory:').execute('select 1, null, 2.5').fetchall()"
    assert notebook(base, Cell(code, ("rows",))).runs[1].returned() == [(1, None, 2.5)]
