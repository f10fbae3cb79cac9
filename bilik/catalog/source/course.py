"""A course folder, read: the first of the three steps read - check - write. Nothing is run and nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bilik.catalog.source.exams import ExamSource, read_exam
from bilik.catalog.source.prose import render_parts
from bilik.grading.exercise import (
    LANGUAGES,
    Folder,
    as_text,
    is_by_the_way,
    load_toml,
    read_folder,
    writable_name,
)
from bilik.grading.problems import Problem, Table, toml_lines
from bilik.grading.text import split_stamp

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LARGEST_COURSE_BYTES = 50_000_000
_LARGEST_TEXT = 1_000_000
_MOST_FILES = 5_000
_NO_LINKS = "Links are not allowed in a course."


@dataclass(frozen=True)
class LessonSource:
    """One lesson as files: its texts by language (with stamps cut off), and its exercises by folder name."""

    slug: str
    titles: Mapping[str, str]
    minutes: int
    bodies: Mapping[str, str]
    stamps: Mapping[str, str]
    exercises: Mapping[str, Folder]
    order: tuple[str, ...]
    """The exercises in the order in which the source text places them."""


@dataclass(frozen=True)
class CourseSource:
    """A course as files. `files` are all of them as bytes, by path inside the course."""

    path: Path
    slug: str
    source_language: str
    languages: tuple[str, ...]
    licence: str
    authors: tuple[str, ...]
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    skills: tuple[tuple[str, int], ...]
    lessons: tuple[LessonSource, ...]
    exams: tuple[ExamSource, ...] = ()
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)

    @property
    def exercises(self) -> list[tuple[str, str, Folder]]:
        """Every exercise in the order of the course, those of exams last: its lesson or exam, its name, its folder."""
        places = [(lesson.slug, lesson.exercises) for lesson in self.lessons]
        places += [(exam.slug, exam.exercises) for exam in self.exams]
        return [(where, name, folder) for where, folders in places for name, folder in folders.items()]


def read_course(path: Path, *, problems: list[Problem]) -> CourseSource | None:
    """Reads a course folder; all problems are added to the list. None only when there is no readable course.toml."""
    file = path / "course.toml"
    if not file.is_file():
        problems.append(Problem("course.toml", 0, "error", "no-course", f"There is no course.toml in {path.name}/."))
        return None
    text = _read_text(path, file, problems)
    data = None if text is None else load_toml(text, file="course.toml", problems=problems)
    if text is None or data is None:
        return None
    table = Table(data, file="course.toml", lines=toml_lines(text), problems=problems)
    return _course(path, table, problems)


def _course(path: Path, table: Table, problems: list[Problem]) -> CourseSource:
    slug = table.text("id")
    if slug and not _SLUG.fullmatch(slug):
        table.problem("id", "`id` takes small letters, digits and single dashes, such as python-from-zero.")
    source_language = table.one_of("source_language", LANGUAGES)
    languages = table.texts("languages")
    for language in set(languages) - set(LANGUAGES):
        table.problem("languages", f"There is no language {language!r}; there are {', '.join(LANGUAGES)}.")
    lessons = [_lesson(path, row, source_language, problems) for row in table.tables("lessons")]
    if not lessons:
        table.problem("lessons", "A course has at least one [[lessons]].", code="no-lessons")
    exams = [_exam(path, row, problems) for row in table.tables("exams")]
    skills = tuple(_skill(row) for row in table.tables("skills"))
    course = CourseSource(
        path=path,
        slug=slug,
        source_language=source_language,
        languages=languages,
        licence=table.text("licence"),
        authors=table.texts("authors"),
        titles=_by_language(table, "title"),
        summaries=_by_language(table, "summary"),
        skills=skills,
        lessons=tuple(lesson for lesson in lessons if lesson is not None),
        exams=tuple(exam for exam in exams if exam is not None),
        files=_all_files(path, problems),
    )
    _note_doubles(course, problems)
    table.leave_no_rest()
    return course


def _read_text(path: Path, file: Path, problems: list[Problem]) -> str | None:
    """A text file of the course; None, with a problem noted, when it is none that can be used."""
    name = writable_name(file.relative_to(path))
    if file.is_symlink():
        return None  # noted with all other links
    if file.stat().st_size > _LARGEST_TEXT:
        problems.append(Problem(name, 0, "error", "too-large", "The file is over 1 MB."))
        return None
    try:
        return as_text(file.read_bytes())
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "error", "encoding", "The file is not UTF-8 text."))
        return None


def _skill(row: Table) -> tuple[str, int]:
    skill = (row.text("id"), row.whole("level", 1, low=0, high=8))
    row.leave_no_rest()
    return skill


def _by_language(table: Table, key: str) -> dict[str, str]:
    """A text in every language of the platform: titles are short and are always there."""
    texts = table.mapping(key)
    for language in LANGUAGES:
        if not texts.get(language, "").strip():
            table.problem(key, f"`{key}` has no {language}.", code="no-title")
    return texts


def _lesson(path: Path, row: Table, source_language: str, problems: list[Problem]) -> LessonSource | None:
    slug, minutes, titles = row.text("folder"), row.whole("minutes", 20, low=1, high=600), _by_language(row, "title")
    row.leave_no_rest()
    folder = path / "lessons" / slug
    if not _SLUG.fullmatch(slug) or not folder.is_dir() or folder.is_symlink() or folder.parent.is_symlink():
        row.problem("folder", f"There is no folder lessons/{slug}.", code="no-lesson")
        return None
    bodies, stamps = {}, {}
    for language in LANGUAGES:
        file = folder / f"lesson.{language}.md"
        if file.is_file() and (text := _read_text(path, file, problems)) is not None:
            stamps[language], bodies[language] = split_stamp(text)
    exercises = {
        inner.name: read_folder(inner, within=path, problems=problems)
        for inner in sorted(folder.iterdir())
        if (inner / "exercise.toml").is_file() and not inner.is_symlink()
    }
    _check_names(exercises, f"lessons/{slug}", problems)
    return LessonSource(slug, titles, minutes, bodies, stamps, exercises, _order(bodies.get(source_language, "")))


def _exam(path: Path, row: Table, problems: list[Problem]) -> ExamSource | None:
    slug, titles = row.text("folder"), _by_language(row, "title")
    row.leave_no_rest()
    folder = path / "exams" / slug
    if not _SLUG.fullmatch(slug) or not folder.is_dir() or folder.is_symlink() or folder.parent.is_symlink():
        row.problem("folder", f"There is no folder exams/{slug}.", code="no-exam")
        return None
    exam = read_exam(path, slug, titles, problems, _read_text)
    if exam is not None:
        _check_names(exam.exercises, f"exams/{slug}", problems)
    return exam


def _check_names(exercises: Mapping[str, Folder], where: str, problems: list[Problem]) -> None:
    for name in exercises:
        if not _SLUG.fullmatch(name):
            message = "An exercise's folder takes small letters, digits and single dashes, such as first-letter."
            problems.append(Problem(f"{where}/{writable_name(Path(name))}", 0, "error", "exercise-name", message))


def _order(body: str) -> tuple[str, ...]:
    return tuple(part.exercise for part in render_parts(body, language="en") if part.exercise)


def _all_files(path: Path, problems: list[Problem]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        name = writable_name(inside)
        if file.is_symlink() or name != str(inside):
            code, message = ("link", _NO_LINKS) if file.is_symlink() else ("file-name", "The file's name is not UTF-8.")
            problem = Problem(name, 0, "error", code, message)
            problems.extend([] if problem in problems else [problem])
            continue
        if not file.is_file() or is_by_the_way(inside):
            continue
        total += file.stat().st_size
        if len(files) >= _MOST_FILES or total > _LARGEST_COURSE_BYTES:
            message = f"A course has at most {_MOST_FILES} files and {_LARGEST_COURSE_BYTES // 1_000_000} MB."
            problems.append(Problem("", 0, "error", "too-large", message))
            return files
        files[str(inside)] = file.read_bytes()
    return files


def _note_doubles(course: CourseSource, problems: list[Problem]) -> None:
    seen: dict[str, str] = {}
    folders: set[str] = set()
    parts = [("lesson", lesson.slug, lesson.exercises) for lesson in course.lessons]
    parts += [("exam", exam.slug, exam.exercises) for exam in course.exams]
    for kind, folder, exercises in parts:
        if f"{kind}s/{folder}" in folders:
            message = f"The {kind} {folder} stands here twice."
            problems.append(Problem("course.toml", 0, "error", f"double-{kind}", message))
            continue
        folders.add(f"{kind}s/{folder}")
        for slug in exercises:
            if slug in seen:
                message = f"The exercise {slug} is also in {seen[slug]}: its name must be its own in the course."
                problems.append(Problem(f"{kind}s/{folder}/{slug}", 0, "error", "double-exercise", message))
            seen[slug] = folder


def manifest(course: CourseSource) -> dict[str, Any]:
    """What the academy keeps of course.toml, JSON-able."""
    return {
        "title": dict(course.titles),
        "summary": dict(course.summaries),
        "source_language": course.source_language,
        "languages": list(course.languages),
        "licence": course.licence,
        "authors": list(course.authors),
        "skills": [{"id": name, "level": level} for name, level in course.skills],
    }
