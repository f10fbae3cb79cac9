"""A small sound course, written into a folder and spoilt as a test needs it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bilik.catalog.source.check import check_course
from bilik.catalog.source.course import CourseSource, read_course
from bilik.catalog.source.findings import Findings
from bilik.catalog.source.fingerprints import stamp_course
from bilik.grading.kinds import Run
from bilik.grading.problems import Problem
from runner.job import Job
from runner.result import Result

TITLES = 'title = { en = "One", az = "Bir", uz = "Bir", ru = "Один" }'
COURSE = f"""\
id = "small-course"
source_language = "en"
languages = ["en", "az"]
licence = "CC-BY-4.0"
authors = ["Bilik"]
{TITLES}
summary = {{ en = "One", az = "Bir", uz = "Bir", ru = "Один" }}

[[skills]]
id = "known"
level = 2

[[lessons]]
folder = "01-boxes"
minutes = 10
{TITLES}
"""
LESSON = """\
Some *text* with [a link](https://example.org).

![Two boxes](img/qutu.svg)

::: note
Mind the gap.
:::

::: exercise boxes
:::

::: exercise colours
:::
"""
BOXES = """\
kind = "numeric"
skills = ["known"]
answer = "15"
[[feedback]]
answer = "8"
say = "added"
[[wrong]]
answer = "8"
feedback = "added"
"""
COLOURS = """\
kind = "single_choice"
skills = ["known"]
[[choices]]
id = "a"
correct = true
[[choices]]
id = "b"
"""
FILES = {
    "course.toml": COURSE,
    "lessons/01-boxes/lesson.en.md": LESSON,
    "lessons/01-boxes/lesson.az.md": LESSON.replace("text", "mətn"),
    "lessons/01-boxes/img/qutu.svg": "<svg/>",
    "lessons/01-boxes/boxes/exercise.toml": BOXES,
    "lessons/01-boxes/boxes/exercise.en.md": "# Boxes\n\nHow many?\n\n::: feedback added\nYou added.\n:::\n",
    "lessons/01-boxes/boxes/exercise.az.md": "# Qutular\n\nNeçə?\n\n::: feedback added\nToplamısan.\n:::\n",
    "lessons/01-boxes/colours/exercise.toml": COLOURS,
    "lessons/01-boxes/colours/exercise.en.md": "# C\n\nWhich?\n\n::: choice a\nA\n:::\n\n::: choice b\nB\n:::\n",
    "lessons/01-boxes/colours/exercise.az.md": "# C\n\nHansı?\n\n::: choice a\nA\n:::\n\n::: choice b\nB\n:::\n",
}
CODE = """\
kind = "python_code"
skills = ["known"]
[[tests]]
call = "f(2)"
expect = "4"
[[feedback]]
got = "2"
say = "same"
"""
CODE_TEXT = "# F\n\nDouble it.\n\n::: feedback same\nNot doubled.\n:::\n"


def with_code(**more: str) -> dict[str, str]:
    """The files of the course with a code exercise in the place of the choice."""
    start = "lessons/01-boxes/colours/"
    files = {name: text for name, text in FILES.items() if not name.startswith(start)}
    files |= {f"{start}exercise.toml": CODE, f"{start}exercise.en.md": CODE_TEXT, f"{start}exercise.az.md": CODE_TEXT}
    files |= {f"{start}solution.py": "def f(x): return 2 * x", f"{start}wrong/same.py": "def f(x): return x"}
    return files | {start + name.replace("__", "/"): text for name, text in more.items()}


def no_run(job: Job) -> Result:
    """For courses without programs."""
    raise AssertionError("nothing here needs the sandbox")


def write(root: Path, files: Mapping[str, str | bytes] = FILES, *, stamp: bool = True) -> Path:
    """The course as files, with its translations stamped."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    if stamp:
        stamp_course(root, source_language="en")
    return root


def prove(root: Path, *, run: Run = no_run) -> tuple[CourseSource | None, Findings]:
    """The course read and checked."""
    problems: list[Problem] = []
    course = read_course(root, problems=problems)
    if course is None:
        return None, Findings(problems)
    return course, check_course(course, run=run, known_skills={"known"}, problems=problems, progress=lambda name: None)


def found(findings: Findings) -> list[tuple[str, int, str]]:
    """Where and what, without the words."""
    return [(problem.file, problem.line, problem.code) for problem in findings.problems]
