"""Second factors: where allauth asks this project, and who is asked to have one."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bilik.people import queries
from bilik.people.states import SecondFactorWish

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

# Where somebody without the second factor that they must have can still go: to set it up, out, and to the languages.
OPEN_DOORS = ("/account/", "/static/", "/health", "/design/language/", "/demo/")
# Set once it was seen that the person of this session owes nothing, so that other pages cost no query.
SETTLED_KEY = "second-factor-settled"


def ask_for_second_factor(get_response: GetResponse) -> GetResponse:
    """Sends people whose role must have a second factor to set one up, before anything else.

    Costs nothing where no role must; otherwise one or two queries until the session is settled.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and _owes(request):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _owes(request: HttpRequest) -> bool:
    person = request.user
    if request.path.startswith(OPEN_DOORS) or not person.is_authenticated:
        return False
    if request.session.get(SETTLED_KEY) == str(person.pk):
        return False
    # Somebody without such a role is looked at again after a minute: the role may be given at any time.
    near, key = caches["near"], f"no-second-factor-needed-{person.pk}"
    if near.get(key):
        return False
    wish = queries.second_factor_wish(person)
    if wish == SecondFactorWish.REQUIRED:
        return True
    if queries.second_factors(person):
        request.session[SETTLED_KEY] = str(person.pk)
    else:
        near.set(key, True, 60)
    return False


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted, with a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Another secret key than then. A secret that nobody knows: no code fits, and the page still answers.
            logger.error("A second factor cannot be read: the secret key is not the one it was stored with.")
            return generate_totp_secret()


def _box() -> MultiFernet:
    keys: list[str] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bilik second factors")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
