"""How something would look once it is published: the door for rooms that show what is not published yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bilik.catalog import making
from bilik.catalog.source.course import CourseSource, LessonSource
from bilik.catalog.source.prose import render, render_parts
from bilik.grading.folder import Prepared

__all__ = ["TaskPreview", "lesson_parts", "task_preview", "text_preview"]


@dataclass(frozen=True)
class TaskPreview:
    """A task as it would be stored for one seed: `spec` has the key in it and stays on the server, `page` is shown."""

    slug: str
    kind: str
    points: int
    seed: int
    spec: Mapping[str, Any]
    page: Mapping[str, Any]


def task_preview(variant: Prepared, *, pictures: str) -> TaskPreview:
    """What publishing would make of a variant, its pictures given out under the address `pictures`."""
    exercise = variant.exercise
    return TaskPreview(
        exercise.slug,
        exercise.kind,
        exercise.points,
        variant.seed,
        exercise.spec,
        making.variant_page(variant, pictures=pictures),
    )


def lesson_parts(course: CourseSource, lesson: LessonSource, language: str, *, pictures: str) -> list[dict[str, str]]:
    """The pieces of a lesson in one language, its pictures given out under the address `pictures`."""
    addresses = making.picture_addresses(course, lesson, under=pictures)
    return [part.to_json() for part in render_parts(lesson.bodies[language], language=language, pictures=addresses)]


def text_preview(text: str, *, language: str) -> str:
    """Safe HTML of one Markdown text."""
    return render(text, language=language)
