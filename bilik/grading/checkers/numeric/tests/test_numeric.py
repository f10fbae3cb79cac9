"""A number, with a tolerance and a unit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, read, spec_of
from bilik.grading.verdict import Outcome

WEIGHT = """
answer = "12.5"
unit = "kg"
units = { g = "0.001", "t." = "1000", "m2" = "7" }
"""
RIGHT, WRONG, INVALID = Outcome.ACCEPTED, Outcome.WRONG, Outcome.INVALID


def numeric(answer: str, more: str = ""):
    return spec_of("numeric", f'answer = "{answer}"\n{more}')


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("12.5", "12,5"),
        ("12.5", " 12.50 "),
        ("12.5", "+12.5"),
        ("12.5", "25/2"),
        ("12.5", "1.25e1"),
        ("12.5", "1,25E+1"),
        ("-3", "\u22123"),
        ("-3", "\u20133"),
        ("1250", "1 250"),
        ("1250", "1\u00a0250"),
        ("1250", "1\u202f250"),
        ("1250", "1'250"),
        ("1250.5", "1,250.5"),
        ("1250.5", "1.250,5"),
        ("1250000", "1,250,000"),
        ("1250000", "1.250.000"),
        ("1.25", "1,250"),
        ("0.5", ".5"),
        ("5", "5."),
        ("1/3", "1/3"),
        ("0", "-0"),
    ],
)
def test_a_number_may_be_typed_in_every_usual_way(right, typed):
    assert graded(numeric(right), typed).outcome is RIGHT


@pytest.mark.parametrize(
    "typed",
    [
        "abc", "1e400", "-1e400", "nan", "inf", "-Infinity", "\u0663", "\u00b2", "0x10", "1_000", "1/0", "1/2/3",
        "--1", "1,2,3", "1,25,000", "1.2.3,4", "5 6 seven", "(5)", "2+3", "1e", "e5", ",", "/", "-", "True",
    ],
)  # fmt: skip
def test_what_is_no_number_is_invalid_and_costs_nothing(typed):
    verdict = graded(numeric("3"), typed)
    assert verdict.outcome is INVALID
    assert codes(verdict)[0] in {"invalid.not_a_number", "invalid.unit"}


@pytest.mark.parametrize(
    ("typed", "code"), [("", "invalid.empty"), ("9" * 61, "invalid.too_long"), ("1\x002", "invalid.control")]
)
def test_what_is_no_line_of_text_is_invalid(typed, code):
    assert codes(graded(numeric("3"), typed)) == [code]


@pytest.mark.parametrize(
    ("more", "answer", "typed", "outcome"),
    [
        ('absolute = "0.1"', "12.5", "12.6", RIGHT),
        ('absolute = "0.1"', "12.5", "12.4", RIGHT),
        ('absolute = "0.1"', "12.5", "12.600000000000000000000000000000000000000001", WRONG),
        ('absolute = "0.1"', "0.3", "0.4", RIGHT),
        ('relative = "0.01"', "200", "202", RIGHT),
        ('relative = "0.01"', "-200", "-202", RIGHT),
        ('relative = "0.01"', "200", "202.0000001", WRONG),
        ('relative = "1/3"', "9", "12", RIGHT),
        ('relative = "1/3"', "9", "12.01", WRONG),
        ('absolute = "1"\nrelative = "0.01"', "200", "202", RIGHT),
        ('absolute = "3"\nrelative = "0.01"', "200", "203", RIGHT),
        ('relative = "0.5"', "0", "0.0001", WRONG),
        ("", "0.3", "0.30000000000000004", WRONG),
    ],
)
def test_the_border_of_a_tolerance_belongs_to_it_exactly(more, answer, typed, outcome):
    assert graded(numeric(answer, more), typed).outcome is outcome


# Numbers that a person might type: an answer of more than 60 characters is none.
sizes = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=1000)


@given(sizes, sizes.map(abs))
def test_at_the_border_right_and_a_hair_beyond_it_wrong(answer, absolute):
    spec = numeric(str(answer), f'absolute = "{absolute}"')
    beyond = absolute + Fraction(1, 10**9)
    assert graded(spec, str(answer + absolute)).outcome is RIGHT
    assert graded(spec, str(answer - absolute)).outcome is RIGHT
    assert graded(spec, str(answer + beyond)).outcome is WRONG


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("12.5", RIGHT),
        ("12.5 kg", RIGHT),
        ("12,5kg", RIGHT),
        ("12.5 KG", RIGHT),
        ("12.5 kg.", RIGHT),
        ("12500 g", RIGHT),
        ("12 500 g", RIGHT),
        ("0.0125 t.", RIGHT),
        ("12.5 g", WRONG),
        ("2 m2", WRONG),
        ("12.5 lb", INVALID),
        ("12.5 kg kg", INVALID),
        ("kg", INVALID),
        ("kg 12.5", INVALID),
    ],
)
def test_a_unit_may_be_left_out_or_be_any_that_the_task_knows(typed, outcome):
    assert graded(spec_of("numeric", WEIGHT), typed).outcome is outcome


def test_an_unknown_unit_is_answered_with_the_known_ones():
    (said,) = graded(spec_of("numeric", WEIGHT), "5 lb").feedback
    assert (said.code, said.data["unit"], said.data["known"]) == ("invalid.unit", "lb", "g, kg, m2, t.")


def test_units_that_differ_only_in_capital_letters_are_kept_apart():
    spec = spec_of("numeric", 'answer = "8"\nunit = "MB"\nunits = { Mb = "0.125" }')
    assert graded(spec, "64 Mb").outcome is RIGHT
    assert graded(spec, "8 MB").outcome is RIGHT
    assert graded(spec, "8 mb").outcome is INVALID


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8", ["added-instead"]),
        ("8,0", ["added-instead"]),
        ("-15", ["numeric.sign"]),
        ("150", ["numeric.decimal_point"]),
        ("0.015", ["numeric.decimal_point"]),
        ("14", ["numeric.larger"]),
        ("16", ["numeric.smaller"]),
    ],
)
def test_a_wrong_number_gets_the_authors_feedback_or_general_advice(typed, said):
    spec = numeric("15", '[[feedback]]\nanswer = "8"\nsay = "added-instead"')
    assert codes(graded(spec, typed)) == said


def test_feedback_is_compared_with_the_same_tolerance():
    spec = numeric("15", 'absolute = "0.5"\n[[feedback]]\nanswer = "8"\nsay = "added-instead"')
    assert codes(graded(spec, "8.5")) == ["added-instead"]


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        ("", "missing-key", 0),
        ("answer = 12.5", "bad-value", 1),
        ('answer = "twelve"', "bad-value", 1),
        ('answer = "1e999999999"', "bad-value", 1),
        ("answer = true", "bad-value", 1),
        ('answer = "1"\nabsolute = "-1"', "bad-value", 2),
        ('answer = "1"\nunit = "kg"\nunits = { g = "0" }', "bad-value", 3),
        ('answer = "1"\nunits = { g = "1" }', "unknown-key", 2),
        ('answer = "1"\ndecimals = 13', "bad-value", 2),
        ('answer = "1"\n[[feedback]]\nsay = "x"', "bad-value", 2),
        ('answer = "1"\n[[feedback]]\nanswer = "2"', "missing-key", 2),
        ('answer = "1"\ntolerance = "2"', "unknown-key", 2),
    ],
)
def test_a_broken_exercise_is_reported_with_its_line(toml, code, line):
    _, problems = read("numeric", toml)
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_the_page_gets_the_unit_and_the_wished_decimals_but_not_the_answer():
    spec = spec_of("numeric", WEIGHT + "decimals = 2")
    assert KINDS["numeric"].controls(spec) == [
        {"control": "number", "name": "answer", "unit": "kg", "decimals": 2, "longest": 60}
    ]


@pytest.mark.parametrize("answer", ["12.5", "1/3", "-7", "1e-9"])
def test_the_model_answer_is_accepted(answer):
    spec = numeric(answer)
    assert graded(spec, KINDS["numeric"].model_answer(spec, "")).outcome is RIGHT


@given(st.one_of(st.text(max_size=70), st.text("0123456789.,-+eE/ '\u2212kg\u0663", max_size=70)))
def test_no_text_breaks_grading(typed):
    verdict = graded(spec_of("numeric", WEIGHT), typed)
    assert 0 <= verdict.score <= verdict.of
    assert (verdict.outcome is RIGHT) == (verdict.score == verdict.of)


@given(st.dictionaries(st.sampled_from(["answer", "other"]), st.one_of(st.none(), st.text(), st.lists(st.text()))))
def test_parsing_raises_nothing_but_invalid_answer(fields):
    try:
        assert isinstance(parse_answer(numeric("1"), fields), str)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
