"""`bilik course export-to`: a course folder into another format, with a report. No database is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bilik.catalog.source.course import read_course
from bilik.config.commands import screen
from bilik.config.commands.converting import print_report
from bilik.exchange.errors import NotWritable
from bilik.exchange.export import Exported, export_course
from bilik.exchange.exporters import EXPORTERS
from bilik.exchange.exporting import ExportWishes
from bilik.grading.problems import Problem
from runner.faults import PlatformFault
from runner.host import Pool

FORMATS = ", ".join(EXPORTERS)


def export_to(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {FORMATS}.")],
    path: Annotated[Path, typer.Argument(help="The course's folder.", exists=True, file_okay=False, resolve_path=True)],
    out: Annotated[
        Path,
        typer.Option("--out", help="The file to write; for html also a folder. It must not exist.", resolve_path=True),
    ],
    language: Annotated[str, typer.Option(help="The language, where a format holds one; the course's own else.")] = "",
    site: Annotated[str, typer.Option(help="An academy that has the course, for tasks that need its server.")] = "",
    without_solutions: Annotated[bool, typer.Option(help="Leave solutions out of pages for reading.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Write a course folder in another format, and say what was kept, changed and left out."""
    if out.exists():
        screen.stop(f"{out} is there already.", advice="Name one that does not exist yet; nothing is overwritten.")
    problems: list[Problem] = []
    course = read_course(path, problems=problems)
    errors = [problem for problem in problems if problem.level == "error"]
    if course is None or errors:
        screen.stop(str(errors[0]), advice=f"`bilik course check {path.name}` says all that is wrong.")
    wishes = ExportWishes(language, site, with_solutions=not without_solutions)
    try:
        with Pool() as pool, screen.progress("Writing", None, quiet=as_json) as tick:
            made = export_course(course, format=format_, wishes=wishes, run=pool.run, progress=tick)
    except NotWritable as refusal:
        screen.stop(str(refusal), advice=f"Formats: {FORMATS}. docs/exports.md says what becomes of each kind.")
    except PlatformFault as fault:
        screen.stop(f"The sandbox could not run: {fault}", advice="`bilik doctor` says what is missing.", code=3)
    _keep(made, out)
    if as_json:
        screen.print_json(made.report.to_json() | {"out": str(out)})
    else:
        print_report(made.report)
        screen.out.print(f"[green]✓[/green] {out}")


def _keep(made: Exported, out: Path) -> None:
    """One file, or a folder where the format is several files and the name has no ending."""
    if out.suffix or len(made.files) == 1:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(made.content())
        return
    for name, content in made.files.items():
        file = out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
