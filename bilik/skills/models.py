"""The shared vocabulary in the database, so that other rooms can point at it with a foreign key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    KNOWLEDGE = "knowledge", _("Knowledge")
    SKILL = "skill", _("Skill")
    COMPETENCE = "competence", _("Competence")


class Skill(models.Model):
    """A concept of ESCO ("esco:…"), DigComp ("digcomp:3.4") or our own namespace ("ext:python-loops")."""

    id = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind)
    names = models.JSONField()
    uri = models.URLField(max_length=200, blank=True)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")
    position = models.PositiveIntegerField()
    track = models.CharField(max_length=40)
    # A concept that left the files is kept, because evidence may point at it.
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.id


class Occupation(models.Model):
    """An ESCO occupation that a track leads to: the list behind "employed in the field"."""

    id = models.CharField(max_length=80, primary_key=True)
    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    uri = models.URLField(max_length=200)
    track = models.CharField(max_length=40)
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.id
