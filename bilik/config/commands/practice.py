"""`bilik practice …`: estimating difficulties and skills, and taking answers into the stored pictures."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.config.commands.start import django_ready

app = typer.Typer(no_args_is_help=True, help="Practice that adapts: estimates, and pictures of what answers show.")


@app.command()
def estimate(
    course: Annotated[list[str] | None, typer.Option(help="Only this course's tasks; can be repeated.")] = None,
) -> None:
    """Estimate how difficult tasks are and how skills are learnt, from everybody's first answers. Safe to repeat: the
    same answers make no new version.
    """
    django_ready()
    try:
        from bilik.practice.estimating import estimate_skills, estimate_tasks, gather
    except ImportError:
        screen.stop("Estimating needs numpy, scipy and mirt.", advice="Run: make psychometrics")
    from bilik.catalog.queries import published_courses
    from bilik.kit.clock import utc_now

    now = utc_now()
    courses = [one for one in published_courses() if not course or one.slug in course]
    unknown = set(course or ()) - {one.slug for one in courses}
    if unknown:
        screen.stop(f"No such course is published: {', '.join(sorted(unknown))}.", advice="See: bilik course --help")
    answers = gather(now)
    done = [estimate_tasks(one, answers, now) for one in courses]
    if not course:
        done.append(estimate_skills(answers, now))
    for one in done:
        _tell(one)


def _tell(one: Any) -> None:
    from bilik.practice.estimating import what_became

    screen.out.print(f"{one.about}: {one.answers} first answers by {one.people} people; {what_became(one)}")


@app.command("catch-up")
def catch_up() -> None:
    """Take all answers into the stored pictures. The worker does this beside its work; pages are right without it."""
    django_ready()
    from bilik.kit.clock import utc_now
    from bilik.practice.actions import catch_up as take_in

    people, now = 0, utc_now()
    while found := take_in(now=now):
        people += found
    screen.out.print(f"{people} pictures brought up to date.")


@app.command()
def rebuild() -> None:
    """Make everybody's picture anew from their answers: after verdicts were changed, or to see that nothing differs."""
    django_ready()
    from bilik.kit.clock import utc_now
    from bilik.practice.actions import rebuild_picture
    from bilik.practice.queries import people_with_pictures

    count, now = 0, utc_now()
    for person in people_with_pictures().iterator():
        rebuild_picture(person=person, now=now)
        count += 1
    screen.out.print(f"{count} pictures made anew.")
