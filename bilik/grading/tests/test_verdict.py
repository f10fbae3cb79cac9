"""What grading says of an answer is plain, exact and consistent."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading import verdict
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, needs_sandbox
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import no_run, spec_of
from bilik.grading.verdict import Feedback, Outcome, Verdict


@pytest.mark.parametrize(
    ("outcome", "score"),
    [
        (Outcome.WRONG, "-1"),
        (Outcome.PARTIAL, "3.001"),
        (Outcome.ACCEPTED, "2.999"),
        (Outcome.PARTIAL, "3"),
        (Outcome.RUNTIME_ERROR, "3"),
    ],
)
def test_a_verdict_that_contradicts_itself_cannot_be_made(outcome, score):
    with pytest.raises(ValueError):
        Verdict(outcome, Decimal(score), 3)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 100))
def test_a_part_is_never_all_of_the_points(earned, whole, of):
    score = verdict.part_of(min(earned, whole), whole, of=of)
    assert 0 <= score < of
    assert score == round(score, 3)


def test_the_json_of_a_verdict_has_these_keys_and_no_evidence():
    made = Verdict(Outcome.PARTIAL, Decimal("1.500"), 3, (Feedback("a.b", {"x": 1}),), {"secret": 1}, 7)
    assert made.to_json() == {
        "verdict": "partial",
        "score": 1.5,
        "of": 3,
        "feedback": [{"code": "a.b", "x": 1}],
        "ms": 7,
    }
    assert json.loads(json.dumps(made.to_json())) == made.to_json()


def test_whole_scores_are_whole_numbers_in_json():
    assert isinstance(verdict.accepted(3).to_json()["score"], int)
    assert (verdict.accepted(3).score, verdict.wrong(3).score, verdict.invalid(3).score) == (3, 0, 0)


def test_the_names_of_outcomes_never_change():
    assert {str(outcome) for outcome in Outcome} == {
        "accepted", "partial", "wrong", "time_limit", "memory_limit", "output_limit", "runtime_error", "invalid",
        "needs_marking", "platform_fault",
    }  # fmt: skip


def test_a_verdict_says_which_checker_made_it():
    made = check(spec_of("numeric", 'answer = "1"'), "1", run=no_run)
    assert made.evidence["checker"] == f"numeric/{KINDS['numeric'].VERSION}"
    assert made.ms >= 0


def test_only_programs_need_the_sandbox():
    programs = {"parsons", "python_cells", "python_code", "sql"}
    assert {kind for kind in KINDS if needs_sandbox({"kind": kind})} == programs
    assert not needs_sandbox({"kind": "parsons", "sandbox": False})


def test_a_stored_answer_that_is_none_any_more_gets_a_verdict():
    made = check(spec_of("numeric", 'answer = "1"'), "one", run=no_run)
    assert (made.outcome, made.score) == (Outcome.INVALID, 0)


def test_an_invalid_answer_carries_its_reason():
    assert InvalidAnswer("invalid.unit", unit="kg").feedback.to_json() == {"code": "invalid.unit", "unit": "kg"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_offers_what_a_kind_must(kind):
    checker = KINDS[kind]
    assert isinstance(checker.VERSION, int)
    assert isinstance(checker.NEEDS_SANDBOX, bool)
    for verb in ("read", "prepare", "sayings", "controls", "parse", "check", "model_answer"):
        assert callable(getattr(checker, verb))
