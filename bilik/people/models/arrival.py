"""How people come in who did not sign up themselves: lists, slips, invitations, and letters that wait to be sent."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from bilik.kit.ids import new_id
from bilik.people.states import LetterKind, Role

UPLOAD_LIFE = timedelta(hours=2)


class ExternalId(models.Model):
    """What another system calls a person (or the address by which a list without ids names them).

    `source` is the short name of the organisation whose list it was.
    """

    source = models.CharField(max_length=60)
    value = models.CharField(max_length=254)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="external_ids")
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["source", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "value"], name="people_external_id_once"),
        ]

    def __str__(self) -> str:
        return f"external id of person {self.person_id}"


class RosterUpload(models.Model):
    """A list between its dry run and its import. Deleted after either, and when it is too old."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    # Compressed with zlib.
    content = models.BinaryField()
    uploaded_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"list {self.ref}"


class SignInSlip(models.Model):
    """A one-time code with which somebody chooses a password. Only its keyed digest is stored."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="slip")
    code_hash = models.CharField(max_length=64)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    # The code went to the person's own address alone, so using it confirms the address.
    mailed_to = models.EmailField(blank=True, default="")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"slip of person {self.person_id}"


class Invitation(models.Model):
    """A role offered by letter. Whoever has the address in the letter and signs in may take it, once."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    taken_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "role", "email"],
                condition=Q(ended_at__isnull=True),
                name="people_invitation_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.ref}"


class Letter(models.Model):
    """A letter that an import left to be sent. Its code is made when it is sent, and is stored nowhere."""

    kind = models.CharField(max_length=20, choices=LetterKind)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="letters")
    address = models.EmailField()
    # For a guardian's letter: how the guardian is called.
    name = models.CharField(max_length=120, blank=True, default="")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=60)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["tries", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "person", "address"], name="people_letter_once"),
        ]

    def __str__(self) -> str:
        return f"letter to person {self.person_id}"
