"""Questions to the catalogue. Published content never changes, so what was read once is kept in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.db.models import F, Prefetch

from bilik.catalog.errors import NoSuchCourse
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
from bilik.catalog.source.course import CourseSource
from bilik.catalog.source.digests import course_digest
from bilik.grading.pictures import PICTURE_TYPES

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class TaskFacts:
    """A task version as a lesson has it; plain data without the key."""

    task_id: int
    version_id: int
    slug: str
    kind: str
    points: int
    difficulty: int
    attempts: int
    solution_policy: str
    variants: int
    skills: tuple[str, ...]


@dataclass(frozen=True)
class LessonFacts:
    """A lesson: its place in the course, its text by language and its tasks in order."""

    pk: int
    slug: str
    position: int
    minutes: int
    titles: Mapping[str, str]
    bodies: Mapping[str, list[Mapping[str, str]]]
    tasks: tuple[TaskFacts, ...]

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles["en"]


@dataclass(frozen=True)
class PoolFacts:
    """Tasks of which `pick` are drawn for each sitting."""

    pick: int
    tasks: tuple[TaskFacts, ...]


@dataclass(frozen=True)
class ExamFacts:
    """An exam of a published course: how long, how often, from which percentage it is passed, what is shown after."""

    pk: int
    slug: str
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    minutes: int
    sittings: int
    cut_score: int
    feedback: str
    pools: tuple[PoolFacts, ...]

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles["en"]

    @property
    def tasks_drawn(self) -> int:
        return sum(pool.pick for pool in self.pools)


@dataclass(frozen=True)
class CourseFacts:
    """A published course version."""

    course_id: int
    version_id: int
    slug: str
    number: int
    manifest: Mapping[str, Any]
    lessons: tuple[LessonFacts, ...]
    exams: tuple[ExamFacts, ...] = ()

    def title(self, language: str) -> str:
        return str(self.manifest["title"].get(language) or self.manifest["title"]["en"])

    def summary(self, language: str) -> str:
        return str(self.manifest["summary"].get(language) or self.manifest["summary"]["en"])

    def lesson(self, slug: str) -> LessonFacts:
        """The lesson of this name. Raises NoSuchCourse when there is none."""
        for lesson in self.lessons:
            if lesson.slug == slug:
                return lesson
        raise NoSuchCourse(slug=slug)

    def exam(self, slug: str) -> ExamFacts | None:
        """The exam of this name, if the course has it."""
        return next((exam for exam in self.exams if exam.slug == slug), None)

    @property
    def tasks(self) -> tuple[TaskFacts, ...]:
        return tuple(task for lesson in self.lessons for task in lesson.tasks)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


# Which version of a course is published is asked for by every page and changes once in weeks. A new version is seen in
# the process that published it at once, and in others after this time.
PUBLISHED_SECONDS = 2.0
_published: dict[str, tuple[int, float]] = {}


def published_courses() -> list[CourseFacts]:
    """All published courses, by id."""
    versions = Course.objects.filter(published__isnull=False).order_by("slug").values_list("published_id", flat=True)
    return [_course_facts(pk) for pk in versions]


def published_course(slug: str) -> CourseFacts:
    """The published version of a course. Raises NoSuchCourse."""
    kept = _published.get(slug)
    if kept is not None and kept[1] > monotonic():
        return _course_facts(kept[0])
    pk = Course.objects.filter(slug=slug, published__isnull=False).values_list("published_id", flat=True).first()
    if pk is None:
        raise NoSuchCourse(slug=slug)
    _published[slug] = (pk, monotonic() + PUBLISHED_SECONDS)
    return _course_facts(pk)


def is_published(course: CourseSource) -> bool:
    """Whether these very files are what is published now."""
    current = CourseVersion.objects.filter(course__slug=course.slug, course__published_id=F("pk"))
    return current.filter(digest=course_digest(course)).exists()


@lru_cache(maxsize=64)
def _course_facts(version_id: int) -> CourseFacts:
    tasks = LessonTask.objects.select_related("version__task").prefetch_related(
        Prefetch("version__shows", queryset=TaskSkill.objects.order_by("skill_id"))
    )
    drawn = ExamTask.objects.select_related("version__task").prefetch_related(
        Prefetch("version__shows", queryset=TaskSkill.objects.order_by("skill_id"))
    )
    version = (
        CourseVersion.objects.select_related("course")
        .prefetch_related(Prefetch("lessons", queryset=Lesson.objects.prefetch_related(Prefetch("places", tasks))))
        .prefetch_related(Prefetch("exams", queryset=Exam.objects.prefetch_related(Prefetch("tasks", drawn))))
        .get(pk=version_id)
    )
    return CourseFacts(
        course_id=version.course_id,
        version_id=version.pk,
        slug=version.course.slug,
        number=version.number,
        manifest=version.manifest,
        lessons=tuple(_lesson_facts(lesson) for lesson in version.lessons.all()),
        exams=tuple(_exam_facts(exam) for exam in version.exams.all()),
    )


def _exam_facts(exam: Exam) -> ExamFacts:
    pools: dict[int, list[ExamTask]] = {}
    for drawn in exam.tasks.all():
        pools.setdefault(drawn.pool, []).append(drawn)
    return ExamFacts(
        pk=exam.pk,
        slug=exam.slug,
        titles=exam.titles,
        bodies=exam.bodies,
        pools=tuple(
            PoolFacts(tasks[0].pick, tuple(_task_facts(one.version) for one in tasks)) for tasks in pools.values()
        ),
        **exam.settings,
    )


def _lesson_facts(lesson: Lesson) -> LessonFacts:
    return LessonFacts(
        pk=lesson.pk,
        slug=lesson.slug,
        position=lesson.position,
        minutes=lesson.minutes,
        titles=lesson.titles,
        bodies=lesson.bodies,
        tasks=tuple(_task_facts(place.version) for place in lesson.places.all()),
    )


def _task_facts(version: TaskVersion) -> TaskFacts:
    return TaskFacts(
        task_id=version.task_id,
        version_id=version.pk,
        slug=version.task.slug,
        kind=version.kind,
        points=version.points,
        difficulty=version.difficulty,
        attempts=version.attempts,
        solution_policy=version.solution_policy,
        variants=version.variants,
        skills=tuple(str(row.skill_id) for row in version.shows.all()),
    )


@lru_cache(maxsize=4096)
def variant(version_id: int, seed: int) -> TaskVariant:
    """A task version's variant, with its key: for grading and for rendering on the server only."""
    return TaskVariant.objects.get(version_id=version_id, seed=seed)


@lru_cache(maxsize=4096)
def task_of(version_id: int) -> int:
    """The task that a task version belongs to."""
    return TaskVersion.objects.values_list("task_id", flat=True).get(pk=version_id)


def task_named(course_slug: str, task_slug: str) -> int | None:
    """The id of a task of a course, also when the published version has it no more."""
    return Task.objects.filter(course__slug=course_slug, slug=task_slug).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class VersionFacts:
    """What a task version is and shows, also one that is no longer published."""

    task_id: int
    kind: str
    skills: tuple[str, ...]


_versions: dict[int, VersionFacts] = {}


def versions_by_id(version_ids: Iterable[int]) -> Mapping[int, VersionFacts]:
    """Facts of these task versions. Two queries for all that were not asked for before, then none."""
    wanted = set(version_ids)
    missing = wanted - _versions.keys()
    if missing:
        rows = TaskVersion.objects.filter(pk__in=missing).prefetch_related(
            Prefetch("shows", queryset=TaskSkill.objects.order_by("skill_id"))
        )
        for row in rows:
            skills = tuple(str(shown.skill_id) for shown in row.shows.all())
            _versions[row.pk] = VersionFacts(row.task_id, row.kind, skills)
    return {pk: _versions[pk] for pk in wanted}


def tasks_of_course(course_id: int) -> dict[str, int]:
    """All tasks that a course has had, also those that its published version has no more: ids by slug."""
    return dict(Task.objects.filter(course_id=course_id).order_by("slug").values_list("slug", "pk"))


def forget() -> None:
    """Empties what is kept in memory: after publishing, and in tests, because they undo what was published."""
    _published.clear()
    _course_facts.cache_clear()
    variant.cache_clear()
    task_of.cache_clear()
    _versions.clear()


def picture(digest: str, name: str) -> tuple[bytes, str] | None:
    """A picture of a published lesson and its media type. Anything that is no picture is never given out."""
    media_type = PICTURE_TYPES.get(Path(name).suffix.lower())
    if media_type is None:
        return None
    if not _DIGEST.fullmatch(digest):
        return None
    for file in CourseFile.objects.filter(stored_id=digest).select_related("stored"):
        if file.path.endswith("/" + name):
            return bytes(file.stored.content), media_type
    return None


def stored_files(digests: Iterable[str]) -> dict[str, bytes]:
    """The contents of kept files by their digests; for rooms that have the digests in rows of their own."""
    wanted, found = sorted(set(digests)), {}
    for start in range(0, len(wanted), 500):
        rows = StoredFile.objects.filter(pk__in=wanted[start : start + 500])
        found.update({row.digest: bytes(row.content) for row in rows})
    return found


def paths_of(version_id: int) -> dict[str, str]:
    """The digest of each file of a course version, by path."""
    return dict(CourseFile.objects.filter(version_id=version_id).order_by("path").values_list("path", "stored_id"))


def earlier_contents(slug: str, path: str) -> list[bytes]:
    """What a file of a course has ever been in a published version, the newest first."""
    rows = CourseFile.objects.filter(version__course__slug=slug, path=path).order_by("-version_id")
    return [bytes(row.stored.content) for row in rows.select_related("stored")]


def task_digests(version_id: int) -> dict[str, tuple[int, str]]:
    """The tasks of a course version by name: their id and the digest of the version that it has."""
    rows = LessonTask.objects.filter(lesson__version_id=version_id)
    return {slug: (pk, digest) for slug, pk, digest in rows.values_list(
        "version__task__slug", "version__task_id", "version__digest"
    )}  # fmt: skip


def files_of(slug: str) -> dict[str, bytes]:
    """All files of a published course, by path, exactly as they were read. Raises NoSuchCourse."""
    course = Course.objects.filter(slug=slug, published__isnull=False).first()
    if course is None:
        raise NoSuchCourse(slug=slug)
    rows = CourseFile.objects.filter(version_id=course.published_id).select_related("stored").order_by("path")
    return {row.path: bytes(row.stored.content) for row in rows}
