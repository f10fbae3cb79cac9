"""How far a person has come. All of it can be worked out again from the submissions, but for the hints taken."""

from __future__ import annotations

from typing import Any

from django.db import models


class Progress(models.Model):
    """One person, one task: the best so far. Hangs on the task, so that a new version of it loses nothing.

    `attempts` counts verdicts; what was refused as no answer, and what the platform failed to grade, is not in it.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="progress")
    task = models.ForeignKey("catalog.Task", on_delete=models.PROTECT, related_name="progress")
    attempts = models.PositiveIntegerField(default=0)
    best_score = models.DecimalField(max_digits=9, decimal_places=3, default=0)
    of = models.PositiveSmallIntegerField(default=0)
    solved_at = models.DateTimeField(null=True)
    last_submission = models.ForeignKey(
        "submissions.Submission", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_at = models.DateTimeField(null=True)
    hints = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task"], name="one_progress")]
        indexes = [models.Index(fields=["person", "-last_at"], name="progress_recent")]

    # What trainers say of the newest answer (see queries.progress_in); never stored here.
    comments: Any = ()

    def __str__(self) -> str:
        return f"{self.person_id} {self.task_id}"
