"""One step of a worker: takes a job, does it while a thread shows signs of life, and stores what came of it."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, connection

from bilik.kit.clock import utc_now
from bilik.queue import actions, works
from bilik.queue.errors import LeaseLost
from bilik.queue.models import Job
from bilik.queue.states import Lane

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
_BEAT_SECONDS = actions.LEASE.total_seconds() / 3


def worker_name() -> str:
    """Who works: machine, process and thread. A lease is held under this name."""
    return f"{socket.gethostname()[:30]}/{os.getpid()}/{threading.get_ident() % 1_000_000}"


def work_next(*, clock: Clock = utc_now, lanes: Collection[Lane] = tuple(Lane)) -> Job | None:
    """Takes the next job of these lanes and does it. None when there is none.

    Whatever the work stumbles over is a fault of the platform and takes no worker with it. A locked or absent database
    is raised: nothing could be noted either, the lease runs out and the job is taken again.
    """
    worker = worker_name()
    job = actions.take(worker=worker, now=clock(), lanes=lanes)
    if job is None:
        return None
    work = works.work_of(job.work)
    try:
        with _signs_of_life(job, worker, work.most_seconds, clock):
            store = work.do(job.subject)
        return actions.end(job_id=job.pk, worker=worker, now=clock(), store=store)
    except LeaseLost:
        log.warning("the job %s was taken over while this worker was at it", job)
        return job
    except (KeyboardInterrupt, SystemExit):
        actions.let_go(job_id=job.pk, worker=worker)
        raise
    except OperationalError:
        raise
    except Exception as error:
        log.exception("the job %s could not be done", job)
        return _fault(job, worker, f"{type(error).__name__}: {error}", clock())


def _fault(job: Job, worker: str, reason: str, now: datetime) -> Job:
    try:
        return actions.record_fault(job_id=job.pk, worker=worker, reason=reason, now=now)
    except LeaseLost:
        return job


@contextmanager
def _signs_of_life(job: Job, worker: str, most_seconds: float, clock: Clock) -> Iterator[None]:
    """Renews the lease until the block ends, or has taken longer than it may: then it counts as hanging."""
    over = threading.Event()
    latest = time.monotonic() + most_seconds

    def show() -> None:
        try:
            while not over.wait(_BEAT_SECONDS) and time.monotonic() < latest:
                _beat(job, worker, clock)
        finally:
            connection.close()

    thread = threading.Thread(target=show, name=f"lease of {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(job: Job, worker: str, clock: Clock) -> None:
    """A sign that cannot be given now is given the next time: a lease lasts three of them."""
    try:
        actions.beat(job_id=job.pk, worker=worker, now=clock())
    except OperationalError:
        log.warning("no sign of life could be given for %s", job)
