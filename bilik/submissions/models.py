"""One answer by one person to one task version, and what became of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bilik.kit.ids import new_id
from bilik.submissions.states import State


class Submission(models.Model):
    """An answer. What was answered never changes; the lower half is written by grading alone.

    `key` comes from the client and makes sending again harmless. `context` says which room asked (practice, contest …)
    and so who hears of the verdict. `lease_until` is how long the present grader may take before another one may.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="submissions")
    task_version = models.ForeignKey("catalog.TaskVersion", on_delete=models.PROTECT, related_name="submissions")
    seed = models.PositiveIntegerField()
    context = models.CharField(max_length=20)
    key = models.UUIDField()
    answer = models.JSONField()
    language = models.CharField(max_length=8)
    received_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=State.choices)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=60, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True, default="")

    outcome = models.CharField(max_length=20, blank=True, default="")
    score = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    of = models.PositiveSmallIntegerField(null=True)
    feedback = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    ms = models.PositiveIntegerField(null=True)
    graded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_submission_for_a_key"),
            models.CheckConstraint(
                condition=~Q(state=State.GRADED) | Q(outcome__gt="", score__isnull=False, graded_at__isnull=False),
                name="graded_has_a_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "task_version", "-id"], name="submission_of_person"),
            models.Index(fields=["id"], condition=Q(state__in=["queued", "grading"]), name="submission_waiting"),
            models.Index(fields=["id"], condition=Q(state="marking"), name="submission_to_mark"),
        ]

    # What the handler made of it in this very request (see handlers.py); never stored here.
    projection: Any = None

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state in (State.QUEUED, State.GRADING)


class EarlierVerdict(models.Model):
    """A verdict that another one has replaced: by a regrade, or because marks were looked at again."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="earlier_verdicts")
    outcome = models.CharField(max_length=20)
    score = models.DecimalField(max_digits=9, decimal_places=3)
    of = models.PositiveSmallIntegerField()
    feedback = models.JSONField()
    evidence = models.JSONField()
    graded_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.outcome}"


class TrainerComment(models.Model):
    """What a trainer says of one answer, or of many that are alike: stored once, shown at each of them."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    text = models.TextField(max_length=2000)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    retracted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"comment {self.ref}"


class CommentedAnswer(models.Model):
    """An answer at which a comment is shown."""

    comment = models.ForeignKey(TrainerComment, on_delete=models.CASCADE, related_name="answers")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="commented")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["comment", "submission"], name="one_comment_at_an_answer")]

    def __str__(self) -> str:
        return f"{self.comment_id} at {self.submission_id}"


class AttachedContent(models.Model):
    """The content of a file that was handed in, once, by its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()


class Attachment(models.Model):
    """A file that belongs to an answer. Its name is in the answer too; here it is bound to the content."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content = models.ForeignKey(AttachedContent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
