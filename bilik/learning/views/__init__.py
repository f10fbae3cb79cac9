"""Pages of learning: courses, a course, a lesson with its tasks, an answer, earlier answers, skills.

Here is what several of them need: the parts of an address, and dates as pages show them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from bilik.catalog.addresses import lesson_at
from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts
from bilik.kit.clock import utc_now


def place_of(course_slug: str, lesson_slug: str, task_slug: str) -> tuple[CourseFacts, LessonFacts, TaskFacts]:
    course, lesson = lesson_at(course_slug, lesson_slug)
    for task in lesson.tasks:
        if task.slug == task_slug:
            return course, lesson, task
    raise Http404


def due_shown(due_at: datetime | None, *, done: bool) -> dict[str, Any] | None:
    """A date as pages show it; one that is over is told, and changes nothing else."""
    return {"at": due_at, "late": not done and due_at <= utc_now()} if due_at else None


def address_of(course_slug: str, lesson_slug: str, task_slug: str, sign: str = "#") -> str:
    """The address of a task: `#` for its place in the lesson, `/` for its own pages."""
    lesson = reverse("learning:lesson", args=[course_slug, lesson_slug])
    return f"{lesson}#{task_slug}" if sign == "#" else f"{lesson}{task_slug}/"
