"""Spaced review: FSRS-6 as its makers publish it, through our wrapper; and how an answer becomes a rating.

The figures are those of the makers' own tests: open-spaced-repetition/ts-fsrs (packages/fsrs/__tests__/FSRS-6.test.ts),
which take the memory state from open-spaced-repetition/fsrs-rs (src/inference.rs).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from bilik.practice.engine.memory import LONGEST_DAYS, Rating, rating_of, recall, reviewed

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = Rating.Again, Rating.Hard, Rating.Good, Rating.Easy


def test_the_first_rating_sets_stability_and_difficulty_as_published():
    cards = [reviewed(None, rating, START) for rating in (AGAIN, HARD, GOOD, EASY)]
    assert [card.stability for card in cards] == [0.212, 1.2931, 2.3065, 8.2956]
    assert [card.difficulty for card in cards] == pytest.approx([6.4133, 5.11217071, 2.11810397, 1], abs=1e-8)


def test_the_memory_state_after_six_reviews_as_published():
    card, at = None, START
    for rating, days in zip((AGAIN, GOOD, GOOD, GOOD, GOOD, GOOD), (0, 0, 1, 3, 8, 21), strict=True):
        at += timedelta(days=days)
        card = reviewed(card, rating, at)
    assert card.stability == pytest.approx(53.62691, abs=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_the_intervals_of_thirteen_reviews_as_published():
    """With the makers' steps of minutes, which we leave out: this holds the library itself to the published history."""
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, at, intervals = fsrs.Card(due=START), START, []
    for rating in [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5:
        card, _ = scheduler.review_card(card, rating, at)
        intervals.append((card.due - at).days)
        at = card.due
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_what_was_reviewed_is_remembered_for_a_while_and_due_when_nine_of_ten_would_remember():
    card = reviewed(None, GOOD, START)
    assert recall(card, START) == 1
    assert recall(card, card.due_at) == pytest.approx(0.9, abs=0.02)
    assert recall(card, START + timedelta(days=200)) < 0.6


def test_a_failed_review_comes_back_the_next_day_and_no_interval_passes_a_year():
    card, at = reviewed(None, EASY, START), START
    for _ in range(12):
        at = card.due_at
        card = reviewed(card, EASY, at)
        assert timedelta(days=1) <= card.due_at - at <= timedelta(days=LONGEST_DAYS)
    failed = reviewed(card, AGAIN, card.due_at)
    assert failed.due_at - card.due_at < timedelta(days=30)
    assert failed.stability < card.stability
    assert reviewed(None, AGAIN, START).due_at == START + timedelta(days=1)


@pytest.mark.parametrize(
    ("right", "kind", "tries", "hints", "seconds", "expected"),
    [
        (False, "numeric", 0, 0, 2, AGAIN),
        (False, "numeric", 3, 2, None, AGAIN),
        (True, "numeric", 1, 0, 2, HARD),
        (True, "numeric", 0, 1, 2, HARD),
        (True, "numeric", 0, 0, 21, GOOD),
        (True, "numeric", 0, 0, 20, EASY),
        (True, "numeric", 0, 0, None, GOOD),
        (True, "python_code", 0, 0, 89, EASY),
        (True, "single_choice", 0, 0, 89, GOOD),
        (True, "a_kind_to_come", 0, 0, 1, GOOD),
    ],
)
def test_how_an_answer_becomes_a_rating(right, kind, tries, hints, seconds, expected):
    assert rating_of(right=right, kind=kind, tries=tries, hints=hints, seconds=seconds) == expected
