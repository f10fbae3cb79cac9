"""`bilik serve`, `bilik worker`, `bilik prepare`: the processes of an academy."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.config.commands.messages import compile_all
from bilik.config.commands.start import django_ready

if TYPE_CHECKING:
    from bilik.queue.models import Job
    from bilik.submissions.models import Submission

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.4


def prepare() -> None:
    """Bring the database, the words and the files for the browser up to date. Safe to repeat."""
    changed = compile_all()
    django_ready()
    from django.core.management import call_command

    from bilik.kit.clock import utc_now
    from bilik.people.actions import load_reference_data
    from bilik.skills.actions import load_skills

    steps = (
        ("Database", lambda: call_command("migrate", verbosity=0)),
        ("Cache", lambda: call_command("createcachetable", verbosity=0)),
        ("Regions", lambda: load_reference_data(now=utc_now())),
        ("Skills", lambda: load_skills(now=utc_now())),
        ("Files for the browser", lambda: call_command("collectstatic", interactive=False, verbosity=0)),
    )
    with screen.progress("Preparing", len(steps)) as tick:
        for name, step in steps:
            step()
            tick(name)
    if changed:
        screen.err.print(f"  {changed} catalogues of words compiled")


def worker(
    once: Annotated[bool, typer.Option("--once", help="Stop when nothing waits any more.")] = False,
) -> None:
    """Do what waits until told to stop: jobs of contests, answers of learners, other jobs, and checks of authors'
    drafts in between. Any number of workers may run, on any number of machines.
    """
    django_ready()
    from django.db import OperationalError, close_old_connections

    from bilik.authoring.checking import check_next
    from bilik.config.chores import Chores
    from bilik.kit.clock import utc_now
    from bilik.queue.states import Lane
    from bilik.queue.working import work_next
    from bilik.submissions.grading import grade_next

    chores = Chores()
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())

    def what_is_due() -> None:
        chores.when_due(utc_now(), time.monotonic())

    def next_of_learners() -> Job | Submission | None:
        return work_next(lanes=[Lane.CONTEST]) or grade_next() or work_next()

    def learners_first() -> None:
        """Between two exercises of a check: what is due, what learners sent. A worker told to stop lets go of it."""
        what_is_due()
        while (done := next_of_learners()) is not None and not done.is_waiting:
            pass
        if stopping.is_set():
            raise SystemExit(0)

    while not stopping.is_set():
        close_old_connections()
        try:
            what_is_due()
            done = next_of_learners() or check_next(meanwhile=learners_first)
        except OperationalError as error:
            # A locked or restarting database passes; the submission keeps its lease and is taken again.
            screen.err.print(f"database: {error}; trying again", markup=False)
            stopping.wait(2.0)
            continue
        except Exception:
            # A check of a draft met a mistake of ours and is back in its queue: learners' answers go on.
            log.exception("a step of the worker stumbled")
            stopping.wait(2.0)
            continue
        if done is None or done.is_waiting:
            if once and done is None:
                return
            stopping.wait(IDLE_SECONDS)


def retry_faults() -> None:
    """Put answers and jobs that were given up back into their queues, once the platform is mended."""
    django_ready()
    from bilik.kit.clock import utc_now
    from bilik.queue import actions as queue
    from bilik.queue import queries as jobs
    from bilik.submissions.actions import retry_fault
    from bilik.submissions.queries import given_up

    rows = list(given_up().values_list("pk", flat=True))
    for number in rows:
        retry_fault(submission_id=number, by=None, now=utc_now())
    again = list(jobs.given_up().values_list("pk", flat=True))
    for number in again:
        queue.retry(job_id=number, now=utc_now())
    screen.out.print(f"{len(rows)} answers and {len(again)} jobs are in their queues again.")


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT")] = 8000,
    ready: Annotated[bool, typer.Option("--ready", help="Everything is prepared: do not look again.")] = False,
    without_worker: Annotated[bool, typer.Option(help="Workers are started elsewhere.")] = False,
) -> None:
    """Serve the academy, with one worker beside the web server."""
    if not ready:
        prepare()
    django_ready()
    from django.conf import settings

    from bilik.submissions.runners import state_of_sandbox

    state = state_of_sandbox()
    if state.works:
        screen.err.print(f"[green]✓[/green] Programs are judged behind: {', '.join(state.mechanisms)}")
    else:
        screen.err.print(f"[yellow]![/yellow] No program is judged on this machine: {state.reason}", markup=True)
        screen.err.print("  Everything else works. `bilik doctor` says what to do.")
    screen.err.print(f"[green]✓[/green] http://{host}:{port}  (stop with Ctrl+C)")
    sys.stderr.flush()
    os.execv(sys.executable, _supervisor(host, port, workers=0 if without_worker else 1, env=settings.ENV))  # noqa: S606


def _supervisor(host: str, port: int, *, workers: int, env: dict[str, Any]) -> list[str]:
    """The command that takes this process's place: what only waits should not hold Django in memory."""
    return [
        sys.executable, "-m", "bilik.config.supervise", "--host", host, "--port", str(port),
        "--processes", str(max(1, env["BILIK_WEB_PROCESSES"])), "--threads", str(max(1, env["BILIK_WEB_THREADS"])),
        "--workers", str(workers),
    ]  # fmt: skip
