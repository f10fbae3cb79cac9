"""Working out the figures on a course's tasks, in a request, or by a command where there are many answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.authoring import actions, items
from bilik.authoring.errors import TooManyAnswers
from bilik.authoring.models import ItemFigures
from bilik.catalog.queries import CourseFacts, TaskFacts, variant
from bilik.learning.queries import people_with_hints
from bilik.submissions.queries import graded_answers, how_many_answers

if TYPE_CHECKING:
    from bilik.people.models import Person

CONTEXT = "practice"
MOST_IN_A_REQUEST = 200_000


def task_infos(course: CourseFacts) -> list[items.TaskInfo]:
    """What the figures need to know of each task of a course."""
    return [_info(task, lesson.slug) for lesson in course.lessons for task in lesson.tasks]


def _info(task: TaskFacts, lesson: str) -> items.TaskInfo:
    spec = variant(task.version_id, 0).spec
    rows = spec["choices"] if task.kind in ("single_choice", "multiple_choice") else ()
    options = tuple(str(row["id"]) for row in rows)
    right = tuple(str(row["id"]) for row in rows if row.get("correct"))
    return items.TaskInfo(task.task_id, task.version_id, task.slug, task.kind, lesson, spec, options, right)


def work_out(course: CourseFacts) -> dict[str, Any]:
    """The figures as they are now. Reads every answer of the course once."""
    tasks = task_infos(course)
    ids = [task.task_id for task in tasks]
    return items.figures(tasks, graded_answers(ids, context=CONTEXT), people_with_hints(ids))


def refresh(*, by: Person | None, now: datetime, course: CourseFacts, most: int = MOST_IN_A_REQUEST) -> ItemFigures:
    """Works the figures out anew and keeps them. Raises TooManyAnswers when there are more than `most` answers."""
    ids = [task.task_id for task in course.tasks]
    if how_many_answers(ids, context=CONTEXT) > most:
        raise TooManyAnswers()
    figures = work_out(course)
    return actions.keep_figures(
        by=by, now=now, course_id=course.course_id, version_id=course.version_id, figures=figures
    )
