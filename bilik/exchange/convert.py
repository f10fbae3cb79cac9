"""The door: from a package to a proven course folder, with a report of everything that became of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from bilik.catalog.source.check import check_course
from bilik.catalog.source.course import read_course
from bilik.catalog.source.findings import Findings
from bilik.exchange.errors import NotReadable
from bilik.exchange.importers import IMPORTERS
from bilik.exchange.model import Course, Exercise
from bilik.exchange.packages import Package, open_package
from bilik.exchange.reading import Reading
from bilik.exchange.report import Report
from bilik.exchange.writer import Wishes, Written, write
from bilik.grading.exercise import LANGUAGES
from bilik.grading.kinds import Run
from bilik.grading.problems import Problem

FALLBACK_SKILL = "ext:not-named-yet"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Progress = Callable[[str], None]


def format_of(package: Package) -> str:
    """The name of the format. Raises NotReadable when it is none that is known."""
    for name, importer in IMPORTERS.items():
        if importer.looks_like(package):
            return name
    known = ", ".join(importer.TITLE for importer in IMPORTERS.values())
    raise NotReadable(f"{package.name} is of no format that can be read. Known: {known}.")


def read_package(package: Package, *, format: str = "auto", language: str = "en") -> tuple[Course, Report]:
    """The course of a package in the middle model, and the report. Raises NotReadable."""
    name = format_of(package) if format == "auto" else format
    if name not in IMPORTERS:
        raise NotReadable(f"There is no format {name!r}. Known: {', '.join(IMPORTERS)}.")
    report = Report(package.name, name)
    course = IMPORTERS[name].read(Reading(package, report, language))
    course.language = language
    if not any(lesson.pieces for lesson in course.lessons):
        raise NotReadable(
            f"Nothing in {package.name} can be taken over as {IMPORTERS[name].TITLE}: {_first_reason(report)}"
        )
    return course, report


def convert(
    path: Path,
    out: Path,
    *,
    wishes: Wishes,
    run: Run,
    known_skills: Collection[str],
    format: str = "auto",
    progress: Progress = lambda _: None,
) -> tuple[Report, Findings]:
    """Reads `path`, writes the course folder `out` (which must not exist) and proves it.

    Exercises that do not prove themselves are taken out again and reported with the reason, so that what is left is a
    course without errors. Raises NotReadable; then nothing is written.
    """
    wishes = _checked(wishes, known_skills)
    course, report = read_package(open_package(path), format=format, language=wishes.language)
    if wishes.skills == (FALLBACK_SKILL,):
        report.say(f"Exercises need a skill: all have {FALLBACK_SKILL}. Name better ones, or give --skill.")
    if out.exists():
        raise NotReadable(f"{out.name} is there already; nothing is overwritten.")
    try:
        return report, _proven_course(course, report, wishes, out, run, known_skills, progress)
    except BaseException:
        # Half a course is worse than none.
        shutil.rmtree(out, ignore_errors=True)
        raise


def _proven_course(
    course: Course,
    report: Report,
    wishes: Wishes,
    out: Path,
    run: Run,
    known_skills: Collection[str],
    progress: Progress,
) -> Findings:
    """Writes and proves, without those that fail, until all that is left passes.

    More than two turns are needed only by a program that now and then meets its time limit.
    """
    while True:
        written = _lay_out(course, wishes, report, out)
        findings = _proven(out, run=run, known_skills=known_skills, progress=progress)
        reasons = _unproven(written, findings)
        if not reasons:
            return findings
        _take_out(course, reasons)


def _checked(wishes: Wishes, known_skills: Collection[str]) -> Wishes:
    """The wishes with what was left open filled in. Raises NotReadable for what cannot be."""
    if wishes.name and not _SLUG.fullmatch(wishes.name):
        raise NotReadable(f"The id {wishes.name!r} takes small letters, digits and single dashes.")
    if wishes.language and wishes.language not in LANGUAGES:
        raise NotReadable(f"There is no language {wishes.language!r}; there are {', '.join(LANGUAGES)}.")
    skills = wishes.skills or (FALLBACK_SKILL,)
    if strange := [skill for skill in skills if skill not in known_skills]:
        raise NotReadable(f"There is no skill {strange[0]!r}. Skills are in bilik/skills/data.")
    return replace(wishes, language=wishes.language or "en", skills=skills)


def _lay_out(course: Course, wishes: Wishes, report: Report, out: Path) -> Written:
    """Writes the course into the folder, in place of what an earlier turn of this import wrote there."""
    if not any(lesson.pieces for lesson in course.lessons):
        raise NotReadable(f"Nothing in {report.package} could be taken over: {_first_reason(report)}")
    for item in report.items:
        item.became.clear()
    written = write(course, wishes, report)
    if out.exists():
        shutil.rmtree(out)
    for name, content in written.files.items():
        file = out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return written


def _first_reason(report: Report) -> str:
    return next((item.notes[-1].text for item in report.items if item.notes), "there is nothing to learn in it.")


def _proven(out: Path, *, run: Run, known_skills: Collection[str], progress: Progress) -> Findings:
    problems: list[Problem] = []
    course = read_course(out, problems=problems)
    if course is None:
        return Findings(problems)
    return check_course(course, run=run, known_skills=known_skills, problems=problems, progress=progress)


def _unproven(written: Written, findings: Findings) -> list[tuple[Exercise, str]]:
    """The exercises with errors, and the first error of each."""
    found: dict[str, str] = {}
    for problem in findings.errors:
        folder = "/".join(problem.file.split("/")[:3])
        if folder in written.exercises:
            found.setdefault(folder, problem.message)
    return [(written.exercises[folder], message) for folder, message in found.items()]


def _take_out(course: Course, reasons: list[tuple[Exercise, str]]) -> None:
    """Exercises out of the course, with the reason on their items."""
    gone = {id(exercise) for exercise, _ in reasons}
    for exercise, message in reasons:
        exercise.item.left(f"Taken out, because it did not prove itself as {exercise.body.kind}: {message}")
    for lesson in course.lessons:
        lesson.pieces = [piece for piece in lesson.pieces if id(piece) not in gone]
