"""Ways into a group: a code on the wall, an invitation by e-mail."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bilik.groups.models.group import Group
from bilik.groups.states import InvitationState
from bilik.kit.ids import new_id


class JoinCode(models.Model):
    """A short code that lets learners into a group. It is read from a wall by a whole class, so it is no secret for
    long: it expires, counts its uses and can be revoked.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=12, unique=True)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    most_uses = models.PositiveSmallIntegerField()
    uses = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(uses__lte=F("most_uses")), name="groups_code_not_used_too_often")
        ]

    def __str__(self) -> str:
        return f"code of group {self.group_id}"

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at and self.uses < self.most_uses


class Invitation(models.Model):
    """A letter by e-mail that lets one person in, once. The token itself is nowhere stored, only its digest; the
    address is forgotten when the invitation is over.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="invitations")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.SENT)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "email"], condition=Q(state="sent"), name="groups_invitation_one_open"
            ),
            models.CheckConstraint(condition=Q(state="sent") | Q(email=""), name="groups_invitation_address_forgotten"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.ref} ({self.state})"
