"""Storing what was estimated. The estimating itself is done by a command (estimating.py), never in a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.people.actions import journal
from bilik.practice.engine.ability import Item
from bilik.practice.engine.tracing import Parameters
from bilik.practice.models import Estimate, SkillEstimate, TaskEstimate

if TYPE_CHECKING:
    from bilik.people.models import Person


@transaction.atomic
def store_task_estimate(
    *,
    by: Person | None,
    now: datetime,
    course_id: int,
    digest: str,
    method: str,
    people: int,
    answers: int,
    items: Mapping[int, Item],
) -> Estimate:
    """Stores a new version of a course's difficulties; pages use it from now on."""
    estimate = _store(by, now, course_id, digest, method, people, answers)
    TaskEstimate.objects.bulk_create(
        TaskEstimate(estimate=estimate, task_id=task, discrimination=item.a, difficulty=item.b, error=item.error,
                     answers=item.n)
        for task, item in sorted(items.items())
    )  # fmt: skip
    return estimate


@transaction.atomic
def store_skill_estimate(
    *,
    by: Person | None,
    now: datetime,
    digest: str,
    people: int,
    answers: int,
    skills: Mapping[str, tuple[Parameters, int]],
) -> Estimate:
    """Stores a new version of the skills' parameters, each with the number of people it rests on. A person's picture is
    made with it when it is next brought up to date.
    """
    estimate = _store(by, now, None, digest, "bkt", people, answers)
    SkillEstimate.objects.bulk_create(
        SkillEstimate(estimate=estimate, skill_id=skill, start=found.start, learn=found.learn, guess=found.guess,
                      slip=found.slip, people=count)
        for skill, (found, count) in sorted(skills.items())
    )  # fmt: skip
    return estimate


def _store(
    by: Person | None, now: datetime, course_id: int | None, digest: str, method: str, people: int, answers: int
) -> Estimate:
    estimate = Estimate.objects.create(
        course_id=course_id, made_at=now, digest=digest, method=method, people=people, answers=answers
    )
    journal(by=by, now=now, verb="practice.estimated", about=estimate, data={"people": people, "answers": answers})
    return estimate
