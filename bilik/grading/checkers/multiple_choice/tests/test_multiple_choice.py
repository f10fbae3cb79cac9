"""Any number of choices, with a rule for partial credit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, read, spec_of
from bilik.grading.verdict import Outcome

CHOICES = """
[[choices]]
id = "a"
correct = true
feedback = "a-is-right"
[[choices]]
id = "b"
correct = true
[[choices]]
id = "c"
feedback = "c-is-wrong"
[[choices]]
id = "d"
"""


def choices(credit: str = "all"):
    return spec_of("multiple_choice", f'credit = "{credit}"\n{CHOICES}')


@pytest.mark.parametrize(
    ("credit", "ticked", "score"),
    [
        ("all", "ab", "3"),
        ("all", "a", "0"),
        ("all", "abc", "0"),
        ("each", "ab", "3"),
        ("each", "a", "2.25"),
        ("each", "abc", "2.25"),
        ("each", "cd", "0"),
        ("each", "ac", "1.5"),
        ("minus", "ab", "3"),
        ("minus", "a", "1.5"),
        ("minus", "ac", "0"),
        ("minus", "abc", "1.5"),
        ("minus", "cd", "0"),
        ("minus", "c", "0"),
        ("minus", "abcd", "0"),
    ],
)
def test_credit_follows_the_rule_of_the_exercise(credit, ticked, score):
    assert graded(choices(credit), *ticked).score == Decimal(score)


@pytest.mark.parametrize(
    ("ticked", "outcome", "said"),
    [
        ("ab", Outcome.ACCEPTED, []),
        ("ba", Outcome.ACCEPTED, []),
        ("b", Outcome.WRONG, ["a-is-right"]),
        ("abc", Outcome.WRONG, ["c-is-wrong"]),
        ("bc", Outcome.WRONG, ["a-is-right", "c-is-wrong"]),
        ("abd", Outcome.WRONG, ["choices.mistakes"]),
        ("", Outcome.INVALID, ["invalid.nothing_ticked"]),
        ("ax", Outcome.INVALID, ["invalid.no_such_choice"]),
    ],
)
def test_every_box_that_should_be_the_other_way_round_says_its_feedback(ticked, outcome, said):
    verdict = graded(choices(), *ticked)
    assert (verdict.outcome, codes(verdict)) == (outcome, said)


def test_the_number_of_mistakes_is_told_where_no_choice_has_feedback():
    assert graded(choices(), "a", "b", "d").feedback[0].data == {"count": 1}


def test_a_box_that_is_ticked_twice_is_ticked_once():
    assert parse_answer(choices(), {"answer": ["b", "a", "b"]}) == ["a", "b"]


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ('[[choices]]\nid = "a"\n[[choices]]\nid = "b"\n', "correct-choice"),
        ('credit = "some"\n' + CHOICES, "bad-value"),
        ('choices = ["a", "b"]', "bad-value"),
    ],
)
def test_a_broken_exercise_is_reported(toml, code):
    _, problems = read("multiple_choice", toml)
    assert code in {problem.code for problem in problems}


def test_the_model_answer_is_every_correct_choice():
    assert KINDS["multiple_choice"].model_answer(choices(), "") == ["a", "b"]


def test_what_the_page_gets_does_not_hold_the_key():
    (control,) = KINDS["multiple_choice"].controls(choices())
    assert control == {"control": "checkboxes", "name": "answer", "choices": ["a", "b", "c", "d"], "shuffle": False}


@given(
    st.lists(st.booleans(), min_size=2, max_size=20).filter(any),
    st.sampled_from(["all", "each", "minus"]),
    st.integers(1, 100),
    st.data(),
)
def test_any_ticks_score_between_nothing_and_all_and_only_the_right_ones_score_all(correct, credit, points, data):
    ids = [str(number) for number in range(len(correct))]
    rows = [{"id": name, "correct": right, "feedback": ""} for name, right in zip(ids, correct, strict=True)]
    spec = {"kind": "multiple_choice", "points": points, "choices": rows, "credit": credit, "shuffle": False}
    ticked = data.draw(st.sets(st.sampled_from(ids), min_size=1))
    verdict = graded(spec, *sorted(ticked))
    is_right = ticked == {name for name, right in zip(ids, correct, strict=True) if right}
    assert 0 <= verdict.score <= points
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == points) == is_right


@given(st.dictionaries(st.sampled_from(["answer", "other"]), st.one_of(st.none(), st.text(), st.lists(st.text()))))
def test_parsing_raises_nothing_but_invalid_answer(fields):
    try:
        parsed = parse_answer(choices(), fields)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
        return
    assert set(parsed) <= set("abcd")


def test_a_strange_choice_is_told_back_in_a_form_that_can_be_stored():
    assert graded(choices(), "\ud800\x00").feedback[0].data["choice"] == "?\ufffd"
