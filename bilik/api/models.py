"""The tokens with which people's programs come in."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from bilik.api.states import Scope
from bilik.kit.ids import new_id


class TokenQuerySet(models.QuerySet["Token"]):
    def living(self, now: datetime) -> TokenQuerySet:
        """Those that still let somebody in."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class Token(models.Model):
    """A token of a person. Its text is shown once; stored are its public `prefix` and a digest of the whole."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    scopes = models.JSONField()
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="api_token_lives_for_a_while"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-made_at"], name="api_token_of_person")]

    def __str__(self) -> str:
        return f"token {self.prefix}"

    @property
    def allowed(self) -> list[Scope]:
        """Its scopes in the order of the table."""
        return [scope for scope in Scope if scope in self.scopes]
