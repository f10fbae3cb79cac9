"""Drafts of courses: their files as revisions that are only ever added to, their checks, and figures on tasks."""

from __future__ import annotations

from django.db import models

from bilik.authoring.states import CHECK_WAITING, CheckState, DraftState, Purpose
from bilik.kit.ids import new_id


class Draft(models.Model):
    """A working copy of a course. `number` is that of its newest revision; `base` the version it was started from."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=100)
    base = models.ForeignKey("catalog.CourseVersion", models.PROTECT, null=True, related_name="+")
    published = models.ForeignKey("catalog.CourseVersion", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    number = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"{self.slug} {self.state}"


class Revision(models.Model):
    """A file as it was saved, or (without content) that it was removed. Several files may be saved under one number."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=300)
    stored = models.ForeignKey("catalog.StoredFile", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["draft", "path", "number"], name="one_revision_of_a_file")]

    def __str__(self) -> str:
        return f"{self.path} {self.number}"


class CheckRun(models.Model):
    """A check of a draft as it was at a revision: of all of it, or of one `exercise`. The queue is this table."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="checks")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.CHECK)
    exercise = models.CharField(max_length=100, blank=True, default="")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.QUEUED)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=60, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=dict)
    refusal = models.CharField(max_length=40, blank=True, default="")
    asked_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"],
                condition=models.Q(state__in=[str(state) for state in CHECK_WAITING], exercise=""),
                name="one_check_of_all_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(state__in=[str(state) for state in CHECK_WAITING]),
                name="check_waiting",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.draft_id} {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state in CHECK_WAITING


class ItemFigures(models.Model):
    """Figures on the tasks of a course, from answers up to `made_at`. They can be worked out anew at any time."""

    course = models.OneToOneField("catalog.Course", models.CASCADE, related_name="+")
    version = models.ForeignKey("catalog.CourseVersion", models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"{self.course_id} {self.made_at}"
