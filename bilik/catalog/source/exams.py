"""Exams of a course, read from files: pools of exercises, how many are picked of each, how long it takes.

An exam draws on exercises of the lessons and on exercises of its own, which lie in its folder and which nobody sees
before. Which exercises a pool that names a lesson or a skill has is known once all exercises are read (`pool_tasks`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bilik.grading.exercise import LANGUAGES, Exercise, Folder, load_toml, read_folder
from bilik.grading.problems import Problem, Table, toml_lines
from bilik.grading.text import split_stamp

FEEDBACK = ("after", "score", "never")
MOST_PICKED = 60
ReadText = Callable[[Path, Path, list[Problem]], str | None]


@dataclass(frozen=True)
class PoolSource:
    """Exercises of which some are picked: those that are named, or those of a lesson or skill within a difficulty."""

    pick: int
    tasks: tuple[str, ...]
    lesson: str
    skill: str
    easiest: int
    hardest: int


@dataclass(frozen=True)
class ExamSource:
    """One exam as files. `cut_score` is in percent of the points, `sittings` how often it may be taken (0: always)."""

    slug: str
    titles: Mapping[str, str]
    minutes: int
    sittings: int
    cut_score: int
    feedback: str
    pools: tuple[PoolSource, ...]
    bodies: Mapping[str, str]
    stamps: Mapping[str, str]
    exercises: Mapping[str, Folder]


def read_exam(
    path: Path, slug: str, titles: Mapping[str, str], problems: list[Problem], text_of: ReadText
) -> ExamSource | None:
    """Reads `exams/<slug>/`; problems are noted. None when there is no usable exam.toml."""
    folder, name = path / "exams" / slug, f"exams/{slug}/exam.toml"
    source = text_of(path, folder / "exam.toml", problems) if (folder / "exam.toml").is_file() else None
    data = None if source is None else load_toml(source, file=name, problems=problems)
    if source is None or data is None:
        problems.append(Problem(name, 0, "error", "no-exam", f"There is no readable {name}."))
        return None
    table = Table(data, file=name, lines=toml_lines(source), problems=problems)
    pools = tuple(_pool(row) for row in table.tables("pools"))
    if not pools:
        table.problem("pools", "An exam has at least one [[pools]].", code="no-pools")
    if sum(pool.pick for pool in pools) > MOST_PICKED:
        table.problem("pools", f"An exam has at most {MOST_PICKED} tasks.", code="many-tasks")
    bodies, stamps = {}, {}
    for language in LANGUAGES:
        file = folder / f"exam.{language}.md"
        if file.is_file() and (text := text_of(path, file, problems)) is not None:
            stamps[language], bodies[language] = split_stamp(text)
    exam = ExamSource(
        slug=slug,
        titles=titles,
        minutes=table.whole("minutes", None, low=1, high=600),
        sittings=table.whole("sittings", 1, low=0, high=100),
        cut_score=table.whole("cut_score", 60, low=1, high=100),
        feedback=table.one_of("feedback", FEEDBACK, "after"),
        pools=pools,
        bodies=bodies,
        stamps=stamps,
        exercises={
            inner.name: read_folder(inner, within=path, problems=problems)
            for inner in sorted(folder.iterdir())
            if (inner / "exercise.toml").is_file() and not inner.is_symlink()
        },
    )
    table.leave_no_rest()
    return exam


def _pool(row: Table) -> PoolSource:
    difficulty = row.text("difficulty", "1-5")
    easiest, _, hardest = difficulty.partition("-")
    if difficulty not in {f"{low}-{high}" for low in range(1, 6) for high in range(low, 6)} | set("12345"):
        row.problem("difficulty", '`difficulty` takes a range such as "2-3" or one number in quotes, from 1 to 5.')
        easiest, hardest = "1", "5"
    pool = PoolSource(
        pick=row.whole("pick", None, low=1, high=MOST_PICKED),
        tasks=row.texts("tasks", ()),
        lesson=row.text("lesson", ""),
        skill=row.text("skill", ""),
        easiest=int(easiest),
        hardest=int(hardest or easiest),
    )
    if bool(pool.tasks) == bool(pool.lesson or pool.skill):
        row.problem("", "A pool has either `tasks`, or `lesson` and/or `skill`.", code="pool")
    row.leave_no_rest()
    return pool


def pool_tasks(
    pool: PoolSource, exercises: Mapping[str, Exercise], lessons: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The exercises that a pool draws from, in the order of the course. `exercises` are all of the course by name,
    `lessons` the exercises of each lesson.
    """
    if pool.tasks:
        return tuple(name for name in pool.tasks if name in exercises)
    inside = lessons.get(pool.lesson, ()) if pool.lesson else tuple(exercises)
    return tuple(
        name
        for name in inside
        if name in exercises
        and (not pool.skill or pool.skill in exercises[name].skills)
        and pool.easiest <= exercises[name].difficulty <= pool.hardest
    )
