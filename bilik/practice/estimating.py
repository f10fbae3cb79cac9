"""Estimating difficulties and skill parameters from everybody's first answers. For commands: it reads a lot, and needs
the `psychometrics` extra.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth import get_user_model

from bilik.catalog.queries import CourseFacts
from bilik.practice.actions import store_skill_estimate, store_task_estimate
from bilik.practice.engine.measuring import fit_items, fit_skill
from bilik.practice.engine.picture import Event, Picture, take_in
from bilik.practice.engine.tracing import PRIOR, Parameters
from bilik.practice.models import Estimate
from bilik.practice.queries.items import same_estimate
from bilik.practice.queries.pictures import NOTHING, newer_than, open_check_of
from bilik.submissions.queries import newest_people

# Those who answered last; more add little, and a picture of ten years ago is another course's.
MOST_PEOPLE = 20_000


@dataclass
class FirstAnswers:
    """First answers without help, one entry for each person who gave any: by task, and in their order by skill."""

    tasks: list[dict[int, bool]] = field(default_factory=list)
    skills: dict[str, list[list[bool]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimated:
    """What came of one estimation. `estimate` is None when the answers were too few or the same as before (`same`)."""

    about: str
    estimate: Estimate | None
    people: int
    answers: int
    fitted: int
    same: bool = False


def what_became(one: Estimated) -> str:
    """The end of a sentence about an estimation, for a terminal."""
    if one.same:
        return "the same as last time, nothing stored"
    if one.estimate is None:
        return "too few to estimate anything from"
    return f"version {one.estimate.pk} ({one.estimate.method}) with {one.fitted} estimates"


def gather(now: datetime, *, most: int = MOST_PEOPLE) -> FirstAnswers:
    """Reads the first answers of the people who answered last."""
    found = FirstAnswers()
    for person in get_user_model()._default_manager.filter(pk__in=newest_people(most=most)).order_by("pk").iterator():
        events = list(_first(newer_than(person, NOTHING, open_check_of(person, now)).events))
        if not events:
            continue
        found.tasks.append({event.task_id: event.right for event in events})
        mine: dict[str, list[bool]] = {}
        for event in events:
            for skill in event.skills:
                mine.setdefault(skill, []).append(event.right)
        for skill, sequence in mine.items():
            found.skills.setdefault(skill, []).append(sequence)
    return found


def _first(events: list[Event]) -> Iterator[Event]:
    """The events that are first answers to a task, without hints and outside of reviews."""
    picture = Picture()
    for event in events:
        before = picture.tasks.get(event.task_id)
        is_first = before is None or (before.first_right is None and not before.answers)
        if is_first and not event.hints and event.context != "review":
            yield event
        take_in(picture, [event], lambda _skill: PRIOR)


def estimate_tasks(course: CourseFacts, answers: FirstAnswers, now: datetime) -> Estimated:
    """Estimates the difficulties of one course's tasks and stores them as a new version, unless nothing has changed."""
    wanted = {task.task_id for task in course.tasks}
    rows = [{task: right for task, right in person.items() if task in wanted} for person in answers.tasks]
    rows = [row for row in rows if row]
    count, digest = sum(map(len, rows)), _digest([sorted(row.items()) for row in rows])
    if same_estimate(course.course_id, digest):
        return Estimated(course.slug, None, len(rows), count, 0, same=True)
    method, items = fit_items(rows)
    if not items:
        return Estimated(course.slug, None, len(rows), count, 0)
    estimate = store_task_estimate(by=None, now=now, course_id=course.course_id, digest=digest, method=method,
                                   people=len(rows), answers=count, items=items)  # fmt: skip
    return Estimated(course.slug, estimate, len(rows), count, len(items))


def estimate_skills(answers: FirstAnswers, now: datetime) -> Estimated:
    """Estimates the parameters of all skills and stores them as a new version, unless nothing has changed."""
    count = sum(len(sequence) for sequences in answers.skills.values() for sequence in sequences)
    digest = _digest(sorted(answers.skills.items()))
    if same_estimate(None, digest):
        return Estimated("skills", None, len(answers.tasks), count, 0, same=True)
    fitted: dict[str, tuple[Parameters, int]] = {}
    for skill, sequences in sorted(answers.skills.items()):
        parameters = fit_skill(sequences)
        if parameters is not None:
            fitted[skill] = (parameters, len(sequences))
    if not fitted:
        return Estimated("skills", None, len(answers.tasks), count, 0)
    estimate = store_skill_estimate(
        by=None, now=now, digest=digest, people=len(answers.tasks), answers=count, skills=fitted
    )
    return Estimated("skills", estimate, len(answers.tasks), count, len(fitted))


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
