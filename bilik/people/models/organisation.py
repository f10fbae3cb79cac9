"""Organisations as a tree, and who has which role in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bilik.kit.ids import new_id
from bilik.people.states import OrganisationKind, Role


class Organisation(models.Model):
    """An academy, a ministry, a centre, a school, an employer or a partner.

    `path` is the slugs from the root down to here ("academy/ganja/"): slugs and parents are fixed at
    birth, so the path never changes, and "this one and all below" is one comparison.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    region = models.ForeignKey("people.Region", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=600, unique=True, editable=False)
    founded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> list[str]:
        """The slugs from the root to here."""
        return self.path.rstrip("/").split("/")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> MembershipQuerySet:
        return self.filter(until__isnull=True)


class Membership(models.Model):
    """A person's role in an organisation for a time.

    Ended, never deleted: statistics need to know who was where.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation", "role", "since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(until__isnull=True),
                name="people_membership_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of organisation {self.organisation_id}"
