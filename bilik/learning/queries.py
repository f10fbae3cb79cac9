"""Questions about progress. Nothing here writes; opening a page leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts, published_courses
from bilik.learning.models import Progress

if TYPE_CHECKING:
    from bilik.people.models import Person


def progress_in(person: Person, tasks: Iterable[TaskFacts]) -> Mapping[int, Progress]:
    """A person's progress in these tasks with their newest answers, by task id. Empty for a visitor. One query."""
    if not person.is_authenticated:
        return {}
    rows = Progress.objects.filter(person=person, task_id__in=[task.task_id for task in tasks])
    return {row.task_id: row for row in rows.select_related("last_submission")}


@dataclass(frozen=True)
class LessonProgress:
    """How much of a lesson is solved."""

    lesson: LessonFacts
    solved: int
    of: int
    started: bool

    @property
    def is_done(self) -> bool:
        return self.of > 0 and self.solved == self.of


@dataclass(frozen=True)
class CourseProgress:
    """How much of a course is solved, lesson by lesson, and what comes next."""

    course: CourseFacts
    lessons: tuple[LessonProgress, ...]

    @property
    def solved(self) -> int:
        return sum(lesson.solved for lesson in self.lessons)

    @property
    def of(self) -> int:
        return sum(lesson.of for lesson in self.lessons)

    @property
    def started(self) -> bool:
        return any(lesson.started for lesson in self.lessons)

    @property
    def is_done(self) -> bool:
        return self.of > 0 and self.solved == self.of

    @property
    def next_lesson(self) -> LessonProgress | None:
        """The first lesson that is not done."""
        return next((lesson for lesson in self.lessons if not lesson.is_done), None)


def course_progress(person: Person, courses: Iterable[CourseFacts]) -> list[CourseProgress]:
    """Progress in each of these courses, with one query for all of them."""
    courses = list(courses)
    solved, started = _solved_and_started(person)
    return [
        CourseProgress(course, tuple(_lesson_progress(lesson, solved, started) for lesson in course.lessons))
        for course in courses
    ]


def _solved_and_started(person: Person) -> tuple[set[int], set[int]]:
    if not person.is_authenticated:
        return set(), set()
    rows = Progress.objects.filter(person=person, attempts__gt=0).values_list("task_id", "solved_at")
    started = {task_id for task_id, _ in rows}
    return {task_id for task_id, solved_at in rows if solved_at}, started


def _lesson_progress(lesson: LessonFacts, solved: set[int], started: set[int]) -> LessonProgress:
    ids = {task.task_id for task in lesson.tasks}
    return LessonProgress(lesson, len(ids & solved), len(ids), bool(ids & started))


@dataclass(frozen=True)
class SkillProgress:
    """What answers show of one skill: tasks solved of the tasks that show it in courses the person has started."""

    skill_id: str
    solved: int
    of: int


def skill_progress(person: Person) -> list[SkillProgress]:
    """Skills by evidence. A page that was only opened is no evidence, so it cannot appear here."""
    solved, started = _solved_and_started(person)
    by_skill: dict[str, tuple[int, int]] = {}
    for course in published_courses():
        if not started & {task.task_id for task in course.tasks}:
            continue
        for task in course.tasks:
            for skill in task.skills:
                done, of = by_skill.get(skill, (0, 0))
                by_skill[skill] = (done + (task.task_id in solved), of + 1)
    shown = [SkillProgress(skill, done, of) for skill, (done, of) in by_skill.items()]
    return sorted(shown, key=lambda row: (-row.solved, -row.of, row.skill_id))


@dataclass(frozen=True)
class Next:
    """Where a person goes on: the lesson, and the task in it."""

    course: CourseFacts
    lesson: LessonFacts
    task: TaskFacts | None


def where_to_continue(person: Person) -> Next | None:
    """The first unsolved task after the one that was answered last, in the same course; None when nothing is begun."""
    last = Progress.objects.filter(person=person, last_at__isnull=False).order_by("-last_at").first()
    if last is None:
        return None
    solved, _ = _solved_and_started(person)
    for course in published_courses():
        places = [(lesson, task) for lesson in course.lessons for task in lesson.tasks]
        here = next((n for n, (_, task) in enumerate(places) if task.task_id == last.task_id), None)
        if here is None:
            continue
        for lesson, task in places[here:] + places[:here]:
            if task.task_id not in solved:
                return Next(course, lesson, task)
        return Next(course, places[here][0], None)
    return None
