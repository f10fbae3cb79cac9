"""Sittings of exams: who, which tasks, what was typed, what it came to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bilik.exams.states import SittingState
from bilik.kit.ids import new_id


class Sitting(models.Model):
    """One person taking one exam. `ref` is its public name and the lot by which its tasks were drawn.

    `score` and `of` are there once it is finished; they follow from the submissions (`rebuild_result`).
    """

    ref = models.UUIDField(unique=True, default=new_id)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sittings")
    course = models.ForeignKey("catalog.Course", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("catalog.CourseVersion", on_delete=models.PROTECT, related_name="+")
    exam = models.SlugField(max_length=100)
    titles = models.JSONField()
    cut_score = models.PositiveSmallIntegerField()
    feedback = models.CharField(max_length=10)
    extra_time = models.CharField(max_length=20, default="1")
    state = models.CharField(max_length=10, choices=SittingState.choices, default=SittingState.RUNNING)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    of = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "exam"], condition=Q(state=SittingState.RUNNING), name="one_running_sitting"
            ),
            models.CheckConstraint(
                condition=~Q(state=SittingState.FINISHED) | Q(score__isnull=False, finished_at__isnull=False),
                name="finished_sitting_has_a_score",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(state=SittingState.RUNNING), name="sitting_running"),
            models.Index(fields=["person", "-id"], name="sitting_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.exam} {self.ref}"


class SittingTask(models.Model):
    """One task of a sitting. `fields` is what stands in its form, saved as it is typed; `submission` what was made of
    it when the exam was handed in (nothing, where nothing that could be an answer was typed).
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey("catalog.TaskVersion", on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    submission = models.OneToOneField(
        "submissions.Submission", null=True, on_delete=models.SET_NULL, related_name="sitting_task"
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["sitting", "position"], name="one_place_in_sitting")]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.position}"
