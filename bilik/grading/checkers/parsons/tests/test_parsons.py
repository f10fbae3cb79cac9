"""A program in lines that are mixed up."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, needs_sandbox, parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded_as_written, graded_form, no_run, read, spec_of
from bilik.grading.verdict import Outcome

PROGRAM = """\
total = 0
count = 0
for price in prices:
    total = total + price

    count = count + 1
print(total / count)
"""
DISTRACTORS = "total = price\n    print(total)\n"
TOML = """
[[free]]
lines = [1, 2]
[[free]]
lines = [4, 5]
[[feedback]]
distractor = 1
say = "forgets"
[[feedback]]
line = 6
indent = 1
say = "every-round"
[[feedback]]
line = 3
before = 1
say = "starts-late"
"""
RIGHT = [1, 2, 3, 4, 5, 6]


def lines(more: str = TOML, program: str = PROGRAM, distractors: str = DISTRACTORS) -> dict[str, Any]:
    return spec_of("parsons", more, files={"program.py": program, "distractors.py": distractors})


@pytest.mark.parametrize("order", [RIGHT, [2, 1, 3, 4, 5, 6], [1, 2, 3, 5, 4, 6], [2, 1, 3, 5, 4, 6]])
def test_free_lines_may_change_places(order):
    assert graded_as_written(lines(), order).outcome is Outcome.ACCEPTED


def test_nothing_else_is_right():
    right = [order for order in permutations(RIGHT) if graded_as_written(lines(), list(order)).outcome == "accepted"]
    assert len(right) == 4


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (RIGHT, []),
        ([1, 2, 3, 4, 5, [6, 1]], ["every-round", "order.first_lines_right", "parsons.indent"]),
        ([1, 2, 3, 4, [5, 0], 6], ["order.first_lines_right", "parsons.indent"]),
        ([3, 1, 2, 4, 5, 6], ["starts-late", "order.start_lines"]),
        ([1, 2, 3, ["d1", 1], 4, 5, 6], ["forgets", "order.first_lines_right"]),
        ([1, 2, 3, 4, 5, 6, "d2"], ["order.first_lines_right"]),
        ([1, 2, 3], ["order.first_lines_right", "parsons.missing"]),
        ([4], ["order.start_lines", "parsons.missing"]),
        ([], ["invalid.no_lines"]),
        ([1, 1], ["invalid.each_once"]),
        ([7], ["invalid.no_such_line"]),
        (["d3"], ["invalid.no_such_line"]),
        ([[1, 9]], ["invalid.indent"]),
        ([[1, "x"]], ["invalid.indent"]),
        ({"a": "1"}, ["invalid.no_lines"]),
        ("x = 1\n", ["invalid.no_such_line"]),
    ],
)
def test_what_is_said_of_an_answer(answer, said):
    assert codes(graded_as_written(lines(), answer)) == said


def test_it_is_told_how_many_lines_are_right_and_which_indentation_is_not():
    (first, second) = graded_as_written(lines(), [2, 1, 3, [5, 0], 4, 6]).feedback
    assert (first.data, second.data) == ({"count": 3}, {"line": 4})


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        (RIGHT, "3"),
        ([1, 2, 3, 4, 5, [6, 1]], "2.5"),
        ([2, 3, 4, 5, 6], "2.5"),
        ([6, 1, 2, 3, 4, 5], "2.5"),
        ([1, 2, 3, 4, 5, 6, "d1"], "2.5"),
        (["d1", "d2"], "0"),
        ([3, ["d1", 1], "d2"], "0"),
    ],
)
def test_credit_for_lines_is_what_stands_right_less_what_does_not_belong(answer, score):
    assert graded_as_written(lines('credit = "lines"\n' + TOML), answer).score == Decimal(score)
    assert graded_as_written(lines(), answer).score == (3 if score == "3" else 0)


def test_a_program_written_out_is_an_answer_too():
    assert graded_as_written(lines(), PROGRAM).outcome is Outcome.ACCEPTED
    said = codes(graded_as_written(lines(), PROGRAM.replace("print", "    print")))
    assert said == ["every-round", "order.first_lines_right", "parsons.indent"]
    assert codes(graded_as_written(lines(), PROGRAM.replace("    total", "  total"))) == ["invalid.no_such_line"]


def test_equal_lines_stand_for_each_other():
    spec = lines("", "print(1)\nx = 2\nprint(1)\nprint(x)\n", "")
    assert len({line["id"] for line in spec["lines"]}) == 4
    assert graded_as_written(spec, [3, 2, 1, 4]).outcome is Outcome.ACCEPTED


def test_with_given_indentation_none_has_to_be_sent():
    spec = lines("given_indent = true")
    assert graded_as_written(spec, [[number, 7] for number in RIGHT]).outcome is Outcome.ACCEPTED
    (control,) = KINDS["parsons"].controls(spec)
    assert {part["code"]: part["indent"] for part in control["parts"]}["count = count + 1"] == 1


@pytest.mark.parametrize(
    ("places", "outcome"),
    [
        ({1: ["1", "0"], 2: ["2", "0"], 3: ["3", ""], 4: ["4", "1"], 5: ["5", "1"], 6: ["6"]}, "accepted"),
        ({1: ["10"], 2: ["20"], 3: ["30"], 4: [" 40 ", " 1 "], 5: ["50", "1"], 6: ["60"]}, "accepted"),
        ({1: ["1"], 2: ["2"], 3: ["3"], 4: ["4"], 5: ["5"], 6: ["6"]}, "wrong"),
        ({1: ["1"], 2: ["1"]}, "invalid"),
        ({1: ["one"]}, "invalid"),
        ({1: [""]}, "invalid"),
    ],
)
def test_a_form_may_give_each_line_the_number_of_its_place(places, outcome):
    spec = lines()
    form = {f"answer-{spec['lines'][number - 1]['id']}": values for number, values in places.items()}
    assert graded_form(spec, form).outcome == outcome


def test_a_line_is_not_sent_by_its_number_which_would_tell_the_order():
    assert codes(graded_form(lines(), {"answer": [f"{number},0" for number in RIGHT]})) == ["invalid.no_such_line"]


def test_what_the_page_gets_is_not_in_order_and_does_not_hold_the_key():
    (control,) = KINDS["parsons"].controls(lines())
    assert {key: control[key] for key in control if key != "parts"} == {
        "control": "parsons",
        "name": "answer",
        "arranged": True,
        "given_indent": False,
        "spare": True,
    }
    texts = [part["code"] for part in control["parts"]]
    program = [line.strip() for line in PROGRAM.splitlines() if line.strip()]
    assert [text for text in texts if text in program] != program
    assert all(part.keys() == {"name", "code"} for part in control["parts"])


@given(st.lists(st.sampled_from(["a = 1", "b = 2", "c = 3", "d = 4"]), min_size=2, max_size=6))
def test_the_lines_are_never_shown_in_their_right_order(program):
    if program == program[::-1]:
        return
    spec = lines("", "\n".join(program), "")
    (control,) = KINDS["parsons"].controls(spec)
    assert [part["code"] for part in control["parts"]] != program


@pytest.mark.parametrize(
    ("toml", "program", "distractors", "code"),
    [
        ("", "", "", "lines"),
        ("", "x = 1", "", "lines"),
        ("", "x = 1\n" * 30, "y = 1\n" * 11, "lines"),
        ("", "if x:\n   y()", "", "indent"),
        ("", "if x:\n\ty()", "", "indent"),
        ("", "if x:\n" + " " * 36 + "y()", "", "indent"),
        ("", "x = 1\ny = '" + "y" * 200 + "'", "", "long-line"),
        ("", PROGRAM, "count = 0", "double-line"),
        ("[[free]]\nlines = [1]", PROGRAM, "", "bad-value"),
        ("[[free]]\nlines = [1, 1]", PROGRAM, "", "bad-value"),
        ("[[free]]\nlines = [1, 9]", PROGRAM, "", "bad-value"),
        ("[[free]]\nlines = [1, 2]\n[[free]]\nlines = [2, 3]", PROGRAM, "", "free"),
        ("[[free]]\nlines = [1, 2]", "x = 1\ny = 2\nx = 1", "", "free"),
        ('[[feedback]]\ndistractor = 1\nsay = "x"', PROGRAM, "", "no-line"),
        ('[[feedback]]\nline = 9\nindent = 1\nsay = "x"', PROGRAM, "", "bad-value"),
        ('[[feedback]]\nline = 1\nsay = "x"', PROGRAM, "", "missing-key"),
        ('credit = "some"', PROGRAM, "", "bad-value"),
        ('credit = "lines"\n[[tests]]\noutput = "1"', PROGRAM, "", "unknown-key"),
    ],
)
def test_a_broken_exercise_is_reported(toml, program, distractors, code):
    _, problems = read("parsons", toml, files={"program.py": program, "distractors.py": distractors})
    assert code in {problem.code for problem in problems}


def test_the_model_answer_is_right():
    assert graded_as_written(lines(), KINDS["parsons"].model_answer(lines(), "")).outcome is Outcome.ACCEPTED


TESTED = """
[[tests]]
name = "two"
call = "half(2)"
expect = "1.0"
[[tests]]
name = "hidden-one"
call = "half(5)"
expect = "2.5"
hidden = true
[[feedback]]
returned_nothing = true
say = "no-return"
"""
HALF = "def half(n):\n    m = n / 2\n    return m\n"


def test_only_tests_need_the_sandbox():
    assert not needs_sandbox(lines() | {"kind": "parsons"})
    tested = lines(TESTED, HALF, "") | {"kind": "parsons"}
    assert needs_sandbox(tested)
    assert tested["limits"]["cpu_seconds"] == 2, "how long a grader may hold an answer depends on it"


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        ([1, 2, 3], "accepted", []),
        ([1, "d1"], "accepted", []),
        ([1, 2], "wrong", ["no-return"]),
        ([1, 3, 2], "runtime_error", ["error"]),
        ([1, [2, 0], 3], "runtime_error", ["error"]),
    ],
)
def test_with_tests_any_program_that_passes_them_is_right(run, answer, outcome, said):
    spec = lines(TESTED, HALF, "    return n / 2")
    verdict = graded_as_written(spec, answer, run)
    assert (verdict.outcome, codes(verdict)) == (outcome, said)
    assert KINDS["parsons"].sayings(spec) == {"no-return"}


@given(st.data(), st.sampled_from(["all", "lines"]), st.integers(1, 100))
def test_any_lines_score_between_nothing_and_all_and_accepted_has_all(data, credit, points):
    spec = lines(f'credit = "{credit}"\n{TOML}') | {"points": points}
    ids = [line["id"] for line in [*spec["lines"], *spec["distractors"]]]
    order = data.draw(st.lists(st.sampled_from(ids), unique=True, min_size=1))
    pairs = [f"{name},{data.draw(st.integers(0, 2))}" for name in order]
    verdict = graded_form(spec, {"answer": pairs})
    assert 0 <= verdict.score <= points
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == points)
    assert verdict.outcome is not Outcome.INVALID


SPEC = lines()
IDS = [line["id"] for line in [*SPEC["lines"], *SPEC["distractors"]]]
TEXT = st.one_of(st.text(), st.sampled_from([*IDS, *(f"{name},1" for name in IDS), "1", "2", "3", ",", "1,1"]))


@given(
    st.dictionaries(
        st.sampled_from(["answer", *(f"answer-{name}" for name in IDS)]),
        st.one_of(st.none(), TEXT, st.lists(TEXT), st.integers()),
    )
)
def test_parsing_raises_nothing_but_invalid_answer_and_what_is_parsed_gets_a_verdict(fields):
    try:
        parsed = parse_answer(SPEC, fields)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
        return
    verdict = check(SPEC, parsed, run=no_run)
    assert verdict.outcome is not Outcome.INVALID
    assert graded_form(SPEC, KINDS["parsons"].fields(SPEC, parsed)).score == verdict.score


ANY = st.recursive(st.one_of(st.text(max_size=8), st.integers(), st.none()), lambda inner: st.lists(inner, max_size=3))


@given(st.one_of(ANY, st.dictionaries(st.text(max_size=3), ANY, max_size=2)))
def test_whatever_an_author_writes_as_an_answer_gets_a_verdict(answer):
    assert graded_as_written(SPEC, answer).outcome in set(Outcome)
