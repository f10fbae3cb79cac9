"""What tests of this room share: answers on given days, and the picture a person has then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.kit.ids import new_id
from bilik.practice import actions, queries

RIGHT = {
    "capital": ["baku"],
    "even-numbers": ["two", "four"],
    "area": ["7341.5"],
    "word": ["zanbaq-print"],
    "what-prints": ["48151 62342"],
    "alone": ["zanbaq-print"],
}
WRONG = {
    "capital": ["ganja"],
    "even-numbers": ["three"],
    "area": ["8341.5"],
    "word": ["input"],
    "what-prints": ["4"],
    "alone": ["x"],
}


@pytest.fixture
def practise(small, give, now):
    """Answers a task in its lesson: `practise(leyla, "capital", day=3)`, wrongly with `right=False`."""

    def make(person, slug, *, right=True, day=0, minute=0):
        when = now + timedelta(days=day, minutes=minute)
        return give(person, small.task(slug), *(RIGHT if right else WRONG)[slug], now=when).submission

    return make


@pytest.fixture
def picture(now):
    """A person's picture on a day."""

    def read(person, *, day=0):
        return queries.standing(person, now + timedelta(days=day, hours=1)).picture

    return read


@pytest.fixture
def review(small, now, picture):
    """Answers a review: `review(leyla, "capital", day=3)`."""

    def make(person, slug, *, day, right=True, minute=0, shown_seconds=None, answer=None, key=None):
        task, when = small.task(slug), now + timedelta(days=day, minutes=minute)
        trace = queries.standing(person, when).picture.tasks.get(task.task_id)
        return actions.answer_review(
            by=person, now=when, task=task, trace=trace,
            fields={"answer": answer or (RIGHT if right else WRONG)[slug]}, key=key or new_id(), language="en",
            wait_seconds=10.0, shown_at=None if shown_seconds is None else when - timedelta(seconds=shown_seconds),
        ).submission  # fmt: skip

    return make
