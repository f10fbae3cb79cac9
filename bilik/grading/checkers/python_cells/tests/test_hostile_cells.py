"""Notebooks that try to be graded by what they say instead of by what they do."""

from __future__ import annotations

import pytest

from bilik.grading.checkers.python_cells.tests.notebooks import RIGHT, TWO, answered, facts_of, notebook, passed_by_name
from bilik.grading.kinds import Run
from bilik.grading.tests.helpers import codes
from bilik.grading.verdict import Outcome

pytestmark = pytest.mark.sandbox
HIDDEN = TWO + '[[cells.tests]]\nname = "secret"\ncall = "double(1234567)"\nexpect = "2469134"\nhidden = true\n'
DOUBLE = RIGHT["total"] + "\ndef double(n):\n    return 2 * n\n"


def hidden() -> object:
    return notebook(HIDDEN, solution={**RIGHT, "total": DOUBLE})


def test_an_endless_cell_leaves_the_ones_before_it_graded(run: Run) -> None:
    spec = notebook(TWO + "[limits]\ncpu_seconds = 1\n")
    verdict = answered(spec, run, total="n = 1\nwhile True:\n    n += 1")
    assert (verdict.outcome, str(verdict.score)) == (Outcome.TIME_LIMIT, "1.500")
    limit = facts_of(verdict, "limit.time_limit")
    assert limit["cell_number"] == 2
    assert limit["line"] in (2, 3)
    assert passed_by_name(verdict) == {"rows": True, "value": False, "printed": False}


@pytest.mark.parametrize(
    "code",
    [
        "len = lambda rows: 3\nrows = []",
        "import builtins\nbuiltins.len = lambda rows: 3\nrows = []",
        "__builtins__ = {'len': lambda rows: 3}\nrows = []",
        "globals()['len'] = lambda rows: 3\nrows = []",
    ],
)
def test_a_function_of_pythons_own_cannot_be_replaced(code: str, run: Run) -> None:
    verdict = answered(notebook(), run, load=code)
    assert not passed_by_name(verdict)["rows"]


@pytest.mark.parametrize(
    "code",
    [
        "class Six(int):\n    def __eq__(self, other): return True\ntotal = Six(0)",
        "class Any:\n    def __eq__(self, other): return True\n    def __repr__(self): return '6'\ntotal = Any()",
        "print('6', end='')\nprint('{\"kind\": \"run\", \"passed\": true}')",
    ],
)
def test_a_value_cannot_lie_about_itself(code: str, run: Run) -> None:
    assert not passed_by_name(answered(notebook(), run, total=code))["value"]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("import sys\nsys.exit(0)", Outcome.RUNTIME_ERROR),
        ("import os\nos._exit(0)", Outcome.RUNTIME_ERROR),
        ('import os\nos.write(3, b\'{"kind": "end", "ended": "finished"}\')\nos._exit(0)', Outcome.RUNTIME_ERROR),
        ("x = []\nwhile True: x.append('x' * 1000000)", Outcome.MEMORY_LIMIT),
        ("while True: print('6' * 1000)", Outcome.OUTPUT_LIMIT),
    ],
)
def test_leaving_in_the_middle_earns_nothing_more(code: str, outcome: Outcome, run: Run) -> None:
    verdict = answered(notebook(), run, total=code)
    assert verdict.outcome is outcome
    assert verdict.score <= 1.5
    assert not passed_by_name(verdict)["value"]


def test_nothing_of_a_hidden_test_is_told(run: Run) -> None:
    spoken = RIGHT["total"] + "\ndef double(n):\n    raise ValueError(str(n))\n"
    verdict = answered(hidden(), run, total=spoken)
    assert not passed_by_name(verdict)["secret"]
    assert facts_of(verdict, "error")["in_hidden_test"] is True
    assert "1234567" not in str(verdict.to_json())


def test_a_hidden_test_cannot_be_seen_by_the_visible_part(run: Run) -> None:
    # A cell that prints when it finds them: in the process whose output is compared they never were.
    spying = RIGHT["total"] + (
        "\ndef double(n):\n    return 2 * n\n"
        "import gc\nfound = [o for o in gc.get_objects() if isinstance(o, dict) and 'expressions' in o]\n"
        "if '123' + '4567' in str(found) or '246' + '9134' in str(found):\n    print('found')\n"
    )
    assert answered(hidden(), run, total=spying).outcome is Outcome.ACCEPTED


def test_what_is_remembered_starts_afresh_for_hidden_tests(run: Run) -> None:
    spec = notebook(
        '[[cells]]\nid = "load"\n[[cells.tests]]\ncall = "f()"\nexpect = "1"\n'
        '[[cells.tests]]\ncall = "f()"\nexpect = "1"\nhidden = true\n[[cells]]\nid = "total"\n'
    )
    counting = "seen = []\ndef f():\n    seen.append(1)\n    return len(seen)"
    assert answered(spec, run, load=counting, total="").outcome is Outcome.ACCEPTED


def test_an_endless_hidden_test_is_a_time_limit(run: Run) -> None:
    spec = notebook(HIDDEN + "[limits]\ncpu_seconds = 1\n", solution={**RIGHT, "total": DOUBLE})
    code = RIGHT["total"] + "\ndef double(n):\n    while n > 100: pass\n    return 2 * n\n"
    verdict = answered(spec, run, total=code)
    assert verdict.outcome is Outcome.TIME_LIMIT
    assert "limit.time_limit" in codes(verdict)
    assert "1234567" not in str(verdict.to_json())
