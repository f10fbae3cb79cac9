"""`bilik people …`: lists of people, letters that wait, and help for somebody who is locked out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.config.commands.start import django_ready

app = typer.Typer(no_args_is_help=True, help="People: import lists, send letters, help those who are locked out.")
_SHOWN = 50


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A CSV file, or a OneRoster zip.", exists=True, dir_okay=False)],
    organisation: Annotated[str, typer.Option(help="Short name of the organisation whose list it is.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
) -> None:
    """Import a list of people. The same list twice changes nothing the second time."""
    django_ready()
    from bilik.kit.clock import utc_now
    from bilik.kit.errors import Refusal
    from bilik.people.actions import import_people
    from bilik.people.queries import plan_for
    from bilik.people.roster import read_roster
    from bilik.people.roster_words import sentence_of

    place = _organisation(organisation)
    now = utc_now()
    roster = read_roster(path.read_bytes(), path.name)
    for problem in roster.problems[:_SHOWN]:
        where = f"{problem.file}:{problem.line}: " if problem.line else ""
        screen.err.print(
            f"{where}{problem.column + ': ' if problem.column else ''}{sentence_of(problem)}", markup=False
        )
    if not roster.people:
        screen.stop("There is nobody in this file who could be imported.")
    plan = plan_for(roster, place, None, now)
    _print(plan)
    if dry_run:
        screen.out.print("A dry run: nothing was changed.")
        return
    try:
        done = import_people(by=None, now=now, roster=roster, organisation=place, digest=plan.digest)
    except Refusal as refusal:
        screen.stop(str(refusal))
    screen.out.print(f"[green]✓[/green] Imported. {done.letters} letters wait: bilik people letters")


def _print(plan: Any) -> None:
    from bilik.people.roster_words import REASONS
    from bilik.people.states import ImportStep

    for row in [row for row in plan.rows if row.step == ImportStep.REFUSED][:_SHOWN]:
        reasons = " ".join(str(REASONS[code]) for code in row.reasons)
        screen.out.print(f"line {row.person.line}: {row.person.name}: {reasons}", markup=False)
    screen.out.print(", ".join(f"{step.label}: {count}" for step, count in plan.counts.items()), markup=False)
    for _, room in plan.rooms:
        for note in room.notes[:_SHOWN]:
            where = f"{note.problem.file}:{note.problem.line}: " if note.problem.line else ""
            screen.err.print(f"{where}{note.sentence}", markup=False)
        screen.out.print(", ".join(f"{label}: {count}" for label, count in room.counts), markup=False)


@app.command()
def letters(
    address: Annotated[str, typer.Option(help="The site's address, as letters name it; else from BILIK_ORIGINS.")] = "",
    most: Annotated[int, typer.Option(help="How many to send at most.")] = 1000,
) -> None:
    """Send the letters that imports left: first sign-ins, and requests to guardians."""
    django_ready()
    from django.conf import settings

    from bilik.kit.clock import utc_now
    from bilik.people.letters import send_waiting_letters

    root = address or next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    if not root.startswith(("https://", "http://")):
        screen.stop("Letters need the site's address.", advice="Give --address https://…, or set BILIK_ORIGINS.")
    done = send_waiting_letters(now=utc_now(), root=root.rstrip("/") + "/", most=most)
    screen.out.print(f"{done.sent} letters sent, {done.dropped} not needed any more.")
    if done.failed:
        screen.stop("The mail server did not take the next letter.", advice="The rest is kept. Look at BILIK_MAIL_URL.")


@app.command("reset-second-factor")
def reset_second_factor(username: Annotated[str, typer.Argument(help="Whose second factors are taken away.")]) -> None:
    """Take away the second factors of somebody who has lost theirs. Make sure first that it is really them."""
    django_ready()
    from django.contrib.auth import get_user_model

    from bilik.kit.clock import utc_now
    from bilik.people.actions import reset_second_factor as reset

    person = get_user_model()._default_manager.filter(username=username.lower()).first()
    if person is None:
        screen.stop(f"Nobody has the username {username}.")
    count = reset(by=None, now=utc_now(), person=person)
    screen.out.print(f"{count} removed; {username} signs in with the password alone, and sets up a new one.")


def _organisation(slug: str) -> Any:
    from bilik.people.queries import organisation_for_system

    found = organisation_for_system(slug)
    if found is None:
        screen.stop(f"There is no organisation with the short name {slug}.")
    return found
