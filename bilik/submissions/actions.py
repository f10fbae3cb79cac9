"""Verbs: take an answer, claim it for grading, record its verdict, put it back. The queue is this table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from bilik.grading.uploads import Upload
from bilik.grading.verdict import Verdict
from bilik.people.actions import journal
from bilik.submissions import handlers
from bilik.submissions.attaching import attach
from bilik.submissions.errors import IllegalMove, KeyOfAnother
from bilik.submissions.models import CommentedAnswer, Submission, TrainerComment
from bilik.submissions.states import MOVES, WAITING, State

if TYPE_CHECKING:
    from bilik.people.models import Person


class Answered(TypedDict):
    """What is stored of an answer for good: `context` names the room that asked, `key` is the client's own."""

    task_version_id: int
    seed: int
    context: str
    key: UUID
    answer: Any
    language: str


MOST_TRIES = 5
# After a platform fault the next try waits, so that a fault of a few minutes ends before the tries do.
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=3), timedelta(minutes=15))


def submit(
    *,
    by: Person,
    now: datetime,
    grader: str = "",
    lease: timedelta = timedelta(0),
    verdict: Verdict | None = None,
    **facts: Unpack[Answered],
) -> tuple[Submission, bool]:
    """Stores an answer for good and says whether it is new: the same key again gives the submission that is there.

    With `grader` the submission is claimed by it for `lease` in the same breath, so that no worker takes it meanwhile.
    With `verdict`, for kinds that are checked at once, it is stored as graded. The room that asked is told in the same
    transaction in any case. Raises KeyOfAnother when the key was used for another task.
    """
    submission = Submission(**facts, person=by, received_at=now, state=State.QUEUED)
    if grader:
        _set(submission, {"state": State.GRADING, "lease_until": now + lease, "lease_by": grader})
    if verdict is not None:
        _set(submission, verdict_fields(verdict) | {"graded_at": now, "state": State.GRADED})
    try:
        with transaction.atomic():
            _store(submission, now)
            return submission, True
    except IntegrityError as error:
        return _sent_before(submission, error), False


def submit_for_marking(
    *,
    by: Person,
    now: datetime,
    files: Sequence[Upload] = (),
    **facts: Unpack[Answered],
) -> tuple[Submission, bool]:
    """Stores an answer that people will mark, with the files that belong to it, and says whether it is new.

    An earlier answer of the same person to the same task that nobody has marked yet is withdrawn: the newest counts.
    Files that the answer names and that did not come again are taken from that person's earlier answers to the task.
    Raises KeyOfAnother as `submit` does, and FileMissing.
    """
    submission = Submission(**facts, person=by, received_at=now, state=State.MARKING)
    try:
        with transaction.atomic():
            _withdraw_earlier(submission, now)
            _store(submission, now)
            attach(submission, files)
            return submission, True
    except IntegrityError as error:
        return _sent_before(submission, error), False


def _store(submission: Submission, now: datetime) -> None:
    submission.save(force_insert=True)
    data = {"task_version": submission.task_version_id}
    journal(by=submission.person, now=now, verb="submissions.submitted", about=submission, data=data)
    handlers.tell(submission, now)


def _sent_before(submission: Submission, error: IntegrityError) -> Submission:
    """What came under the same key before. Raises KeyOfAnother when that was another task."""
    earlier = Submission.objects.filter(person=submission.person, key=submission.key).first()
    if earlier is None:
        raise error
    if earlier.task_version_id != submission.task_version_id:
        raise KeyOfAnother() from None
    return earlier


def _withdraw_earlier(newer: Submission, now: datetime) -> None:
    waiting = Submission.objects.select_for_update().filter(
        person=newer.person,
        task_version__task__versions=newer.task_version_id,
        context=newer.context,
        state=State.MARKING,
    )
    for earlier in waiting.exclude(key=newer.key):
        _write(earlier, {"state": State.WITHDRAWN})
        journal(by=newer.person, now=now, verb="submissions.withdrew", about=earlier, data={})
        handlers.tell_replaced(earlier, now)


@transaction.atomic
def claim_next(*, grader: str, now: datetime, lease_for: Callable[[Submission], timedelta]) -> Submission | None:
    """Takes the oldest waiting submission for `grader`, or one whose grader's lease has run out. None when idle.

    A lease is longer than grading can take (`lease_for` knows the task's limits), so it needs no sign of life: when it
    runs out, its grader is gone. In a queued submission `lease_until` is the pause after a platform fault.
    """
    waiting = Submission.objects.filter(
        Q(state=State.QUEUED, lease_until__isnull=True) | Q(lease_until__lt=now), state__in=WAITING
    ).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    while (submission := waiting.first()) is not None:
        submission.tries += 1 if submission.state == State.GRADING else 0
        if submission.tries < MOST_TRIES:
            lease_until = now + lease_for(submission)
            held = {"state": State.GRADING, "lease_until": lease_until, "lease_by": grader}
            _write(submission, held | {"tries": submission.tries})
            return submission
        _give_up(submission, "Its grader went away several times.", now)
    return None


@transaction.atomic
def record_verdict(*, submission_id: int, grader: str, verdict: Verdict, now: datetime) -> Submission:
    """Stores a verdict and tells the room that asked, in one transaction.

    Idempotent: a submission that has its verdict keeps it. Raises IllegalMove when another grader holds it.
    """
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state == State.GRADED:
        return submission
    if State.GRADED not in MOVES[State(submission.state)] or submission.lease_by != grader:
        raise IllegalMove()
    _write(submission, verdict_fields(verdict) | {"graded_at": now, "state": State.GRADED})
    handlers.tell(submission, now)
    return submission


@transaction.atomic
def record_marks(*, submission_id: int, by: Person | None, verdict: Verdict, now: datetime) -> Submission:
    """Stores the verdict that people's marks come to; `by` is who gave the last of them.

    Idempotent like `record_verdict`. Raises IllegalMove for an answer that does not wait to be marked.
    """
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state == State.GRADED:
        return submission
    if submission.state != State.MARKING:
        raise IllegalMove()
    _write(submission, verdict_fields(verdict) | {"graded_at": now, "state": State.GRADED})
    journal(by=by, now=now, verb="submissions.marked", about=submission, data={"score": str(verdict.score)})
    handlers.tell(submission, now)
    return submission


@transaction.atomic
def replace_verdict(
    *,
    submission_id: int,
    by: Person | None,
    verdict: Verdict,
    reason: str,
    now: datetime,
    only_if_of: datetime | None = None,
) -> Submission:
    """Gives a graded answer another verdict: after a regrade, or when marks were looked at again.

    The earlier verdict is kept as an EarlierVerdict with the reason. Raises IllegalMove for an answer without one, and
    where the verdict is not the one given at `only_if_of` any more.
    """
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state != State.GRADED or only_if_of not in (None, submission.graded_at):
        raise IllegalMove()
    kept = {name: getattr(submission, name) for name in ("outcome", "score", "of", "feedback", "evidence", "graded_at")}
    submission.earlier_verdicts.create(**kept, replaced_at=now, replaced_by=by, reason=reason[:300])
    _write(submission, verdict_fields(verdict) | {"graded_at": now})
    data = {"from": str(kept["score"]), "to": str(verdict.score), "reason": reason[:300]}
    journal(by=by, now=now, verb="submissions.replaced_verdict", about=submission, data=data)
    handlers.tell_replaced(submission, now)
    return submission


def verdict_fields(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the columns of a submission."""
    return {
        "outcome": str(verdict.outcome),
        "score": verdict.score,
        "of": verdict.of,
        "feedback": [item.to_json() for item in verdict.feedback],
        "evidence": dict(verdict.evidence),
        "ms": verdict.ms,
        "lease_until": None,
        "lease_by": "",
        "fault": "",
    }


def _set(submission: Submission, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(submission, name, value)


def _write(submission: Submission, values: Mapping[str, Any]) -> None:
    _set(submission, values)
    submission.save(update_fields=list(values))


@transaction.atomic
def put_back(*, submission_id: int, grader: str) -> Submission:
    """No runner was free: the submission waits its turn. Costs it no try."""
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state == State.GRADING and submission.lease_by == grader:
        _write(submission, {"state": State.QUEUED, "lease_until": None, "lease_by": ""})
    return submission


@transaction.atomic
def record_fault(*, submission_id: int, grader: str, reason: str, now: datetime) -> Submission:
    """The platform failed while grading: back to the queue, and after several times aside for a person to look at.

    Whatever happens here, the learner has lost nothing: the answer is stored and no attempt is counted.
    """
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state != State.GRADING or submission.lease_by != grader:
        return submission
    submission.tries += 1
    if submission.tries >= MOST_TRIES:
        _give_up(submission, reason, now)
    else:
        pause_until = now + PAUSES[submission.tries - 1]
        values = {"state": State.QUEUED, "lease_until": pause_until, "lease_by": "", "tries": submission.tries}
        _write(submission, values | {"fault": _storable(reason)})
    return submission


def _give_up(submission: Submission, reason: str, now: datetime) -> None:
    tries, reason = submission.tries, _storable(reason)
    _write(submission, {"state": State.FAULT, "lease_until": None, "lease_by": "", "fault": reason, "tries": tries})
    journal(by=None, now=now, verb="submissions.gave_up", about=submission, data={"tries": tries})


def _storable(reason: str) -> str:
    """A reason may quote what a broken process said last; a database takes no NUL."""
    return reason.replace("\x00", "\ufffd")[:500]


@transaction.atomic
def retry_fault(*, submission_id: int, by: Person | None, now: datetime) -> Submission:
    """Puts a submission that was given up back into the queue, once the platform is mended."""
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if State.QUEUED not in MOVES[State(submission.state)] or submission.state != State.FAULT:
        raise IllegalMove()
    _write(submission, {"state": State.QUEUED, "tries": 0, "fault": "", "lease_until": None})
    journal(by=by, now=now, verb="submissions.retried", about=submission, data={})
    return submission


@transaction.atomic
def comment_on(*, by: Person, now: datetime, submission_ids: Iterable[int], text: str) -> TrainerComment:
    """Says something of one answer, or once of many that are alike. Whether `by` may is for the room that asks."""
    comment = TrainerComment.objects.create(by=by, made_at=now, text=text)
    many = _show_at(comment, submission_ids)
    journal(by=by, now=now, verb="submissions.commented", about=comment, data={"answers": many})
    return comment


@transaction.atomic
def change_comment(
    *, by: Person, now: datetime, comment: TrainerComment, submission_ids: Iterable[int], text: str
) -> TrainerComment:
    """Says it otherwise, to all who see it, and shows it at these answers too."""
    comment.text, comment.changed_at = text, now
    comment.save(update_fields=["text", "changed_at"])
    many = _show_at(comment, submission_ids)
    journal(by=by, now=now, verb="submissions.changed_comment", about=comment, data={"answers": many})
    return comment


@transaction.atomic
def retract_comment(*, by: Person, now: datetime, comment: TrainerComment) -> TrainerComment:
    """Takes a comment back: nobody sees it any more, and it stays for the record. Twice is once."""
    if comment.retracted_at is None:
        comment.retracted_at = now
        comment.save(update_fields=["retracted_at"])
        journal(by=by, now=now, verb="submissions.retracted_comment", about=comment, data={})
    return comment


def _show_at(comment: TrainerComment, submission_ids: Iterable[int]) -> int:
    rows = [CommentedAnswer(comment=comment, submission_id=one) for one in submission_ids]
    CommentedAnswer.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
