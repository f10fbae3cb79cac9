"""Verbs of the catalogue: publishing a course. Reading and checking happen before, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.catalog import making
from bilik.catalog.errors import CourseHasErrors, SkillsNotLoaded
from bilik.catalog.models import (
    Course,
    CourseFile,
    CourseVersion,
    Exam,
    ExamTask,
    Lesson,
    LessonTask,
    StoredFile,
    Task,
    TaskSkill,
    TaskVariant,
    TaskVersion,
)
from bilik.catalog.queries import forget
from bilik.catalog.source.check import exam_pools
from bilik.catalog.source.course import CourseSource, LessonSource, manifest
from bilik.catalog.source.digests import course_digest, digest_of
from bilik.catalog.source.exams import ExamSource
from bilik.catalog.source.findings import Findings
from bilik.grading.folder import Prepared
from bilik.people.actions import journal
from bilik.skills.queries import skills_by_id

if TYPE_CHECKING:
    from bilik.people.models import Person


def keep_files(*, contents: Iterable[bytes]) -> list[str]:
    """Keeps files by their digests, each once, and gives the digests in the same order. For rooms whose rows point at
    files that are not published yet; nobody else sees them by that.
    """
    digests = []
    fresh: dict[str, bytes] = {}
    for content in contents:
        digests.append(digest_of(content))
        fresh[digests[-1]] = content
    rows = [StoredFile(digest=digest, content=content) for digest, content in fresh.items()]
    StoredFile.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    return digests


@transaction.atomic
def publish_course(
    *, course: CourseSource, findings: Findings, by: Person | None, now: datetime
) -> tuple[CourseVersion, bool]:
    """Writes a checked course as its newest version and makes it the published one.

    Returns the version and whether it is new: the same files again give the version that is there. `by` is None for
    an import from the command line. Raises CourseHasErrors when checking found any, and SkillsNotLoaded.
    """
    if findings.errors:
        raise CourseHasErrors(findings.errors)
    row, _ = Course.objects.get_or_create(slug=course.slug)
    row = Course.objects.select_for_update().get(pk=row.pk)
    digest = course_digest(course)
    version = row.versions.filter(digest=digest).first()
    is_new = version is None
    if version is None:
        version = _write_version(row, course, findings, digest=digest, by=by, now=now)
    if row.published_id != version.pk:
        row.published = version
        row.save(update_fields=["published"])
        forget()
        # Once more when others can see it: a page may have asked in between.
        transaction.on_commit(forget)
        data = {"course": course.slug, "number": version.number, "digest": digest}
        journal(by=by, now=now, verb="catalog.published", about=row, data=data)
    return version, is_new


def _write_version(
    row: Course, course: CourseSource, findings: Findings, *, digest: str, by: Person | None, now: datetime
) -> CourseVersion:
    details = manifest(course) | {"untranslated": findings.untranslated, "stale": findings.stale}
    version = CourseVersion.objects.create(
        course=row,
        number=row.versions.count() + 1,
        digest=digest,
        manifest=details,
        published_at=now,
        published_by=by,
    )
    _write_files(version, course)
    for position, lesson in enumerate(course.lessons, 1):
        _write_lesson(row, version, course, lesson, findings, position=position, now=now)
    for position, exam in enumerate(course.exams, 1):
        _write_exam(row, version, course, exam, findings, position=position, now=now)
    return version


def _write_files(version: CourseVersion, course: CourseSource) -> None:
    digests = {path: digest_of(content) for path, content in course.files.items()}
    stored = {digests[path]: content for path, content in course.files.items()}
    keep_files(contents=stored.values())
    CourseFile.objects.bulk_create(
        [CourseFile(version=version, path=path, stored_id=digest) for path, digest in digests.items()]
    )


def _write_lesson(
    row: Course,
    version: CourseVersion,
    course: CourseSource,
    lesson: LessonSource,
    findings: Findings,
    *,
    position: int,
    now: datetime,
) -> None:
    stored = Lesson.objects.create(
        version=version,
        slug=lesson.slug,
        position=position,
        minutes=lesson.minutes,
        titles=dict(lesson.titles),
        bodies=making.lesson_bodies(course, lesson),
    )
    for place, slug in enumerate(lesson.order, 1):
        task, _ = Task.objects.get_or_create(course=row, slug=slug)
        task_version = _task_version(task, findings.prepared[slug], now=now)
        LessonTask.objects.create(lesson=stored, version=task_version, position=place)


def _write_exam(
    row: Course,
    version: CourseVersion,
    course: CourseSource,
    exam: ExamSource,
    findings: Findings,
    *,
    position: int,
    now: datetime,
) -> None:
    stored = Exam.objects.create(
        version=version,
        slug=exam.slug,
        position=position,
        titles=dict(exam.titles),
        settings={
            "minutes": exam.minutes,
            "sittings": exam.sittings,
            "cut_score": exam.cut_score,
            "feedback": exam.feedback,
        },
        bodies=making.exam_bodies(exam),
    )
    pools = exam_pools(course, exam, findings.prepared)
    for number, (pool, slugs) in enumerate(zip(exam.pools, pools, strict=True), 1):
        for slug in slugs:
            task, _ = Task.objects.get_or_create(course=row, slug=slug)
            task_version = _task_version(task, findings.prepared[slug], now=now)
            ExamTask.objects.create(exam=stored, version=task_version, pool=number, pick=pool.pick)


def _task_version(task: Task, variants: list[Prepared], *, now: datetime) -> TaskVersion:
    """The stored version for these files: the one that is there when they have not changed."""
    first = variants[0]
    exercise = first.exercise
    digest = making.task_digest(first.folder, exercise.kind)
    version, made = TaskVersion.objects.get_or_create(
        task=task,
        digest=digest,
        defaults={
            "kind": exercise.kind,
            "points": exercise.points,
            "difficulty": exercise.difficulty,
            "attempts": exercise.attempts,
            "solution_policy": exercise.solution_policy,
            "variants": max(1, exercise.variants),
            "made_at": now,
        },
    )
    if made:
        TaskVariant.objects.bulk_create(
            [
                TaskVariant(version=version, seed=one.seed, spec=dict(one.exercise.spec), page=making.variant_page(one))
                for one in variants
            ]
        )
        skills = skills_by_id(exercise.skills)
        if missing := set(exercise.skills) - skills.keys():
            raise SkillsNotLoaded(skills=sorted(missing))
        TaskSkill.objects.bulk_create([TaskSkill(version=version, skill=skill) for skill in skills.values()])
    return version
