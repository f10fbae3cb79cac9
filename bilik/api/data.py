"""A person's tokens: given to them as data without what opens anything, or forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.api.actions import revoke_all_tokens
from bilik.api.models import Token

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Every token there ever was, with its use."""
    return {
        "tokens": [
            {
                "name": token.name,
                "prefix": token.prefix,
                "scopes": token.scopes,
                "made_at": token.made_at.isoformat(),
                "expires_at": token.expires_at.isoformat(),
                "used_at": token.used_at.isoformat() if token.used_at else None,
                "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
            }
            for token in Token.objects.filter(person=person)
        ]
    }


def erase(person: Person, now: datetime) -> None:
    """Ends them all, and then nothing of them is left: a name of a token may be anything."""
    revoke_all_tokens(by=None, now=now, person=person, why="closed")
    Token.objects.filter(person=person).delete()


def sign_out(person: Person, now: datetime) -> None:
    """A password that was set anew, or a second factor that was taken away, ends them all."""
    revoke_all_tokens(by=None, now=now, person=person, why="sign_in")
