"""What the program shows in a terminal: progress that can be read in a log too, and errors that say what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def stop(message: str, *, advice: str = "", code: int = 1) -> NoReturn:
    """Ends the program with a sentence on what is wrong and one on what to do."""
    err.print(f"[red]✗[/red] {message}", markup=True)
    if advice:
        err.print(f"  {advice}", markup=False)
    raise typer.Exit(code)


def print_json(data: Any) -> None:
    """Data for other programs, on standard output and nothing else."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n")


@contextmanager
def progress(title: str, total: int | None, *, quiet: bool = False) -> Iterator[Any]:
    """A progress bar on the terminal (standard error); yields a function that takes what is being done now."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[now]}"),
        console=err,
        disable=quiet or not err.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=total, now="")
        yield lambda now: bar.update(task, advance=1, now=str(now))
