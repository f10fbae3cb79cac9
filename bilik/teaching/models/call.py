"""Calls of trainers to learners."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bilik.kit.ids import new_id
from bilik.teaching.states import CallOutcome


class Call(models.Model):
    """What came of calling a learner; until `rests_until` they are not on the list again. `note` is the trainer's."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=30)
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices)
    note = models.CharField(max_length=500, blank=True)
    rests_until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["group", "person", "-at"], name="teaching_call_of")]

    def __str__(self) -> str:
        return f"call {self.ref}"
