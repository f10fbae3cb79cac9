"""Verbs of the level check: begin, answer, stop."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bilik.catalog.queries import CourseFacts, TaskFacts
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.people.queries import why_not_learn
from bilik.practice.actions.giving import Given, give
from bilik.practice.engine.picture import LEVEL_CHECK
from bilik.practice.errors import NothingToAsk, NotTheQuestion
from bilik.practice.models import LevelCheck, LevelQuestion
from bilik.practice.queries.checks import Asking, check_seed, choose_next, has_questions, newest_checks
from bilik.practice.queries.pictures import open_check_of
from bilik.practice.rules import why_not_start_check
from bilik.practice.states import CHECK_MOVES, CheckState
from bilik.submissions.queries import submission_by_key

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission


@transaction.atomic
def start_level_check(*, by: Person, now: datetime, course: CourseFacts, known: Collection[int]) -> LevelCheck:
    """Begins a level check, or gives the one that is open in this course. One that is open in another course, or lies
    too long, is abandoned: its answers count as practice. `known` are the tasks the person has answered already.

    Raises TooSoon, NothingToAsk, or the refusal of the people room.
    """
    refuse(why_not_learn(by, now))
    going_on = open_check_of(by, now)
    if going_on is not None and going_on.course_id == course.course_id:
        return going_on
    earlier = newest_checks(by, [course]).get(course.course_id)
    refuse(why_not_start_check(earlier.ended_at if earlier else None, now))
    refuse(None if has_questions(course) else NothingToAsk())
    for old in LevelCheck.objects.select_for_update().filter(person=by, state=CheckState.OPEN):
        _end(old, CheckState.ABANDONED, by, now)
    check = LevelCheck.objects.create(person=by, course_id=course.course_id, started_at=now)
    journal(by=by, now=now, verb="practice.started_level_check", about=check, data={"course": course.slug})
    _ask(check, course, known, by, now)
    return check


def answer_level_check(
    *,
    by: Person,
    now: datetime,
    course: CourseFacts,
    asked: Asking,
    known: Collection[int],
    fields: Mapping[str, Sequence[str]],
    key: UUID,
    language: str,
    wait_seconds: float,
) -> Given:
    """Takes the answer to the question that waits, and asks the next one or ends the check. Nothing is said of right or
    wrong. The same key gives what came of it before. Raises NotTheQuestion when the question has an answer already.
    """
    refuse(why_not_learn(by, now))
    earlier = submission_by_key(by, key)
    if earlier is not None and earlier.context == LEVEL_CHECK:
        return Given(earlier)

    def note(submission: Submission) -> None:
        question = _waiting_question(asked)
        question.submission = submission
        question.save(update_fields=["submission"])

    given = give(
        by=by, now=now, task=asked.task, seed=asked.question.seed, context=LEVEL_CHECK, fields=fields, key=key,
        language=language, wait_seconds=wait_seconds, beside=note,
    )  # fmt: skip
    if given.submission is not None:
        go_on_with_check(by=by, now=now, course=course, check=asked.check, known=known)
    return given


def _waiting_question(asked: Asking) -> LevelQuestion:
    """The question, held. Raises NotTheQuestion when it was answered, skipped or forgotten meanwhile."""
    rows = LevelQuestion.objects.select_for_update().filter(pk=asked.question.pk, submission=None, skipped=False)
    question = rows.first()
    if question is None:
        raise NotTheQuestion()
    return question


@transaction.atomic
def skip_question(
    *, by: Person, now: datetime, course: CourseFacts, asked: Asking, known: Collection[int]
) -> LevelCheck:
    """The person does not know this yet: the check goes on as after a wrong answer, and nothing is stored as an answer.
    Raises NotTheQuestion.
    """
    refuse(why_not_learn(by, now))
    question = _waiting_question(asked)
    question.skipped = True
    question.save(update_fields=["skipped"])
    data = {"question": question.position}
    journal(by=by, now=now, verb="practice.skipped_question", about=asked.check, data=data)
    return go_on_with_check(by=by, now=now, course=course, check=asked.check, known=known)


@transaction.atomic
def go_on_with_check(
    *, by: Person, now: datetime, course: CourseFacts, check: LevelCheck, known: Collection[int]
) -> LevelCheck:
    """Asks the next question of an open check, or ends it when everything is clear. Does nothing while a question
    waits, so that it may be repeated: after an answer whose request broke off, or when a task left the course.
    """
    held = LevelCheck.objects.select_for_update().get(pk=check.pk)
    published = {task.version_id for task in course.tasks}
    waiting = LevelQuestion.objects.filter(check_of=held, submission=None, skipped=False)
    waiting.exclude(task_version_id__in=published).delete()
    if held.state == CheckState.OPEN and not waiting.filter(task_version_id__in=published).exists():
        _ask(held, course, known, by, now)
    return held


@transaction.atomic
def finish_level_check(*, by: Person, now: datetime, check: LevelCheck) -> LevelCheck:
    """Ends an open check with the answers that are there. The question that waits is forgotten. Twice is once."""
    held = LevelCheck.objects.select_for_update().get(pk=check.pk, person=by)
    if held.state == CheckState.OPEN:
        _end(held, CheckState.FINISHED, by, now)
    return held


def _ask(check: LevelCheck, course: CourseFacts, known: Collection[int], by: Person, now: datetime) -> None:
    task: TaskFacts | None = choose_next(check, course, known)
    if task is None:
        _end(check, CheckState.FINISHED, by, now)
        return
    last = LevelQuestion.objects.filter(check_of=check).order_by("-position").first()
    LevelQuestion.objects.create(
        check_of=check, position=last.position + 1 if last else 1, task_version_id=task.version_id,
        seed=check_seed(check, task),
    )  # fmt: skip


def _end(check: LevelCheck, state: CheckState, by: Person, now: datetime) -> None:
    if state not in CHECK_MOVES[CheckState(check.state)]:
        raise ValueError(f"a level check that is {check.state} cannot become {state}")
    LevelQuestion.objects.filter(check_of=check, submission=None, skipped=False).delete()
    check.state, check.ended_at = state, now
    check.save(update_fields=["state", "ended_at"])
    journal(by=by, now=now, verb=f"practice.{state.value}_level_check", about=check, data={})


def apply_level_check(submission: Submission, now: datetime) -> None:
    """The handler of "level_check": nothing to keep in step. The answer is read once the check is over."""
