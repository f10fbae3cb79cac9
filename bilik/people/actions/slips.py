"""Slips with one-time codes: how somebody without an e-mail comes in for the first time, or comes back in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from bilik.kit.errors import Refusal, refuse
from bilik.people import errors, rules
from bilik.people.actions.journal import journal
from bilik.people.actions.signing import end_other_ways_in
from bilik.people.models import JournalEntry, Organisation, Person, SignInSlip
from bilik.people.queries import slip_rows

# No 0, O, 1, I, L: the code is read from paper and typed on a phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BATCH = 500


@transaction.atomic
def issue_slips(
    *, by: Person, now: datetime, organisation: Organisation, people: Sequence[Person]
) -> list[tuple[Person, str]]:
    """Makes a code for each of these learners of an organisation, and returns it: it is stored nowhere.

    An older slip of the same person does not work any more. Refuses as a whole when one of them may have none.
    """
    rows = {row.person.pk: row for row in slip_rows(organisation, by)}
    for person in people:
        refuse(rows[person.pk].refusal if person.pk in rows else errors.NotAllowed())
    codes = [(person, _new_code()) for person in people]
    SignInSlip.objects.filter(person__in=[person.pk for person in people]).delete()
    SignInSlip.objects.bulk_create([_slip(person, code, now) for person, code in codes], batch_size=BATCH)
    entries = [
        JournalEntry(at=now, by=by, verb="people.issue_slip", about_type="people.person", about_id=str(person.ref),
                     organisation=organisation)
        for person in people
    ]  # fmt: skip
    JournalEntry.objects.bulk_create(entries, batch_size=BATCH)
    return [(person, _shown(code)) for person, code in codes]


@transaction.atomic
def mail_slip(*, by: Person | None, now: datetime, person: Person, address: str) -> str:
    """Makes the code of a letter to somebody whom a list brought and who has never signed in."""
    refuse(errors.AccountClosed() if person.erased_at or not person.is_active else None)
    refuse(errors.SlipHasEmail() if person.has_usable_password() else None)
    code = _new_code()
    SignInSlip.objects.filter(person=person).delete()
    slip = _slip(person, code, now)
    slip.mailed_to = address
    slip.save(force_insert=True)
    journal(by=by, now=now, verb="people.mail_slip", about=person)
    return _shown(code)


def use_slip(*, now: datetime, username: str, code: str, password: str) -> Person:
    """Sets the password of whoever holds the slip, and uses the slip up.

    A wrong code is counted even though nothing else happens; nobody learns whether the username is known.
    """
    refusal: Refusal | None
    with transaction.atomic():
        slip = (
            SignInSlip.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(person__username__iexact=username.strip())
            .first()
        )
        refusal = _why_not(slip, code, now)
        if slip is not None and refusal is None:
            _set_password(slip, password, now)
    refuse(refusal)
    assert slip is not None
    return slip.person


def _why_not(slip: SignInSlip | None, code: str, now: datetime) -> Refusal | None:
    if slip is None or now >= slip.expires_at or slip.wrong_codes >= rules.WRONG_CODES or not slip.person.is_active:
        return errors.SlipWrong()
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    if constant_time_compare(slip.code_hash, _hash(slip.person, plain)):
        return None
    slip.wrong_codes += 1
    slip.save(update_fields=["wrong_codes"])
    return errors.SlipWrong()


def _set_password(slip: SignInSlip, password: str, now: datetime) -> None:
    person = slip.person
    person.set_password(password)
    person.save(update_fields=["password"])
    end_other_ways_in(now=now, person=person)
    if slip.mailed_to and not EmailAddress.objects.filter(email=slip.mailed_to, verified=True).exists():
        EmailAddress.objects.filter(user=person, email=slip.mailed_to).update(verified=True)
    journal(by=person, now=now, verb="people.use_slip", about=person)
    slip.delete()


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def _shown(code: str) -> str:
    """A code as it is printed."""
    return f"{code[:4]}-{code[4:]}"


def _slip(person: Person, code: str, now: datetime) -> SignInSlip:
    return SignInSlip(person=person, code_hash=_hash(person, code), issued_at=now, expires_at=now + rules.SLIP_LIFE)


def _hash(person: Person, code: str) -> str:
    return salted_hmac("people.slip", f"{person.ref.hex}:{code}", algorithm="sha256").hexdigest()
