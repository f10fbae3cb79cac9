"""What a notebook earns, and what is said of it."""

from __future__ import annotations

import pytest

from bilik.grading.checkers.python_cells.tests.notebooks import TWO, answered, facts_of, notebook, passed_by_name
from bilik.grading.kinds import KINDS, Run
from bilik.grading.tests.helpers import codes, read
from bilik.grading.verdict import Outcome

pytestmark = pytest.mark.sandbox


def test_a_right_notebook_has_all_points(run: Run) -> None:
    verdict = answered(notebook(), run)
    assert (verdict.outcome, verdict.score) == (Outcome.ACCEPTED, 3)


def test_each_cell_earns_its_weight_by_its_tests(run: Run) -> None:
    verdict = answered(notebook(), run, total="total = sum(rows)")
    assert (verdict.outcome, str(verdict.score)) == (Outcome.PARTIAL, "2.250")  # 3 x (1 + 1/2) / 2
    assert passed_by_name(verdict) == {"rows": True, "value": True, "printed": False}
    heavy = notebook(TWO.replace('id = "total"', 'id = "total"\nweight = 3'))
    assert str(answered(heavy, run, total="total = sum(rows)").score) == "1.875"  # 3 x (1 + 3/2) / 4


def test_a_cell_that_stops_ends_the_notebook_and_leaves_what_was_earned(run: Run) -> None:
    verdict = answered(notebook(), run, load="rows = [1, 2, 3]\nrow[0]")
    assert (verdict.outcome, verdict.score) == (Outcome.RUNTIME_ERROR, 0)
    error = facts_of(verdict, "error")
    assert (error["type"], error["cell_number"], error["line"]) == ("NameError", 1, 2)
    assert facts_of(verdict, "cells.stopped") == {"cell": 1, "count": 1}


def test_an_error_is_told_with_its_line_in_its_cell(run: Run) -> None:
    verdict = answered(notebook(), run, total="\ntotal = sum(rows) +")
    error = facts_of(verdict, "error")
    assert (error["type"], error["cell_number"], error["line"]) == ("SyntaxError", 2, 2)
    assert passed_by_name(verdict)["rows"]
    assert str(verdict.score) == "1.500"


def test_empty_cells_may_be_sent_but_not_only_these(run: Run) -> None:
    assert str(answered(notebook(), run, total="").score) == "1.500"
    assert answered(notebook(), run, load="", total=" ").outcome is Outcome.INVALID


@pytest.mark.parametrize("cells", [{"other": "x = 1"}])
def test_unknown_cells_are_refused(cells: dict[str, str], run: Run) -> None:
    assert codes(answered(notebook(), run, **cells)) == ["invalid.no_such_cell"]


def test_requirements_are_of_all_cells_together(run: Run) -> None:
    spec = notebook(TWO + '[require]\nuses = ["for"]\nlacks = ["sum()"]\n')
    verdict = answered(spec, run)
    assert (verdict.outcome, str(verdict.score)) == (Outcome.PARTIAL, "1.500")
    assert codes(verdict) == ["require.uses", "require.lacks"]


@pytest.mark.parametrize(
    ("rule", "cell"),
    [
        ('cell = "total"\ngot = "0"', {"total": "total = 0\nprint(6)"}),
        ('test = "value"', {"total": "total = 0\nprint(6)"}),
        ('cell = "total"\nprinted = "7"', {"total": "total = 6\nprint(7)"}),
        ('cell = "total"\nerror = "NameError"', {"total": "total = sum(row)"}),
        ('error = "ZeroDivisionError"', {"load": "rows = 1 / 0"}),
        ('uses = ["while"]', {"total": "total = 0\nwhile total < 3: total += 1"}),
    ],
)
def test_an_author_speaks_of_a_mistake(rule: str, cell: dict[str, str], run: Run) -> None:
    spec = notebook(TWO + f'[[feedback]]\n{rule}\nsay = "told"\n')
    assert "told" in codes(answered(spec, run, **cell))
    assert "told" not in codes(answered(spec, run, load="rows = [1, 1, 4]"))
    assert "told" not in codes(answered(spec, run, load="rows = [6]"))


def test_files_lie_beside_the_cells(run: Run) -> None:
    spec = notebook(data={"n.csv": b"1\n2\n3\n"})
    assert answered(spec, run, load="rows = [int(line) for line in open('n.csv')]").outcome is Outcome.ACCEPTED


def test_the_page_gets_starters_and_never_the_key(run: Run) -> None:
    controls = KINDS["python_cells"].controls(notebook())
    assert [control["name"] for control in controls] == ["answer-load", "answer-total"]
    assert "sum(rows)" not in str(controls)


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ("", "cells"),
        (TWO.replace('id = "total"', 'id = "load"'), "double-cell"),
        (TWO.replace('id = "total"', 'id = "To tal"'), "bad-id"),
        (TWO.replace('id = "total"', 'id = "other"'), "no-solution"),
        (TWO.replace("len(rows)", "len(rows"), "bad-value"),
        (TWO.replace('expect = "6"', 'expect = "x"'), "bad-value"),
        (TWO.replace('expect = "6"\n', ""), "missing-key"),
        ('[[cells]]\nid = "load"\n', "tests"),
        (TWO + '[[feedback]]\ncell = "no"\nsay = "x"\n', "no-cell"),
        (TWO + '[[feedback]]\nsay = "x"\n', "missing-key"),
    ],
)
def test_an_author_hears_what_is_wrong(toml: str, code: str) -> None:
    files = {"solution/load.py": "rows = [1]", "solution/total.py": "total = 1"}
    _, problems = read("python_cells", toml, files=files)
    assert code in {problem.code for problem in problems}
