"""How far one has come."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field


class LessonProgress(Schema):
    """How many tasks of a lesson are solved."""

    lesson: str
    title: str
    solved: int
    of: int
    started: bool


class CourseProgress(Schema):
    """How many tasks of a course are solved, and in which lesson it goes on."""

    course: str
    title: str
    solved: int
    of: int
    started: bool
    next_lesson: str | None
    lessons: list[LessonProgress]


class Progress(Schema):
    """A page of one's progress, by course."""

    items: list[CourseProgress]
    next: str | None


class Mastery(Schema):
    """What one's answers show of a skill."""

    skill: str
    name: str
    mastery: str = Field(description="low, likely or shown")
    answers: int
    right: int


class Masteries(Schema):
    """All skills of which one's answers show something."""

    items: list[Mastery]


class Suggestion(Schema):
    """One thing to do next, with its reason."""

    reason: str
    course: str | None
    lesson: str | None
    task: str | None
    skill: str | None
    count: int
    due: date | None


class Suggestions(Schema):
    """What to do next, the most useful first."""

    items: list[Suggestion]
    reviews_due: int
