"""What a person, or the guardian of a minor, agreed to.

Which words, in which language, when, and until when.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bilik.people.states import Channel, GivenBy, Language, Purpose


class ConsentQuerySet(models.QuerySet["Consent"]):
    def open(self) -> ConsentQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """One agreement to one purpose. Withdrawn, never changed or deleted; the words are in data/consents/."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=Language)
    text_digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    given_by = models.CharField(max_length=10, choices=GivenBy, default=GivenBy.PERSON)
    guardian = models.ForeignKey("people.Guardian", models.PROTECT, null=True, blank=True, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person", "purpose", "given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "purpose", "given_by"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_one_open",
            ),
            models.CheckConstraint(
                condition=Q(given_by="person", guardian__isnull=True) | Q(given_by="guardian", guardian__isnull=False),
                name="people_consent_guardian_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} version {self.version}"
