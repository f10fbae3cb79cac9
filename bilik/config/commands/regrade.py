"""`bilik regrade`: check answers anew from a terminal, see what changes, and apply it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.config.commands.start import django_ready


def regrade(
    course: Annotated[str, typer.Argument(help="The short name of a published course.")],
    task: Annotated[str, typer.Option(help="Only the exercise with this short name.")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Give the new verdicts, all of them.")] = False,
    reason: Annotated[str, typer.Option(help="Why; kept with every verdict that changes.")] = "Checked anew",
) -> None:
    """Check all answers to a course anew and say what changes. Can be left and found again on the page of regrades."""
    django_ready()
    from bilik.catalog.errors import NoSuchCourse
    from bilik.catalog.queries import published_course, task_named
    from bilik.kit.clock import utc_now
    from bilik.kit.errors import Refusal
    from bilik.teaching.actions import apply_regrade, request_regrade
    from bilik.teaching.queries.regrades import counts_of

    task_id = task_named(course, task) if task else None
    if task and task_id is None:
        screen.stop(f"The course {course} has no exercise {task}.")
    try:
        made = request_regrade(by=None, now=utc_now(), course=published_course(course), reason=reason, task_id=task_id)
    except NoSuchCourse:
        screen.stop(f"No course {course} is published.")
    except Refusal as refusal:
        screen.stop(str(refusal))
    _work(made, "Checking anew", made.total)
    counts = counts_of(made)
    screen.out.print(
        f"{made.total} answers: {counts.better} better, {counts.worse} worse, {counts.other} with another verdict for "
        f"the same points, {counts.same} unchanged, {counts.fault} could not be checked."
    )
    if apply and counts.changes:
        apply_regrade(by=None, now=utc_now(), regrade=made, wanted="all")
        made.refresh_from_db()
        _work(made, "Giving new verdicts", counts.changes)
        screen.out.print(f"{counts_of(made).applied} verdicts given.")


def _work(regrade: Any, title: str, total: int) -> None:
    """Does the batches here, beside the workers, until the regrade has moved on."""
    import time

    from bilik.kit.clock import utc_now
    from bilik.teaching.actions import work_on_regrades

    state = regrade.state
    with screen.progress(title, total) as tick:
        while regrade.state == state:
            for _ in range(done := work_on_regrades(now=utc_now())):
                tick("")
            if not done:
                time.sleep(0.1)
            regrade.refresh_from_db()
