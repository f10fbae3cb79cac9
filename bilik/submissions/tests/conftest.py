"""Submitting and grading as a worker does, with the moment as a parameter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bilik.kit.ids import new_id
from bilik.submissions import actions, grading
from bilik.submissions.models import Submission

LEASE = timedelta(seconds=30)


@pytest.fixture
def send(now: Any) -> Callable[..., Submission]:
    """Puts an answer into the queue: `send(leyla, small.task("word"), "print")`."""

    def make(by: Any, task: Any, answer: Any = "zanbaq-print", **more: Any) -> Submission:
        facts = {"now": now, "key": new_id(), "context": "practice", "language": "en", "seed": 0} | more
        return actions.submit(by=by, task_version_id=task.version_id, answer=answer, **facts)[0]

    return make


@pytest.fixture
def claim(now: Any) -> Callable[..., Submission | None]:
    """Claims the next submission as a grader of this name."""

    def take(grader: str, at: Any = None) -> Submission | None:
        return actions.claim_next(grader=grader, now=at or now, lease_for=lambda _: LEASE)

    return take


@pytest.fixture
def work(now: Any) -> Callable[..., Submission | None]:
    """One step of a worker at a moment."""

    def step(at: Any = None) -> Submission | None:
        return grading.grade_next(clock=lambda: at or now)

    return step
