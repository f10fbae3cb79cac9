"""The learner is told that a hidden test failed, and nothing from which its values could be read."""

from __future__ import annotations

import json

import pytest

from bilik.grading.checkers.python_code.tests.code import call, code, error_of, program, shown_tests
from bilik.grading.tests.helpers import codes, graded
from bilik.grading.verdict import Outcome

pytestmark = pytest.mark.sandbox
SECRET_IN, SECRET_OUT = "Nizami-1141", "Gencevi-1209"
HIDDEN_FIRST = call(f"f('{SECRET_IN}')", f"'{SECRET_OUT}'", "hidden = true") + call(
    "f('open')", "'shut'", 'name = "open"'
)
HIDDEN_PROGRAM = program(SECRET_OUT, [SECRET_IN], "hidden = true") + program("shut", ["open"])

LEAKS = {
    "returns it": "def f(x): return x",
    "prints it": "def f(x): print(x)",
    "raises it": "def f(x): raise ValueError(x)",
    "asks for a key": "def f(x): return {}[x]",
    "turns it into a number": "def f(x): return int(x)",
    "makes it an exception's type": "def f(x): raise type('E' + x.replace('-', '_'), (Exception,), {})()",
    "makes it a name": "def f(x): return eval(x.replace('-', '_'))",
    "makes it an attribute": "def f(x): return getattr(x, x)",
    "makes it a module": "def f(x): return __import__(x)",
    "makes it a file": "def f(x): return open(x)",
    "makes it a syntax error": "def f(x): raise SyntaxError(x, ('answer.py', len(x) * 100 + 41, 1, x))",
    "makes it a function's name": (
        "def g(): 1/0\ndef f(x):\n    g.__code__ = g.__code__.replace(co_name=x)\n    return g()"
    ),
    "remembers it": "seen = []\ndef f(x):\n    seen.append(x)\n    return seen",
    "leaves it in a file": "def f(x):\n    open('seen', 'a').write(x)\n    return open('seen').read()",
    "looks for it in memory": (
        "import gc\ndef f(x):\n    return [str(o) for o in gc.get_objects() if type(o) is dict and 'calls' in o]"
    ),
    "looks for it in the frames": (
        "import sys\ndef f(x):\n    frame, all = sys._getframe(), []\n    while frame:\n"
        "        all.append(repr(frame.f_locals))\n        frame = frame.f_back\n    return all"
    ),
    "prints it without end": "def f(x):\n    while True: print(x)",
    "never ends": "def f(x):\n    while x != 'open': pass",
}


# The same answers, made right for the visible test, so that the first error is one in a hidden test.
RIGHT_WHEN_SEEN = "\nleak = f\ndef f(x): return 'shut' if x == 'open' else leak(x)"


@pytest.mark.parametrize("more", ["", RIGHT_WHEN_SEEN], ids=["always", "only when hidden"])
@pytest.mark.parametrize("answer", LEAKS.values(), ids=LEAKS.keys())
def test_case_53_nothing_of_a_hidden_test_is_in_the_verdict(run, answer, more):
    answer += more
    verdict = graded(code("writes = true\n" + HIDDEN_FIRST + "[limits]\ncpu_seconds = 1"), answer, run=run)
    told = json.dumps(verdict.to_json(), ensure_ascii=False)
    assert verdict.outcome is not Outcome.ACCEPTED
    for part in ("Nizami", "1141", "Gencevi", "1209"):
        assert part not in told


@pytest.mark.parametrize(
    "answer",
    [
        "print(input())",
        "raise ValueError(input())",
        "import sys\nprint(repr(sys._getframe().f_back.f_locals), repr(sys._getframe().f_back.f_back.f_locals))",
        "open('seen', 'a').write(input())\nprint(open('seen').read())",
    ],
)
def test_case_53_nothing_of_a_hidden_program_test_is_in_the_verdict(run, answer):
    told = json.dumps(graded(code("writes = true\n" + HIDDEN_PROGRAM), answer, run=run).to_json())
    for part in ("Nizami", "1141", "Gencevi", "1209"):
        assert part not in told


def test_of_a_hidden_test_only_its_name_and_whether_it_passed_are_shown(run):
    hidden, shown = shown_tests(graded(code(HIDDEN_FIRST), "def f(x): return 'shut'", run=run))
    assert hidden == {"name": "test-1", "passed": False, "hidden": True, "ran": True}
    assert shown["passed"] is True
    assert (shown["call"], shown["expected"], shown["got"]) == ("f('open')", "'shut'", "'shut'")


def test_an_error_in_a_hidden_test_still_says_what_kind_it_was_and_where(run):
    answer = "def f(x):\n    if x == 'open':\n        return 'shut'\n    return x + 1"
    error = error_of(graded(code(HIDDEN_FIRST), answer, run=run))
    assert (error["type"], error["line"], error["in_hidden_test"]) == ("TypeError", 4, True)
    assert error["data"]["kind"] == "concatenation"
    assert error["message"] == ""


def test_an_error_that_a_visible_test_shows_too_is_told_in_full(run):
    error = error_of(graded(code(HIDDEN_FIRST), "def f(x):\n    return int(x)", run=run))
    assert error["in_hidden_test"] is False
    assert "'open'" in error["message"]


def test_a_program_that_does_not_even_load_has_not_failed_in_a_hidden_test(run):
    error = error_of(graded(code(HIDDEN_FIRST), "def f(x): return y\nx = z", run=run))
    assert (error["data"]["name"], error["in_hidden_test"]) == ("z", False)


def test_hidden_tests_count_as_others_do(run):
    answer = f"def f(x):\n    return 'shut' if x == 'open' else '{SECRET_OUT}'"
    assert graded(code(HIDDEN_FIRST), answer, run=run).outcome is Outcome.ACCEPTED
    assert graded(code(HIDDEN_FIRST), "def f(x): return 'shut'", run=run).score == 1.5


def test_a_task_may_have_hidden_tests_only(run):
    spec = code(call(f"f('{SECRET_IN}')", f"'{SECRET_OUT}'", "hidden = true"))
    assert graded(spec, "def f(x): return x", run=run).outcome is Outcome.WRONG
    assert graded(spec, f"def f(x): return '{SECRET_OUT}'", run=run).outcome is Outcome.ACCEPTED


def test_visible_and_hidden_tests_share_one_time_limit(run):
    answer = "def f(x):\n    n = 0\n    while n < 10**9 and x != 'open': n += 1\n    return 'shut'"
    verdict = graded(code(HIDDEN_FIRST + "[limits]\ncpu_seconds = 1"), answer, run=run)
    assert (verdict.outcome, codes(verdict)) == (Outcome.TIME_LIMIT, ["limit.time_limit"])
    assert verdict.score == 1.5
