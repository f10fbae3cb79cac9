"""`bilik sandbox selftest`: hostile programs against the sandbox of this machine. Needs no database."""

from __future__ import annotations

from typing import Annotated

import typer

from bilik.config.commands import screen
from runner import selftest as runner_selftest

app = typer.Typer(no_args_is_help=True, help="The sandbox in which learners' programs run.")


@app.callback()
def _sandbox() -> None:
    """Keeps `selftest` a word of its own: a group with a single command would swallow it."""


@app.command()
def selftest(
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    quick: Annotated[bool, typer.Option(help="Only the cases that judging demands at its start.")] = False,
) -> None:
    """Run the abuse cases: which mechanisms are active, what each case met. Exits with 1 on an escape."""
    if not as_json:
        screen.err.print("Running hostile programs; this takes a few seconds …")
    arguments = ["--json"] * as_json + ["--quick"] * quick
    raise typer.Exit(runner_selftest.main(arguments))
