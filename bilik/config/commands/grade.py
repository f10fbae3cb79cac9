"""`bilik grade`: one answer, one verdict, no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.grading.folder import BrokenExercise, grade_answer, prepare_exercise
from bilik.grading.report import Report, report
from bilik.grading.verdict import Outcome, PlatformFault, Verdict
from runner.host import Pool

_SIGNS = {Outcome.ACCEPTED: "[green]✓[/green]", Outcome.PARTIAL: "[yellow]◐[/yellow]"}


def grade(
    exercise_dir: Annotated[Path, typer.Argument(help="Folder with exercise.toml.", exists=True, file_okay=False)],
    answer_file: Annotated[
        Path,
        typer.Argument(
            help="The answer: a program, a query, a text, a CSV, a list or table as JSON, or a folder of cells.",
            exists=True,
        ),
    ],
    seed: Annotated[int, typer.Option(help="Which variant of the exercise.", min=0)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    language: Annotated[str, typer.Option(help="az, uz, ru or en: the language of the feedback.")] = "en",
) -> None:
    """Grade one answer to one exercise. Exits with 0 whenever a verdict was reached, whatever it is."""
    answer = _answer_in(answer_file)
    with Pool(size=1) as pool:
        try:
            prepared = prepare_exercise(exercise_dir.resolve(), seed=seed, run=pool.run)
            verdict = grade_answer(prepared, answer, run=pool.run)
        except BrokenExercise as error:
            for problem in error.problems:
                screen.err.print(str(problem), markup=False)
            screen.stop(
                "The exercise has errors, so nothing was graded.", advice="`bilik course check` shows them all."
            )
        except PlatformFault as fault:
            _platform_fault(fault, as_json)
    texts = prepared.exercise.texts
    said = report([item.to_json() for item in verdict.feedback], texts.get(language) or texts.get("en"), language)
    if as_json:
        words = iter(said.said)
        shown = verdict.to_json()
        for item in shown["feedback"]:
            if item["code"] != "test" and (word := next(words, None)):
                item["text"] = word.markdown or word.sentence
        screen.print_json(shown)
        return
    _print(verdict, said)


def _answer_in(path: Path) -> Any:
    """The answer in a file, or, for the cells of a notebook, in a folder of `.py` files named by their cells."""
    if path.is_dir():
        return {file.stem: _text_of(file) for file in sorted(path.glob("*.py"))}
    return _answer(_text_of(path), path)


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        screen.stop(f"{file} is not UTF-8 text.", advice="Save it as UTF-8 and try again.")


def _answer(text: str, file: Path) -> Any:
    if file.suffix != ".json":
        return text
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        screen.stop(
            f"{file} is not JSON: {error}.",
            advice='Write what the kind takes: a text, a list such as ["a", "c"], or a table such as {"a": "for"}.',
        )
    return data["answer"] if isinstance(data, dict) and data.keys() == {"answer"} else data


def _platform_fault(fault: PlatformFault, as_json: bool) -> None:
    if as_json:
        screen.print_json(
            {"verdict": str(Outcome.PLATFORM_FAULT), "score": 0, "of": 0, "feedback": [{"text": str(fault)}], "ms": 0}
        )
        raise typer.Exit(3)
    screen.stop(f"The sandbox could not run: {fault}", advice="`bilik doctor` says what is missing.", code=3)


def _print_rows(table: Mapping[str, Any]) -> None:
    """Rows of a result, the first of them, as one would see them in a query tool."""
    for row in (table["columns"], *table["rows"]):
        screen.out.print("    " + " | ".join("NULL" if cell is None else str(cell) for cell in row), markup=False)


def _print(verdict: Verdict, said: Report) -> None:
    sign = _SIGNS.get(verdict.outcome, "[red]✗[/red]")
    score = verdict.to_json()["score"]
    screen.out.print(f"{sign} {verdict.outcome}  {score} of {verdict.of}  ({verdict.ms} ms)")
    for item in said.said:
        where = f"line {item.line}: " if item.line else ""
        screen.out.print(f"  {where}{item.markdown or item.sentence}", markup=False)
        if item.table is not None:
            _print_rows(item.table)
        for more in item.more:
            screen.out.print(f"  {more}", markup=False)
    for test in said.tests:
        passed = "[green]✓[/green]" if test["passed"] else "[red]✗[/red]"
        hidden = " (hidden)" if test["hidden"] else ""
        screen.out.print(f"  {passed} {test['name']}{hidden}")
        if not test["passed"] and not test["hidden"] and test["ran"]:
            screen.out.print(
                f"      expected {test.get('expected')!r}\n      got      {test.get('got')!r}", markup=False
            )
