"""Asking a guardian, and what the guardian answers with the code from the letter."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from bilik.kit.errors import Refusal, refuse
from bilik.people import errors, rules
from bilik.people.actions.consents import give_as_guardian, rebuild_standing
from bilik.people.actions.journal import journal
from bilik.people.models import Consent, Guardian, Person
from bilik.people.queries import is_administrator, person_by_ref
from bilik.people.states import Channel, GivenBy, GuardianState, Language, Purpose, Relation, may_move

# No 0, O, 1, I, L: the code is read from paper and typed on a phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def request_guardian(
    *,
    by: Person | None,
    now: datetime,
    person: Person,
    name: str,
    relation: str,
    language: str,
    contact: str = "",
    channel: str = Channel.WEB,
) -> tuple[Guardian, str]:
    """Opens a link to a guardian and returns it with its code, which exists nowhere else.

    A request that is still open is withdrawn: only the newest letter counts. Staff who may see the child's record
    (a trainer of the school, say) may have letters made on paper, which the school gives out.
    """
    sees = by is not None and person_by_ref(person.ref, by) is not None
    refuse(rules.why_not_ask_guardian(by, person, channel, administrator=is_administrator(by), sees=sees))
    links = list(Guardian.objects.select_for_update().filter(minor=person))
    open_link = next((link for link in links if link.state in ("requested", "confirmed")), None)
    today = sum(1 for link in links if link.requested_at > now - timedelta(days=1))
    refuse(rules.why_not_request_guardian(person, open_link.state if open_link else None, today, now))
    if open_link:
        _move(open_link, GuardianState.WITHDRAWN, withdrawn_at=now)
    token, code = _letters(8).lower(), _letters(10)
    guardian = Guardian.objects.create(
        minor=person,
        token=token,
        name=name.strip(),
        contact=contact.strip(),
        relation=Relation(relation),
        language=Language(language),
        channel=channel,
        code_hash=_hash(token, code),
        requested_at=now,
        expires_at=now + rules.CODE_LIFE,
    )
    journal(
        by=by,
        now=now,
        verb="people.request_guardian",
        about=person,
        data={"guardian": str(guardian.ref), "channel": str(channel)},
    )
    return guardian, f"{code[:5]}-{code[5:]}"


def confirm_guardian(
    *,
    now: datetime,
    guardian: Guardian,
    code: str,
    language: str,
    also: Iterable[str] = (),
    by: Person | None = None,
) -> str:
    """The guardian agrees to learning, and to what is named in `also` (follow_up, research, photo).

    Uses the code up and returns a new one, with which the guardian can take the consent back at any time.
    `by` is None: guardians need no account.
    """
    refusal: Refusal | None
    with transaction.atomic():
        link, refusal = _open_with_code(guardian, code, now)
        if refusal is None:
            purposes = [Purpose.LEARNING.value]
            purposes += [one for one in dict.fromkeys(also) if one in rules.FOR_GUARDIANS and one not in purposes]
            back = _letters(10)
            _move(
                link,
                GuardianState.CONFIRMED,
                answered_at=now,
                code_hash=_hash(link.token, back),
                wrong_codes=0,
            )
            give_as_guardian(now=now, guardian=link, purposes=purposes, language=language, channel=link.channel)
            rebuild_standing(person=link.minor)
            journal(
                by=by,
                now=now,
                verb="people.confirm_guardian",
                about=link.minor,
                data={"guardian": str(link.ref), "purposes": purposes},
            )
    # Outside the transaction, so that a wrong code stays counted.
    refuse(refusal)
    return f"{back[:5]}-{back[5:]}"


def refuse_guardian(*, now: datetime, guardian: Guardian, code: str, by: Person | None = None) -> Guardian:
    """The guardian says no. The child can go on trying things out; nothing is kept."""
    with transaction.atomic():
        link, refusal = _open_with_code(guardian, code, now)
        if refusal is None:
            _move(link, GuardianState.REFUSED, answered_at=now, code_hash="")
            journal(
                by=by,
                now=now,
                verb="people.refuse_guardian",
                about=link.minor,
                data={"guardian": str(link.ref)},
            )
    refuse(refusal)
    return link


def look_as_guardian(*, now: datetime, guardian: Guardian, code: str, by: Person | None = None) -> Guardian:
    """A guardian who agreed shows with the second code that it is they, and then may see what is kept of the child.

    Journalled about the child; wrong codes are counted as everywhere.
    """
    with transaction.atomic():
        link = _locked(guardian)
        refusal = rules.why_not_look(link) or _wrong(link, code)
        if refusal is None:
            link.wrong_codes = 0
            link.save(update_fields=["wrong_codes"])
            data = {"guardian": str(link.ref)}
            journal(by=by, now=now, verb="people.look_as_guardian", about=link.minor, data=data)
    refuse(refusal)
    return link


def withdraw_guardian(*, now: datetime, guardian: Guardian, code: str = "", by: Person | None = None) -> Guardian:
    """Takes a confirmation back.

    By the guardian with the second code, or by an administrator at their request.
    """
    trusted = is_administrator(by)
    with transaction.atomic():
        link = _locked(guardian)
        refusal = rules.why_not_withdraw_link(link)
        if refusal is None and not trusted:
            refusal = _wrong(link, code)
        if refusal is None:
            _move(link, GuardianState.WITHDRAWN, withdrawn_at=now, code_hash="")
            Consent.objects.open().filter(guardian=link, given_by=GivenBy.GUARDIAN).update(withdrawn_at=now)
            rebuild_standing(person=link.minor)
            journal(
                by=by,
                now=now,
                verb="people.withdraw_guardian",
                about=link.minor,
                data={"guardian": str(link.ref)},
            )
    refuse(refusal)
    return link


def _locked(guardian: Guardian) -> Guardian:
    return Guardian.objects.select_for_update(of=("self",)).select_related("minor").get(pk=guardian.pk)


def _open_with_code(guardian: Guardian, code: str, now: datetime) -> tuple[Guardian, Refusal | None]:
    link = _locked(guardian)
    return link, rules.why_not_answer_link(link, link.minor, now) or _wrong(link, code)


def _wrong(link: Guardian, code: str) -> Refusal | None:
    """Compares a code in constant time and counts it when it is wrong."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    if link.code_hash and constant_time_compare(_hash(link.token, typed), link.code_hash):
        return None
    link.wrong_codes += 1
    link.save(update_fields=["wrong_codes"])
    return errors.WrongCode()


def _move(link: Guardian, state: GuardianState, **facts: object) -> None:
    if not may_move(link.state, state):
        raise errors.LinkAnswered()
    link.state = state
    for name, value in facts.items():
        setattr(link, name, value)
    link.save(update_fields=["state", *facts])


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _hash(token: str, code: str) -> str:
    return salted_hmac(f"bilik.people.guardian.{token}", code, algorithm="sha256").hexdigest()
