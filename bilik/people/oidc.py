"""Sign-in by OpenID Connect: allauth's road with the checks that it leaves out, and whom it may lead where.

allauth trusts an ID token that it fetched itself and sends no nonce. Here every token is checked as OpenID Connect
Core 1.0, section 3.1.3.7 says: signature by a key of the issuer, issuer, audience, time, and the nonce of this attempt.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
import requests
from allauth.account.internal.decorators import login_not_required
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from bilik.people import queries

# Public keys only: an HMAC would make our own client's secret a key, and "none" no check at all.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 60


def verified_claims(token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """What an ID token says, once everything about it is right; OAuth2Error with the reason if anything is not.

    `keys` is the issuer's JSON Web Key Set.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise OAuth2Error(f"the token is signed by {algorithm!r}")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(keys, header.get("kid"), algorithm),
            algorithms=[algorithm],
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise OAuth2Error(f"the token cannot be trusted: {error}") from error
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise OAuth2Error("the token belongs to another attempt to sign in")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise OAuth2Error("the token was made for somebody else")
    return claims


def _key(keys: dict[str, Any], kid: str | None, algorithm: str) -> Any:
    """The key of that id. A set with one key may leave ids out."""
    rows = [one for one in keys["keys"] if one.get("use", "sig") == "sig"]
    fitting = [one for one in rows if one.get("kid") == kid] or (rows if kid is None and len(rows) == 1 else [])
    if len(fitting) != 1:
        raise OAuth2Error("the issuer has no key of that id")
    return jwt.PyJWK.from_dict(fitting[0], algorithm=algorithm).key


class OpenIDConnectAdapter(OpenIDConnectOAuth2Adapter):
    """One conversation with a provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        server = self.get_provider().app.settings["server_url"]
        wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if any(not isinstance(config.get(name), str) for name in wanted):
            raise OAuth2Error(f"{server} does not describe itself as a provider")
        # Or else one provider could speak for another.
        if config["issuer"].rstrip("/") != server.rstrip("/"):
            raise OAuth2Error(f"{server} calls itself {config['issuer']}")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise OAuth2Error("the provider sent no ID token")
        config = self.openid_config
        with get_adapter().get_requests_session() as session:
            answer = session.get(config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        claims = verified_claims(id_token, keys, issuer=config["issuer"], client_id=app.client_id, nonce=self.nonce)
        if "email" not in claims and config.get("userinfo_endpoint"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("the provider told us about somebody else")
            claims = more | claims
        # Only what an account needs: the rest of what the provider knows stays there.
        kept = ("sub", "email", "email_verified", "name", "preferred_username")
        data = {"id_token": {name: claims[name] for name in kept if name in claims}}
        return self.get_provider().sociallogin_from_response(request, data)


class OpenIDConnect(OpenIDConnectProvider):
    """A provider from the settings."""

    oauth2_adapter_class = OpenIDConnectAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> Any:
        nonce = secrets.token_urlsafe(24)
        auth_params = {"nonce": nonce}
        # What the address of our own page says about parameters is nobody's business here.
        kwargs = {name: value for name, value in kwargs.items() if name not in ("auth_params", "scope")}
        return super().redirect(
            request, process, next_url=next_url, data=data, nonce=nonce, auth_params=auth_params, **kwargs
        )

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Verified only when the provider says so with the JSON value true: "false" is a text, and true in Python."""
        claims = data["id_token"]
        email = claims.get("email")
        if not isinstance(email, str) or "@" not in email:
            return []
        return [EmailAddress(email=email.strip().lower(), verified=claims.get("email_verified") is True, primary=True)]


class _ComeBack(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        if isinstance(self.adapter, OpenIDConnectAdapter) and state:
            self.adapter.nonce = state.get("nonce", "")
        return state, response


@login_not_required
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider. By a page and not by a redirect: our policy lets a form lead nowhere but here."""
    if request.method != "POST":
        return redirect("account_login")
    adapter = _adapter(request, provider_id)
    try:
        answer = OAuth2LoginView.adapter_view(adapter)(request)
    except (requests.RequestException, OAuth2Error) as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)
    if answer.status_code != 302:
        return answer
    context = {"address": answer["Location"], "provider": adapter.get_provider().name}
    return render(request, "socialaccount/login_redirect.html", context)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with a code or with an error."""
    adapter = _adapter(request, provider_id)
    try:
        return _ComeBack.adapter_view(adapter)(request)
    except (requests.RequestException, OAuth2Error, KeyError, ValueError, TypeError) as error:
        # A provider that answers with something else than it should.
        return render_authentication_error(request, adapter.get_provider(), exception=error)


def _adapter(request: HttpRequest, provider_id: str) -> OpenIDConnectAdapter:
    if provider_id not in {one.id for one in settings.OIDC}:
        raise Http404
    return OpenIDConnectAdapter(request, provider_id)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers come from the settings alone, and an address leads to an account only as decision 13 says."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one.id,
                name=one.name,
                client_id=one.client_id,
                secret=one.secret,
                settings={"server_url": one.server},
            )
            for one in settings.OIDC
            if provider in (None, "openid_connect", one.id) and client_id in (None, one.client_id)
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An account with the same confirmed address is connected, if its person is a learner and nothing more."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        person = queries.person_by_verified_email([one.email for one in sociallogin.email_addresses if one.verified])
        if person is None:
            return
        refusal = queries.why_not_connect(person)
        if refusal:
            messages.error(request, str(refusal))
            raise ImmediateHttpResponse(redirect("account_login"))
        with transaction.atomic():
            # Journalled by the account's adapter, whom allauth tells of it.
            sociallogin.connect(request, person)
        messages.info(request, _("From now on you can sign in here with %(provider)s.") % {
            "provider": sociallogin.provider.name})  # fmt: skip
