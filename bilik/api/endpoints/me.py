"""Who calls, and in which language the academy speaks to them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Router

from bilik.api.calling import call
from bilik.api.endpoints import why
from bilik.api.models import Token
from bilik.api.schemas.me import HeldRole, Me, OwnToken, ProfileChange
from bilik.api.states import Scope
from bilik.kit.clock import utc_now
from bilik.people.actions import change_profile
from bilik.people.queries import roles_of, why_not_learn

router = Router(tags=["me"])


@call(router, "GET", "/me", scope=Scope.PROFILE_READ, gives=Me, summary=_("Who you are, and what this token may do."))
def me(request: Any) -> Me:
    return _me(request.auth)


@call(router, "PATCH", "/me", scope=Scope.PROFILE_WRITE, gives=Me, summary=_("Changes the language of your account."))
def change_me(request: Any, body: ProfileChange) -> Me:
    change_profile(by=request.user, now=utc_now(), person=request.user, language=body.language)
    return _me(request.auth)


def _me(token: Token) -> Me:
    person, now = token.person, utc_now()
    return Me(
        ref=person.ref,
        username=person.username,
        name=person.display_name,
        language=person.language,
        age_band=str(person.age_band(now)),
        region=person.region_id,
        country=person.country or None,
        roles=[HeldRole(role=one.role, organisation=one.slug, organisation_name=one.name) for one in roles_of(person)],
        why_not_learn=why(why_not_learn(person, now)),
        token=OwnToken(
            name=token.name,
            prefix=token.prefix,
            scopes=[scope.value for scope in token.allowed],
            expires_at=token.expires_at,
        ),
    )
