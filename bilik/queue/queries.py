"""Questions: what can be taken, where a job stands and when its turn comes, how the lines are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Exists, F, Min, OuterRef, Q, QuerySet

from bilik.queue import works
from bilik.queue.models import Job, Line
from bilik.queue.states import OPEN, JobState, Lane

_LATELY = 50
_SEEN = timedelta(seconds=60)


@dataclass(frozen=True)
class Standing:
    """Where a job stands: `place` is 1 for the next one and 0 for one that is being worked on or has ended.

    `expected` is the time until it is done, as the last jobs went; None while nothing is known.
    """

    state: JobState
    place: int
    expected: timedelta | None


@dataclass(frozen=True)
class LineNow:
    """One line as an organiser sees it."""

    lane: Lane
    name: str
    waiting: int
    running: int
    oldest: datetime | None


def takable(now: datetime) -> QuerySet[Job]:
    """Jobs that a worker may take: waiting and past their pause, or running under a lease that has run out.

    A worker of another version leaves the work that it does not know to those that do.
    """
    waiting = Q(state=JobState.WAITING) & (Q(lease_until__isnull=True) | Q(lease_until__lte=now))
    return Job.objects.filter(waiting | Q(state=JobState.RUNNING, lease_until__lt=now), work__in=works.known())


def taken_from(now: datetime, lanes: Collection[Lane]) -> QuerySet[Line]:
    """Lines with something to take, in the order in which it is their turn."""
    there = takable(now).filter(line=OuterRef("pk"))
    return Line.objects.filter(Exists(there), lane__in=lanes).order_by("lane", "turns", "id")


def standing_of(work: str, subject: int, now: datetime) -> Standing | None:
    """Where the newest job for a subject stands. None when there never was one."""
    job = Job.objects.filter(work=work, subject=subject).select_related("line").order_by("-id").first()
    if job is None:
        return None
    state = JobState(job.state)
    if state != JobState.WAITING:
        return Standing(state, 0, _seconds_of(job.work, now) if state == JobState.RUNNING else None)
    ahead = _ahead_of(job)
    one = _seconds_of(job.work, now)
    return Standing(state, ahead + 1, None if one is None else one * (ahead + 1))


def _ahead_of(job: Job) -> int:
    """How many jobs are taken before this one when nothing else comes in: what is in earlier lanes, in its own line,
    and in each other line of its lane as many as have their turn before.
    """
    waiting = Job.objects.filter(state=JobState.WAITING)
    own = waiting.filter(line=job.line).filter(Q(round__lt=job.round) | Q(round=job.round, id__lt=job.pk)).count()
    turn = job.line.turns + own
    others = Line.objects.filter(lane=job.line.lane, jobs__state=JobState.WAITING).exclude(pk=job.line_id)
    ahead = own + waiting.filter(line__lane__lt=job.line.lane).count()
    for line in others.annotate(standing=Count("jobs")):
        before = turn - line.turns + (1 if line.pk < job.line_id else 0)
        ahead += min(line.standing, max(0, before))
    return ahead


def _seconds_of(work: str, now: datetime) -> timedelta | None:
    """How long one job took lately, shared by the workers that were seen in the last minute."""
    done = Job.objects.filter(work=work, state=JobState.DONE).order_by("-ended_at").values("pk")[:_LATELY]
    took = Job.objects.filter(pk__in=list(done.values_list("pk", flat=True)))
    mean = took.aggregate(mean=Avg(F("ended_at") - F("begun_at")))["mean"]
    if mean is None:
        return None
    seen = Job.objects.filter(Q(state=JobState.RUNNING, lease_until__gte=now) | Q(ended_at__gte=now - _SEEN))
    workers = seen.exclude(lease_by="").values("lease_by").distinct().count()
    return timedelta(seconds=mean.total_seconds() / max(1, workers))


def lines_now() -> list[LineNow]:
    """All lines with open jobs, in the order of their lanes."""
    counted = (
        Job.objects.filter(state__in=OPEN)
        .values("line__lane", "line__name")
        .annotate(
            waiting=Count("pk", filter=Q(state=JobState.WAITING)),
            running=Count("pk", filter=Q(state=JobState.RUNNING)),
            oldest=Min("asked_at", filter=Q(state=JobState.WAITING)),
        )
        .order_by("line__lane", "line__name")
    )
    return [
        LineNow(Lane(row["line__lane"]), row["line__name"], row["waiting"], row["running"], row["oldest"])
        for row in counted
    ]


def given_up() -> QuerySet[Job]:
    """Jobs that were given up and are not done by now, the oldest first."""
    return Job.objects.filter(state=JobState.FAULT).order_by("id")
