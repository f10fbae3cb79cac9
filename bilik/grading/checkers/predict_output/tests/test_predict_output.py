"""Say what a program prints."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, read, spec_of
from bilik.grading.verdict import Outcome, PlatformFault

PROGRAM = 'for i in range(3):\n    print("Salam", i)\n'
OUTPUT = "Salam 0\nSalam 1\nSalam 2\n"
RULE = '[[feedback]]\nanswer = """\nSalam 1\nSalam 2\nSalam 3\n"""\nsay = "from-one"\n'


def unprepared(program: str = PROGRAM, toml: str = RULE):
    return spec_of("predict_output", toml, files={"program.py": program})


@pytest.fixture
def spec():
    return {**unprepared(), "output": OUTPUT}


@pytest.mark.sandbox
def test_the_output_is_found_by_running_the_program_and_is_the_model_answer(run):
    prepared = KINDS["predict_output"].prepare(unprepared(), run)
    assert prepared["output"] == OUTPUT
    assert KINDS["predict_output"].model_answer(prepared, "") == OUTPUT
    assert graded(prepared, OUTPUT).outcome is Outcome.ACCEPTED


@pytest.mark.sandbox
def test_a_program_with_chance_in_it_prints_the_same_each_time(run):
    spec = unprepared("import random\nprint(random.random())")
    assert KINDS["predict_output"].prepare(spec, run) == KINDS["predict_output"].prepare(spec, run)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("print(1 / 0)", "ZeroDivisionError"),
        ("print(", "SyntaxError"),
        ("x = 1", "prints nothing"),
        ("print()", "prints nothing"),
        ("input()", "program.py"),
        ("import os\nos._exit(0)", "quit"),
        ("while True: print(1)", "output_limit"),
    ],
)
def test_a_program_that_prints_nothing_to_predict_is_a_broken_exercise(run, program, why):
    with pytest.raises(ValueError, match=why):
        KINDS["predict_output"].prepare(unprepared(program), run)


@pytest.mark.parametrize(
    ("typed", "outcome", "said"),
    [
        (OUTPUT, Outcome.ACCEPTED, []),
        ("Salam 0\r\nSalam 1  \r\nSalam 2", Outcome.ACCEPTED, []),
        ("\n\n" + OUTPUT + "\n", Outcome.ACCEPTED, []),
        ("Salam 1\nSalam 2\nSalam 3", Outcome.WRONG, ["from-one"]),
        ("Salam 0\nSalam 1", Outcome.WRONG, ["predict.lines"]),
        ("Salam 0\n\nSalam 1\nSalam 2", Outcome.WRONG, ["predict.lines"]),
        ("salam 0\nsalam 1\nsalam 2", Outcome.WRONG, ["predict.exactly"]),
        ("Salam, 0\nSalam, 1\nSalam, 2", Outcome.WRONG, ["predict.exactly"]),
        ("Salam 5\nSalam 6\nSalam 7", Outcome.WRONG, []),
        ("", Outcome.INVALID, ["invalid.empty"]),
        ("x" * 64_001, Outcome.INVALID, ["invalid.too_long"]),
    ],
)
def test_a_prediction_is_right_when_its_lines_are(spec, typed, outcome, said):
    verdict = graded(spec, typed)
    assert (verdict.outcome, codes(verdict)) == (outcome, said)


def test_a_space_at_the_start_of_a_line_counts(spec):
    assert graded({**spec, "output": " *\n***\n"}, "*\n***").outcome is Outcome.WRONG


def test_a_task_that_was_never_prepared_is_the_platforms_fault_and_not_the_learners():
    with pytest.raises(PlatformFault):
        graded(unprepared(), OUTPUT)


def test_the_page_gets_the_program_but_not_its_output(spec):
    assert KINDS["predict_output"].controls(spec) == [
        {"control": "program", "code": PROGRAM},
        {"control": "output", "name": "answer", "longest": 64_000},
    ]


@pytest.mark.parametrize(
    ("program", "toml", "code"), [("", "", "no-program"), (PROGRAM, 'output = "3"', "unknown-key")]
)
def test_a_broken_exercise_is_reported(program, toml, code):
    _, problems = read("predict_output", toml, files={"program.py": program})
    assert [problem.code for problem in problems] == [code]


@given(st.text(max_size=300))
def test_no_text_breaks_grading(typed):
    verdict = graded({**unprepared(), "output": OUTPUT}, typed)
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == verdict.of)


@given(st.dictionaries(st.sampled_from(["answer", "other"]), st.one_of(st.none(), st.text(), st.lists(st.text()))))
def test_parsing_raises_nothing_but_invalid_answer(fields):
    with contextlib.suppress(InvalidAnswer):
        assert parse_answer(unprepared(), fields)
