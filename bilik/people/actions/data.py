"""A person's own data: all of it in one file, or nothing of it left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction

from bilik.kit.errors import refuse
from bilik.people import errors, rules, texts
from bilik.people.actions.journal import journal
from bilik.people.models import (
    Consent,
    ExternalId,
    Guardian,
    Invitation,
    JournalEntry,
    Letter,
    Membership,
    Person,
    RosterUpload,
    SignInSlip,
)  # fmt: skip
from bilik.people.queries import is_administrator, journal_for
from bilik.people.states import GuardianState

Export = Callable[[Person], dict[str, Any]]
Eraser = Callable[[Person, datetime], None]

_exports: dict[str, Export] = {}
_erasers: dict[str, Eraser] = {}


def register_export(room: str, export: Export) -> None:
    """Lets a room add its part to `export_my_data`; called once, in `AppConfig.ready()`."""
    if _exports.get(room, export) is not export:
        raise ValueError(f"{room} exports already")
    _exports[room] = export


def register_eraser(room: str, eraser: Eraser) -> None:
    """Lets a room take part in `erase_person`, in the same transaction.

    Called once, in `AppConfig.ready()`.
    """
    if _erasers.get(room, eraser) is not eraser:
        raise ValueError(f"{room} erases already")
    _erasers[room] = eraser


@transaction.atomic
def export_my_data(*, by: Person, now: datetime, person: Person) -> dict[str, Any]:
    """Everything that is stored about a person, ready for JSON.

    This room's part, then one part for each room.
    """
    refuse(rules.why_not_act_for(by, person, administrator=is_administrator(by)))
    parts: dict[str, Any] = {
        "made_at": now.isoformat(),
        "person": _account(person),
        "organisations": [_membership(one) for one in person.memberships.select_related("organisation")],
        "consents": [_consent(one) for one in person.consents.all()],
        "guardians": [_guardian(one) for one in person.guardians.all()],
        "signing_in": _signing_in(person),
        "external_ids": list(person.external_ids.values("source", "value")),
        "journal": [_entry(one, person) for one in journal_for(person, person=person)],
    }
    for room, export in sorted(_exports.items()):
        parts[room] = export(person)
    journal(by=by, now=now, verb="people.export_my_data", about=person)
    return parts


@transaction.atomic
def erase_person(*, by: Person, now: datetime, person: Person, password: str) -> Person:
    """Deletes what points to a person; what is left is a reference, a birth year and a region, for
    statistics.

    The password of whoever asks (the person, or an administrator) has to be typed again.
    """
    refuse(rules.why_not_act_for(by, person, administrator=is_administrator(by)))
    refuse(None if by.check_password(password) else errors.WrongPassword())
    for _room, eraser in sorted(_erasers.items()):
        eraser(person, now)
    _erase_signing_in(person, now)
    LogEntry.objects.filter(content_type__app_label="people", object_id=str(person.pk)).delete()
    Consent.objects.filter(person=person).update(note="")
    Consent.objects.open().filter(person=person).update(withdrawn_at=now)
    Membership.objects.open().filter(person=person).update(until=now)
    Guardian.objects.filter(minor=person).update(name="", contact="", code_hash="")
    Guardian.objects.filter(minor=person, state__in=[GuardianState.REQUESTED, GuardianState.CONFIRMED]).update(
        state=GuardianState.WITHDRAWN, withdrawn_at=now
    )
    _forget(person, now)
    _end_sessions(person, now)
    journal(by=by, now=now, verb="people.erase_person", about=person)
    return person


def _erase_signing_in(person: Person, now: datetime) -> None:
    """Everything by which somebody signs in, and by which others could call them here."""
    for table in (EmailAddress, Authenticator, SocialAccount, UserSession):
        table.objects.filter(user=person).delete()
    for owned in (ExternalId, SignInSlip, Letter):
        owned.objects.filter(person=person).delete()
    RosterUpload.objects.filter(by=person).delete()
    Invitation.objects.filter(by=person, ended_at__isnull=True).update(ended_at=now, email="")


def _forget(person: Person, now: datetime) -> None:
    person.username = f"erased-{person.ref.hex[-20:]}"
    person.email = person.display_name = ""
    person.birth_month = person.last_login = None
    person.learning_consent_at = person.guardian_consent_at = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = now
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()


def _end_sessions(person: Person, now: datetime) -> None:
    """Sessions name their person only inside, so all living ones are read; rare enough to afford."""
    mine = [
        session.pk
        for session in Session.objects.iterator(chunk_size=500)
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _account(person: Person) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=person).values_list("email", "verified")
    return {
        "ref": str(person.ref),
        "username": person.username,
        "name": person.display_name,
        "email": person.email,
        "addresses": [{"email": email, "verified": verified} for email, verified in addresses],
        "language": person.language,
        "birth_year": person.birth_year,
        "birth_month": person.birth_month,
        "country": person.country,
        "region": person.region_id,
        "access_class": person.access_class,
        "joined_at": person.joined_at.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
    }


def _signing_in(person: Person) -> dict[str, Any]:
    """How somebody signs in and from where; never the secrets themselves."""
    factors = Authenticator.objects.filter(user=person).values_list("type", "created_at", "last_used_at")
    sessions = UserSession.objects.filter(user=person).values_list("ip", "user_agent", "created_at")
    return {
        "second_factors": [
            {"kind": kind, "since": since.isoformat(), "used_at": used.isoformat() if used else None}
            for kind, since, used in factors
        ],
        "providers": list(SocialAccount.objects.filter(user=person).values("provider", "uid", "extra_data")),
        "sessions": [{"ip": ip, "browser": agent, "since": since.isoformat()} for ip, agent, since in sessions],
    }


def _membership(membership: Membership) -> dict[str, Any]:
    return {
        "organisation": membership.organisation.name,
        "role": membership.role,
        "since": membership.since.isoformat(),
        "until": membership.until.isoformat() if membership.until else None,
    }


def _consent(consent: Consent) -> dict[str, Any]:
    text = texts.all_texts().get((consent.purpose, consent.version))
    return {
        "purpose": consent.purpose,
        "version": consent.version,
        "language": consent.language,
        "text": text.body(consent.language) if text else None,
        "text_digest": consent.text_digest,
        "channel": consent.channel,
        "given_by": consent.given_by,
        "given_at": consent.given_at.isoformat(),
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
        "note": consent.note,
    }


def _guardian(guardian: Guardian) -> dict[str, Any]:
    return {
        "name": guardian.name,
        "contact": guardian.contact,
        "relation": guardian.relation,
        "language": guardian.language,
        "state": guardian.state,
        "requested_at": guardian.requested_at.isoformat(),
        "answered_at": guardian.answered_at.isoformat() if guardian.answered_at else None,
        "withdrawn_at": guardian.withdrawn_at.isoformat() if guardian.withdrawn_at else None,
    }


def _entry(entry: JournalEntry, person: Person) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "verb": entry.verb,
        "about": f"{entry.about_type} {entry.about_id}",
        "by_me": entry.by_id == person.pk,
        "data": entry.data,
    }
