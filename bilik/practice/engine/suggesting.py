"""What next, and why: a table of rules over facts. The first rule that fits gives the suggestion, the next two others.

The reasons are codes with facts; their sentences stand in the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bilik.practice.engine.tracing import Mastery

NEAR = timedelta(days=2)
AHEAD = timedelta(days=7)
# So many due reviews come before new things; fewer come after.
MANY_REVIEWS = 5
FITTING = 0.7
FITTING_FROM, FITTING_TO = 0.5, 0.9


@dataclass(frozen=True)
class Place:
    """A lesson, and a task in it where one is meant."""

    course: str
    lesson: str
    task: str = ""


@dataclass(frozen=True)
class Deadline:
    """A day by which a group has to have done something, and the first task of it that is not."""

    due: date
    place: Place


@dataclass(frozen=True)
class WeakSkill:
    """A skill that the next lesson builds on and that answers do not show yet; `place` is a task to practise it."""

    skill: str
    mastery: Mastery
    place: Place


@dataclass(frozen=True)
class Fitting:
    """A task with its chance of success (0 to 1)."""

    place: Place
    chance: float


@dataclass(frozen=True)
class Facts:
    """What the rules look at. `start` is the first course for somebody who has begun none."""

    today: date
    deadlines: Sequence[Deadline] = ()
    open_check: str = ""
    reviews_due: int = 0
    continue_at: Place | None = None
    begun: bool = False
    weak: WeakSkill | None = None
    fitting: Fitting | None = None
    start: Place | None = None
    check_offered: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One thing to do. `reason` names the sentence."""

    reason: str
    place: Place | None = None
    course: str = ""
    skill: str = ""
    count: int = 0
    due: date | None = None
    chance: float = field(default=0.0, compare=False)


Rule = Callable[[Facts], Suggestion | None]


def _deadline(facts: Facts, first: timedelta | None, last: timedelta, reason: str) -> Suggestion | None:
    for one in sorted(facts.deadlines, key=lambda deadline: deadline.due):
        left = one.due - facts.today
        if (first is None or left > first) and left <= last:
            return Suggestion(reason, place=one.place, due=one.due)
    return None


def near_deadline(facts: Facts) -> Suggestion | None:
    """Due within two days, or overdue."""
    return _deadline(facts, None, NEAR, "deadline_near")


def open_check(facts: Facts) -> Suggestion | None:
    """A level check was begun: its answers are worth nothing until it is finished."""
    return Suggestion("level_check_open", course=facts.open_check) if facts.open_check else None


def many_reviews(facts: Facts) -> Suggestion | None:
    """Many things are about to be forgotten."""
    if facts.reviews_due >= MANY_REVIEWS:
        return Suggestion("reviews_many", count=facts.reviews_due)
    return None


def weak_prerequisite(facts: Facts) -> Suggestion | None:
    """The next lesson builds on something that does not hold yet."""
    weak = facts.weak
    return Suggestion("weak_prerequisite", place=weak.place, skill=weak.skill) if weak else None


def go_on(facts: Facts) -> Suggestion | None:
    """The lesson where the person stopped."""
    return Suggestion("continue", place=facts.continue_at) if facts.continue_at else None


def some_reviews(facts: Facts) -> Suggestion | None:
    """A few reviews."""
    if 0 < facts.reviews_due < MANY_REVIEWS:
        return Suggestion("reviews_due", count=facts.reviews_due)
    return None


def deadline_ahead(facts: Facts) -> Suggestion | None:
    """Due within a week."""
    return _deadline(facts, NEAR, AHEAD, "deadline_ahead")


def fitting_task(facts: Facts) -> Suggestion | None:
    """A task that is neither boring nor hopeless."""
    fitting = facts.fitting
    if fitting is None or not FITTING_FROM <= fitting.chance <= FITTING_TO:
        return None
    return Suggestion("fitting", place=fitting.place, chance=fitting.chance)


def begin(facts: Facts) -> Suggestion | None:
    """Nothing was begun: the first lesson."""
    return Suggestion("begin", place=facts.start) if facts.start and not facts.begun else None


def offered_check(facts: Facts) -> Suggestion | None:
    """Somebody who knows a part already need not sit through it."""
    return Suggestion("level_check", course=facts.check_offered) if facts.check_offered and not facts.begun else None


RULES: tuple[Rule, ...] = (
    near_deadline,
    open_check,
    many_reviews,
    weak_prerequisite,
    go_on,
    some_reviews,
    deadline_ahead,
    fitting_task,
    begin,
    offered_check,
)
MOST_SUGGESTIONS = 3


def suggestions(facts: Facts) -> list[Suggestion]:
    """What to do, the most useful first: at most three, none leading to the same place twice."""
    found: list[Suggestion] = []
    for rule in RULES:
        one = rule(facts)
        if one and not any(one.place and one.place == other.place for other in found):
            found.append(one)
    return found[:MOST_SUGGESTIONS]


def best_fitting(options: Sequence[Fitting]) -> Fitting | None:
    """The task whose chance of success is nearest to 0.7; of equal ones the first."""
    return min(options, key=lambda option: abs(option.chance - FITTING), default=None)
