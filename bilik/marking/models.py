"""Marks that people gave, how an organisation wants work marked, and comments kept for the next time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bilik.marking.states import MarkerRole, MarkingState


class Marking(models.Model):
    """One person's marks on one answer: `levels` by criterion, `comments` as `{"text", "criterion"}`."""

    submission = models.ForeignKey("submissions.Submission", on_delete=models.CASCADE, related_name="markings")
    marker = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="markings")
    role = models.CharField(max_length=10, choices=MarkerRole.choices)
    state = models.CharField(max_length=10, choices=MarkingState.choices, default=MarkingState.DRAFT)
    levels = models.JSONField(default=dict)
    comments = models.JSONField(default=list)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "marker"], name="one_marking_of_a_person"),
            models.CheckConstraint(
                condition=~Q(state=MarkingState.DONE) | Q(done_at__isnull=False), name="done_marking_has_its_time"
            ),
        ]
        indexes = [models.Index(fields=["marker", "state"], name="marking_of_person")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.role}"


class MarkingPlan(models.Model):
    """How answers to one task are marked in an organisation and below it; the nearest plan to a learner counts.

    `second_percent` of the answers are marked by two people; `tolerance` is by how many points they may differ.
    """

    task = models.ForeignKey("catalog.Task", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    anonymous = models.BooleanField(default=False)
    second_percent = models.PositiveSmallIntegerField(default=0)
    tolerance = models.DecimalField(max_digits=6, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="one_marking_plan"),
            models.CheckConstraint(condition=Q(second_percent__lte=100), name="percent_of_second_markers"),
        ]


class BankComment(models.Model):
    """A comment that a marker keeps for the next time, for one criterion of one task or for the whole."""

    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey("catalog.Task", on_delete=models.CASCADE, related_name="+")
    criterion = models.CharField(max_length=60, blank=True, default="")
    text = models.CharField(max_length=1000)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "task", "criterion", "text"], name="one_bank_comment"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
