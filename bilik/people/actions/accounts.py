"""Becoming a person here, and changing what is known of one."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bilik.kit.errors import refuse
from bilik.people import errors, rules
from bilik.people.actions.consents import give_consent
from bilik.people.actions.journal import journal
from bilik.people.models import Person, Region
from bilik.people.models.person import username_shape
from bilik.people.queries import is_administrator
from bilik.people.states import AccessClass, Language, Purpose


@transaction.atomic
def register(
    *,
    by: Person | None,
    now: datetime,
    username: str,
    password: str | None,
    display_name: str,
    birth_year: int,
    birth_month: int,
    language: str = Language.EN,
    email: str = "",
    region: Region | str | None = None,
    access_class: str = "",
    consent_language: str | None = "",
) -> Person:
    """Opens an account. `consent_language` is the language in which the consent to learning was read and
    given on the same page ("" for the person's own); None when no consent was given.

    `by` is None when people sign up themselves (the journal then names the new person). A password of
    None makes an account that nobody can sign in to until a password is set.
    """
    refuse(rules.why_not_register(birth_year, birth_month, now))
    username = username.strip().lower()
    try:
        username_shape(username)
    except ValidationError as error:
        raise errors.UsernameShape(username_shape.message) from error
    if isinstance(region, str):
        region = Region.objects.get(pk=region)
    person = Person(
        username=username,
        email=email.strip().lower(),
        display_name=display_name.strip() or username,
        language=Language(language),
        birth_year=birth_year,
        birth_month=birth_month,
        region=region,
        country=region.country if region else "",
        access_class=AccessClass(access_class) if access_class else "",
        joined_at=now,
    )
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise errors.UsernameTaken() from error
    journal(
        by=by or person,
        now=now,
        verb="people.register",
        about=person,
        data={"band": str(person.age_band(now)), "region": region.code if region else None},
    )
    if consent_language is not None:
        give_consent(by=person, now=now, person=person, purpose=Purpose.LEARNING, language=consent_language)
    return person


@transaction.atomic
def change_profile(
    *,
    by: Person | None,
    now: datetime,
    person: Person,
    display_name: str | None = None,
    language: str | None = None,
    region: Region | None = None,
    access_class: str | None = None,
    birth_year: int | None = None,
    birth_month: int | None = None,
) -> Person:
    """Changes what is given; what is None stays. The birth month can be told once, when it was not known."""
    refuse(rules.why_not_act_for(by, person, administrator=is_administrator(by)))
    facts: dict[str, object] = {}
    if display_name is not None and display_name.strip():
        facts["display_name"] = display_name.strip()
    if language is not None:
        facts["language"] = Language(language)
    if region is not None:
        facts |= {"region": region, "country": region.country}
    if access_class:
        facts["access_class"] = AccessClass(access_class)
    if birth_year is not None and birth_month is not None:
        refuse(errors.BirthFixed() if person.birth_month is not None else None)
        refuse(rules.why_not_register(birth_year, birth_month, now))
        facts |= {"birth_year": birth_year, "birth_month": birth_month}
    changed = [name for name, value in facts.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, facts[name])
    if changed:
        person.save(update_fields=changed)
        journal(by=by, now=now, verb="people.change_profile", about=person, data={"fields": changed})
    return person
