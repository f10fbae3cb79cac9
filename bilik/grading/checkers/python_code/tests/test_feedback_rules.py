"""What an author can ask of a program, and say to a mistake."""

from __future__ import annotations

import pytest

from bilik.grading.checkers.python_code.tests.code import call, code, program
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, read
from bilik.grading.verdict import Outcome

TESTS = call("f(1)", "2", 'name = "one"') + call("f(2)", "3", 'name = "two"')
LOOP = '[require]\nuses = ["for"]\nlacks = ["sum()"]\nfunctions = ["f"]\nsay = { "for" = "use-a-loop" }\n'


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("rule", "answer", "fits"),
    [
        ('got = "1"', "def f(x): return x", True),
        ('got = "1.0"', "def f(x): return x", True),
        ('got = "7"', "def f(x): return x", False),
        ('test = "two"\ngot = "2"', "def f(x): return x", True),
        ('test = "one"\ngot = "2"', "def f(x): return x", False),
        ('test = "two"', "def f(x): return 2", True),
        ('test = "one"', "def f(x): return 2", False),
        ("returned_nothing = true", "def f(x): print(x + 1)", True),
        ("returned_nothing = true", "def f(x): return 0", False),
        ("returned_nothing = true", "def f(x): return 1 / 0", False),
        ("returned_nothing = true", "def f(x):\n    while True: pass", False),
        ("returned_nothing = true", "def f(x):\n    while True: print(x)", False),
        ('printed = "2"', "def f(x): print(x + 1)", True),
        ('printed = "3"', "def f(x): print(x + 2)", True),
        ('printed = "9"', "def f(x): print(x)", False),
        ('error = "ZeroDivisionError"', "def f(x): return 1 / 0", True),
        ('error = "ArithmeticError"', "def f(x): return 1 / 0", True),
        ('error = "IndexError"', "def f(x): return 1 / 0", False),
        ('error = "NameError"', "y = z", True),
        ('error = "SyntaxError"', "def f(x) return 1", True),
        ('error = "MissingFunction"', "def g(x): return 1", True),
        ('uses = ["for"]', "def f(x):\n    for i in []: pass", True),
        ('uses = ["for", "print()"]', "def f(x):\n    for i in []: pass", False),
        ('uses = ["import math"]', "import math\ndef f(x): return 0", True),
        ('lacks = ["return"]', "def f(x): x + 1", True),
        ('lacks = ["return"]', "def f(x): return x", False),
        ('lacks = ["return"]', "def f(x) x", False),
        ('got = "1"\nuses = ["while"]', "def f(x): return x", False),
        ('got = "None"\nlacks = ["print()"]', "def f(x): pass", True),
        ('uses = ["return"]', "def f(x): return x + 1", False),
    ],
)
def test_a_rule_is_said_when_all_its_conditions_hold_for_a_failed_test(run, rule, answer, fits):
    toml = f'{TESTS}[[feedback]]\nsay = "told"\n{rule}\n[limits]\ncpu_seconds = 1'
    assert ("told" in codes(graded(code(toml), answer, run=run))) is fits


@pytest.mark.sandbox
def test_conditions_must_hold_for_one_and_the_same_test(run):
    toml = f'{TESTS}[[feedback]]\nsay = "told"\ngot = "5"\nprinted = "hi"'
    answer = "def f(x):\n    if x == 1: return 5\n    print('hi')"
    assert codes(graded(code(toml), answer, run=run)) == []


@pytest.mark.sandbox
def test_the_first_rule_that_fits_is_the_only_one_said(run):
    toml = f'{TESTS}[[feedback]]\nsay = "first"\ngot = "1"\n[[feedback]]\nsay = "second"\ngot = "2"'
    assert codes(graded(code(toml), "def f(x): return x", run=run)) == ["first"]
    assert codes(graded(code(toml), "def f(x): return 2", run=run)) == ["second"]


@pytest.mark.sandbox
def test_what_a_program_printed_is_compared_by_lines(run):
    toml = program("2", ["1"]) + '[[feedback]]\nsay = "told"\ngot = """\nhi\n"""'
    assert codes(graded(code(toml), "print('hi ')", run=run)) == ["told"]


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("answer", "outcome", "score", "said"),
    [
        ("def f(x):\n    for i in range(1): x += 1\n    return x", Outcome.ACCEPTED, 3, []),
        ("def f(x): return x + 1", Outcome.PARTIAL, 1.5, ["use-a-loop"]),
        ("def f(x):\n    for i in []: pass\n    return sum([x, 1])", Outcome.PARTIAL, 1.5, ["require.lacks"]),
        ("f = lambda x: [x + 1 for i in 'a'][0]", Outcome.PARTIAL, 1.5, ["use-a-loop", "require.function"]),
        ("def f(x): return 2", Outcome.PARTIAL, 0.75, ["use-a-loop"]),
        ("def f(x): return 0", Outcome.WRONG, 0, ["use-a-loop"]),
        ("# for\ndef f(x): 'for'\n", Outcome.WRONG, 0, ["use-a-loop"]),
    ],
)
def test_a_program_that_works_but_is_not_made_as_asked_has_half_of_the_points(run, answer, outcome, score, said):
    verdict = graded(code(TESTS + LOOP), answer, run=run)
    assert (verdict.outcome, float(verdict.score), codes(verdict)) == (outcome, score, said)


def test_the_feedback_that_can_be_said_is_that_of_rules_and_of_requirements():
    spec = code(TESTS + '[[feedback]]\nsay = "told"\ngot = "1"\n' + LOOP)
    assert KINDS["python_code"].sayings(spec) == {"told", "use-a-loop"}


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        ("", "tests", 0),
        (call("f(1)", "1") + program("x"), "mixed-tests", 1),
        (call("f(1)", "1", 'name = "a"') + call("f(2)", "1", 'name = "a"'), "double-test", 1),
        ('[[tests]]\ncall = "f(x)"\nexpect = "1"', "bad-value", 2),
        ('[[tests]]\ncall = "f(1) + 1"\nexpect = "1"', "bad-value", 2),
        ('[[tests]]\ncall = "(lambda: 1)()"\nexpect = "1"', "bad-value", 2),
        ('[[tests]]\ncall = "f(**{})"\nexpect = "1"', "bad-value", 2),
        ('[[tests]]\ncall = "f(*[1])"\nexpect = "1"', "bad-value", 2),
        ('[[tests]]\ncall = "f(...)"\nexpect = "1"', "bad-value", 2),
        ('[[tests]]\ncall = "f(1)"\nexpect = "open()"', "bad-value", 3),
        ('[[tests]]\ncall = "f(1)"\nexpect = "..."', "bad-value", 3),
        ('[[tests]]\ncall = "f(1)"', "missing-key", 1),
        ('[[tests]]\ncall = "f(1)"\nexpect = "1"\ncompare = "close"', "bad-value", 4),
        ('[[tests]]\ncall = "f(1)"\nexpect = "1"\nabsolute = "1"', "unknown-key", 4),
        ('[[tests]]\ncall = "f(1)"\nexpect = "1"\nweight = 0', "bad-value", 4),
        ('[[tests]]\ninput = ["a"]', "missing-key", 1),
        ('[[tests]]\noutput = "a"\ncompare = "fuzzy"', "bad-value", 3),
        ('[[tests]]\noutput = ""\ncompare = "contains"', "bad-value", 2),
        ('[[tests]]\noutput = "a"\nstrict = true', "unknown-key", 3),
        (program("x") + '[[feedback]]\nsay = "a"\nreturned_nothing = true', "bad-value", 7),
        (call("f()", "1") + '[[feedback]]\nsay = "a"\ngot = "L.Q."', "bad-value", 7),
        (call("f()", "1") + '[[feedback]]\nsay = "a"', "missing-key", 5),
        (call("f()", "1") + '[[feedback]]\nsay = "a"\ntest = "none"', "no-test", 7),
        (call("f()", "1") + '[require]\nuses = ["for"]\nsay = { while = "a" }', "bad-value", 7),
        (call("f()", "1") + "[limits]\noutput_kb = 97", "bad-value", 6),
        (call("f()", "1") + "[limits]\nseconds = 1", "unknown-key", 6),
        ('libraries = ["torch"]\n' + call("f()", "1"), "bad-value", 1),
    ],
)
def test_a_broken_exercise_is_reported_with_its_line(toml, code, line):
    _, problems = read("python_code", toml, files={"solution.py": "pass"})
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"şəhər.csv": b""}, "file-name"),
        ({"deep/rain.csv": b""}, "file-name"),
        ({"photo.png": b"\x89PNG\xff"}, "encoding"),
        ({f"{number}.txt": b"" for number in range(33)}, "too-many"),
    ],
)
def test_files_that_the_sandbox_cannot_take_are_reported_to_the_author(data, code):
    _, problems = read("python_code", call("f()", "1"), files={"solution.py": "pass"}, data=data)
    assert [problem.code for problem in problems] == [code]


def test_a_task_without_a_model_solution_is_reported():
    assert [problem.code for problem in read("python_code", call("f()", "1"))[1]] == ["no-solution"]
