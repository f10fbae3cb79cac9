"""The rules of learning, as tables: plain values in, a refusal's code or None out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bilik.catalog.queries import TaskFacts
from bilik.learning.errors import NoAttemptsLeft
from bilik.learning.models import Progress
from bilik.learning.rules import attempts_left, may_see_solution, why_not_answer, why_not_hint
from bilik.people.errors import GuardianNeeded

SOLVED = datetime(2026, 11, 22, tzinfo=UTC)


def task(attempts=0, policy="after_accepted"):
    return TaskFacts(1, 1, "t", "short_text", 1, 1, attempts, policy, 1, ())


def code(refusal):
    return None if refusal is None else refusal.code


@pytest.mark.parametrize(
    ("limit", "made", "left"), [(0, 0, None), (0, 99, None), (3, 0, 3), (3, 2, 1), (3, 3, 0), (3, 5, 0)]
)
def test_attempts_left(limit, made, left):
    assert attempts_left(task(limit), Progress(attempts=made)) == left


def test_attempts_left_before_the_first_one():
    assert attempts_left(task(3), None) == 3
    assert attempts_left(task(0), None) is None


@pytest.mark.parametrize(
    ("limit", "made", "waiting", "expected"),
    [
        (0, 0, False, None),
        (0, 99, True, None),
        (2, 0, False, None),
        (2, 1, False, None),
        (2, 1, True, "still_waiting"),
        (2, 2, False, "no_attempts_left"),
        (2, 2, True, "still_waiting"),
    ],
)
def test_why_not_answer(limit, made, waiting, expected):
    assert code(why_not_answer(task(limit), Progress(attempts=made), person=None, waiting=waiting)) == expected


def test_what_the_people_room_says_comes_first():
    assert (
        code(why_not_answer(task(1), Progress(attempts=1), person=GuardianNeeded(), waiting=True)) == "guardian_needed"
    )


@pytest.mark.parametrize(
    ("shown", "available", "expected"), [(0, 0, "no_more_hints"), (0, 2, None), (1, 2, None), (2, 2, "no_more_hints")]
)
def test_why_not_hint(shown, available, expected):
    assert code(why_not_hint(shown, available)) == expected


@pytest.mark.parametrize(
    ("policy", "limit", "made", "solved", "seen"),
    [
        ("after_accepted", 0, 0, False, False),
        ("after_accepted", 0, 9, False, False),
        ("after_accepted", 0, 1, True, True),
        ("after_accepted", 2, 1, False, False),
        ("after_accepted", 2, 2, False, True),
        ("after_attempts:3", 0, 2, False, False),
        ("after_attempts:3", 0, 3, False, True),
        ("after_attempts:3", 0, 1, True, True),
        ("never", 0, 9, True, False),
        ("never", 2, 2, False, False),
    ],
)
def test_when_the_model_answer_may_be_read(policy, limit, made, solved, seen):
    progress = Progress(attempts=made, solved_at=SOLVED if solved else None)
    assert may_see_solution(task(limit, policy), progress) is seen


def test_nobody_reads_the_model_answer_before_the_first_answer():
    assert may_see_solution(task(policy="after_attempts:0"), None) is False


def test_refusals_are_409():
    assert NoAttemptsLeft().status == 409
