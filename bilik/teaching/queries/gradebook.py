"""A group's results in a course: learners by lessons, or by tasks of one lesson, and exams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from bilik.catalog.queries import CourseFacts, ExamFacts, TaskFacts
from bilik.exams.queries import best_results, results_of
from bilik.groups.queries import learners_of
from bilik.kit.exact import share
from bilik.learning.queries import progress_of
from bilik.teaching.queries.answers import title_of

if TYPE_CHECKING:
    from bilik.exams.models import Sitting
    from bilik.groups.models import Group
    from bilik.learning.models import Progress
    from bilik.people.models import Person


@dataclass(frozen=True)
class Column:
    """One column: what it is of, and how many points it holds."""

    slug: str
    title: str
    of: int
    tasks: tuple[TaskFacts, ...]


@dataclass(frozen=True)
class Line:
    """One learner: points by column (None where nothing was tried), and all of them."""

    person: Person
    points: tuple[Decimal | None, ...]
    total: Decimal
    exams: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True)
class Gradebook:
    """Columns and lines; `of` is what all columns hold together, exams left out: they are no practice."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    exams: tuple[Column, ...] = ()

    @property
    def of(self) -> int:
        return sum(column.of for column in self.columns)


def gradebook(group: Group, course: CourseFacts, language: str, lesson_slug: str = "") -> Gradebook:
    """The gradebook of a group: a column for each lesson, or for each task of one lesson. Beside
    lessons stands the best result of each exam. Three queries for any number of learners.

    A task counts with the best share of its points. Raises NoSuchCourse for a lesson that is none.
    """
    columns = _columns(course, language, lesson_slug)
    learners = learners_of(group)
    progress = progress_of(learners, [task.task_id for column in columns for task in column.tasks])
    exams = () if lesson_slug else tuple(_exam_column(exam, language) for exam in course.exams)
    best = best_results(results_of(learners, course.course_id)) if exams else {}
    lines = []
    for person in learners:
        exact = [_points(column, person.pk, progress) for column in columns]
        points = tuple(
            None if one is None else _decimal(one, column) for one, column in zip(exact, columns, strict=True)
        )
        total = sum((one for one in points if one is not None), Decimal(0))
        found = [best.get((person.pk, exam.slug)) for exam in exams]
        lines.append(Line(person, points, total, tuple(_percent(one) for one in found)))
    return Gradebook(columns, tuple(lines), exams)


def _columns(course: CourseFacts, language: str, lesson_slug: str) -> tuple[Column, ...]:
    if lesson_slug:
        return tuple(_column(task.slug, title_of(task, language), [task]) for task in course.lesson(lesson_slug).tasks)
    return tuple(_column(lesson.slug, lesson.title(language), lesson.tasks) for lesson in course.lessons)


def _percent(sitting: Sitting | None) -> Decimal | None:
    """The share of an exam's points that was reached; sittings differ in the tasks that were drawn."""
    if sitting is None or sitting.score is None:
        return None
    return share(Fraction(sitting.score), Fraction(sitting.of), of=100)


def _exam_column(exam: ExamFacts, language: str) -> Column:
    return Column(exam.slug, exam.title(language), 100, ())


def _column(slug: str, title: str, tasks: Iterable[TaskFacts]) -> Column:
    tasks = tuple(tasks)
    return Column(slug, title, sum(task.points for task in tasks), tasks)


def _points(column: Column, person_id: int, progress: dict[tuple[int, int], Progress]) -> Fraction | None:
    """The exact points of one person in one column."""
    rows: Sequence[tuple[TaskFacts, Progress]] = [
        (task, progress[person_id, task.task_id]) for task in column.tasks if (person_id, task.task_id) in progress
    ]
    tried = [(task, row) for task, row in rows if row.attempts]
    if not tried:
        return None
    return sum((Fraction(row.best_score) / max(row.of, 1) * task.points for task, row in tried), Fraction(0))


def _decimal(points: Fraction, column: Column) -> Decimal:
    return share(points, column.of, of=column.of)
