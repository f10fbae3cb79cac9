"""A person: the account, and the few facts about them that the programme needs."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilik.kit.ids import new_id
from bilik.people.ages import age_at, band_at
from bilik.people.states import AccessClass, AgeBand, Country, Language

username_shape = RegexValidator(
    re.compile(r"^[a-z0-9][a-z0-9._-]*\Z", re.IGNORECASE),
    _(
        "A username is written with the letters a to z, digits, dots, hyphens and underscores, "
        "and begins with a letter or a digit."
    ),
)


class PersonManager(BaseUserManager["Person"]):
    """Finds people by username whatever the case.

    Only `createsuperuser` makes one here, all else is a verb.
    """

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username__iexact=username)

    def create_superuser(self, username: str, password: str | None = None, **facts: Any) -> Person:
        """Used by `manage.py createsuperuser` alone."""
        person = self.model(
            username=username.lower(), is_staff=True, is_superuser=True, joined_at=timezone.now(), **facts
        )
        person.display_name = person.display_name or username
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. Of the date of birth only the year and the month are kept."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    username = models.CharField(_("username"), max_length=40, unique=True, validators=[username_shape])
    email = models.EmailField(_("e-mail"), blank=True, default="")
    display_name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.EN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, choices=Country, blank=True)
    region = models.ForeignKey("people.Region", models.PROTECT, null=True, blank=True, related_name="+")
    access_class = models.CharField(max_length=20, choices=AccessClass, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Stored twice, for `rules.why_not_learn` to cost no query: rebuilt from consents and guardians by
    # actions.rebuild_standing.
    learning_consent_at = models.DateTimeField(null=True, editable=False)
    guardian_consent_at = models.DateTimeField(null=True, editable=False)

    objects = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("username"), name="people_person_username_any_case"),
            models.CheckConstraint(
                condition=Q(birth_month__isnull=True) | Q(birth_month__range=(1, 12)),
                name="people_person_birth_month",
            ),
            models.CheckConstraint(
                condition=Q(birth_month__isnull=True) | Q(birth_year__isnull=False),
                name="people_person_birth_month_of_a_year",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["email"], name="people_person_email")]

    def __str__(self) -> str:
        """Never a name: this sentence ends up in logs and in the admin's own history."""
        return f"person {uuid.UUID(str(self.ref)).hex[-12:]}"

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    def age(self, now: datetime) -> int | None:
        """Whole years, counted from the end of the birth month; None when it was never given."""
        return age_at(self.birth_year, self.birth_month, now)

    def age_band(self, now: datetime) -> AgeBand:
        return band_at(self.birth_year, self.birth_month, now)

    def is_minor(self, now: datetime) -> bool:
        """Under 18, and also when the age is not known: whoever might be a child is protected as one."""
        return self.age_band(now) is not AgeBand.ADULT
