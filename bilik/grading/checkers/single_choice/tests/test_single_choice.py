"""One choice out of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, no_run, read, spec_of
from bilik.grading.verdict import Outcome

CHOICES = """
shuffle = true
[[choices]]
id = "a"
feedback = "too-early"
[[choices]]
id = "b"
correct = true
feedback = "well-seen"
[[choices]]
id = "c"
"""


@pytest.mark.parametrize(
    ("answer", "outcome", "score", "said"),
    [
        ("b", Outcome.ACCEPTED, 3, ["well-seen"]),
        (" b\n", Outcome.ACCEPTED, 3, ["well-seen"]),
        ("a", Outcome.WRONG, 0, ["too-early"]),
        ("c", Outcome.WRONG, 0, []),
        ("d", Outcome.INVALID, 0, ["invalid.no_such_choice"]),
        ("B", Outcome.INVALID, 0, ["invalid.no_such_choice"]),
        ("", Outcome.INVALID, 0, ["invalid.empty"]),
        ("a" * 101, Outcome.INVALID, 0, ["invalid.too_long"]),
    ],
)
def test_only_the_correct_choice_has_points_and_each_choice_its_feedback(answer, outcome, score, said):
    verdict = graded(spec_of("single_choice", CHOICES), answer)
    assert (verdict.outcome, verdict.score, codes(verdict)) == (outcome, score, said)


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        ('[[choices]]\nid = "a"\ncorrect = true\n', "choices", 1),
        ('[[choices]]\nid = "a"\n[[choices]]\nid = "b"\n', "correct-choice", 1),
        ('[[choices]]\nid = "a"\ncorrect = true\n[[choices]]\nid = "b"\ncorrect = true\n', "correct-choice", 1),
        ('[[choices]]\nid = "a"\ncorrect = true\n[[choices]]\nid = "a"\n', "double-choice", 5),
        ('[[choices]]\nid = "a"\ncorrect = true\n[[choices]]\nid = "b"\ncorect = true\n', "unknown-key", 6),
        ('[[choices]]\nid = "a"\ncorrect = "yes"\n[[choices]]\nid = "b"\ncorrect = true\n', "bad-value", 3),
        ('[[choices]]\ncorrect = true\n[[choices]]\nid = "b"\n', "missing-key", 1),
    ],
)
def test_a_broken_list_of_choices_is_reported_with_its_line(toml, code, line):
    _, problems = read("single_choice", toml)
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_what_the_page_gets_does_not_tell_which_choice_is_correct():
    spec = spec_of("single_choice", CHOICES)
    assert KINDS["single_choice"].controls(spec) == [
        {"control": "radio", "name": "answer", "choices": ["a", "b", "c"], "shuffle": True}
    ]


def test_the_model_answer_is_the_correct_choice_and_is_accepted():
    spec = spec_of("single_choice", CHOICES)
    model = KINDS["single_choice"].model_answer(spec, "")
    assert model == "b"
    assert graded(spec, model).outcome is Outcome.ACCEPTED


def test_the_feedback_that_can_be_said_is_what_the_choices_name():
    assert KINDS["single_choice"].sayings(spec_of("single_choice", CHOICES)) == {"too-early", "well-seen"}


def test_a_stored_answer_whose_choice_is_gone_is_invalid_and_breaks_nothing():
    assert check(spec_of("single_choice", CHOICES), "gone", run=no_run).outcome is Outcome.INVALID


@given(st.dictionaries(st.sampled_from(["answer", "other"]), st.one_of(st.none(), st.text(), st.lists(st.text()))))
def test_parsing_raises_nothing_but_invalid_answer(fields):
    try:
        parsed = parse_answer(spec_of("single_choice", CHOICES), fields)
    except InvalidAnswer:
        return
    assert parsed in {"a", "b", "c"}
