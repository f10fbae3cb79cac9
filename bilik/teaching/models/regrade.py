"""A regrade: what today's checker says of answers that were given before, and what of it was applied."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bilik.kit.ids import new_id
from bilik.teaching.states import WORKED_ON, Change, RegradeState, Wanted


class Regrade(models.Model):
    """Of one exercise, or of all of a course when `task` is null; of one group's learners, or of all in reach.

    `upto` is the last answer that belongs to it, `done_upto` the last one that was looked at: so preparing goes on
    where it stopped. `lease_until` is how long the worker that has it may take for one batch.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    course = models.ForeignKey("catalog.Course", models.PROTECT, related_name="+")
    task = models.ForeignKey("catalog.Task", models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey("groups.Group", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    # Null is the operator at a terminal. People are never deleted, so a regrade cannot lose its reach.
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=RegradeState.choices, default=RegradeState.PREPARING)
    wanted = models.CharField(max_length=12, choices=Wanted.choices, blank=True, default=Wanted.NOTHING)
    total = models.PositiveIntegerField()
    looked_at = models.PositiveIntegerField(default=0)
    upto = models.BigIntegerField()
    done_upto = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state__in=[str(one) for one in WORKED_ON]), name="teaching_to_work")
        ]

    def __str__(self) -> str:
        return f"regrade {self.ref} {self.state}"


class RegradeRow(models.Model):
    """One answer in a regrade: its verdict when it was looked at, and the verdict it would have now."""

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="rows")
    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="+")
    change = models.CharField(max_length=8, choices=Change.choices)
    before_outcome = models.CharField(max_length=20)
    before_score = models.DecimalField(max_digits=9, decimal_places=3)
    before_of = models.PositiveSmallIntegerField()
    before_at = models.DateTimeField()
    after_outcome = models.CharField(max_length=20, blank=True, default="")
    after_score = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    after_of = models.PositiveSmallIntegerField(null=True)
    after_feedback = models.JSONField(default=list)
    after_evidence = models.JSONField(default=dict)
    after_ms = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True, default="")
    applied_at = models.DateTimeField(null=True)
    # The verdict was replaced by somebody else meanwhile: theirs stays.
    overtaken = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["regrade", "submission"], name="teaching_row_once")]
        indexes: ClassVar = [models.Index(fields=["regrade", "change", "id"], name="teaching_row_change")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.change}"
