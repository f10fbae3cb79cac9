"""Texts that people mark: what can be sent, and what the author must say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.checkers.free_text import checker
from bilik.grading.tests.helpers import graded, read, spec_of

RUBRIC = """points = 4

[[rubric]]
id = "clear"
points = "2"
[[rubric.levels]]
id = "no"
points = "0"
[[rubric.levels]]
id = "yes"
points = "2"

[[rubric]]
id = "true"
points = "2"
[[rubric.levels]]
id = "no"
points = "0"
[[rubric.levels]]
id = "yes"
points = "2"
"""
SPEC = {"shortest": 3, "longest": 10, "points": 4, "rubric": [], "example": False}


def test_the_text_is_taken_without_what_stands_around_it():
    assert checker.parse(SPEC, {"answer": ["\n a b\r\n c\n"]}) == "a b\n c"


@pytest.mark.parametrize(
    ("text", "code"), [("", "invalid.empty"), ("ab", "invalid.too_short"), ("a" * 11, "invalid.too_long")]
)
def test_too_little_and_too_much_is_said(text, code):
    with pytest.raises(InvalidAnswer) as error:
        checker.parse(SPEC, {"answer": [text]})
    assert error.value.feedback.code == code


@given(st.text(max_size=20))
def test_what_was_taken_is_taken_again_from_its_form(text):
    try:
        answer = checker.parse(SPEC, {"answer": [text]})
    except InvalidAnswer:
        return
    assert checker.parse(SPEC, checker.fields(SPEC, answer)) == answer


def test_only_people_decide():
    spec = spec_of("free_text", RUBRIC)
    verdict = graded(spec | {"points": 4}, "My village lies on a river.")
    assert (verdict.outcome, verdict.score, verdict.of) == ("needs_marking", 0, 4)


def test_peers_are_counted():
    spec = spec_of("free_text", 'marked_by = "peers"\npeers = 2\n' + RUBRIC)
    assert (spec["marked_by"], spec["peers"]) == ("peers", 2)
    assert spec_of("free_text", RUBRIC)["peers"] == 0


def test_the_words_of_the_rubric_are_wanted_in_every_language():
    spec = spec_of("free_text", "example = true\n" + RUBRIC)
    assert set(checker.blocks(spec)) == {
        "criterion clear", "level clear no", "level clear yes", "criterion true", "level true no", "level true yes",
        "example",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ("points = 4", "no-rubric"),
        (RUBRIC.replace("points = 4", "points = 5"), "rubric-points"),
        (RUBRIC.replace('id = "true"', 'id = "clear"'), "double-criterion"),
        (RUBRIC.replace('points = "0"', 'points = "1"'), "level-points"),
        (RUBRIC.replace('id = "no"', 'id = "yes"'), "double-level"),
        ("peers = 3\n" + RUBRIC, "bad-value"),
        ("shortest = 9\nlongest = 5\n" + RUBRIC, "bad-value"),
    ],
)
def test_what_an_author_gets_wrong_is_said(toml, code):
    _, problems = read("free_text", toml)
    assert code in {problem.code for problem in problems}
