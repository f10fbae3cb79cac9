"""Courses, lessons and tasks as learners see them: nothing of a key."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from bilik.api.schemas import Why


class CourseSkill(Schema):
    """A skill that a course leads to, and how far."""

    id: str
    name: str
    level: int


class Course(Schema):
    """A published course."""

    id: str
    version: int
    title: str
    summary: str
    languages: list[str]
    source_language: str
    licence: str
    authors: list[str]
    minutes: int
    lessons: int
    tasks: int
    skills: list[CourseSkill]


class Courses(Schema):
    """A page of courses."""

    items: list[Course]
    next: str | None = Field(description="cursor of the next page; null on the last one")


class LessonBrief(Schema):
    """A lesson in the list of its course."""

    id: str
    title: str
    minutes: int
    languages: list[str]
    tasks: list[str] = Field(description="ids of its tasks, in their order")
    due_at: datetime | None = Field(description="when it is due in the caller's groups")


class Lessons(Schema):
    """The lessons of a course, in their order."""

    items: list[LessonBrief]


class Part(Schema):
    """A piece of a lesson: text to read, or the place of a task. One of the two is null."""

    html: str | None = None
    task: str | None = None


class Lesson(LessonBrief):
    """A lesson with its text, in the language asked for or else in the course's own."""

    course: str
    language: str
    parts: list[Part] = Field(description="empty when Markdown was asked for")
    markdown: str | None = Field(description="the source of the text; null unless it was asked for")
    before: str | None
    after: str | None


class Choice(Schema):
    """A value that a field takes, with its words."""

    value: str
    html: str


class AnswerField(Schema):
    """A field of an answer: what its name is and what it takes."""

    name: str
    takes: Literal["choice", "choices", "order", "lines", "text", "number", "points", "files"]
    html: str | None = Field(default=None, description="words that stand before it")
    choices: list[Choice] = []
    longest: int | None = None
    shortest: int | None = None
    most: int | None = Field(default=None, description="how many values at most")
    unit: str | None = None
    language: str | None = Field(default=None, description="python or sql, for programs")
    starter: str | None = None
    suffixes: list[str] = Field(default=[], description="which files are taken")
    max_mb: int | None = None


class Material(Schema):
    """Something to look at beside the words: a program, tables, data, a picture, a rubric, a text with blanks."""

    kind: str
    content: Any


class Task(Schema):
    """A task in the variant of the caller, as its card shows it."""

    id: str
    course: str
    lesson: str
    kind: str
    points: int
    difficulty: int
    skills: list[str]
    language: str
    title: str
    html: str
    materials: list[Material]
    fields: list[AnswerField]
    state: str = Field(description="open, waiting, marking, partial or accepted")
    attempts: int = Field(description="verdicts so far")
    attempts_left: int | None = Field(description="null when there is no limit")
    hints: list[str] = Field(description="those that were taken, as HTML")
    hints_available: int
    marked_by_people: bool
    due_at: datetime | None
    why_not_answer: Why | None
