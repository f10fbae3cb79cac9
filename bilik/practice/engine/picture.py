"""What a person's answers add up to: mastery by skill, memory by task. A fold over events in the order of verdicts.

Nothing else goes in: no page that was opened, no time spent. The same events give the same picture, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bilik.grading.kinds import is_marked_kind
from bilik.practice.engine.memory import Card, rating_of, reviewed
from bilik.practice.engine.tracing import Mastery, Parameters, after, learnt, mastery_of

PRACTICE, REVIEW, LEVEL_CHECK = "practice", "review", "level_check"
# What a first, second and any later try says, and by how much each hint lessens it.
TRY_WEIGHTS = (1.0, 0.5, 0.25)
HINT_FACTOR, LEAST_HINTED = 0.5, 0.25


@dataclass(frozen=True)
class Event:
    """An answer with its verdict. `share` is the part of the points that was earned (0 to 1), `hints` how many had been
    shown, `seconds` from showing the task to the answer (None: not known), `day` the academy's day.
    """

    at: datetime
    id: int
    day: date
    task_id: int
    kind: str
    skills: tuple[str, ...]
    context: str
    right: bool
    share: float
    hints: int = 0
    seconds: float | None = None


@dataclass
class SkillTrace:
    """One skill of one person. `answers` and `right` count the answers that had any weight."""

    mastered: float
    answers: int = 0
    right: int = 0
    last_at: datetime | None = None

    @property
    def mastery(self) -> Mastery:
        return mastery_of(self.mastered, answers=self.answers, right=self.right)


@dataclass
class TaskTrace:
    """One task of one person. `first_right` is None until a first answer in practice or a level check.

    `review_day` and `review_tries` are the day of the newest review and the tries on it.
    """

    answers: int = 0
    first_right: bool | None = None
    solved_at: datetime | None = None
    card: Card | None = None
    reviews: int = 0
    review_day: date | None = None
    review_tries: int = 0


@dataclass
class Picture:
    """Skills by id, tasks by id."""

    skills: dict[str, SkillTrace] = field(default_factory=dict)
    tasks: dict[int, TaskTrace] = field(default_factory=dict)


ParametersOf = Callable[[str], Parameters]


def weight_of(event: Event, before: TaskTrace) -> float:
    """How much an answer says: tries and hints lessen it, and a task that is solved already says nothing in practice,
    where the right answer may have been read.
    """
    if event.context == PRACTICE and before.solved_at is not None:
        return 0.0
    if event.context == LEVEL_CHECK:
        return 1.0
    tries = _tries(event, before)
    return TRY_WEIGHTS[min(tries, len(TRY_WEIGHTS) - 1)] * max(LEAST_HINTED, HINT_FACTOR**event.hints)


def _tries(event: Event, before: TaskTrace) -> int:
    """Earlier tries that belong to the same question: all of them in practice, those of the day in a review."""
    if event.context == REVIEW:
        return before.review_tries if before.review_day == event.day else 0
    return before.answers


def take_in(picture: Picture, events: Iterable[Event], parameters_of: ParametersOf) -> Picture:
    """The picture with these events added (the same object). They come in the order of (at, id)."""
    for event in events:
        task = picture.tasks.setdefault(event.task_id, TaskTrace())
        _trace_skills(picture, event, weight_of(event, task), parameters_of)
        _trace_task(task, event)
    return picture


def _trace_skills(picture: Picture, event: Event, weight: float, parameters_of: ParametersOf) -> None:
    if not weight:
        return
    for skill in event.skills:
        parameters = parameters_of(skill)
        trace = picture.skills.setdefault(skill, SkillTrace(parameters.start))
        # A right answer needed all its skills. A wrong one lacked at least one of them, we do not know which; and what
        # earned points was not all wrong.
        said = weight if event.right else weight * (1 - event.share) / len(event.skills)
        trace.mastered = after(trace.mastered, right=event.right, weight=said, parameters=parameters)
        if event.context != LEVEL_CHECK:
            # A level check tells nobody what was right, so there is nothing to learn from it.
            trace.mastered = learnt(trace.mastered, weight=weight, parameters=parameters)
        trace.answers += 1
        trace.right += event.right
        trace.last_at = event.at


def _trace_task(task: TaskTrace, event: Event) -> None:
    if event.context == LEVEL_CHECK:
        task.first_right = event.right if task.first_right is None else task.first_right
        return
    tries = _tries(event, task)
    if event.context == REVIEW:
        _review(task, event, tries)
        return
    if task.first_right is None:
        task.first_right = event.right and not event.hints
    if task.solved_at is None and event.right:
        task.solved_at = event.at
        task.card = _first_card(event, tries)
    task.answers += 1


def _first_card(event: Event, tries: int) -> Card | None:
    """The card of a task that has just been solved. What people mark has none: nobody should have to mark the same text
    again and again.
    """
    if is_marked_kind(event.kind):
        return None
    rating = rating_of(right=True, kind=event.kind, tries=tries, hints=event.hints, seconds=event.seconds)
    return reviewed(None, rating, event.at)


def _review(task: TaskTrace, event: Event, tries: int) -> None:
    rating = rating_of(right=event.right, kind=event.kind, tries=tries, hints=event.hints, seconds=event.seconds)
    task.card = reviewed(task.card, rating, event.at)
    task.reviews += 1
    task.review_day, task.review_tries = event.day, tries + 1
