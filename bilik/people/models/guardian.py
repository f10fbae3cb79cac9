"""The adult who answers for a minor, and the one-time code with which they do so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bilik.kit.ids import new_id
from bilik.people.states import Channel, GuardianState, Language, Relation


class Guardian(models.Model):
    """A request to a guardian and what became of it.

    The code itself is nowhere stored, only its keyed digest.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    # The last part of the address on the paper: short enough to be typed, and useless without the code.
    token = models.CharField(max_length=12, unique=True, editable=False)
    minor = models.ForeignKey("people.Person", models.PROTECT, related_name="guardians")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=200, blank=True)
    relation = models.CharField(max_length=20, choices=Relation)
    language = models.CharField(max_length=2, choices=Language)
    state = models.CharField(max_length=20, choices=GuardianState, default=GuardianState.REQUESTED)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    code_hash = models.CharField(max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-requested_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["minor"],
                condition=Q(state__in=["requested", "confirmed"]),
                name="people_guardian_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"guardian link {self.ref} ({self.state})"
