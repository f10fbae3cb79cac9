"""Checking drafts: by a worker, between learners' answers, or for one exercise in the request that asked for it.

The queue is the table of checks. Who checks holds a row under a lease and lengthens it with every exercise, so that a
worker that was killed loses a check for a minute and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from bilik.authoring import actions, folders, queries
from bilik.authoring.models import CheckRun
from bilik.authoring.states import CHECK_WAITING, CheckState, Purpose
from bilik.catalog.actions import publish_course
from bilik.catalog.source.check import check_course, check_one
from bilik.catalog.source.course import CourseSource, read_course
from bilik.catalog.source.findings import Findings
from bilik.grading.problems import Problem
from bilik.grading.verdict import PlatformFault
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.skills.queries import known_ids
from bilik.submissions import runners
from bilik.submissions.grading import grader_name
from runner.faults import Busy

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=3)
MOST_TRIES = 3
_WORKER_WAIT = 30.0
Clock = Callable[[], datetime]


class Unwanted(Exception):
    """The check was taken back, or somebody else has it: what was found is of no use."""


def _nothing() -> None:
    """What a check does between two exercises when nobody else waits for its process."""


def check_next(*, clock: Clock = utc_now, meanwhile: Callable[[], Any] = _nothing) -> CheckRun | None:
    """One step of a worker: takes the check that waits longest and does it. None when there is none.

    `meanwhile` is called before each exercise: learners' answers that came in the meantime go first. When it raises,
    the check goes back to the queue.
    """
    check = claim(clock=clock)
    return None if check is None else perform(check, clock=clock, meanwhile=meanwhile, wait_seconds=_WORKER_WAIT)


@transaction.atomic
def claim(*, clock: Clock = utc_now, check_id: int | None = None) -> CheckRun | None:
    """Takes the oldest check that waits, or whose lease has run out; or this one, if it waits."""
    now = clock()
    waiting = Q(state=CheckState.QUEUED) | Q(state=CheckState.RUNNING, lease_until__lt=now)
    rows = CheckRun.objects.select_for_update(skip_locked=True).filter(waiting)
    check = (rows.filter(pk=check_id) if check_id is not None else rows).order_by("id").first()
    if check is None:
        return None
    if check.tries >= MOST_TRIES:
        check.state, check.finished_at, check.lease_until = CheckState.FAILED, now, None
        check.save(update_fields=["state", "finished_at", "lease_until"])
        return None
    check.state, check.lease_by, check.lease_until = CheckState.RUNNING, grader_name(), now + LEASE
    check.tries += 1
    check.done = 0
    check.save(update_fields=["state", "lease_by", "lease_until", "tries", "done"])
    return check


def perform(
    check: CheckRun, *, clock: Clock = utc_now, meanwhile: Callable[[], Any] = _nothing, wait_seconds: float
) -> CheckRun:
    """Does a check that this process holds, and stores what came of it. Never raises for anything in the draft."""
    mine = CheckRun.objects.filter(pk=check.pk, lease_by=check.lease_by, state=CheckState.RUNNING)

    def progress(_exercise: str) -> None:
        meanwhile()
        if not mine.update(done=F("done") + 1, lease_until=clock() + LEASE):
            raise Unwanted()

    try:
        course, findings = _findings(check, mine, progress, wait_seconds)
        _finish(check, course, findings, clock())
    except Unwanted:
        log.info("check %s was taken back", check.pk)
    except Refusal as refusal:
        _store(mine, clock(), findings={}, refusal=refusal.code)
    except (Busy, PlatformFault) as fault:
        log.warning("check %s waits: %s", check.pk, fault)
        _put_back(mine, check, clock())
    except BaseException:
        # Told to stop, or a mistake of ours: the check waits for the next worker, which gives up after a few tries.
        _put_back(mine, check, clock())
        raise
    return CheckRun.objects.filter(pk=check.pk).first() or check


def _put_back(mine: Any, check: CheckRun, now: datetime) -> None:
    mine.update(state=CheckState.QUEUED, lease_until=None, lease_by="")


def _findings(
    check: CheckRun, mine: Any, progress: Callable[[str], None], wait_seconds: float
) -> tuple[CourseSource | None, Findings]:
    files = queries.files_now(check.draft, number=check.number)
    parts = folders.parts_of(files)
    wanted = list(files.values())
    if check.exercise:
        part = parts.exercise(check.exercise)
        lesson = folders.lesson_of(f"{part.folder}/x") if part else ""
        wanted = [one for path, one in files.items() if path == "course.toml" or folders.lesson_of(path) == lesson]
    mine.update(of=1 if check.exercise else len(parts.exercises))
    problems: list[Problem] = []
    with folders.laid_out(queries.contents_of(wanted)) as root:
        course = read_course(root, problems=problems)
    if course is None:
        return None, Findings(problems)
    run, skills = runners.runner(wait_seconds), known_ids()
    if not check.exercise:
        return course, check_course(course, run=run, known_skills=skills, problems=problems, progress=progress)
    near = [problem for problem in problems if problem.file.startswith(f"lessons/{lesson}/{check.exercise}/")]
    return course, check_one(
        course, check.exercise, run=run, known_skills=skills, problems=near, progress=progress
    )  # fmt: skip


def _finish(check: CheckRun, course: CourseSource | None, findings: Findings, now: datetime) -> None:
    """Stores what was found; publishes, when that is what the check was for and nothing is wrong."""
    with transaction.atomic():
        mine = CheckRun.objects.select_for_update().filter(
            pk=check.pk, lease_by=check.lease_by, state=CheckState.RUNNING
        )
        if not mine.exists():
            raise Unwanted()
        if check.purpose == Purpose.PUBLISH and course is not None and not findings.errors:
            version, _ = publish_course(course=course, findings=findings, by=check.asked_by, now=now)
            draft = check.draft
            draft.refresh_from_db()
            actions.close_published(by=check.asked_by, now=now, draft=draft, version=version)
        _store(mine, now, findings=findings.to_json(course))


def _store(mine: Any, now: datetime, *, findings: dict[str, Any], refusal: str = "") -> None:
    mine.update(
        state=CheckState.DONE, findings=findings, refusal=refusal, finished_at=now, lease_until=None, lease_by=""
    )


def waiting_before(check: CheckRun) -> int:
    """How many checks are done before this one."""
    return CheckRun.objects.filter(state__in=CHECK_WAITING, pk__lt=check.pk).count()
