"""`bilik contest …`: problem packages as files. Needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bilik.config.commands import screen
from bilik.judging.verify import Given, Report, verify_package
from runner.faults import PlatformFault

app = typer.Typer(no_args_is_help=True, help="Programming contests: problem packages.")


@app.callback()
def _contest() -> None:
    """Keeps `verify` a word of its own: a group with a single command would swallow it."""


@app.command()
def verify(
    package: Annotated[Path, typer.Argument(help="A problem package: a folder or a zip.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Run everything in a package: validators on its data, every submission. Exits with 1 when something fails."""
    try:
        with screen.progress("Verifying", None, quiet=as_json) as tick:
            report = verify_package(package.resolve(), tick)
    except PlatformFault as fault:
        screen.stop(f"The sandbox could not run: {fault}", advice="`bilik doctor` says what is missing.", code=3)
    if as_json:
        screen.print_json(report.to_json())
    else:
        _print(report)
    if not report.holds:
        raise typer.Exit(1)


def _print(report: Report) -> None:
    for problem in sorted(report.notes.problems):
        screen.out.print(str(problem), markup=False, soft_wrap=True)
    for given in report.submissions:
        _print_one(given)
    sign = "[green]✓[/green]" if report.holds else "[red]✗[/red]"
    limit = "" if report.limit is None else f"time limit {report.limit} s; "
    screen.out.print(
        f"{sign} {report.package} ({report.version or 'not read'}): {limit}{report.inputs_checked} inputs and "
        f"{report.outputs_checked} outputs checked, {len(report.submissions)} submissions, "
        f"{len(report.not_judged)} not judged"
    )


def _print_one(given: Given) -> None:
    sign = "[yellow]-[/yellow]" if not given.judged else "[red]✗[/red]" if given.wrong else "[green]✓[/green]"
    score = f" {given.score}" if given.score is not None else ""
    times = f"{given.slowest_ms / 1000:.3f} s, {given.memory_kb // 1024} MiB" if given.cases else given.message[:200]
    screen.out.print(f"{sign} {given.name}  expected {given.expected}, given {given.verdict}{score}  ({times})")
    for sentence in given.wrong:
        screen.out.print(f"    {sentence}", markup=False, soft_wrap=True)
