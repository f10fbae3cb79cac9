"""Which solved tasks come back today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts
from bilik.grading.variants import seed_for
from bilik.learning.actions import seed_of
from bilik.practice.engine.memory import recall
from bilik.practice.engine.picture import Picture, TaskTrace
from bilik.practice.models import ReviewHint
from bilik.practice.rules import DAILY_REVIEWS, is_due

if TYPE_CHECKING:
    from bilik.people.models import Person


@dataclass(frozen=True)
class Placed:
    """A published task and where it stands."""

    course: CourseFacts
    lesson: LessonFacts
    task: TaskFacts


@dataclass(frozen=True)
class Review:
    """A task that is due, how likely it is still remembered (0 to 1), and the day it was due."""

    at: Placed
    recall: float
    due: date


@dataclass(frozen=True)
class Reviews:
    """Today's list, the likeliest forgotten first; how many were done today, and when the next ones come."""

    due: tuple[Review, ...]
    done_today: int
    waiting: int
    next_day: date | None


def places(courses: Iterable[CourseFacts]) -> dict[int, Placed]:
    """Where each published task stands, by task id."""
    return {
        task.task_id: Placed(course, lesson, task)
        for course in courses
        for lesson in course.lessons
        for task in lesson.tasks
    }


def due_day(trace: TaskTrace | None) -> date | None:
    """The academy's day on which a solved task comes back."""
    return timezone.localdate(trace.card.due_at) if trace and trace.card else None


def reviews(picture: Picture, where: Mapping[int, Placed], now: datetime) -> Reviews:
    """The reviews of today: at most ten a day, those already done included. No query."""
    today = timezone.localdate(now)
    due, later, done = [], [], 0
    for task_id, trace in picture.tasks.items():
        at, day = where.get(task_id), due_day(trace)
        done += trace.review_day == today
        if at is None or trace.card is None or day is None:
            continue
        if is_due(trace, day, today):
            due.append(Review(at, recall(trace.card, now), day))
        else:
            later.append(day)
    due.sort(key=lambda review: (review.recall, review.at.task.task_id))
    room = max(0, DAILY_REVIEWS - done)
    return Reviews(tuple(due[:room]), done, len(due) - min(room, len(due)), min(later, default=None))


def review_seed(person: Person, task: TaskFacts, day: date) -> int:
    """Which variant a person gets in a day's review: another than in the lesson, where the task has more than one."""
    if task.variants <= 1:
        return 0
    seed = seed_for(f"{person.ref}/{day.isoformat()}", f"{task.task_id}/{task.slug}", variants=task.variants)
    return seed if seed != seed_of(person, task) else (seed + 1) % task.variants


def hints_shown(person: Person, task_id: int, day: date) -> int:
    """How many hints a person has seen in a day's review of a task. One query."""
    row = ReviewHint.objects.filter(person=person, task_id=task_id, day=day).first()
    return row.shown if row else 0
