"""Level checks: how one stands, and what it showed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts, versions_by_id
from bilik.grading.variants import seed_for
from bilik.grading.verdict import Outcome
from bilik.practice.engine.placing import (
    MOST_TASKS,
    Level,
    Reply,
    beliefs,
    level_of,
    may_be_asked,
    next_question,
)
from bilik.practice.engine.plan import Plan, PlannedTask
from bilik.practice.models import LevelCheck, LevelQuestion
from bilik.practice.queries.items import items_in
from bilik.practice.rules import OPEN_DAYS
from bilik.practice.states import CheckState

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission


LEFT_OUT = (Level.SHOWN, Level.IMPLIED)


@dataclass(frozen=True)
class LessonLevel:
    """What a level check says of a lesson, and of its own skills."""

    lesson: LessonFacts
    level: Level
    skills: Mapping[str, Level]


@dataclass(frozen=True)
class Result:
    """What a finished level check showed. `waiting` answers have no verdict yet and count for nothing so far."""

    check: LevelCheck
    lessons: tuple[LessonLevel, ...]
    right: int
    asked: int
    waiting: int

    @property
    def skippable(self) -> frozenset[str]:
        """Lessons that were shown, or are implied by later ones."""
        return frozenset(row.lesson.slug for row in self.lessons if row.level in LEFT_OUT)

    @property
    def start(self) -> LessonFacts | None:
        """Where to begin: the first lesson that may not be left out."""
        return next((row.lesson for row in self.lessons if row.level not in LEFT_OUT), None)


@dataclass(frozen=True)
class Asking:
    """An open level check: the question that waits for an answer, which one it is, of at most how many."""

    check: LevelCheck
    question: LevelQuestion
    task: TaskFacts
    number: int
    most: int = MOST_TASKS


def newest_checks(person: Person, courses: Iterable[CourseFacts]) -> dict[int, LevelCheck]:
    """A person's newest finished level check in each course, by course id. One query."""
    if not person.is_authenticated:
        return {}
    rows = LevelCheck.objects.filter(
        person=person, state=CheckState.FINISHED, course_id__in=[course.course_id for course in courses]
    ).order_by("id")
    return {row.course_id: row for row in rows}


def checks_in(person: Person, course: CourseFacts, now: datetime) -> tuple[LevelCheck | None, LevelCheck | None]:
    """A person's open level check in a course, and the newest that was finished. One query."""
    rows = LevelCheck.objects.filter(person=person, course_id=course.course_id).exclude(state=CheckState.ABANDONED)
    by_state = {row.state: row for row in rows.order_by("id")}
    going_on = by_state.get(CheckState.OPEN)
    if going_on is not None and going_on.started_at <= now - timedelta(days=OPEN_DAYS):
        going_on = None
    return going_on, by_state.get(CheckState.FINISHED)


def skippable_lessons(person: Person, course: CourseFacts) -> frozenset[str]:
    """Lessons of a course that the person's newest level check has shown. One query, two more where there is one."""
    check = newest_checks(person, [course]).get(course.course_id)
    return result_of(check, course).skippable if check else frozenset()


def result_of(check: LevelCheck, course: CourseFacts) -> Result:
    """What a level check showed, worked out from its answers. Two queries; a third where difficulties are asked for."""
    rows, plan = _answered(check), plan_of(course)
    replies = _replies(rows, plan)
    believed = beliefs(replies)
    lessons = tuple(
        LessonLevel(lesson, level, {skill: level_of(believed.get(skill)) for skill in own})
        for lesson, level, own in zip(course.lessons, plan.levels(replies), plan.own, strict=True)
    )
    right = sum(reply.right is True for reply in replies)
    waiting = sum(row.submission is not None and row.submission.is_waiting for row in rows)
    return Result(check, lessons, right, len(replies), waiting)


def _answered(check: LevelCheck) -> list[LevelQuestion]:
    rows = LevelQuestion.objects.filter(Q(submission__isnull=False) | Q(skipped=True), check_of=check)
    return list(rows.select_related("submission").order_by("position"))


def plan_of(course: CourseFacts) -> Plan:
    """A course as a level check sees it. One query once estimates were read."""
    items = items_in([course])
    return Plan(
        tuple(
            tuple(
                PlannedTask(task.task_id, task.kind, task.points, task.skills, items[task.task_id])
                for task in lesson.tasks
            )
            for lesson in course.lessons
        )
    )


def _replies(rows: Sequence[LevelQuestion], plan: Plan) -> list[Reply]:
    versions = versions_by_id(row.task_version_id for row in rows)
    replies = []
    for row in rows:
        version = versions[row.task_version_id]
        question = plan.question(version.task_id, version.kind, version.skills)
        replies.append(Reply(question, False if row.skipped else _was_right(row.submission)))
    return replies


def _was_right(submission: Submission | None) -> bool | None:
    return submission.outcome == Outcome.ACCEPTED if submission and submission.outcome else None


def choose_next(check: LevelCheck, course: CourseFacts, known: Iterable[int]) -> TaskFacts | None:
    """The task to ask now in a level check; None when it is over. Tasks that the person has answered in practice
    (`known`) are asked only where there is nothing else. Four queries.
    """
    plan = plan_of(course)
    replies, seen = _replies(_answered(check), plan), set(known)
    fresh = [question for question in plan.questions if question.task_id not in seen]
    for questions in (fresh, plan.questions):
        found = next_question(questions, replies, plan.skills)
        if found is not None:
            return next(task for task in course.tasks if task.task_id == found.task_id)
    return None


def check_seed(check: LevelCheck, task: TaskFacts) -> int:
    """Which variant of a task a level check asks."""
    return seed_for(f"level-check/{check.pk}", f"{task.task_id}/{task.slug}", variants=task.variants)


def asking(check: LevelCheck, course: CourseFacts) -> Asking | None:
    """The question that waits for an answer; None when its task is no longer published. One query."""
    rows = LevelQuestion.objects.filter(check_of=check, submission=None, skipped=False)
    question = rows.order_by("-position").first()
    if question is None:
        return None
    task = next((task for task in course.tasks if task.version_id == question.task_version_id), None)
    return Asking(check, question, task, question.position) if task else None


def has_questions(course: CourseFacts) -> bool:
    """Whether a course can have a level check at all: three tasks that may be asked."""
    return sum(may_be_asked(task.kind, task.points) for task in course.tasks) >= 3
