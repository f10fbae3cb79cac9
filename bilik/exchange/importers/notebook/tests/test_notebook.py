from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from bilik.exchange.bodies import Cells, Code
from bilik.exchange.convert import format_of
from bilik.exchange.tests.making import Imported, package, png, proven


def cell(kind: str, source: str, nbgrader: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    meta = {"nbgrader": nbgrader} if nbgrader else {}
    outputs = {"outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": meta, "source": source.splitlines(keepends=True), **outputs, **more}


def notebook(*cells: dict[str, Any], language: str = "python") -> str:
    info = {"language_info": {"name": language}}
    return json.dumps({"cells": list(cells), "metadata": info, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def made(*cells: dict[str, Any]) -> Imported:
    return Imported(notebook(*cells), "loops.ipynb")


SOLUTION = {"solution": True, "grade": False, "grade_id": "squares"}
TESTS = {"solution": False, "grade": True, "grade_id": "t", "points": 2}
SQUARES = "def squares(n):\n    ### BEGIN SOLUTION\n    return [i * i for i in range(n)]\n    ### END SOLUTION\n"


def test_a_plain_notebook_is_a_lesson_with_its_output():
    picture = base64.b64encode(png()).decode()
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["4\n"]},
        {"output_type": "display_data", "data": {"image/png": picture, "text/plain": "<Figure>"}},
    ]
    found = made(
        cell("markdown", "# Loops\n\nA <b>loop</b>.\n\n<script>x</script>"), cell("code", "print(4)", outputs=outputs)
    )
    assert found.course.title == "Loops"
    assert "A **loop**." in found.lesson()
    assert "```python\nprint(4)\n```\n\n```output\n4\n```" in found.lesson()
    assert "img/picture-" in found.lesson()
    assert found.report.counts()["found"] == 2


def test_pictures_attached_to_a_cell():
    attached = {"map.png": {"image/png": base64.b64encode(png()).decode()}}
    found = made(cell("markdown", "See ![a map](attachment:map.png) and [there](other.ipynb).", attachments=attached))
    assert "![a map](img/map-" in found.lesson()
    assert "and there." in found.lesson()


def test_an_autograded_answer_with_hidden_tests():
    tests = "assert squares(2) == [0, 1]\n### BEGIN HIDDEN TESTS\nassert squares(0) == []\n### END HIDDEN TESTS\n"
    found = made(cell("markdown", "Write `squares`."), cell("code", SQUARES, SOLUTION), cell("code", tests, TESTS))
    body = found.exercises[0].body
    assert isinstance(body, Code)
    assert [(test.call, test.expect, test.hidden) for test in body.tests] == [
        ("squares(2)", "[0, 1]", False), ("squares(0)", "[]", True),
    ]  # fmt: skip
    assert "# YOUR CODE HERE\n    raise NotImplementedError()" in body.starter
    assert "BEGIN SOLUTION" not in body.solution
    assert found.words().startswith("# squares\n\nWrite `squares`.")
    assert found.keys()["points"] == 2
    assert found.item("squares").line > 1


def test_what_a_test_needs_of_earlier_cells_stands_above():
    found = made(
        cell("code", "import math\nunused = 1\nrows = [3, 4]"),
        cell("code", "### BEGIN SOLUTION\nlength = math.hypot(*rows)\n### END SOLUTION", SOLUTION),
        cell("code", "assert abs(length - 5) < 1e-6\nassert length > 4", TESTS),
    )
    body = found.exercises[0].body
    assert isinstance(body, Cells)
    assert body.cells[0].solution.startswith("import math\nrows = [3, 4]\n")
    assert "unused" not in body.cells[0].solution
    assert [(t.call, t.expect, t.absolute) for t in body.cells[0].tests] == [
        ("length", "5", "1e-06"), ("length > 4", "True", ""),
    ]  # fmt: skip
    assert "earlier cells" in found.said("squares")


def test_too_few_tests_are_not_trusted():
    tests = "assert squares(1) == [0]\nx = []\nx.append(1)\nassert squares(x) == 1\nassert squares(x) == 2"
    found = made(cell("markdown", "Task"), cell("code", SQUARES, SOLUTION), cell("code", tests, TESTS))
    assert found.item("squares").status == "left"
    assert "too few to trust" in found.said("squares")


def test_the_version_for_learners_has_no_solution():
    empty = "def squares(n):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    found = made(
        cell("markdown", "Task"), cell("code", empty, SOLUTION), cell("code", "assert squares(1) == [0]", TESTS)
    )
    assert "the one for teachers" in found.said("squares")


def test_answers_that_people_mark(tmp_path):
    manual = {"solution": True, "grade": True, "grade_id": "why", "points": 3}
    found = made(cell("markdown", "Why?"), cell("markdown", "### BEGIN SOLUTION\nBecause.\n### END SOLUTION", manual))
    assert found.keys()["kind"] == "free_text"
    assert found.keys()["points"] == 3
    assert "::: example\nBecause.\n:::" in found.words()
    assert found.problems(tmp_path) == []


def raw(text: str) -> dict[str, Any]:
    return cell("raw", text)


def shown(source: str, value: str) -> dict[str, Any]:
    output = {"output_type": "execute_result", "data": {"text/plain": value}, "execution_count": 1, "metadata": {}}
    return cell("code", source, outputs=[output])


def test_otter_questions():
    found = made(
        raw("# ASSIGNMENT CONFIG\nname: hw"),
        raw("# BEGIN QUESTION\nname: q1\npoints: 2"),
        cell("markdown", "**Question 1.** Assign `nine`."),
        raw("# BEGIN SOLUTION"),
        cell("code", "def square(x):\n    return x * x # SOLUTION\nnine = square(3) # SOLUTION\nlow = 1 # IGNORE\n"),
        raw("# END SOLUTION"),
        raw("# BEGIN TESTS"),
        shown("nine", "9"),
        shown('""" # BEGIN TEST CONFIG\nhidden: true\n""" # END TEST CONFIG\nsquare(1)', "1"),
        raw("# END TESTS"),
        raw("# END QUESTION"),
        raw("# BEGIN QUESTION\nname: q2\nmanual: true"),
        cell("markdown", "**Question 2.** Why?"),
        raw("# BEGIN SOLUTION"),
        cell("markdown", "Because."),
        raw("# END SOLUTION"),
        raw("# END QUESTION"),
    )
    body = found.exercises[0].body
    assert isinstance(body, Cells)
    assert body.cells[0].starter == "def square(x):\n    return ...\nnine = ...\n"
    assert body.cells[0].solution == "def square(x):\n    return x * x\nnine = square(3)\n"
    assert [(t.call, t.expect, t.hidden) for t in body.cells[0].tests] == [
        ("nine", "9", False),
        ("square(1)", "1", True),
    ]
    assert found.exercises[1].body.kind == "free_text"
    assert found.words(0).startswith("# q1\n\n**Question 1.** Assign `nine`.")


def test_other_languages_and_broken_files_are_left():
    files = {"a.ipynb": notebook(cell("code", "x <- 1"), language="R"), "b.ipynb": notebook(cell("markdown", "Hi"))}
    found = Imported({**files, "c.ipynb": '{"cells": ["nbformat"'})
    assert "in r" in found.said("a.ipynb")
    assert "not readable as JSON" in found.said("c.ipynb")


@pytest.mark.sandbox
def test_the_whole_way_with_a_program(tmp_path, run):
    text = notebook(
        cell("markdown", "# Squares\n\nRead."),
        cell("markdown", "Write it."),
        cell("code", SQUARES, SOLUTION),
        cell("code", "assert squares(3) == [0, 1, 4]", TESTS),
        cell(
            "code",
            "def wrong():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION",
            {**SOLUTION, "grade_id": "w"},
        ),
        cell("code", "assert wrong() == 2", {**TESTS, "grade_id": "u"}),
    )
    report, findings, _ = proven(tmp_path, text, "s.ipynb", run=run)
    assert findings.errors == []
    wrong = next(item for item in report.items if item.title == "w")
    assert wrong.status == "left"
    assert "did not prove itself" in wrong.notes[-1].text


def test_it_is_found_among_the_formats():
    assert format_of(package(notebook(cell("markdown", "x")), "x.ipynb")) == "notebook"
