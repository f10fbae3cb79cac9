"""Giving and taking back consent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bilik.kit.errors import refuse
from bilik.people import ages, errors, rules, texts
from bilik.people.actions.journal import journal
from bilik.people.models import Consent, Guardian, Person
from bilik.people.queries import is_administrator
from bilik.people.states import Channel, GivenBy, GuardianState, Purpose


@transaction.atomic
def give_consent(
    *,
    by: Person | None,
    now: datetime,
    person: Person,
    purpose: str,
    language: str = "",
    channel: str = Channel.WEB,
) -> Consent:
    """A person agrees, in their own name, to the words now in use; `language` is the one in which they
    read them.

    Agreeing again to the same words changes nothing. Newer words, or words first agreed to as a minor,
    replace the older consent.
    """
    refuse(rules.why_not_act_for(by, person, administrator=is_administrator(by)))
    refuse(rules.why_not_consent(person, purpose, now))
    held = Consent.objects.open().filter(person=person, purpose=purpose, given_by=GivenBy.PERSON).first()
    text = texts.current_text(purpose)
    if held and held.version == text.version and not _as_a_minor(person, held, now):
        return held
    if held:
        held.withdrawn_at = now
        held.save(update_fields=["withdrawn_at"])
    consent = _write(person, purpose, language or person.language, now, channel=channel)
    journal(
        by=by,
        now=now,
        verb="people.give_consent",
        about=person,
        data={"purpose": str(purpose), "version": text.version, "renewed": held is not None},
    )
    rebuild_standing(person=person)
    return consent


def give_as_guardian(
    *, now: datetime, guardian: Guardian, purposes: list[str], language: str, channel: str
) -> list[Consent]:
    """The consents a guardian gives with a confirmation.

    Part of `confirm_guardian`, whose transaction this is in.
    """
    minor = guardian.minor
    Consent.objects.open().filter(person=minor, given_by=GivenBy.GUARDIAN, purpose__in=purposes).update(
        withdrawn_at=now
    )
    return [
        _write(minor, purpose, language, now, channel=channel, given_by=GivenBy.GUARDIAN, guardian=guardian)
        for purpose in purposes
    ]


@transaction.atomic
def withdraw_consent(*, by: Person | None, now: datetime, person: Person, purpose: str) -> list[Consent]:
    """Takes back every consent in force for a purpose, the guardian's too. Only `learning` stops learning."""
    refuse(rules.why_not_act_for(by, person, administrator=is_administrator(by)))
    held = list(Consent.objects.open().filter(person=person, purpose=purpose))
    if not held:
        raise errors.NotInForce()
    for consent in held:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
    if purpose == Purpose.LEARNING:
        # Without the consent to learning the guardian's confirmation says nothing any more: it is
        # asked for again.
        Guardian.objects.filter(minor=person, state=GuardianState.CONFIRMED).update(
            state=GuardianState.WITHDRAWN, withdrawn_at=now, code_hash=""
        )
    journal(by=by, now=now, verb="people.withdraw_consent", about=person, data={"purpose": str(purpose)})
    rebuild_standing(person=person)
    return held


def rebuild_standing(*, person: Person) -> Person:
    """Computes anew what `rules.why_not_learn` reads of a person.

    The stored times follow from consents alone.
    """
    times = {
        row.given_by: row.given_at
        for row in Consent.objects.open().filter(person=person, purpose=Purpose.LEARNING)
        if row.given_by == GivenBy.PERSON or _confirmed(row)
    }
    person.learning_consent_at = times.get(GivenBy.PERSON)
    person.guardian_consent_at = times.get(GivenBy.GUARDIAN)
    person.save(update_fields=["learning_consent_at", "guardian_consent_at"])
    return person


def _confirmed(consent: Consent) -> bool:
    return consent.guardian is not None and consent.guardian.state == GuardianState.CONFIRMED


def _as_a_minor(person: Person, consent: Consent, now: datetime) -> bool:
    if person.birth_year is None or person.birth_month is None or rules.is_minor(person, now):
        return False
    return consent.given_at < ages.adult_since(person.birth_year, person.birth_month, now)


def _write(
    person: Person,
    purpose: str,
    language: str,
    now: datetime,
    *,
    channel: str,
    given_by: str = GivenBy.PERSON,
    guardian: Guardian | None = None,
) -> Consent:
    text = texts.current_text(purpose)
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        version=text.version,
        language=language,
        text_digest=text.digest(language),
        channel=channel,
        given_by=given_by,
        guardian=guardian,
        given_at=now,
    )
