"""What every exporter is given: the course with its exercises ready to grade, the wishes, and the report to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bilik.catalog.source.course import CourseSource, LessonSource
from bilik.catalog.source.prose import Part, render_parts
from bilik.exchange.report import Item, Report
from bilik.exchange.words import out_word
from bilik.grading.exercise import Exercise
from bilik.grading.folder import Prepared
from bilik.grading.text import ExerciseText

Files = dict[str, bytes]
"""What an exporter makes: contents by path inside the package."""


@dataclass(frozen=True)
class ExportWishes:
    """What whoever exports says beside the course.

    `language`: the language of formats that hold one, the course's own by default. `site`: the address of an academy
    that has the course, for tasks that only a server can check. `with_solutions`: whether pages for reading hold the
    solutions. `report_language`: in which language the report speaks.
    """

    language: str = ""
    site: str = ""
    with_solutions: bool = True
    report_language: str = "en"


@dataclass(frozen=True)
class Task:
    """An exercise on its way out: prepared to grade, the first of its variants, with its line in the report."""

    prepared: Prepared
    item: Item
    lesson: str

    @property
    def slug(self) -> str:
        return self.prepared.exercise.slug

    @property
    def kind(self) -> str:
        return self.prepared.exercise.kind

    @property
    def exercise(self) -> Exercise:
        return self.prepared.exercise

    @property
    def spec(self) -> Mapping[str, Any]:
        return self.prepared.exercise.spec


@dataclass(frozen=True)
class LessonOut:
    """A lesson on its way out, with its line in the report. `name` is a plain name for its file."""

    source: LessonSource
    item: Item
    tasks: Mapping[str, Task]

    @property
    def name(self) -> str:
        return self.source.slug


@dataclass(frozen=True)
class Exporting:
    """One export. `language` is settled: one that the course has."""

    course: CourseSource
    lessons: tuple[LessonOut, ...]
    language: str
    wishes: ExportWishes
    report: Report

    def note(self, name: str, /, **facts: object) -> str:
        """A sentence of the report, in the language in which it is read."""
        return out_word(name, self.wishes.report_language, **facts)

    def changed(self, item: Item, name: str, /, **facts: object) -> None:
        """Notes that something is there in another form."""
        item.changed(self.note(name, **facts))

    def left(self, item: Item, name: str, /, **facts: object) -> None:
        """Notes that it, or a part of it, is left out, and why."""
        item.left(self.note(name, **facts))

    def text_of(self, task: Task, language: str) -> tuple[ExerciseText, str]:
        """The words of an exercise, and the language they are in: the one asked for, else the course's own."""
        texts = task.exercise.texts
        for code in (language, self.course.source_language, *texts):
            if code in texts:
                break
        if code != language:
            self.changed(task.item, "other_language", wanted=language, language=code)
        return texts[code], code

    def body_of(self, lesson: LessonOut, language: str) -> tuple[str, str]:
        """The text of a lesson in Markdown, and the language it is in."""
        bodies = lesson.source.bodies
        for code in (language, self.course.source_language, *bodies):
            if code in bodies:
                break
        else:
            return "", language
        if code != language:
            self.changed(lesson.item, "other_language", wanted=language, language=code)
        return bodies[code], code

    def parts_of(self, lesson: LessonOut, language: str, pictures: Mapping[str, str]) -> Iterator[Part | Task]:
        """A lesson in order: pieces of HTML and tasks. `pictures` are addresses by the names that the text uses."""
        body, code = self.body_of(lesson, language)
        for part in render_parts(body, language=code, pictures=pictures):
            if not part.exercise:
                yield part
            elif part.exercise in lesson.tasks:
                yield lesson.tasks[part.exercise]


class Exporter(Protocol):
    """What the `writer` module of a format offers."""

    TITLE: str
    """The format's name for people."""

    ENDING: str
    """How the file's name ends, with its dot. Several files are packed into a zip, one is handed out as it is."""

    def write(self, exporting: Exporting) -> Files:
        """The files of the package; what became of each thing stands in the report."""


def became(item: Item, path: str) -> None:
    """Notes, once, what something is in the package."""
    if path not in item.became:
        item.became.append(path)
