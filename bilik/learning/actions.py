"""Verbs of learning: answering a task, taking a hint, and keeping progress in step with verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from bilik.catalog.queries import TaskFacts, task_of, variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, needs_sandbox, parse_answer
from bilik.grading.rubric import is_marked
from bilik.grading.uploads import Upload
from bilik.grading.variants import seed_for
from bilik.grading.verdict import Feedback, Outcome
from bilik.kit.errors import refuse
from bilik.learning.models import Progress
from bilik.learning.rules import why_not_answer, why_not_hint
from bilik.people.actions import journal
from bilik.people.queries import why_not_learn
from bilik.submissions import grading, runners, trying
from bilik.submissions.actions import submit, submit_for_marking
from bilik.submissions.errors import KeyOfAnother
from bilik.submissions.queries import has_waiting, submission_by_key, submissions_in

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission

CONTEXT = "practice"
Store = Callable[..., tuple["Submission", bool]]


@dataclass(frozen=True)
class Answered:
    """What came of an answer: a submission (graded or waiting), or feedback on why it was no answer. `is_new` is false
    where the same key had come before.
    """

    submission: Submission | None
    invalid: Feedback | None = None
    is_new: bool = True


def seed_of(person: Person, task: TaskFacts) -> int:
    """Which variant of a task a person has."""
    return seed_for(str(person.ref), f"{task.task_id}/{task.slug}", variants=task.variants)


def try_out(
    *,
    by: Person,
    now: datetime,
    spec: Mapping[str, Any],
    what: str,
    code: Any,
    typed: str,
    language: str,
    wait_seconds: float,
) -> dict[str, Any]:
    """Runs a program of somebody who may learn, for nobody but them: see `submissions.trying`."""
    refuse(why_not_learn(by, now))
    return trying.try_out(
        by=by, now=now, spec=spec, what=what, code=code, typed=typed, language=language, wait_seconds=wait_seconds
    )


def answer(
    *,
    by: Person,
    now: datetime,
    task: TaskFacts,
    fields: Mapping[str, Sequence[str]],
    key: UUID,
    language: str,
    wait_seconds: float,
    files: Sequence[Upload] = (),
) -> Answered:
    """Takes an answer to a task and grades it at once where that is possible.

    The same key again gives what came of it before. A text that is no answer to this task is not stored and costs
    nothing. Raises the refusal of a rule (no consent, no attempts left).
    """
    refuse(why_not_learn(by, now))
    seed = seed_of(by, task)
    spec = variant(task.version_id, seed).spec
    try:
        parsed = parse_answer(spec, fields)
    except InvalidAnswer as error:
        progress = Progress.objects.filter(person=by, task_id=task.task_id).first()
        refuse(why_not_answer(task, progress, person=None, waiting=False))
        return Answered(None, error.feedback)
    sending = {
        "by": by,
        "now": now,
        "task_version_id": task.version_id,
        "seed": seed,
        "context": CONTEXT,
        "key": key,
        "answer": parsed,
        "language": language,
    }
    if is_marked(spec):
        sending |= {"files": files}
    elif needs_sandbox(spec):
        sending |= {"grader": grading.grader_name(), "lease": grading.lease_for_spec(spec)}
    else:
        sending |= {"verdict": check(spec, parsed, run=runners.no_runner)}
    store = submit_for_marking if is_marked(spec) else submit
    submission, is_new = _send_limited(store, task, sending) if task.attempts else _send(store, task, sending)
    if is_new and submission.is_waiting:
        submission = grading.grade(submission, wait_seconds=wait_seconds)
    return Answered(submission, is_new=is_new)


def _send(store: Store, task: TaskFacts, sending: Mapping[str, Any]) -> tuple[Submission, bool]:
    """Stores the answer; one that was sent before, perhaps to an earlier version of the task, is found again."""
    try:
        return store(**sending)
    except KeyOfAnother:
        earlier = submission_by_key(sending["by"], sending["key"])
        if earlier is None or task_of(earlier.task_version_id) != task.task_id:
            raise
        return earlier, False


@transaction.atomic
def _send_limited(store: Store, task: TaskFacts, sending: Mapping[str, Any]) -> tuple[Submission, bool]:
    """The same where attempts are counted: the progress is locked first, so that two answers sent at the same moment
    cannot both be the last one; of two equal ones the later finds what the earlier stored.
    """
    progress = _held(sending["by"], task)
    earlier = submission_by_key(sending["by"], sending["key"])
    if earlier is not None and task_of(earlier.task_version_id) == task.task_id:
        return earlier, False
    waiting = has_waiting(sending["by"], task.task_id)
    refuse(why_not_answer(task, progress, person=None, waiting=waiting))
    return store(**sending)


def _held(by: Person, task: TaskFacts) -> Progress:
    Progress.objects.get_or_create(person=by, task_id=task.task_id)
    return Progress.objects.select_for_update().get(person=by, task_id=task.task_id)


@transaction.atomic
def take_hint(*, by: Person, now: datetime, task: TaskFacts, shown: int) -> int:
    """Shows the next hint of a task and returns how many are shown. `shown` is how many the person sees now: asking
    twice from the same page gives one hint. Raises NoMoreHints, or the refusal of the people room.
    """
    refuse(why_not_learn(by, now))
    page = variant(task.version_id, seed_of(by, task)).page
    available = max((len(words["hints"]) for words in page["texts"].values()), default=0)
    Progress.objects.get_or_create(person=by, task_id=task.task_id)
    progress = Progress.objects.select_for_update().get(person=by, task_id=task.task_id)
    if progress.hints > shown:
        return progress.hints
    refuse(why_not_hint(progress.hints, available))
    progress.hints += 1
    progress.save(update_fields=["hints"])
    data = {"task": task.slug, "hint": progress.hints}
    journal(by=by, now=now, verb="learning.took_hint", about=("catalog.task", str(task.task_id)), data=data)
    return progress.hints


def apply_submission(submission: Submission, now: datetime) -> Progress:
    """The one handler of practice: keeps progress in step with an answer that was stored or has its verdict, in the
    transaction that stores it, and returns it.
    """
    mine: dict[str, Any] = {"person_id": submission.person_id, "task_id": task_of(submission.task_version_id)}
    # Locked: two workers may bring verdicts on two answers of one person at the same moment.
    progress = Progress.objects.select_for_update().filter(**mine).first()
    if progress is None:
        Progress.objects.get_or_create(**mine)
        progress = Progress.objects.select_for_update().get(**mine)
    _add(progress, submission)
    progress.save(update_fields=_KEPT_IN_STEP)
    return progress


def rework_submission(submission: Submission, now: datetime) -> Progress:
    """The handler of a verdict that was replaced, or of an answer that was withdrawn: this person's progress in this
    task is worked out again from all answers to it.
    """
    task_id = task_of(submission.task_version_id)
    progress = Progress.objects.select_for_update().get(person_id=submission.person_id, task_id=task_id)
    _start_over(progress)
    for one in submissions_in(submission.person, CONTEXT).filter(task_version__task_id=task_id):
        _add(progress, one)
    progress.save(update_fields=_KEPT_IN_STEP)
    return progress


_KEPT_IN_STEP = ("attempts", "best_score", "of", "solved_at", "last_submission", "last_at")


def _add(progress: Progress, submission: Submission) -> None:
    """One more answer, and its verdict if it has one. The best score is the best share of the points, because a new
    version may have other points.
    """
    if progress.last_at is None or submission.received_at >= progress.last_at:
        progress.last_submission, progress.last_at = submission, submission.received_at
    if submission.score is None or submission.outcome == Outcome.INVALID:
        return
    progress.attempts += 1
    score, of = submission.score, submission.of or 0
    if progress.of == 0 or score * progress.of > Decimal(progress.best_score) * of:
        progress.best_score, progress.of = score, of
    if submission.outcome == Outcome.ACCEPTED and progress.solved_at is None:
        progress.solved_at = submission.received_at


def _start_over(progress: Progress) -> None:
    progress.attempts, progress.best_score, progress.of = 0, Decimal(0), 0
    progress.solved_at = progress.last_submission = progress.last_at = None


@transaction.atomic
def rebuild_progress(*, person: Person) -> int:
    """Works out a person's progress again from their submissions; returns how many tasks it covers.

    What is stored must be equal before and after: a test holds us to it.
    """
    rows = {row.task_id: row for row in Progress.objects.select_for_update().filter(person=person)}
    for row in rows.values():
        _start_over(row)
    for submission in submissions_in(person, CONTEXT):
        task_id = submission.task_version.task_id
        row = rows.setdefault(task_id, Progress(person=person, task_id=task_id))
        _add(row, submission)
    for row in rows.values():
        row.save()
    return len(rows)
