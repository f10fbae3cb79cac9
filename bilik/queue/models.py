"""Jobs that wait, and the lines in which they stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bilik.kit.ids import new_id
from bilik.queue.states import OPEN, JobState, Lane


class Line(models.Model):
    """Whose jobs stand together in a lane: those of one competition, for one. Lines take turns, and within a line its
    parties do.

    `turns` counts the turns that the line has had (its virtual time), `round` is that of the job taken last.
    """

    lane = models.PositiveSmallIntegerField(choices=Lane.choices)
    name = models.CharField(max_length=60)
    turns = models.BigIntegerField(default=0)
    round = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "name"], name="one_line_of_a_name")]

    def __str__(self) -> str:
        return f"{self.lane}/{self.name}"


class Job(models.Model):
    """Something to be done outside of a request: `work` names the function, `subject` what it is done to.

    The upper half is written when the job is put in, the lower half by workers. In a waiting job `lease_until` is the
    pause after a fault.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    work = models.CharField(max_length=40)
    subject = models.BigIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="jobs")
    party = models.CharField(max_length=60)
    round = models.BigIntegerField()
    asked_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=60, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True, default="")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work", "subject"], condition=Q(state__in=OPEN), name="one_open_job_for_a_subject"
            )
        ]
        indexes = [
            models.Index(fields=["line", "round", "id"], condition=Q(state__in=OPEN), name="job_open_in_line"),
            models.Index(fields=["-ended_at"], condition=Q(state="done"), name="job_done_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.subject} {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state in OPEN
