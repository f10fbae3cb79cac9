"""A level check: which task comes next, when it is clear, and what it shows. Pure; every choice can be explained.

Each skill of the course is believed mastered with chance one half before the check. An answer moves the skills that its
task shows by Bayes' rule (tracing.py, with nothing learnt on the way); the next task is the one that is expected to
settle most: the expected fall in entropy over the skills that are open, times 4 P (1 - P), which is 1 for a task whose
difficulty fits the person and small for one that is far too easy or too hard; programs, which take long, somewhat less.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bilik.grading.kinds import KINDS, is_marked_kind
from bilik.practice.engine.ability import Item, ability, chance
from bilik.practice.engine.tracing import Parameters, after, success

MOST_TASKS = 12
# After so many wrong answers in a row the place to start is clear, and asking on would only discourage.
WRONG_IN_A_ROW = 5
SHOWN_FROM, NOT_SHOWN_BELOW = 0.95, 0.2
CHOICE = Parameters(start=0.5, learn=0.0, guess=0.25, slip=0.1)
TYPED = Parameters(start=0.5, learn=0.0, guess=0.05, slip=0.1)
# What a wrong answer says against a skill of its task that the course brings earlier than its newest one.
OLDER_BLAME = 0.15
CHOICES = frozenset({"single_choice"})
# A program of more points takes long to write; a level check is no homework.
MOST_POINTS_OF_CODE = 2
# It also takes longer than other answers, on a phone above all, so it has to settle more to be asked.
CODE_WORTH = 0.7
# A lesson's own skills are those that this part of its tasks show; the others come along.
OWN_SHARE = 0.5
# So many later lessons that are shown speak for one that was not asked.
LATER_LESSONS = 2


# How hard the first and the last lesson of a course are to somebody who has not done it. Difficulties of tasks, an
# author's and estimated ones alike, are those for people who have come as far as the task; here nobody has, so a task's
# place says more, and its own difficulty half; and it divides more sharply. People of average ability begin a little
# before the middle.
FIRST_LESSON, LAST_LESSON = -2.0, 2.5
OWN_DIFFICULTY, SHARPER = 0.5, 1.5


class Level(StrEnum):
    """What a level check says of a skill or a lesson; only lessons are implied."""

    SHOWN = "shown"
    IMPLIED = "implied"
    NOT_SHOWN = "not_shown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Question:
    """A task that may be asked. Its skills stand in the order in which the course brings them: the newest last."""

    task_id: int
    kind: str
    skills: tuple[str, ...]
    item: Item


@dataclass(frozen=True)
class Reply:
    """A task that was asked, and whether the answer was right (None: no verdict)."""

    question: Question
    right: bool | None


def placed(item: Item, place: float) -> Item:
    """A task's difficulty in a level check; `place` is that of its lesson in the course, from 0 (first) to 1 (last)."""
    return Item(SHARPER * item.a, FIRST_LESSON + (LAST_LESSON - FIRST_LESSON) * place + OWN_DIFFICULTY * item.b)


def may_be_asked(kind: str, points: int) -> bool:
    """Whether a task is short enough for a level check, and checked without people."""
    return not is_marked_kind(kind) and (not KINDS[kind].NEEDS_SANDBOX or points <= MOST_POINTS_OF_CODE)


def own_skills(tasks: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The skills that at least half of a lesson's tasks show, in the order in which they come up."""
    tasks = list(tasks)
    counts: dict[str, int] = {}
    for skills in tasks:
        for skill in skills:
            counts[skill] = counts.get(skill, 0) + 1
    return tuple(skill for skill, count in counts.items() if count >= OWN_SHARE * len(tasks))


def _parameters(question: Question) -> Parameters:
    return CHOICE if question.kind in CHOICES else TYPED


def beliefs(replies: Iterable[Reply]) -> dict[str, float]:
    """The chance that each skill is mastered, for the skills that were asked."""
    believed: dict[str, float] = {}
    for reply in replies:
        if reply.right is None:
            continue
        for skill in reply.question.skills:
            believed[skill] = _believe(believed.get(skill, 0.5), reply.question, skill, right=reply.right)
    return believed


def _believe(before: float, question: Question, skill: str, *, right: bool) -> float:
    """A right answer speaks for all skills; a wrong one against the newest, and a little against those it builds on."""
    weight = 1.0 if right or skill == question.skills[-1] else OLDER_BLAME
    return after(before, right=right, weight=weight, parameters=_parameters(question))


def level_of(believed: float | None) -> Level:
    """The word for one skill. What is not clearly shown is not shown: nobody should miss a lesson by luck."""
    if believed is None:
        return Level.NOT_ASKED
    return Level.SHOWN if believed >= SHOWN_FROM else Level.NOT_SHOWN


def levels_of_lessons(
    lessons: Sequence[Sequence[str]], believed: Mapping[str, float], stumbled: Collection[int] = ()
) -> list[Level]:
    """The word for each lesson of a course, from the own skills of all of them in their order.

    A lesson is shown when all its own skills are, and not shown when one of them was asked and is not. Lessons build on
    each other: one that was not asked in full, and that no answer clearly speaks against, is implied by two later
    lessons that are shown. `stumbled` are the places of lessons whose own tasks were answered wrong more often than
    right: whatever their skills look like from elsewhere, these lessons are not shown.
    """
    shown = [number not in stumbled and _is_shown(own, believed) for number, own in enumerate(lessons)]
    return [
        Level.NOT_SHOWN if number in stumbled else _level_of_lesson(own, believed, shown[number + 1 :])
        for number, own in enumerate(lessons)
    ]


def _is_shown(own: Sequence[str], believed: Mapping[str, float]) -> bool:
    return bool(own) and all(level_of(believed.get(skill)) == Level.SHOWN for skill in own)


def _level_of_lesson(own: Sequence[str], believed: Mapping[str, float], later: Sequence[bool]) -> Level:
    if _is_shown(own, believed):
        return Level.SHOWN
    asked = [believed[skill] for skill in own if skill in believed]
    if sum(later) >= LATER_LESSONS and all(chance >= NOT_SHOWN_BELOW for chance in asked):
        return Level.IMPLIED
    return Level.NOT_SHOWN if any(level_of(chance) == Level.NOT_SHOWN for chance in asked) else Level.NOT_ASKED


def next_question(questions: Sequence[Question], replies: Sequence[Reply], skills: Sequence[str]) -> Question | None:
    """The task to ask now, or None when the check is over: all skills settled, twelve asked, five wrong in a row, or
    nothing left that could tell. Of equal tasks the first in the course.
    """
    if len(replies) >= MOST_TASKS or _is_hopeless(replies):
        return None
    believed = beliefs(replies)
    still_open = {skill for skill in skills if NOT_SHOWN_BELOW <= believed.get(skill, 0.5) < SHOWN_FROM}
    theta, _ = ability([(reply.question.item, reply.right) for reply in replies if reply.right is not None])
    asked = {reply.question.task_id for reply in replies}
    worth = [
        (_worth(question, still_open, believed, theta), -n, question)
        for n, question in enumerate(questions)
        if question.task_id not in asked
    ]
    best = max((row for row in worth if row[0] > 0), key=lambda row: row[:2], default=None)
    return best[2] if best else None


def _is_hopeless(replies: Sequence[Reply]) -> bool:
    newest = [reply.right for reply in replies[-WRONG_IN_A_ROW:]]
    return len(newest) == WRONG_IN_A_ROW and all(right is False for right in newest)


def _worth(question: Question, still_open: set[str], believed: Mapping[str, float], theta: float) -> float:
    gain = sum(_gain(believed.get(skill, 0.5), question, skill) for skill in question.skills if skill in still_open)
    p = chance(theta, question.item)
    return gain * 4 * p * (1 - p) * (CODE_WORTH if KINDS[question.kind].NEEDS_SANDBOX else 1)


def _gain(before: float, question: Question, skill: str) -> float:
    """Expected fall in entropy (bits) of one skill."""
    p = success(before, _parameters(question))
    right, wrong = (_entropy(_believe(before, question, skill, right=answer)) for answer in (True, False))
    return max(0.0, _entropy(before) - p * right - (1 - p) * wrong)


def _entropy(p: float) -> float:
    return -sum(q * math.log2(q) for q in (p, 1 - p) if q > 0)
