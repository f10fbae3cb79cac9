"""Verbs of exams: begin, save what is typed, hand in, and bring the result together."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import IntegrityError, OperationalError, transaction

from bilik.catalog.queries import CourseFacts, ExamFacts, variant
from bilik.exams import errors, queries, rules
from bilik.exams.models import Sitting, SittingTask
from bilik.exams.states import SITTING_MOVES, SittingState
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, needs_sandbox, parse_answer
from bilik.grading.rubric import is_marked
from bilik.grading.variants import seed_for
from bilik.grading.verdict import Feedback
from bilik.groups.queries import extra_time_of
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.submissions import runners
from bilik.submissions.actions import submit, submit_for_marking

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission

log = logging.getLogger(__name__)
CONTEXT = "exam"
MOST_TYPED = 100_000


@transaction.atomic
def begin(*, by: Person, now: datetime, course: CourseFacts, exam: ExamFacts) -> Sitting:
    """Begins an exam: draws its tasks and starts the clock. Raises the refusal of `rules.why_not_begin`."""
    row = next(one for one in queries.exams_of(by, course, now) if one.exam.slug == exam.slug)
    refuse(row.refusal)
    extra_time = extra_time_of(by, now)
    sitting = Sitting(
        person=by,
        course_id=course.course_id,
        version_id=course.version_id,
        exam=exam.slug,
        titles=dict(exam.titles),
        cut_score=exam.cut_score,
        feedback=exam.feedback,
        extra_time=str(extra_time),
        started_at=now,
        ends_at=now + rules.length_of(exam.minutes, extra_time),
    )
    tasks = rules.drawn(exam, str(sitting.ref))
    sitting.of = sum(task.points for task in tasks)
    try:
        with transaction.atomic():
            sitting.save(force_insert=True)
    except IntegrityError:
        raise errors.AlreadyRunning() from None
    SittingTask.objects.bulk_create(
        [
            SittingTask(
                sitting=sitting,
                position=position,
                version_id=task.version_id,
                seed=seed_for(str(sitting.ref), task.slug, variants=task.variants),
            )
            for position, task in enumerate(tasks, 1)
        ]
    )
    data = {"course": course.slug, "exam": exam.slug, "extra_time": str(extra_time)}
    journal(by=by, now=now, verb="exams.began", about=sitting, data=data)
    return sitting


@transaction.atomic
def save_answer(
    *, by: Person, now: datetime, ref: UUID, position: int, fields: Mapping[str, Sequence[str]]
) -> Feedback | None:
    """Keeps what stands in the form of one task, whatever it is; says why it is no answer yet, where it is none.

    Raises NoSuchSitting, HandedIn, TimeOver.
    """
    sitting = Sitting.objects.select_for_update().filter(person=by, ref=ref).first()
    task = sitting.tasks.filter(position=position).first() if sitting else None
    if sitting is None or task is None:
        raise errors.NoSuchSitting()
    refuse(rules.why_not_save(sitting.state, sitting.ends_at, now))
    task.fields = _kept(fields)
    task.saved_at = now
    task.save(update_fields=["fields", "saved_at"])
    try:
        parse_answer(variant(task.version_id, task.seed).spec, task.fields)
    except InvalidAnswer as error:
        return error.feedback
    return None


def _kept(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The fields as they can be stored: no NUL, and not more than anybody types."""
    kept = {name: [value.replace("\x00", "\ufffd")[:MOST_TYPED] for value in values] for name, values in fields.items()}
    return {name: [value.encode("utf-8", "replace").decode() for value in values] for name, values in kept.items()}


@transaction.atomic
def hand_in(*, by: Person | None, now: datetime, ref: UUID) -> Sitting:
    """Hands an exam in: every saved answer is submitted. `by` is None when the clock does it.

    Handing in twice is handing in once. Raises NoSuchSitting.
    """
    sitting = Sitting.objects.select_for_update().select_related("person").filter(ref=ref).first()
    if sitting is None or (by is not None and sitting.person_id != by.pk):
        raise errors.NoSuchSitting()
    if SittingState.HANDED_IN not in SITTING_MOVES[SittingState(sitting.state)]:
        return sitting
    sitting.state, sitting.handed_in_at = SittingState.HANDED_IN, min(now, sitting.ends_at)
    sitting.save(update_fields=["state", "handed_in_at"])
    journal(by=by, now=now, verb="exams.handed_in", about=sitting, data={"in_time": now <= sitting.ends_at})
    for task in sitting.tasks.select_related("version"):
        task.submission = _submitted(sitting, task, now)
        task.save(update_fields=["submission"])
    _bring_together(sitting, now)
    return sitting


def _submitted(sitting: Sitting, task: SittingTask, now: datetime) -> Submission | None:
    """The answer to one task as a submission; None when nothing was typed that could be one."""
    spec = variant(task.version_id, task.seed).spec
    try:
        parsed = parse_answer(spec, task.fields)
    except InvalidAnswer:
        return None
    facts: dict[str, Any] = {
        "by": sitting.person,
        "now": now,
        "task_version_id": task.version_id,
        "seed": task.seed,
        "context": CONTEXT,
        "key": uuid5(NAMESPACE_OID, f"{sitting.ref}/{task.position}"),
        "answer": parsed,
        "language": sitting.person.language,
    }
    if is_marked(spec):
        return submit_for_marking(**facts)[0]
    if not needs_sandbox(spec):
        facts["verdict"] = check(spec, parsed, run=runners.no_runner)
    return submit(**facts)[0]


def hand_in_overdue(*, now: datetime, most: int = 20) -> int:
    """Hands in what the clock has ended; a worker does this now and then. Returns how many.

    Each in a transaction of its own: a sitting that stumbles is noted, waits, and keeps no other from its end.
    """
    handed = 0
    for ref in list(queries.overdue(now).values_list("ref", flat=True)[:most]):
        try:
            hand_in(by=None, now=now, ref=ref)
            handed += 1
        except OperationalError:
            raise
        except Exception:
            log.exception("the exam %s could not be handed in", ref)
    return handed


def apply_submission(submission: Submission, now: datetime) -> Sitting | None:
    """The handler of exams: when an answer has its verdict the result may be complete."""
    task = SittingTask.objects.filter(submission=submission).select_related("sitting").first()
    if task is None:
        return None  # It is being handed in at this moment; `hand_in` looks when all are stored.
    sitting = Sitting.objects.select_for_update().get(pk=task.sitting_id)
    _bring_together(sitting, now)
    return sitting


def _bring_together(sitting: Sitting, now: datetime) -> None:
    """Works the result out once every answer has its verdict; a replaced verdict changes it."""
    if sitting.state == SittingState.RUNNING:
        return
    submissions = [task.submission for task in queries.tasks_of(sitting)]
    if any(one is not None and one.score is None for one in submissions):
        return
    sitting.score = rules.total([one.score if one is not None else None for one in submissions])
    sitting.state, sitting.finished_at = SittingState.FINISHED, sitting.finished_at or now
    sitting.save(update_fields=["score", "state", "finished_at"])


@transaction.atomic
def rebuild_result(*, sitting: Sitting, now: datetime) -> Sitting:
    """Works a result out again from its submissions; what is stored must be equal before and after."""
    held = Sitting.objects.select_for_update().get(pk=sitting.pk)
    _bring_together(held, now)
    return held
