"""Grading a stored submission: in the request that brought it, or in a worker. Both walk the same way."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError

from bilik.catalog.queries import variant
from bilik.grading.check import check, needs_sandbox
from bilik.grading.checkers.limits import WALL_FOR_CPU
from bilik.grading.verdict import PlatformFault, Verdict
from bilik.kit.clock import utc_now
from bilik.submissions import actions, runners
from bilik.submissions.errors import IllegalMove
from bilik.submissions.models import Submission
from runner.faults import Busy

log = logging.getLogger(__name__)
_WORKER_WAIT = timedelta(seconds=10)
_SPARE = timedelta(seconds=25)
Clock = Callable[[], datetime]


def grader_name() -> str:
    """Who grades: machine, process and thread. A lease is held under this name."""
    return f"{socket.gethostname()[:30]}/{os.getpid()}/{threading.get_ident() % 1_000_000}"


def lease_for(submission: Submission) -> timedelta:
    """How long a grader may hold a submission: the longest its program may run, and time for everything else."""
    return lease_for_spec(variant(submission.task_version_id, submission.seed).spec)


def lease_for_spec(spec: Mapping[str, Any]) -> timedelta:
    """The same from a task's spec."""
    if not needs_sandbox(spec):
        return timedelta(seconds=20)
    return timedelta(seconds=spec["limits"]["cpu_seconds"] * WALL_FOR_CPU) + _SPARE


def grade(submission: Submission, *, wait_seconds: float, clock: Clock = utc_now) -> Submission:
    """Grades a submission that this grader holds, and stores what came of it.

    The submission comes back graded; or queued, when no runner was free in time or the platform failed. It never
    raises for anything in the answer: a checker that stumbles over one is a fault of ours, and takes no worker with it.
    """
    grader = submission.lease_by
    try:
        verdict = _verdict(submission, wait_seconds)
        return actions.record_verdict(submission_id=submission.pk, grader=grader, verdict=verdict, now=clock())
    except Busy:
        return actions.put_back(submission_id=submission.pk, grader=grader)
    except IllegalMove:
        # The lease ran out and somebody else grades it now; theirs counts.
        return Submission.objects.get(pk=submission.pk)
    except OperationalError:
        # A locked or absent database: nothing could be noted either. The lease runs out and it is graded again.
        raise
    except Exception as error:
        known = isinstance(error, PlatformFault)
        reason = str(error) if known else f"{type(error).__name__}: {error}"
        log.error("submission %s could not be graded: %s", submission.pk, reason, exc_info=not known)
        return actions.record_fault(submission_id=submission.pk, grader=grader, reason=reason, now=clock())


def _verdict(submission: Submission, wait_seconds: float) -> Verdict:
    spec = variant(submission.task_version_id, submission.seed).spec
    run = runners.runner(wait_seconds) if needs_sandbox(spec) else runners.no_runner
    return check(spec, submission.answer, run=run)


def grade_next(*, clock: Clock = utc_now) -> Submission | None:
    """One step of a worker: takes the next waiting submission and grades it. None when there is none."""
    submission = actions.claim_next(grader=grader_name(), now=clock(), lease_for=lease_for)
    if submission is None:
        return None
    return grade(submission, wait_seconds=_WORKER_WAIT.total_seconds(), clock=clock)
