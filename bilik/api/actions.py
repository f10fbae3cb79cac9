"""Verbs on tokens: make, revoke, note that one was used."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from bilik.api import queries, rules
from bilik.api.models import Token
from bilik.api.states import Scope
from bilik.api.token_text import digest_of, new_token
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.people.queries import second_factor_wish

if TYPE_CHECKING:
    from bilik.people.models import Person


@transaction.atomic
def make_token(
    *, by: Person, now: datetime, name: str, scopes: Collection[str], life: timedelta = rules.USUAL
) -> tuple[Token, str]:
    """Makes a token for whoever asks, and returns it with its text, which exists nowhere else.

    Raises NoScopes, ScopeNotOffered, ExpiryImpossible, TooManyTokens, SecondFactorNeeded.
    """
    living = queries.tokens_of(by, now).count()
    refuse(
        rules.why_not_make(
            scopes, life, owner=by, offered=queries.offered_scopes(by), living=living, wish=second_factor_wish(by)
        )
    )
    prefix, text = new_token()
    token = Token.objects.create(
        person=by,
        name=name.strip()[:60],
        scopes=[scope.value for scope in Scope if scope in scopes],
        prefix=prefix,
        digest=digest_of(text),
        made_at=now,
        expires_at=now + life,
    )
    data = {"scopes": token.scopes, "days": life.days}
    journal(by=by, now=now, verb="api.make_token", about=token, data=data)
    return token, text


@transaction.atomic
def revoke_token(*, by: Person, now: datetime, token: Token) -> Token:
    """Ends a token before its time; again changes nothing."""
    held = Token.objects.select_for_update().get(pk=token.pk)
    if held.revoked_at is None:
        held.revoked_at = now
        held.save(update_fields=["revoked_at"])
        journal(by=by, now=now, verb="api.revoke_token", about=held, data={"why": "asked"})
    return held


@transaction.atomic
def revoke_all_tokens(*, by: Person | None, now: datetime, person: Person, why: str) -> int:
    """Ends all tokens of a person, and says how many there were. `why` is "asked", "sign_in" or "closed"."""
    living = list(queries.tokens_of(person, now).select_for_update())
    Token.objects.filter(pk__in=[token.pk for token in living]).update(revoked_at=now)
    for token in living:
        journal(by=by, now=now, verb="api.revoke_token", about=token, data={"why": why})
    return len(living)


def note_use(*, now: datetime, token: Token) -> None:
    """Writes down that a token was used, at most once an hour. No journal: it would tell every hour of a program."""
    if rules.use_is_due(token.used_at, now):
        long_ago = Q(used_at__isnull=True) | Q(used_at__lte=now - rules.USE_NOTED_EACH)
        Token.objects.filter(long_ago, pk=token.pk).update(used_at=now)
        token.used_at = now
