"""The calls: fetch, verb, answer. What may be done is decided where the pages have it decided."""

from __future__ import annotations

from typing import Any

from bilik.api import errors
from bilik.api.schemas import Why
from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts
from bilik.kit.errors import Refusal


def why(refusal: Refusal | None) -> Why | None:
    """A refusal as a part of an answer, for what cannot be done yet."""
    return None if refusal is None else Why(code=refusal.code, detail=str(refusal.sentence))


def place_of(course: CourseFacts, task_id: str) -> tuple[LessonFacts, TaskFacts]:
    """A task of a course by its id, with its lesson. Raises NotFound."""
    for lesson in course.lessons:
        for task in lesson.tasks:
            if task.slug == task_id:
                return lesson, task
    raise errors.NotFound()


def found(thing: Any) -> Any:
    """What a query gave. Raises NotFound for nothing: whoever may not see something is not told that it is there."""
    if thing is None:
        raise errors.NotFound()
    return thing
