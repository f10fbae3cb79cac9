"""Regrades: ask for one, prepare it in batches, look at what changes, apply it in batches, or leave it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q

from bilik.catalog.queries import CourseFacts
from bilik.grading.verdict import Feedback, Outcome, Verdict
from bilik.groups.queries import may_lead
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.submissions.actions import replace_verdict
from bilik.submissions.errors import IllegalMove
from bilik.teaching import errors, rules
from bilik.teaching.models import Regrade, RegradeRow
from bilik.teaching.queries.regrades import (
    answers_to_regrade,
    counts_of,
    may_go_on,
    newest_tasks,
    regrades_by_role,
)
from bilik.teaching.regrading import Regraded, change_of, regrade_answers
from bilik.teaching.states import CHANGES_WANTED, WORKED_ON, Change, RegradeState

if TYPE_CHECKING:
    from bilik.groups.models import Group
    from bilik.people.models import Person
    from bilik.submissions.models import Submission

# Small enough that a worker is back at learners' answers soon; a batch of programs takes a second or two.
BATCH = 50
LEASE = timedelta(minutes=30)


@transaction.atomic
def request_regrade(
    *,
    by: Person | None,
    now: datetime,
    course: CourseFacts,
    reason: str,
    task_id: int | None = None,
    group: Group | None = None,
) -> Regrade:
    """Asks that answers are checked anew: to one task or to all of a course; of a group's learners, or of everybody
    whom the person's role reaches (`by` None: everybody). Workers prepare it; nothing changes before it is applied.

    Raises MayNotRegrade and NothingToRegrade.
    """
    leads = by is not None and group is not None and may_lead(by, group)
    by_role = by is None or (group is None and regrades_by_role(by))
    refuse(rules.why_not_regrade((), administrator=by_role, leads=leads))
    regrade = Regrade(
        course_id=course.course_id,
        task_id=task_id,
        group=group,
        reason=reason.strip()[:300],
        asked_by=by,
        asked_at=now,
        state=RegradeState.PREPARING,
        total=0,
        upto=0,
    )
    answers = answers_to_regrade(regrade)
    last = answers.order_by("-pk").first()
    refuse(errors.NothingToRegrade() if last is None else None)
    assert last is not None
    regrade.upto, regrade.total = last.pk, answers.count()
    regrade.save()
    data = {"course": course.slug, "task": task_id, "answers": regrade.total}
    _journal(regrade, by, now, "asked", data)
    return regrade


@transaction.atomic
def apply_regrade(*, by: Person | None, now: datetime, regrade: Regrade, wanted: str) -> Regrade:
    """Says that the changes are applied: all of them, or improvements only. Workers do it. Raises RegradeMoved."""
    held = _held(regrade, by, RegradeState.APPLYING)
    refuse(None if CHANGES_WANTED.get(wanted) else errors.RegradeMoved())
    held.wanted = wanted
    _write(held, state=RegradeState.APPLYING, wanted=wanted, lease_until=None)
    counts = counts_of(held)
    data = {"wanted": wanted, "better": counts.better, "worse": counts.worse, "other": counts.other}
    _journal(held, by, now, "applied", data)
    return held


@transaction.atomic
def cancel_regrade(*, by: Person | None, now: datetime, regrade: Regrade) -> Regrade:
    """Leaves everything as it is. What was found can still be read."""
    held = _held(regrade, by, RegradeState.CANCELLED)
    _write(held, state=RegradeState.CANCELLED, ended_at=now, lease_until=None)
    _journal(held, by, now, "cancelled", {})
    return held


@transaction.atomic
def retry_faults(*, by: Person | None, now: datetime, regrade: Regrade) -> Regrade:
    """Answers that the platform could not check are looked at once more."""
    held = _held(regrade, by, RegradeState.PREPARING)
    faults = held.rows.filter(change=Change.FAULT)
    many = faults.count()
    refuse(None if many else errors.RegradeMoved())
    faults.delete()
    # Those that have their row are passed over, so the walk begins again.
    _write(held, state=RegradeState.PREPARING, looked_at=held.looked_at - many, done_upto=0, lease_until=None)
    _journal(held, by, now, "retried", {"answers": many})
    return held


def work_on_regrades(*, now: datetime) -> int:
    """One batch of the oldest regrade that waits for work and that no other worker has; how many answers it looked at.

    A chore for any number of workers: each batch is stored whole, and a worker that dies loses one batch.
    """
    with transaction.atomic():
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        waiting = Regrade.objects.filter(free, state__in=WORKED_ON).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        regrade = waiting.first()
        if regrade is None:
            return 0
        _write(regrade, lease_until=now + LEASE)
    try:
        return work_on(regrade=regrade, now=now)
    finally:
        Regrade.objects.filter(pk=regrade.pk).update(lease_until=None)


def work_on(*, regrade: Regrade, now: datetime) -> int:
    """One batch of a regrade that the caller holds: of its preparing or of its applying. 0 when it is done."""
    return _prepare(regrade, now) if regrade.state == RegradeState.PREPARING else _apply(regrade, now)


# Preparing ------------------------------------------------------------------------------------------------------------


def _prepare(regrade: Regrade, now: datetime) -> int:
    rows = answers_to_regrade(regrade).filter(pk__gt=regrade.done_upto)
    answers = list(rows.exclude(pk__in=regrade.rows.values("submission_id"))[:BATCH])
    made = regrade_answers(answers, newest_tasks(regrade.course.slug)) if answers else []
    with transaction.atomic():
        held = Regrade.objects.select_for_update().get(pk=regrade.pk)
        if held.state != RegradeState.PREPARING:  # Cancelled meanwhile.
            return 0
        new = [_row(held, answer, one) for answer, one in zip(answers, made, strict=True)]
        RegradeRow.objects.bulk_create(new, ignore_conflicts=True)
        if answers:
            _write(held, done_upto=answers[-1].pk, looked_at=held.looked_at + len(answers))
        else:
            _write(held, state=RegradeState.READY, total=held.looked_at)
            counts = counts_of(held)
            data = {"better": counts.better, "worse": counts.worse, "same": counts.same, "faults": counts.fault}
            _journal(held, None, now, "ready", data)
    regrade.refresh_from_db()
    return len(answers)


def _row(regrade: Regrade, answer: Submission, made: Regraded) -> RegradeRow:
    before = (answer.outcome, answer.score or Decimal(0), answer.of or 0)
    row = RegradeRow(
        regrade=regrade,
        submission=answer,
        change=Change.FAULT,
        before_outcome=before[0],
        before_score=before[1],
        before_of=before[2],
        before_at=answer.graded_at or answer.received_at,
        fault=made.fault,
    )
    if made.verdict is None:
        return row
    verdict = made.verdict
    row.change = change_of(before, (str(verdict.outcome), verdict.score, verdict.of))
    row.after_outcome, row.after_score, row.after_of = str(verdict.outcome), verdict.score, verdict.of
    row.after_ms = verdict.ms
    if row.change != Change.SAME:
        row.after_feedback = [item.to_json() for item in verdict.feedback]
        row.after_evidence = dict(verdict.evidence) | {"regraded_against": made.version_id}
    return row


# Applying -------------------------------------------------------------------------------------------------------------


def _apply(regrade: Regrade, now: datetime) -> int:
    rows = list(_to_apply(regrade)[:BATCH])
    for row in rows:
        _replace(regrade, row, now)
    if not rows:
        with transaction.atomic():
            held = Regrade.objects.select_for_update().get(pk=regrade.pk)
            if held.state == RegradeState.APPLYING:
                _write(held, state=RegradeState.APPLIED, ended_at=now)
                counts = counts_of(held)
                _journal(held, None, now, "done", {"applied": counts.applied, "overtaken": counts.overtaken})
    regrade.refresh_from_db()
    return len(rows)


def _to_apply(regrade: Regrade) -> Any:
    return regrade.rows.filter(change__in=CHANGES_WANTED[regrade.wanted], applied_at__isnull=True).order_by("id")


@transaction.atomic
def _replace(regrade: Regrade, row: RegradeRow, now: datetime) -> None:
    """Replaces one verdict, once: the row and the verdict are written together. A verdict that somebody else has
    replaced since stays as it is.
    """
    held = RegradeRow.objects.select_for_update().get(pk=row.pk)
    if held.applied_at is not None:
        return
    try:
        with transaction.atomic():
            replace_verdict(
                submission_id=held.submission_id,
                by=regrade.asked_by,
                verdict=_verdict(held),
                reason=regrade.reason,
                now=now,
                only_if_of=held.before_at,
            )
    except IllegalMove:
        held.overtaken = True
    held.applied_at = now
    held.save(update_fields=["applied_at", "overtaken"])


def _verdict(row: RegradeRow) -> Verdict:
    feedback = tuple(_feedback(item) for item in row.after_feedback)
    assert row.after_score is not None
    assert row.after_of is not None
    return Verdict(
        Outcome(row.after_outcome), row.after_score, row.after_of, feedback, row.after_evidence, row.after_ms
    )


def _feedback(item: Mapping[str, Any]) -> Feedback:
    return Feedback(item["code"], {name: value for name, value in item.items() if name != "code"})


# Together -------------------------------------------------------------------------------------------------------------


def _held(regrade: Regrade, by: Person | None, to: RegradeState) -> Regrade:
    """The regrade, locked, for somebody who may move it there."""
    held = Regrade.objects.select_for_update(of=("self",)).select_related("course", "group").get(pk=regrade.pk)
    refuse(None if may_go_on(held, by) else errors.MayNotRegrade())
    refuse(rules.why_not_move(held.state, to))
    return held


def _write(regrade: Regrade, **values: Any) -> None:
    for name, value in values.items():
        setattr(regrade, name, value)
    regrade.save(update_fields=list(values))


def _journal(regrade: Regrade, by: Person | None, now: datetime, what: str, data: Mapping[str, Any]) -> None:
    organisation = regrade.group.organisation if regrade.group else None
    facts = dict(data)
    journal(by=by, now=now, verb=f"teaching.regrade_{what}", about=regrade, organisation=organisation, data=facts)
