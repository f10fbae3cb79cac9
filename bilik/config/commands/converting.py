"""`bilik course convert`: other formats into a course folder, with a report. No database is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bilik.catalog.source.findings import Findings
from bilik.config.commands import screen
from bilik.exchange.convert import FALLBACK_SKILL
from bilik.exchange.convert import convert as convert_package
from bilik.exchange.errors import NotReadable
from bilik.exchange.importers import IMPORTERS
from bilik.exchange.report import Item, Report
from bilik.exchange.writer import Wishes
from bilik.skills.vocabulary import read_vocabulary
from runner.faults import PlatformFault
from runner.host import Pool

FORMATS = ", ".join(["auto", *IMPORTERS])
_SIGNS = {"kept": "[green]=[/green]", "changed": "[yellow]~[/yellow]", "left": "[red]-[/red]"}


def convert(
    path: Annotated[Path, typer.Argument(help="A file, an archive or a folder of another format.", exists=True)],
    out: Annotated[
        Path, typer.Option("--out", help="The course folder to write; it must not exist yet.", resolve_path=True)
    ],
    format_: Annotated[str, typer.Option("--format", help=f"One of {FORMATS}.")] = "auto",
    name: Annotated[str, typer.Option("--id", help="The course's id; made from its title by default.")] = "",
    language: Annotated[str, typer.Option(help="The language in which the package is written.")] = "en",
    licence: Annotated[str, typer.Option(help="Its licence, such as CC-BY-4.0.")] = "",
    skill: Annotated[
        list[str] | None,
        typer.Option(help=f"A skill that its exercises show; may be given again. Else {FALLBACK_SKILL}."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Turn a course of another system into a course folder, and say what was kept, changed and left out."""
    if out.exists():
        screen.stop(f"{out} is there already.", advice="Name a folder that does not exist yet; nothing is overwritten.")
    wishes = Wishes(name, language, licence, tuple(skill or ()))
    try:
        with Pool() as pool, screen.progress("Proving", None, quiet=as_json) as tick:
            report, findings = convert_package(
                path.resolve(),
                out,
                wishes=wishes,
                run=pool.run,
                known_skills=read_vocabulary().keys(),
                format=format_,
                progress=tick,
            )
    except NotReadable as refusal:
        screen.stop(str(refusal), advice=f"Formats: {FORMATS}. docs/imports.md says what is read of each.")
    except PlatformFault as fault:
        screen.stop(f"The sandbox could not run: {fault}", advice="`bilik doctor` says what is missing.", code=3)
    if as_json:
        screen.print_json(report.to_json() | {"out": str(out), "check": findings.to_json(None)})
    else:
        _print(report, findings, out)
    if findings.errors:
        raise typer.Exit(1)


def _print(report: Report, findings: Findings, out: Path) -> None:
    for problem in findings.errors:
        screen.out.print(str(problem), markup=False, soft_wrap=True)
    print_report(report)
    sign = "[red]✗[/red]" if findings.errors else "[green]✓[/green]"
    screen.out.print(f"{sign} {out}: {findings.answers_run} answers graded, {len(findings.errors)} errors")


def print_report(report: Report) -> None:
    """Every item with what became of it, what concerns the whole course, and a table of counts."""
    for item in report.items:
        _print_item(item)
    for note in report.general:
        screen.out.print(f"* {note.text}", markup=False)
    table = Table("", "found", "kept", "changed", "left out", title=f"{report.package} ({report.format})")
    for kind, counts in report.by_kind():
        table.add_row(kind, *(str(counts[key]) for key in ("found", "kept", "changed", "left")))
    counts = report.counts()
    table.add_row("[bold]all[/bold]", *(f"[bold]{counts[key]}[/bold]" for key in ("found", "kept", "changed", "left")))
    screen.out.print(table)


def _print_item(item: Item) -> None:
    place = f"{item.file}:{item.line}" if item.line else item.file
    became = f" -> {', '.join(item.became)}" if item.became else ""
    screen.out.print(_SIGNS[item.status], end=" ")
    screen.out.print(f"{place} {item.kind} {item.title!r}{became}", markup=False, soft_wrap=True)
    for note in item.notes:
        line = f" (line {note.line})" if note.line and note.line != item.line else ""
        screen.out.print(f"      {note.status}: {note.text}{line}", markup=False, soft_wrap=True)
