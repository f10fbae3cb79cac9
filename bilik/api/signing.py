"""Who calls: the token in the header, how often it may, and whether it opens this call. Cookies count for nothing."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security.http import HttpAuthBase

from bilik.api import errors, problems, queries, rules
from bilik.api.actions import note_use
from bilik.api.limits import Limit
from bilik.api.models import Token
from bilik.api.states import Scope
from bilik.kit.clock import utc_now
from bilik.kit.errors import refuse
from bilik.people.queries import second_factor_wish
from bilik.people.states import SecondFactorWish
from bilik.web.middleware.language import offered

# Before anybody knows who calls. A class behind one address is thirty people; a scanner is thousands of calls.
ADDRESSES = Limit(most=1_200, seconds=60)
TOKENS = Limit(most=settings.API_CALLS_A_MINUTE, seconds=60)


class Needs(HttpAuthBase):
    """Lets a call in whose token has this scope. `request.auth` is then the token and `request.user` its person."""

    openapi_scheme = "bearer"

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Token:
        """The token of a call. Raises TooManyCalls, TokenNeeded, TokenUnknown, TokenExpired, ScopeNeeded …"""
        moment = time.monotonic()
        by_address = ADDRESSES.take(_address(request), moment)
        refuse(None if by_address.passes else problems.too_many(by_address.wait))
        token, now = _token(request), utc_now()
        refuse(rules.why_not_enter(token, token.person, now))
        left = TOKENS.take(token.prefix, moment)
        request.calls_left = left  # type: ignore[attr-defined]
        _speak(request, token.person)
        refuse(None if left.passes else problems.too_many(left.wait))
        if settings.SECOND_FACTOR_REQUIRED and second_factor_wish(token.person) == SecondFactorWish.REQUIRED:
            raise errors.SecondFactorNeeded()
        refuse(rules.why_not_call(token, self.scope))
        note_use(now=now, token=token)
        request.user = token.person
        return token


def _address(request: HttpRequest) -> str:
    """Where a call comes from; "" behind a socket that does not tell."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def _token(request: HttpRequest) -> Token:
    scheme, _blank, text = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise errors.TokenNeeded()
    found = queries.token_by_text(text.strip())
    if found is None:
        raise errors.TokenUnknown()
    return found


def _speak(request: HttpRequest, person: Any) -> None:
    """The language that the call asks for; without one that is offered, the person's own."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    language = next((found for code, _weight in asked if (found := offered(code))), person.language)
    translation.activate(language)
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
