"""Verbs: put a job in, take the next one, show a sign of life, end it, put it back.

None of them is journalled: they are steps of the machine. What a job does to somebody is journalled by its own room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max, Min
from django.db.models.functions import Greatest

from bilik.queue import works
from bilik.queue.errors import LeaseLost
from bilik.queue.models import Job, Line
from bilik.queue.queries import takable, taken_from
from bilik.queue.states import OPEN, JobState, Lane

# A worker that shows no sign of life for this long is gone.
LEASE = timedelta(seconds=15)
MOST_TRIES = 3
# After a fault the next try waits, so that a fault of some seconds ends before the tries do.
PAUSES = (timedelta(seconds=2), timedelta(seconds=20))


@transaction.atomic
def put_in(*, now: datetime, work: str, subject: int, lane: Lane, line: str, party: str) -> Job:
    """Puts a job in the queue; while one for the same subject is open, that one is given back.

    Fair by start-time fair queueing (Goyal, Vin, Cheng 1996), twice: lines of a lane take turns, and the parties of a
    line do. Whoever waited for nothing begins where the others stand now and has no turns saved up.
    """
    held = _line(lane, line)
    last = Job.objects.filter(line=held, party=party, state__in=OPEN).aggregate(last=Max("round"))["last"]
    try:
        with transaction.atomic():
            return Job.objects.create(
                work=works.work_of(work).name,
                subject=subject,
                line=held,
                party=party,
                round=max(held.round, last or 0) + 1,
                asked_at=now,
            )
    except IntegrityError:
        return Job.objects.get(work=work, subject=subject, state__in=OPEN)


def _line(lane: Lane, name: str) -> Line:
    """The line, brought up to the others of its lane when nobody stands in it."""
    held, _ = Line.objects.get_or_create(lane=lane, name=name)
    held = Line.objects.select_for_update().get(pk=held.pk)
    if not held.jobs.filter(state=JobState.WAITING).exists():
        others = Line.objects.filter(lane=lane)
        waiting = others.filter(jobs__state=JobState.WAITING).aggregate(turns=Min("turns"))["turns"]
        now_at = others.aggregate(turns=Max("turns"))["turns"] if waiting is None else waiting
        held.turns = max(held.turns, now_at)
        held.save(update_fields=["turns"])
    return held


@transaction.atomic
def take(*, worker: str, now: datetime, lanes: Collection[Lane] = tuple(Lane)) -> Job | None:
    """Takes the job whose turn it is, or one whose worker is gone. None when there is none in these lanes."""
    for turn in taken_from(now, lanes):
        # First the line and then its job, as `put_in` does: two that wait for each other would never end.
        line = Line.objects.select_for_update().get(pk=turn.pk)
        while (job := _first_of(line, now)) is not None:
            if job.state == JobState.RUNNING:
                job.tries += 1
            if job.tries >= MOST_TRIES:
                _give_up(job, job.fault or "Its worker went away several times.", now)
                continue
            job.state, job.lease_by, job.lease_until = JobState.RUNNING, worker, now + LEASE
            job.begun_at = now
            job.save(update_fields=["state", "lease_by", "lease_until", "begun_at", "tries"])
            Line.objects.filter(pk=line.pk).update(turns=F("turns") + 1, round=Greatest("round", job.round))
            return job
    return None


def _first_of(line: Line, now: datetime) -> Job | None:
    there = takable(now).filter(line=line).order_by("round", "id")
    if connection.features.has_select_for_update_skip_locked:
        there = there.select_for_update(skip_locked=True)
    return there.first()


def beat(*, job_id: int, worker: str, now: datetime) -> bool:
    """A sign of life: the lease goes on. False when the job is not this worker's any more."""
    held = Job.objects.filter(pk=job_id, state=JobState.RUNNING, lease_by=worker)
    return held.update(lease_until=now + LEASE) == 1


@transaction.atomic
def end(*, job_id: int, worker: str, now: datetime, store: Callable[[datetime], None]) -> Job:
    """Ends a job: what was found is stored in the same transaction. Raises LeaseLost, and then nothing is stored."""
    job = _held(job_id, worker)
    store(now)
    job.state, job.ended_at, job.lease_until, job.fault = JobState.DONE, now, None, ""
    job.save(update_fields=["state", "ended_at", "lease_until", "fault"])
    return job


@transaction.atomic
def record_fault(*, job_id: int, worker: str, reason: str, now: datetime) -> Job:
    """The platform failed at a job: it waits for another try after a pause, or is given up. Raises LeaseLost."""
    job = _held(job_id, worker)
    job.tries += 1
    if job.tries >= MOST_TRIES:
        _give_up(job, reason, now)
        return job
    job.state, job.lease_until, job.fault = JobState.WAITING, now + PAUSES[job.tries - 1], reason[:500]
    job.lease_by = ""
    job.save(update_fields=["state", "lease_until", "lease_by", "fault", "tries"])
    return job


@transaction.atomic
def let_go(*, job_id: int, worker: str) -> Job:
    """Puts a job back as it was, at no cost: its worker was told to stop. Raises LeaseLost."""
    job = _held(job_id, worker)
    job.state, job.lease_until, job.lease_by = JobState.WAITING, None, ""
    job.save(update_fields=["state", "lease_until", "lease_by"])
    return job


@transaction.atomic
def retry(*, job_id: int, now: datetime) -> Job:
    """Puts a job back that was given up, with all its tries. An open one for the same subject is given back instead."""
    job = Job.objects.select_for_update().get(pk=job_id)
    there = Job.objects.filter(work=job.work, subject=job.subject, state__in=OPEN).first()
    if there is not None or job.state != JobState.FAULT:
        return there or job
    job.state, job.tries, job.lease_until, job.ended_at = JobState.WAITING, 0, None, None
    job.save(update_fields=["state", "tries", "lease_until", "ended_at"])
    return job


def _held(job_id: int, worker: str) -> Job:
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != JobState.RUNNING or job.lease_by != worker:
        raise LeaseLost()
    return job


def _give_up(job: Job, reason: str, now: datetime) -> None:
    job.state, job.fault, job.ended_at, job.lease_until = JobState.FAULT, reason[:500], now, None
    job.save(update_fields=["state", "fault", "ended_at", "lease_until", "tries"])
    works.work_of(job.work).gave_up(job.subject, now)
