"""The `bilik` program: one door for everything that is done from a terminal."""

from __future__ import annotations

import typer

from bilik.config.commands import competition, contest, course, messages, people, practice, sandbox
from bilik.config.commands.demo import demo
from bilik.config.commands.doctor import doctor
from bilik.config.commands.documents import documents
from bilik.config.commands.grade import grade
from bilik.config.commands.keeping import backup, restore
from bilik.config.commands.regrade import regrade
from bilik.config.commands.running import prepare, retry_faults, serve, worker

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Bilik: an academy of digital skills.",
)
app.add_typer(course.app, name="course")
app.add_typer(contest.app, name="contest")
app.add_typer(people.app, name="people")
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(messages.app, name="messages")
app.add_typer(practice.app, name="practice")
app.add_typer(competition.app, name="competition")
for command in (serve, worker, demo, prepare, grade, doctor, backup, restore, retry_faults, regrade, documents):
    app.command()(command)


def main() -> None:
    """Entry point of the installed program."""
    app()


if __name__ == "__main__":
    main()
