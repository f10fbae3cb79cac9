"""What is written down when somebody changes how they sign in, and how an administrator helps who is locked out."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from bilik.kit.errors import refuse
from bilik.people import errors
from bilik.people.actions.journal import journal
from bilik.people.models import Person
from bilik.people.queries import is_administrator


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
    journal(by=by, now=now, verb="people.reset_second_factor", about=person, data={"removed": count})
    return count
