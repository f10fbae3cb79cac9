"""Running the cells of a notebook without being judged, and what of its spec may leave the server."""

from __future__ import annotations

import json

import pytest

from bilik.grading.check import check
from bilik.grading.checkers.python_cells.tests.notebooks import RIGHT, TWO, notebook
from bilik.grading.kinds import Run
from bilik.grading.trying import job_to_try, what_was_tried
from bilik.grading.visible import job_of, verdict_of, visible_spec

HIDDEN = """
[[cells.tests]]
name = "secret"
call = "total * 271828"
expect = "1630968"
hidden = true
[[feedback]]
test = "secret"
say = "of-the-secret"
[[feedback]]
got = "0"
say = "nothing-added"
"""


def tried(spec, run: Run, **cells: str):
    seen = visible_spec(spec)
    code = {name: cells[name] for name in ("load", "total") if name in cells}
    return what_was_tried("run", seen, code, run(job_to_try("run", seen, code, "")), "en")


def test_neither_hidden_tests_nor_solutions_leave_the_server():
    seen = visible_spec(notebook(TWO + HIDDEN))
    assert [[test["name"] for test in cell["tests"]] for cell in seen["cells"]] == [["rows"], ["value", "printed"]]
    assert [rule["say"] for rule in seen["feedback"]] == ["nothing-added"]
    text = json.dumps(seen)
    assert not [word for word in ("secret", "271828", "1630968", "sum(rows)") if word in text]


def test_what_tests_look_at_is_not_in_a_run():
    seen = visible_spec(notebook())
    assert "len(rows)" in json.dumps(job_of(seen, RIGHT).to_json())
    assert "len(rows)" not in json.dumps(job_to_try("run", seen, RIGHT, "").to_json())


@pytest.mark.sandbox
def test_a_run_shows_what_the_last_of_its_cells_printed(run: Run) -> None:
    spec = notebook()
    cells = {"load": "rows = [1]\nprint('loaded')", "total": "print(sum(rows))"}
    assert tried(spec, run, **cells)["shown"] == "1\n"
    assert tried(spec, run, load=cells["load"])["shown"] == "loaded\n"


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("cells", "cell", "line"),
    [
        ({"load": "x = 1\nrows = y", "total": "print(1)"}, 1, 2),
        ({"load": "rows = []", "total": "\n\nprint(row)"}, 2, 3),
        ({"load": "rows = []", "total": "while True: pass"}, 2, 1),
    ],
)
def test_what_stops_a_cell_is_told_with_its_place(cells, cell, line, run: Run) -> None:
    told = tried(notebook(TWO + "[limits]\ncpu_seconds = 1\n"), run, **cells)
    assert told["shown"] == ""
    assert (told["said"][0]["cell"], told["said"][0]["line"]) == (cell, line)


@pytest.mark.sandbox
@pytest.mark.parametrize("total", [RIGHT["total"], "total = 0", "total = row", "total ="])
def test_the_visible_part_is_judged_as_the_whole_is(total, run: Run) -> None:
    spec, answer = notebook(TWO + HIDDEN), RIGHT | {"total": total}
    seen = visible_spec(spec)
    apart = verdict_of(seen, answer, run(job_of(seen, answer)))
    whole = check(spec, answer, run=run)
    tests = [[item for item in one.feedback if item.code == "test"] for one in (apart, whole)]
    assert tests[0] == [item for item in tests[1] if not item.data["hidden"]]
