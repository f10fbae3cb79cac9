from __future__ import annotations

import json
from typing import Any

import pytest

from bilik.exchange.bodies import Cells, Code
from bilik.exchange.convert import format_of
from bilik.exchange.errors import NotReadable
from bilik.exchange.tests.making import Imported, package, proven

STUB = "def double(number):\n    pass\n"
SOLUTION = "def double(number):\n    return number * 2\n"
TESTS = """
import unittest
from double import double
class DoubleTest(unittest.TestCase):
    def test_small(self):
        self.assertEqual(double(2), 4)
    def test_names(self):
        value = [1]
        expected = [1, 1]
        self.assertEqual(double(value), expected)
    def test_many(self):
        for given, wanted in zip([1, 5], [2, 10]):
            with self.subTest(given):
                self.assertEqual(double(given), wanted, msg=f"for {given}")
    def test_error(self):
        with self.assertRaises(TypeError) as err:
            double(None)
        self.assertEqual(err.exception.args[0], "no")
"""


def track(
    tests: str = TESTS, solution: str = SOLUTION, stub: str = STUB, language: str = "python", **row: Any
) -> dict[str, str | bytes]:
    files = {"solution": ["double.py"], "test": ["double_test.py"], "example": [".meta/example.py"]}
    rows = [{"slug": "double", "name": "Double", "difficulty": 4, **row}]
    config = {"slug": language, "language": "Python", "exercises": {"practice": rows, "concept": []}, "concepts": []}
    base = "exercises/practice/double/"
    return {
        "config.json": json.dumps(config),
        f"{base}.meta/config.json": json.dumps({"files": files}),
        f"{base}.meta/example.py": solution,
        f"{base}double.py": stub,
        f"{base}double_test.py": tests,
        f"{base}.docs/instructions.md": "# Instructions\n\nDouble it.\n\n~~~~exercism/note\nTake care.\n~~~~\n",
        f"{base}.docs/hints.md": "# Hints\n\n## General\n\n- Use `*`.\n",
    }


def test_an_exercise_with_its_words_and_tests():
    made = Imported(track())
    body = made.exercises[0].body
    assert isinstance(body, Code)
    assert [(test.call, test.expect) for test in body.tests] == [
        ("double(2)", "4"), ("double([1])", "[1, 1]"), ("double(1)", "2"), ("double(5)", "10"),
    ]  # fmt: skip
    assert made.words().startswith("# Double\n\nDouble it.\n\n::: note\nTake care.\n:::")
    assert "::: hint\n- Use `*`.\n:::" in made.words()
    assert made.keys()["difficulty"] == 2
    assert (
        made.said("Double")
        == "left: A test: It expects an error to be raised. | changed: 4 of its 5 tests were taken over."
    )


def test_objects_and_other_modules_become_expressions():
    tests = (
        "import datetime\nfrom clock import Clock\nclass T:\n def test_a(self):\n"
        "  clock = Clock(8, 0)\n  self.assertEqual(str(clock), '08:00')\n"
        " def test_b(self):\n  self.assertEqual(Clock(1, 0).day(), datetime.date(2020, 1, 1))\n"
        " def test_c(self):\n  self.assertTrue(Clock(1, 0).ok())\n"
        " def test_d(self):\n  clock = Clock(1, 0)\n  clock.add(3)\n  self.assertEqual(str(clock), '01:03')\n"
    )
    made = Imported(track(tests, "class Clock:\n    pass\n"))
    body = made.exercises[0].body
    assert isinstance(body, Cells)
    assert [(test.call, test.expect) for test in body.cells[0].tests] == [
        ("str(Clock(8, 0))", "'08:00'"),
        ("(Clock(1, 0).day()) == (__import__('datetime').date(2020, 1, 1))", "True"),
        ("bool(Clock(1, 0).ok())", "True"),
    ]
    assert "several steps" in made.said("Double")


def test_pytest_functions_are_read_too():
    tests = "import pytest\nfrom double import double\ndef test_it():\n    assert double(0.1) == pytest.approx(0.2)\n"
    test = Imported(track(tests)).exercises[0].body.tests[0]
    assert (test.call, test.expect, test.relative) == ("double(0.1)", "0.2", "1e-6")


def test_deprecated_exercises_and_other_tracks_are_left():
    with pytest.raises(NotReadable, match="deprecated"):
        Imported(track(status="deprecated"))
    with pytest.raises(NotReadable, match="only tests in Python"):
        Imported(track(language="ruby"))


@pytest.mark.sandbox
def test_the_whole_way(tmp_path, run):
    report, findings, out = proven(tmp_path, track(), run=run)
    assert findings.errors == []
    assert report.counts()["changed"] == 1
    assert (out / "lessons/01-python-2/double/solution.py").read_text() == SOLUTION


@pytest.mark.sandbox
def test_an_example_that_fails_its_tests_is_taken_out(tmp_path, run):
    with pytest.raises(NotReadable, match="did not prove itself"):
        proven(tmp_path, track(solution="def double(number):\n    return number\n"), run=run)
    assert not (tmp_path / "course").exists()


def test_it_is_found_among_the_formats():
    assert format_of(package(track())) == "exercism"
