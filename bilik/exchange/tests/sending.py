"""Small courses made in a folder and sent out, and what our own importer makes of them when they come back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bilik.catalog.source.course import CourseSource, read_course
from bilik.exchange.convert import read_package
from bilik.exchange.export import Exported, export_course
from bilik.exchange.exporting import ExportWishes
from bilik.exchange.model import Course, Exercise
from bilik.exchange.packages import package_of
from bilik.exchange.report import Item
from bilik.grading.kinds import Run
from bilik.grading.problems import Problem
from runner.job import Job
from runner.result import Result

TITLES = '{ en = "Loops", az = "Dövrlər", uz = "Sikllar", ru = "Циклы" }'
HEAD = 'points = 2\nskills = ["ext:python-loops"]\n'
Files = dict[str, str | bytes]


def course_toml(
    lessons: tuple[str, ...] = ("01-again",), languages: str = '"en"', author: str = "Bilik", more: str = ""
) -> str:
    """The head of a small course about loops with these lessons, and what else should stand in it."""
    places = "".join(f'[[lessons]]\nfolder = "{name}"\nminutes = 5\ntitle = {TITLES}\n' for name in lessons)
    return (
        f'id = "loops"\nsource_language = "en"\nlanguages = [{languages}]\nlicence = "CC-BY-4.0"\n'
        f'authors = ["{author}"]\ntitle = {TITLES}\nsummary = {TITLES}\n{places}{more}'
    )


KINDS: dict[str, tuple[str, str, Files]] = {
    "single_choice": (
        'kind = "single_choice"\nshuffle = true\n[[choices]]\nid = "a"\nfeedback = "once"\n[[choices]]\nid = "b"\n'
        "correct = true\n",
        "::: choice a\n`if` runs *once*\n:::\n::: choice b\n`while` x < 3 = again\n:::\n::: feedback once\nOnly once.\n"
        ":::\n::: explanation\nBecause.\n:::\n",
        {},
    ),
    "multiple_choice": (
        'kind = "multiple_choice"\ncredit = "minus"\n[[choices]]\nid = "a"\ncorrect = true\n[[choices]]\nid = "b"\n'
        'correct = true\n[[choices]]\nid = "c"\n',
        "::: choice a\nfor\n:::\n::: choice b\nwhile\n:::\n::: choice c\nif\n:::\n",
        {},
    ),
    "numeric": (
        'kind = "numeric"\nanswer = "12.5"\nabsolute = "0.25"\n[[feedback]]\nanswer = "8"\nsay = "less"\n',
        "::: feedback less\nMore.\n:::\n",
        {},
    ),
    "short_text": (
        'kind = "short_text"\nanswers = ["for {x} = *", "while~#"]\n[[feedback]]\nanswer = "if"\nsay = "once"\n',
        "::: feedback once\nOnly once.\n:::\n",
        {},
    ),
    "matching": (
        'kind = "matching"\n[[prompts]]\nid = "p"\nmatch = "y"\n[[prompts]]\nid = "q"\nmatch = "x"\n'
        '[[choices]]\nid = "x"\n[[choices]]\nid = "y"\n[[choices]]\nid = "z"\n',
        "::: prompt p\n`for`\n:::\n::: prompt q\nif\n:::\n::: choice x\ndecides: a > b\n:::\n::: choice y\nrepeats\n"
        ":::\n::: choice z\nsleeps\n:::\n",
        {},
    ),
    "ordering": (
        'kind = "ordering"\n[[items]]\nid = "wake"\n[[items]]\nid = "eat"\n[[items]]\nid = "go"\n',
        "::: choice wake\nWake\n:::\n::: choice eat\nEat\n:::\n::: choice go\nGo\n:::\n",
        {},
    ),
    "fill_blanks": (
        'kind = "fill_blanks"\n[[blanks]]\nid = "verb"\nanswers = ["for"]\n[[blanks]]\nid = "mark"\nanswers = [":"]\n'
        'choices = [":", ";"]\n[[blanks]]\nid = "count"\nnumber = "3"\nabsolute = "0.5"\n',
        "::: blanks\nWrite [[verb]] x in y[[mark]] and get [[count]].\n:::\n",
        {},
    ),
    "hot_spot": (
        'kind = "hot_spot"\npicture = "img/map.svg"\nsize = [100, 80]\nmargin = 2\n[[areas]]\nid = "a"\n'
        'shape = "rect"\nat = [10, 10, 30, 20]\ncorrect = true\n[[areas]]\nid = "b"\nshape = "circle"\n'
        "at = [70, 40, 20]\n",
        "::: alt\nA map\n:::\n",
        {"img/map.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="80"/>'},
    ),
    "parsons": ('kind = "parsons"\n', "", {"program.py": "for x in y:\n    print(x)\nprint(0)\n"}),
    "predict_output": ('kind = "predict_output"\n', "", {"program.py": "print(1)\nprint('two')\n"}),
    "free_text": (
        'kind = "free_text"\n[[rubric]]\nid = "clear"\npoints = "2"\n[[rubric.levels]]\nid = "no"\npoints = "0"\n'
        '[[rubric.levels]]\nid = "yes"\npoints = "2"\n',
        "::: criterion clear\nClear\n:::\n::: level clear no\nNo\n:::\n::: level clear yes\nYes\n:::\n",
        {},
    ),
    "python_code": (
        'kind = "python_code"\n[[tests]]\ncall = "f(1)"\nexpect = "2"\n[[tests]]\ncall = "f(41)"\nexpect = "42"\n'
        "hidden = true\n",
        "",
        {"solution.py": "def f(secret):\n    return secret + 1\n", "starter.py": "def f(x):\n    ...\n"},
    ),
}  # fmt: skip
"""One exercise of each kind that needs no library: exercise.toml without its head, blocks, files."""


def no_run(job: Job) -> Result:
    """For courses that run nothing."""
    raise AssertionError("nothing must run here")


def exercise_files(name: str, kind: str, *, task: str = "What is it?", language: str = "en") -> Files:
    """The files of one exercise of `KINDS`."""
    toml, blocks, files = KINDS[kind]
    folder = f"lessons/01-again/{name}"
    made: Files = {f"{folder}/exercise.toml": HEAD + toml,
                   f"{folder}/exercise.{language}.md": f"# The {name}\n\n{task}\n\n{blocks}"}  # fmt: skip
    return made | {f"{folder}/{path}": content for path, content in files.items()}


def course_of(files: Mapping[str, str | bytes], folder: Path) -> CourseSource:
    """A course of these files beside a plain course.toml and a lesson that places every exercise."""
    names = [path.split("/")[2] for path in files if path.endswith("/exercise.toml")]
    lesson = "Loops *repeat*.\n" + "".join(f"\n::: exercise {name}\n:::\n" for name in names)
    whole: Files = {"course.toml": course_toml(), "lessons/01-again/lesson.en.md": lesson, **files}
    for path, content in whole.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[Problem] = []
    course = read_course(folder, problems=problems)
    assert course is not None
    assert [problem for problem in problems if problem.level == "error"] == []
    return course


def sent(files: Mapping[str, str | bytes], format: str, *, run: Run = no_run, **wishes: Any) -> Exported:
    """A course of these files as a package."""
    with tempfile.TemporaryDirectory() as folder:
        return export_course(course_of(files, Path(folder)), format=format, wishes=ExportWishes(**wishes), run=run)


def back(made: Exported, *, language: str = "en") -> Course:
    """What our own importer reads in a package."""
    return read_package(package_of(made.content(), made.name), format=made.report.format, language=language)[0]


def exercises_of(course: Course) -> list[Exercise]:
    """The exercises of all lessons."""
    return [piece for lesson in course.lessons for piece in lesson.pieces if isinstance(piece, Exercise)]


def item_of(made: Exported, title: str) -> Item:
    """The line of the report with this title."""
    return next(item for item in made.report.items if item.title == title)
