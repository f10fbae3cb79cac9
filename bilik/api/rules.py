"""Whether something may be done, and why not. Pure: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from bilik.api import errors
from bilik.api.states import OF_TRAINERS, Scope
from bilik.kit.errors import Refusal
from bilik.people.errors import AccountClosed
from bilik.people.states import SecondFactorWish

SHORTEST, USUAL, LONGEST = timedelta(days=1), timedelta(days=90), timedelta(days=365)
MOST_TOKENS = 20
# When a token was used is written at most this often: reading should not write each time.
USE_NOTED_EACH = timedelta(hours=1)


class TokenLike(Protocol):
    """What a rule reads of a token."""

    expires_at: datetime
    revoked_at: datetime | None
    scopes: list[str]


class Owner(Protocol):
    """What a rule reads of the person of a token."""

    is_active: bool
    erased_at: datetime | None


def scopes_for(*, may_lead: bool) -> tuple[Scope, ...]:
    """The scopes that are offered to somebody."""
    return tuple(scope for scope in Scope if may_lead or scope not in OF_TRAINERS)


def why_not_make(
    scopes: Collection[str],
    life: timedelta,
    *,
    owner: Owner,
    offered: Collection[str],
    living: int,
    wish: SecondFactorWish,
) -> Refusal | None:
    """Why somebody cannot make a token with these scopes for so long; `living` is how many they have."""
    if not owner.is_active or owner.erased_at:
        return AccountClosed()
    if wish == SecondFactorWish.REQUIRED:
        return errors.SecondFactorNeeded()
    if not scopes:
        return errors.NoScopes()
    if set(scopes) - set(offered):
        return errors.ScopeNotOffered()
    if not SHORTEST <= life <= LONGEST:
        return errors.ExpiryImpossible()
    return errors.TooManyTokens() if living >= MOST_TOKENS else None


def why_not_enter(token: TokenLike, owner: Owner, now: datetime) -> Refusal | None:
    """Why a token that was recognised lets nobody in. Who has lost a token learns nothing from it any more."""
    if token.revoked_at is not None or not owner.is_active or owner.erased_at:
        return errors.TokenUnknown()
    return errors.TokenExpired() if now >= token.expires_at else None


def why_not_call(token: TokenLike, scope: Scope) -> Refusal | None:
    """Why a token does not open a call."""
    if scope in token.scopes:
        return None
    return errors.ScopeNeeded(errors.ScopeNeeded.sentence % {"scope": scope.value}, scope=scope.value)


def use_is_due(used_at: datetime | None, now: datetime) -> bool:
    """Whether it should be written down that a token was used."""
    return used_at is None or now - used_at >= USE_NOTED_EACH
