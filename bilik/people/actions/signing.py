"""What is written down when somebody changes how they sign in, and how an administrator helps who is locked out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from bilik.kit.errors import refuse
from bilik.people import errors
from bilik.people.actions.journal import journal
from bilik.people.models import Person
from bilik.people.queries import is_administrator

SignOut = Callable[[Person, datetime], None]

_sign_outs: dict[str, SignOut] = {}


def register_sign_out(room: str, sign_out: SignOut) -> None:
    """Lets a room end what it gave somebody to come in with (a token, for one) whenever their password is set anew or
    their second factor is taken away, in the same transaction. Called once, in `AppConfig.ready()`.
    """
    if _sign_outs.get(room, sign_out) is not sign_out:
        raise ValueError(f"{room} signs out already")
    _sign_outs[room] = sign_out


@transaction.atomic
def end_other_ways_in(*, now: datetime, person: Person) -> None:
    """Ends everything that rooms gave a person to come in with besides the password."""
    for _room, sign_out in sorted(_sign_outs.items()):
        sign_out(person, now)


@transaction.atomic
def note_password(*, by: Person, now: datetime, person: Person) -> None:
    """Writes into the journal that a password was set, and ends what the old one may have given out."""
    end_other_ways_in(now=now, person=person)
    journal(by=by, now=now, verb="people.set_password", about=person)


@transaction.atomic
def note_sign_in_change(*, by: Person, now: datetime, person: Person, change: str) -> None:
    """Writes into the journal what allauth did: `change` is its own name for it, such as totp_activated."""
    journal(by=by, now=now, verb="people.change_sign_in", about=person, data={"change": change})


@transaction.atomic
def reset_second_factor(*, by: Person | None, now: datetime, person: Person) -> int:
    """Takes away every second factor of somebody who has lost theirs, and ends their sessions; says how many.

    An administrator, who has made sure who is asking, or the system.
    """
    refuse(None if by is None or is_administrator(by) else errors.NotAllowed())
    count, _ = Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    end_other_ways_in(now=now, person=person)
    journal(by=by, now=now, verb="people.reset_second_factor", about=person, data={"removed": count})
    return count
