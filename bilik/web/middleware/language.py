"""In which language a page speaks: chosen by the person, else on this browser, else preferred by it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

GetResponse = Callable[[HttpRequest], HttpResponse]

SESSION_KEY = "language"


def offered(code: object) -> str | None:
    """`code` without its country (uz-UZ is uz), if it is offered. No language stands in for another."""
    spoken = dict(settings.LANGUAGES)
    short = code.replace("_", "-").split("-")[0].lower() if isinstance(code, str) else ""
    return short if short in spoken else None


def of_browser(request: HttpRequest) -> str:
    """What this browser chose with the switch, else the first language it asks for that is offered."""
    chosen = offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    if chosen:
        return chosen
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return next((found for code, _weight in asked if (found := offered(code))), settings.LANGUAGE_CODE)


def of_session(request: HttpRequest) -> str | None:
    """What the signed-in person chose. Without a session cookie nothing is asked for."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return offered(request.session.get(SESSION_KEY))


def language(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        # The browser's language first: should the session not be readable, the apology can be understood.
        _speak(request, of_browser(request))
        chosen = of_session(request)
        if chosen:
            _speak(request, chosen)
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware


def _speak(request: HttpRequest, code: str) -> None:
    translation.activate(code)
    request.LANGUAGE_CODE = code
