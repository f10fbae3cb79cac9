"""Questions about progress. Nothing here writes; opening a page leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts, published_courses
from bilik.kit.errors import Refusal
from bilik.learning.models import Progress
from bilik.learning.rules import why_not_answer
from bilik.people.queries import journal_for
from bilik.submissions.queries import comments_on

if TYPE_CHECKING:
    from bilik.people.models import Person


def progress_in(person: Person, tasks: Iterable[TaskFacts]) -> Mapping[int, Progress]:
    """A person's progress in these tasks with their newest answers and what trainers say of them, by task id.

    Empty for a visitor. Two queries, one where nothing was answered.
    """
    if not person.is_authenticated:
        return {}
    rows = Progress.objects.filter(person=person, task_id__in=[task.task_id for task in tasks])
    found = {row.task_id: row for row in rows.select_related("last_submission")}
    said = comments_on(row.last_submission_id for row in found.values() if row.last_submission_id)
    for row in found.values():
        row.comments = said.get(row.last_submission_id or 0, ())
    return found


def refusal_to_answer(task: TaskFacts, progress: Progress | None, person: Refusal | None) -> Refusal | None:
    """Why no answer to a task can be given now, from a person's progress in it (`progress_in`) and from what the people
    room says of them.
    """
    latest = progress.last_submission if progress else None
    return why_not_answer(task, progress, person=person, waiting=bool(latest and latest.is_waiting))


def progress_of(people: Iterable[Person], task_ids: Iterable[int]) -> dict[tuple[int, int], Progress]:
    """The progress of people whom the caller may see in some tasks, by the ids of person and task. One query."""
    rows = Progress.objects.filter(person__in=people, task_id__in=list(task_ids))
    return {(row.person_id, row.task_id): row for row in rows}


Skippable = Callable[["Person", CourseFacts], frozenset[str]]
_skippable: list[Skippable] = []


def register_skippable(lessons: Skippable) -> None:
    """Lets an upper room say which lessons of a course a person may leave out (by their names), because they have shown
    what is in them; called once, in `AppConfig.ready()`.
    """
    if lessons not in _skippable:
        _skippable.append(lessons)


def skippable_lessons(person: Person, course: CourseFacts) -> frozenset[str]:
    """Lessons that "continue" passes over. The person may do them all the same."""
    if not person.is_authenticated:
        return frozenset()
    return frozenset().union(*(lessons(person, course) for lessons in _skippable))


def hints_taken(person: Person, task_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When a person took hints to these tasks, in their order, by task id. Progress only counts them, so the moments
    come from the journal, which is asked only where there were hints.
    """
    found: dict[int, list[datetime]] = {}
    helped = Progress.objects.filter(person=person, task_id__in=task_ids, hints__gt=0).values_list("task_id", flat=True)
    wanted = [str(pk) for pk in helped]
    if not wanted:
        return found
    entries = journal_for(person, verb="learning.took_hint", person=person).filter(
        about_type="catalog.task", about_id__in=wanted
    )
    for task_id, at in entries.order_by("at").values_list("about_id", "at"):
        found.setdefault(int(task_id), []).append(at)
    return found


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
        return self.next_without(frozenset())

    def next_without(self, skippable: frozenset[str]) -> LessonProgress | None:
        """The first lesson that is not done and not left out; one that was begun is never left out."""
        open_ones = [lesson for lesson in self.lessons if not lesson.is_done]
        kept = [lesson for lesson in open_ones if lesson.started or lesson.lesson.slug not in skippable]
        return next(iter(kept or open_ones), None)


def course_progress(person: Person, courses: Iterable[CourseFacts]) -> list[CourseProgress]:
    """Progress in each of these courses, with one query for all of them."""
    courses = list(courses)
    solved, started = _solved_and_started(person)
    return [
        CourseProgress(course, tuple(_lesson_progress(lesson, solved, started) for lesson in course.lessons))
        for course in courses
    ]


def last_worked_at(person: Person) -> datetime | None:
    """When a person last tried a task. One query."""
    newest: datetime | None = Progress.objects.filter(person=person).aggregate(at=Max("last_at"))["at"]
    return newest


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


def people_with_hints(task_ids: Collection[int]) -> dict[int, int]:
    """How many people have taken a hint in each of these tasks."""
    rows = Progress.objects.filter(task_id__in=task_ids, hints__gt=0).values_list("task_id")
    return dict(rows.annotate(people=Count("id")).order_by())


@dataclass(frozen=True)
class Next:
    """Where a person goes on: the lesson, and the task in it."""

    course: CourseFacts
    lesson: LessonFacts
    task: TaskFacts | None


def where_to_continue(person: Person) -> Next | None:
    """The first unsolved task after the one that was answered last, in the same course, outside of lessons that may be
    left out; None when nothing is begun.
    """
    last = Progress.objects.filter(person=person, last_at__isnull=False).order_by("-last_at").first()
    if last is None:
        return None
    solved, started = _solved_and_started(person)
    for course in published_courses():
        places = [(lesson, task) for lesson in course.lessons for task in lesson.tasks]
        here = next((n for n, (_, task) in enumerate(places) if task.task_id == last.task_id), None)
        if here is None:
            continue
        unsolved = [place for place in places[here:] + places[:here] if place[1].task_id not in solved]
        if not unsolved:
            return Next(course, places[here][0], None)
        left_out = _left_out(person, course, started)
        kept = [place for place in unsolved if place[0].slug not in left_out]
        return Next(course, *(kept or unsolved)[0])
    return None


def _left_out(person: Person, course: CourseFacts, started: set[int]) -> frozenset[str]:
    """Lessons that may be left out and in which nothing was answered."""
    begun = {lesson.slug for lesson in course.lessons if started & {task.task_id for task in lesson.tasks}}
    return skippable_lessons(person, course) - begun
