"""Published courses. What is published never changes; a new version stands beside the old one.

A *task* is an exercise over time: progress hangs on it. A *task version* is what a learner answered: it is shared by
all course versions in which the exercise's files are the same, so a new course version costs nobody anything.
"""

from __future__ import annotations

from django.db import models


class Course(models.Model):
    """Something that can be learnt from start to end. `slug` is the id in course.toml and never changes."""

    slug = models.SlugField(max_length=100, unique=True)
    published = models.ForeignKey("CourseVersion", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.slug


class CourseVersion(models.Model):
    """One published state of a course: titles, summaries, licence, languages in `manifest`."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    manifest = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_course_version_number"),
            models.UniqueConstraint(fields=["course", "digest"], name="one_course_version_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} version {self.number}"


class Lesson(models.Model):
    """A lesson of one version. `bodies` holds, by language, the pieces to show: HTML or an exercise's place."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="lessons")
    slug = models.SlugField(max_length=100)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    titles = models.JSONField()
    bodies = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "slug"], name="one_lesson_slug")]

    def __str__(self) -> str:
        return self.slug


class Task(models.Model):
    """An exercise over all its versions. `slug` is its folder's name."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="tasks")
    slug = models.SlugField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="one_task_slug")]

    def __str__(self) -> str:
        return self.slug


class TaskVersion(models.Model):
    """One immutable state of a task. Its key lies in the variants and never leaves the server."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    points = models.PositiveSmallIntegerField()
    difficulty = models.PositiveSmallIntegerField()
    attempts = models.PositiveSmallIntegerField()
    solution_policy = models.CharField(max_length=30)
    variants = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "digest"], name="one_task_digest")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.digest[:8]}"


class TaskVariant(models.Model):
    """A task version for one seed: `spec` grades it (secret), `page` shows it (controls, and words by language)."""

    version = models.ForeignKey(TaskVersion, on_delete=models.CASCADE, related_name="made")
    seed = models.PositiveIntegerField()
    spec = models.JSONField()
    page = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "seed"], name="one_variant_seed")]


class TaskSkill(models.Model):
    """A skill that a right answer to this task version shows."""

    version = models.ForeignKey(TaskVersion, on_delete=models.CASCADE, related_name="shows")
    skill = models.ForeignKey("skills.Skill", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "skill"], name="one_task_skill")]


class LessonTask(models.Model):
    """Which task version a lesson has, and where."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="places")
    version = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["lesson", "version"], name="one_task_in_lesson")]


class Exam(models.Model):
    """An exam of one version. `settings`: minutes, sittings, cut score, feedback; `bodies`: what is read before it."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="exams")
    slug = models.SlugField(max_length=100)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField()
    settings = models.JSONField()
    bodies = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "slug"], name="one_exam_slug")]

    def __str__(self) -> str:
        return self.slug


class ExamTask(models.Model):
    """A task version from which a pool of an exam draws; `pick` of them are taken."""

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="tasks")
    version = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="+")
    pool = models.PositiveSmallIntegerField()
    pick = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pool", "id"]
        constraints = [models.UniqueConstraint(fields=["exam", "pool", "version"], name="one_task_in_pool")]


class StoredFile(models.Model):
    """A file's content, once, by its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()


class CourseFile(models.Model):
    """A file of a course version, so that it can be written back exactly as it was read."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=300)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="one_course_path")]
