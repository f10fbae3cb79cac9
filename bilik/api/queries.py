"""Questions about tokens. Fetching is the permission: a person gets their own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from bilik.api.models import Token
from bilik.api.rules import scopes_for
from bilik.api.states import Scope
from bilik.api.token_text import digest_of, name_of
from bilik.groups.queries import places_to_found

if TYPE_CHECKING:
    from bilik.people.models import Person


def tokens_of(person: Person, now: datetime) -> QuerySet[Token]:
    """The tokens of a person that let somebody in, the newest first."""
    return Token.objects.living(now).filter(person=person)


def token_of(ref: UUID, person: Person) -> Token | None:
    """One token, if it is this person's."""
    return Token.objects.filter(ref=ref, person=person).first()


def token_by_text(text: str) -> Token | None:
    """The token that somebody sent, with its person, whether it is still good or not. One query; none for a text that
    is no token. The digests are compared in constant time, also where the name is not known.
    """
    name = name_of(text)
    if name is None:
        return None
    found = Token.objects.select_related("person").filter(prefix=name).first()
    same = constant_time_compare(digest_of(text), found.digest if found else "0" * 64)
    return found if same else None


def offered_scopes(person: Person) -> tuple[Scope, ...]:
    """The scopes that this person can give a token: those of trainers only where they may lead groups."""
    return scopes_for(may_lead=bool(places_to_found(person)))
