"""`bilik competition`: the metrics, and the score of a file. Needs numpy and pyarrow, and no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.table import Table

from bilik.config.commands import screen

if TYPE_CHECKING:
    from bilik.scoring.findings import NotScored
    from bilik.scoring.score import Scored
    from bilik.scoring.solution import Solution

app = typer.Typer(no_args_is_help=True, help="Machine-learning competitions: metrics and scores.")
_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Language = Annotated[str, typer.Option(help="az, uz, ru or en: the language of what is wrong with a file.")]


@app.command()
def metrics(as_json: _AsJson = False) -> None:
    """List all metrics with their parameters and what files they take."""
    _need_numpy()
    from bilik.scoring.metrics import METRICS

    if as_json:
        screen.print_json([_described(metric) for metric in METRICS.values()])
        return
    table = Table("metric", "better", "takes", "parameters", "")
    for metric in METRICS.values():
        params = "\n".join(f"{param.name} = {param.default}: {param.takes()}" for param in metric.params)
        better = "greater" if metric.greater_is_better else "less"
        table.add_row(metric.name, better, "\n".join(metric.shapes), params, metric.about)
    screen.out.print(table)


@app.command()
def score(
    metric: Annotated[str, typer.Option(help="Name of a metric; `bilik competition metrics` lists them.")],
    solution: Annotated[Path, typer.Option(help="What is true: id, target and, if wanted, split.", exists=True)],
    submission: Annotated[Path, typer.Option(help="What was predicted, as CSV or Parquet.", exists=True)],
    param: Annotated[list[str] | None, typer.Option(help="name=value; may be given again.")] = None,
    split: Annotated[str, typer.Option(help="public, private or ignored; public and private by default.")] = "",
    id_column: Annotated[str, typer.Option("--id-column", help="The column of ids; the first one by default.")] = "",
    as_json: _AsJson = False,
    language: _Language = "en",
) -> None:
    """Score one file. Exits with 0 when there is a score, with 1 when the file is refused, with 2 when the metric or
    the solution cannot be used.
    """
    _need_numpy()
    from bilik.scoring.findings import CompetitionBroken, NotScored
    from bilik.scoring.score import score_submission
    from bilik.scoring.solution import read_solution

    splits = _split_named(split)
    try:
        truth = read_solution(solution.read_bytes(), metric, _params(param or []), id_column=id_column)
        found = score_submission(submission.read_bytes(), truth, splits=splits)
    except NotScored as reason:
        _refuse(reason, 2 if isinstance(reason, CompetitionBroken) else 1, as_json, language)
    if as_json:
        screen.print_json(_result(found, truth))
        return
    for name, text in found.scores.items():
        screen.out.print(f"[green]✓[/green] {name}: {found.metric} {text}  ({found.rows[name]} rows)")


def _need_numpy() -> None:
    # numpy comes with an extra, so whatever needs it is imported when it is asked for.
    try:
        import bilik.scoring.score  # noqa: F401
    except ImportError:
        screen.stop("Scoring needs numpy and pyarrow.", advice="Run: make competitions")


def _split_named(name: str) -> tuple[Any, ...]:
    from bilik.scoring.solution import Split

    if not name:
        return ()
    if name not in tuple(Split):
        screen.stop(f"There is no split {name!r}.", advice=f"Splits: {', '.join(Split)}.")
    return (Split(name),)


def _params(given: list[str]) -> dict[str, str]:
    wrong = [one for one in given if "=" not in one]
    if wrong:
        screen.stop(f"{wrong[0]!r} is no parameter.", advice="Write --param name=value, such as --param beta=2.")
    return {name.strip(): value.strip() for name, _, value in (one.partition("=") for one in given)}


def _described(metric: Any) -> dict[str, Any]:
    return {
        "name": metric.name,
        "greater_is_better": metric.greater_is_better,
        "takes": [str(shape) for shape in metric.shapes],
        "about": metric.about,
        "source": metric.source,
        "params": [
            {"name": param.name, "default": param.default, "takes": param.takes(), "about": param.about}
            for param in metric.params
        ],
    }


def _result(found: Scored, solution: Solution) -> dict[str, Any]:
    return {
        "metric": found.metric,
        "params": dict(solution.params),
        "greater_is_better": found.greater_is_better,
        "scores": dict(found.scores),
        "rows": dict(found.rows),
    }


def _refuse(reason: NotScored, code: int, as_json: bool, language: str) -> NoReturn:
    from bilik.scoring.messages import say

    if as_json:
        told = [finding.to_json() | {"text": say(finding, language)} for finding in reason.findings]
        screen.print_json({"scores": None, "fault": "organiser" if code == 2 else "participant", "findings": told})
        raise typer.Exit(code)
    for finding in reason.findings:
        screen.err.print(f"[red]✗[/red] {_escaped(say(finding, language))}", soft_wrap=True)
    raise typer.Exit(code)


def _escaped(text: str) -> str:
    """A sentence with brackets that are no markup."""
    return text.replace("[", r"\[")
