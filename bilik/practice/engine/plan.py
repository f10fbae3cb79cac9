"""A course as a level check sees it: which skills its lessons are about, in which order, and what may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bilik.practice.engine.ability import Item, authors_item
from bilik.practice.engine.placing import (
    Level,
    Question,
    Reply,
    beliefs,
    levels_of_lessons,
    may_be_asked,
    own_skills,
    placed,
)


@dataclass(frozen=True)
class PlannedTask:
    """A task of a lesson, with its difficulty for people who have come that far."""

    task_id: int
    kind: str
    points: int
    skills: tuple[str, ...]
    item: Item


@dataclass(frozen=True)
class Plan:
    """The tasks of a course, lesson by lesson."""

    lessons: tuple[tuple[PlannedTask, ...], ...]

    @cached_property
    def own(self) -> list[tuple[str, ...]]:
        """The own skills of each lesson."""
        return [own_skills(task.skills for task in lesson) for lesson in self.lessons]

    @cached_property
    def skills(self) -> list[str]:
        """The skills that the lessons are about, in the order in which they come."""
        return list(dict.fromkeys(skill for own in self.own for skill in own))

    @cached_property
    def _order(self) -> dict[str, int]:
        along = (skill for lesson in self.lessons for task in lesson for skill in task.skills)
        return {skill: number for number, skill in enumerate(dict.fromkeys([*self.skills, *along]))}

    def in_order(self, skills: Iterable[str]) -> tuple[str, ...]:
        """Skills as the course brings them, the newest last; unknown ones (of an earlier version) first."""
        return tuple(sorted(skills, key=lambda skill: (self._order.get(skill, -1), skill)))

    @cached_property
    def questions(self) -> list[Question]:
        """What may be asked, in the order of the course."""
        last = max(1, len(self.lessons) - 1)
        return [
            Question(task.task_id, task.kind, self.in_order(task.skills), placed(task.item, number / last))
            for number, lesson in enumerate(self.lessons)
            for task in lesson
            if may_be_asked(task.kind, task.points)
        ]

    def levels(self, replies: Sequence[Reply]) -> list[Level]:
        """The word for each lesson, from the answers that were given."""
        return levels_of_lessons(self.own, beliefs(replies), self._stumbled(replies))

    def _stumbled(self, replies: Sequence[Reply]) -> set[int]:
        """The lessons whose own tasks were answered wrong more often than right."""
        balance: dict[int, int] = {}
        for reply in replies:
            number = self._lesson_of.get(reply.question.task_id)
            if number is not None and reply.right is not None:
                balance[number] = balance.get(number, 0) + (1 if reply.right else -1)
        return {number for number, value in balance.items() if value < 0}

    @cached_property
    def _lesson_of(self) -> dict[int, int]:
        return {task.task_id: number for number, lesson in enumerate(self.lessons) for task in lesson}

    def question(self, task_id: int, kind: str, skills: Sequence[str]) -> Question:
        """A question that was asked, also one whose task has left the course."""
        item = next((one.item for one in self.questions if one.task_id == task_id), placed(authors_item(3), 0.5))
        return Question(task_id, kind, self.in_order(skills), item)
