"""How difficult tasks are: the newest estimate of a course, else what its author says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bilik.catalog.queries import CourseFacts
from bilik.practice.engine.ability import Item, authors_item
from bilik.practice.models import Estimate, TaskEstimate


def items_in(courses: Iterable[CourseFacts]) -> dict[int, Item]:
    """Discrimination and difficulty of all tasks of these courses, by task id. One query once estimates were read."""
    courses = list(courses)
    rows = Estimate.objects.filter(course_id__in=[course.course_id for course in courses]).order_by("id")
    newest = dict(rows.values_list("course_id", "id"))
    items = {task.task_id: authors_item(task.difficulty) for course in courses for task in course.tasks}
    for estimate_id in newest.values():
        items |= {task: item for task, item in _estimated(estimate_id).items() if task in items}
    return items


def newest_skill_estimate() -> int | None:
    """The estimate with which pictures should be made; None while there is none."""
    return Estimate.objects.filter(course=None).order_by("-id").values_list("id", flat=True).first()


def same_estimate(course_id: int | None, digest: str) -> bool:
    """Whether the newest estimate of a course (None: of all skills) was made from these very answers."""
    rows = Estimate.objects.filter(course=None) if course_id is None else Estimate.objects.filter(course_id=course_id)
    return rows.order_by("-id").values_list("digest", flat=True).first() == digest


@lru_cache(maxsize=64)
def _estimated(estimate_id: int) -> Mapping[int, Item]:
    """Estimates never change, so they are read once."""
    rows = TaskEstimate.objects.filter(estimate_id=estimate_id)
    return {row.task_id: Item(row.discrimination, row.difficulty, row.answers, row.error) for row in rows}


def forget() -> None:
    """Empties what is kept in memory; tests need it because they undo what was estimated."""
    _estimated.cache_clear()
