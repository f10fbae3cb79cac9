"""The door outwards: from a course folder to a package of another format, with a report of all that became of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

from bilik.catalog.source.course import CourseSource, LessonSource
from bilik.exchange.errors import NotWritable
from bilik.exchange.exporters import EXPORTERS
from bilik.exchange.exporting import Exporting, ExportWishes, Files, LessonOut, Task
from bilik.exchange.report import Report
from bilik.exchange.words import out_word
from bilik.grading.folder import prepare_variant
from bilik.grading.kinds import Run
from bilik.grading.problems import Problem

LARGEST_PACKAGE = 64_000_000
_SITE = re.compile(r"https?://[A-Za-z0-9.:\[\]_-]+(/[A-Za-z0-9._~/-]*)?")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Exported:
    """A package: the wish for its file's name, its files by path, and the report."""

    name: str
    files: Files
    report: Report

    def content(self) -> bytes:
        """The package as one file: the only one there is, or a zip. The same course gives the same bytes."""
        if len(self.files) == 1:
            return next(iter(self.files.values()))
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(self.files):
                member = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
                member.external_attr = 0o644 << 16
                archive.writestr(member, self.files[path], zipfile.ZIP_DEFLATED)
        return made.getvalue()


def export_course(
    course: CourseSource,
    *,
    format: str,
    wishes: ExportWishes,
    run: Run,
    progress: Progress = lambda _: None,
) -> Exported:
    """The course in another format. `run` makes variants and works out what programs print.

    Raises NotWritable: no such format or language, nothing to write, too large. Exercises that cannot be prepared are
    left out with the reason; exams are left out, because their tasks must not be seen before.
    """
    exporter = EXPORTERS.get(format)
    if exporter is None:
        raise NotWritable(f"There is no format {format!r}. Known: {', '.join(EXPORTERS)}.")
    language = wishes.language or course.source_language
    if not any(language in lesson.bodies for lesson in course.lessons):
        raise NotWritable(f"No lesson of the course is there in {language!r}.")
    if wishes.site and not _SITE.fullmatch(wishes.site):
        raise NotWritable(f"{wishes.site!r} is no address of an academy. It starts with https:// and names a site.")
    wishes = replace(wishes, site=wishes.site.rstrip("/"))
    report = Report(course.slug, format)
    lessons = tuple(_lesson(course, lesson, language, wishes, report, run, progress) for lesson in course.lessons)
    for exam in course.exams:
        file = f"exams/{exam.slug}/exam.toml"
        report.leave("exam", _title(exam.titles, language), file, out_word("exam_left", wishes.report_language))
    files = exporter.write(Exporting(course, lessons, language, wishes, report))
    if not files:
        raise NotWritable(f"There is nothing in {course.slug} that {exporter.TITLE} can say.")
    if sum(map(len, files.values())) > LARGEST_PACKAGE:
        raise NotWritable(f"The package would have more than {LARGEST_PACKAGE // 1_000_000} MB.")
    return Exported(f"{course.slug}-{language}{exporter.ENDING}", files, report)


def _lesson(
    course: CourseSource,
    lesson: LessonSource,
    language: str,
    wishes: ExportWishes,
    report: Report,
    run: Run,
    progress: Progress,
) -> LessonOut:
    file = f"lessons/{lesson.slug}/lesson.{language if language in lesson.bodies else course.source_language}.md"
    item = report.item("lesson", _title(lesson.titles, language), file)
    tasks = {}
    for slug in (*lesson.order, *(slug for slug in lesson.exercises if slug not in lesson.order)):
        if slug not in lesson.exercises or slug in tasks:
            continue
        progress(f"{lesson.slug}/{slug}")
        if (task := _task(lesson, slug, language, wishes, report, run)) is not None:
            tasks[slug] = task
    return LessonOut(lesson, item, tasks)


def _task(
    lesson: LessonSource, slug: str, language: str, wishes: ExportWishes, report: Report, run: Run
) -> Task | None:
    folder, problems = lesson.exercises[slug], list[Problem]()
    file = f"lessons/{lesson.slug}/{slug}/exercise.toml"
    prepared = prepare_variant(folder, seed=0, run=run, problems=problems)
    errors = [problem for problem in problems if problem.level == "error"]
    if prepared is None or errors:
        why = errors[0].message if errors else ""
        report.leave("exercise", slug, file, out_word("not_prepared", wishes.report_language, why=why))
        return None
    texts = prepared.exercise.texts
    words = texts.get(language) or next(iter(texts.values()))
    item = report.item(prepared.exercise.kind, words.title or slug, file)
    if prepared.exercise.variants > 1:
        item.changed(out_word("one_variant", wishes.report_language, count=prepared.exercise.variants))
    if folder.data:
        item.left(out_word("data_left", wishes.report_language, names=", ".join(folder.data)))
    return Task(prepared, item, lesson.slug)


def _title(titles: object, language: str) -> str:
    found = dict(titles) if isinstance(titles, dict) else {}
    return str(found.get(language) or found.get("en") or "")
