"""Function tests, program tests, points and limits: with the real sandbox."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bilik.grading.check import check
from bilik.grading.checkers.python_code.tests.code import (
    call,
    code,
    error_of,
    prints,
    program,
    returns,
    shown_tests,
)
from bilik.grading.tests.helpers import codes, graded
from bilik.grading.verdict import Outcome, PlatformFault
from runner.result import Result
from runner.result import Run as RunResult

pytestmark = pytest.mark.sandbox
ADD = call("add(2, 3)", "5") + call("add(-1, 1)", "0", "weight = 3")
LIBRARIES = Path(__file__).resolve().parents[5] / ".learner" / "numpy"


@pytest.mark.parametrize(
    ("answer", "outcome", "score"),
    [
        ("def add(a, b):\n    return a + b", Outcome.ACCEPTED, "3"),
        ("add = lambda a, b: a + b", Outcome.ACCEPTED, "3"),
        ("def add(a, b):\n    return 5", Outcome.PARTIAL, "0.75"),
        ("def add(a, b):\n    return 0", Outcome.PARTIAL, "2.25"),
        ("def add(a, b):\n    print(a + b)", Outcome.WRONG, "0"),
        ("def add(a, b):\n    return a / 0", Outcome.RUNTIME_ERROR, "0"),
        ("def add(a, b):\n    return 5 if a > 0 else 1 / 0", Outcome.RUNTIME_ERROR, "0.75"),
        ("def sum(a, b):\n    return a + b", Outcome.RUNTIME_ERROR, "0"),
        ("add = 5", Outcome.RUNTIME_ERROR, "0"),
        ("def add(a, b)\n    return a + b", Outcome.RUNTIME_ERROR, "0"),
        ("import os\nos._exit(0)", Outcome.RUNTIME_ERROR, "0"),
        ("import sys\nsys.exit(0)", Outcome.RUNTIME_ERROR, "0"),
        ("def add(a, b):\n    import os\n    os._exit(0)", Outcome.RUNTIME_ERROR, "0"),
        ("raise ValueError('at once')\ndef add(a, b):\n    return a + b", Outcome.RUNTIME_ERROR, "0"),
        ("", Outcome.INVALID, "0"),
        ("#" * 64_001, Outcome.INVALID, "0"),
    ],
)
def test_each_passed_function_test_earns_its_weights_share(run, answer, outcome, score):
    verdict = graded(code(ADD), answer, run=run)
    assert (verdict.outcome, verdict.score) == (outcome, Decimal(score))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("name = input('Who? ')\nprint('Salam,', name)", Outcome.ACCEPTED),
        ("print('Salam, ' + input())\nprint()", Outcome.ACCEPTED),
        ("import sys\nprint('Salam,', sys.stdin.readline().strip())\nsys.exit(0)", Outcome.ACCEPTED),
        ("print('Salam, Aynur')", Outcome.PARTIAL),
        ("print('salam, ' + input())", Outcome.WRONG),
        ("input()\ninput()", Outcome.RUNTIME_ERROR),
        ("\ufeffprint('Salam,', input())", Outcome.ACCEPTED),
        ("print('Salam,', input())\r\n", Outcome.ACCEPTED),
    ],
)
def test_a_program_is_judged_by_what_it_prints_and_its_questions_do_not_count(run, answer, outcome):
    spec = code(program("Salam, Aynur", ["Aynur"]) + program("Salam, Orxan", ["Orxan"]))
    assert graded(spec, answer, run=run).outcome is outcome


@pytest.mark.parametrize(
    ("compare", "printed", "wanted", "passes"),
    [
        ("lines", "a  \nb\n\n", "\na\nb\n", True),
        ("lines", " a", "a", False),
        ("lines", "a\n\nb", "a\nb", False),
        ("exact", "a\nb\n", "a\nb\n", True),
        ("exact", "a\nb", "a\nb\n", False),
        ("words", " a \n\n b", "a b", True),
        ("words", "ab", "a b", False),
        ("contains", "so: 12 manat\nbye", "12 manat", True),
        ("contains", "so: 13 manat", "12 manat", False),
        ("numbers", "x = 1,50", "x = 1.5", True),
        ("numbers", "x = 1.51", "x = 1.5", False),
        ("numbers", "y = 1.5", "x = 1.5", False),
    ],
)
def test_output_is_compared_in_the_way_that_the_author_asks_for(run, compare, printed, wanted, passes):
    assert prints(printed, wanted, f'compare = "{compare}"', run=run) is passes


@pytest.mark.parametrize(
    ("tolerance", "passes"),
    [
        ('absolute = "0.1"', True),
        ('absolute = "0.09"', False),
        ('relative = "0.05"', True),
        ('relative = "0.04"', False),
    ],
)
def test_printed_numbers_may_differ_by_the_tolerance(run, tolerance, passes):
    assert prints("2.1", "2", f'compare = "numbers"\n{tolerance}', run=run) is passes


@pytest.mark.parametrize(
    ("value", "expect", "more", "passes"),
    [
        ("3.0", "3", "", True),
        ("3.0", "3", "strict = true", False),
        ("[1, 2.0]", "[1, 2]", "strict = true", False),
        ("{1.0}", "{1}", "strict = true", False),
        ("True", "1", "", False),
        ("1", "True", "", False),
        ("{1: 'a'}", "{True: 'a'}", "", False),
        ("{True}", "{1}", "", False),
        ("{(True,)}", "{(1,)}", "", False),
        ("(1, 2)", "[1, 2]", "", False),
        ("[1, 2]", "(1, 2)", "", False),
        ("{'b': 2, 'a': 1}", "{'a': 1, 'b': 2}", "", True),
        ("float('nan')", "0", "", False),
        ("float('inf')", "1e999", "", True),
        ("-0.0", "0", "", True),
        ("0.1 + 0.2", "0.3", "", False),
        ("0.1 + 0.2", "0.3", 'compare = "close"\nabsolute = "1e-9"', True),
        ("[0.1 + 0.2, 'x']", "[0.3, 'x']", 'compare = "close"\nrelative = "1e-9"', True),
        ("float('nan')", "0.3", 'compare = "close"\nabsolute = "1e9"', False),
        ("12.75", "12.5", 'compare = "close"\nabsolute = "0.25"', True),
        ("12.76", "12.5", 'compare = "close"\nabsolute = "0.25"', False),
        ("'12'", "12", "", False),
        ("range(3)", "[0, 1, 2]", "", False),
        ("None", "None", "", True),
        ("10 ** 3000", "1", "", False),
        ("10 ** 9000", "1", "", False),
        ("object()", "1", "", False),
        ("'\\ud800'", "''", "", False),
    ],
)
def test_a_returned_value_equals_as_a_teacher_means_it(run, value, expect, more, passes):
    assert returns(value, expect, more, run=run) is passes


LYING = """
class Liar(int):
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __float__(self): return 5.0
    def __repr__(self): return "5"
"""


@pytest.mark.parametrize("value", ["Liar()", "[Liar()]", "{'a': Liar()}"])
def test_case_51_an_object_that_says_it_equals_everything_equals_nothing(run, value):
    expect = value.replace("Liar()", "5")
    assert returns(value, expect, run=run, before=LYING) is False


def test_what_a_call_must_print_counts_beside_what_it_returns(run):
    spec = code('[[tests]]\ncall = "f()"\nprints = "hi"\n')
    assert graded(spec, "def f(): print('hi ')", run=run).outcome is Outcome.ACCEPTED
    assert graded(spec, "def f(): return 'hi'", run=run).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        ("while True: pass", Outcome.TIME_LIMIT, "limit.time_limit"),
        ("print('x' * 2000000)", Outcome.OUTPUT_LIMIT, "limit.output_limit"),
        ("x = [0] * 10**9", Outcome.MEMORY_LIMIT, "limit.memory_limit"),
    ],
)
def test_a_limit_that_is_met_is_named(run, answer, outcome, said):
    verdict = graded(code(program("x", more="[limits]\ncpu_seconds = 1\nmemory_mb = 64")), answer, run=run)
    assert (verdict.outcome, verdict.score, codes(verdict)) == (outcome, 0, [said])
    assert verdict.feedback[0].data["seconds"] == 1


def test_a_time_limit_names_the_line_that_was_running(run):
    verdict = graded(code(program("x", more="[limits]\ncpu_seconds = 1")), "i = 0\nwhile True:\n    i += 1", run=run)
    assert verdict.feedback[0].data["line"] in (2, 3)


def test_tests_passed_before_a_limit_keep_their_points(run):
    spec = code(call("f(1)", "1") + call("f(2)", "2", "[limits]\ncpu_seconds = 1"))
    verdict = graded(spec, "def f(x):\n    while x > 1: pass\n    return x", run=run)
    assert (verdict.outcome, verdict.score) == (Outcome.TIME_LIMIT, Decimal("1.5"))


def test_an_error_says_where_it_happened_in_the_learners_own_lines(run):
    error = error_of(graded(code(ADD), "def add(a, b):\n    c = a + b\n    return d", run=run))
    assert (error["type"], error["line"], error["source"]) == ("NameError", 3, "    return d")


def test_a_missing_function_is_named_with_the_nearest_that_is_there(run):
    error = error_of(graded(code(ADD), "def ad(a, b):\n    return a + b", run=run))
    assert (error["type"], error["data"]["name"], error["suggestion"]) == ("MissingFunction", "add", "ad")


def test_a_syntax_error_is_told_once_and_no_test_is_listed(run):
    verdict = graded(code(ADD), "def add(a, b):\n    return (a + b", run=run)
    assert (codes(verdict), shown_tests(verdict)) == (["error"], [])
    assert verdict.feedback[0].data["line"] == 2


def test_files_lie_beside_the_program(run):
    spec = code(program("Baku 3"), data={"rain.csv": b"Baku 3\n"})
    assert graded(spec, "print(open('rain.csv').read())", run=run).outcome is Outcome.ACCEPTED
    assert graded(spec, "print(open('snow.csv').read())", run=run).outcome is Outcome.RUNTIME_ERROR


def test_a_program_may_write_only_where_the_task_lets_it(run):
    answer = "open('x.txt', 'w').write('1')\nprint(open('x.txt').read())"
    assert graded(code("writes = true\n" + program("1")), answer, run=run).outcome is Outcome.ACCEPTED
    assert graded(code(program("1")), answer, run=run).outcome is Outcome.RUNTIME_ERROR


@pytest.mark.skipif(not LIBRARIES.exists(), reason="numpy for learners is not installed in .learner")
@pytest.mark.parametrize(
    ("value", "expect", "passes"),
    [
        ("np.array([1, 2])", "[1, 2]", True),
        ("np.array([1.0, 2.0])", "[1, 2]", True),
        ("np.array([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]", True),
        ("np.array([[1, 2], [3, 4]])", "[1, 2, 3, 4]", False),
        ("np.zeros((2, 0))", "[[], []]", True),
        ("np.zeros((0, 2))", "[]", True),
        ("np.zeros((2, 0, 3))", "[[], []]", True),
        ("np.array([True])", "[1]", False),
        ("np.int64(3)", "3", True),
        ("np.array([np.nan])", "[0]", False),
    ],
)
def test_an_array_may_stand_for_a_list(run, value, expect, passes):
    toml = 'libraries = ["numpy"]\n' + call("f()", expect)
    verdict = graded(code(toml), f"import numpy as np\ndef f():\n    return {value}", run=run)
    assert shown_tests(verdict)[0]["passed"] is passes


def test_a_fault_of_the_platform_is_no_verdict():
    def broken(job):
        raise PlatformFault("no sandbox here")

    with pytest.raises(PlatformFault):
        check(code(ADD), "x = 1", run=broken)


def test_rounding_never_makes_a_part_into_the_whole(run):
    spec = {
        **code(call("f(0)", "0") + "".join(call(f"f({n})", str(n), "weight = 100") for n in range(1, 100))),
        "points": 1,
    }
    verdict = graded(spec, "def f(n):\n    return n or 'zero'", run=run)
    assert (verdict.outcome, verdict.score) == (Outcome.PARTIAL, Decimal("0.999"))


@pytest.mark.parametrize("ended", ["quit", "crashed", "protocol"])
def test_case_50_an_answer_that_broke_off_is_not_accepted_even_when_every_test_had_passed(ended):
    done = RunResult(["int", "5"], "", False, "", None, 0.0, True, None)
    spec = code(call("f()", "5"))

    def broke_off(job):
        return Result(ended, "x\x00", {"constructs": []}, None, (done,), 1.0, 1.0, 1, ())

    verdict = check(spec, "f = int", run=broke_off)
    assert verdict.outcome is Outcome.RUNTIME_ERROR
    assert verdict.score < verdict.of
