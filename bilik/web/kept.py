"""Gives back what was typed when it could not be stored. It needs no database and no session."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 10
SECRET = re.compile(r"passw|secret|token|code_2fa|otp", re.IGNORECASE)
# Fields that a form carries for the machine. They are sent again, but a person need not look at them.
FOR_THE_MACHINE = re.compile(r"(^|[_-])(key|id|next|version|seed|task|action|kind)$", re.IGNORECASE)
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105
COOKIE_SECRET = re.compile(r"^[a-zA-Z0-9]{32}$")
LONG = 60


@dataclass(frozen=True)
class KeptField:
    """One value that was sent. `shape` is "hidden", "line", "text" or "secret" (whose value is not kept)."""

    name: str
    value: str
    shape: str


def apology(request: HttpRequest, *, stored: bool | None) -> HttpResponse:
    """503: what happened, what is safe, what to do next. `stored` is None where nobody can know."""
    typed = request.method == "POST"
    name = {
        (True, True): "web/kept_fragment.html",
        (True, False): "web/kept.html",
        (False, True): "web/trouble_fragment.html",
        (False, False): "web/503.html",
    }[typed, is_fragment(request)]
    context: dict[str, Any] = {"stored": stored, "status": 503}
    if typed:
        # A view only runs when the form's token was right; before it nobody has looked at the token yet.
        context |= kept_context(request, trusted=stored is False or comes_from_here(request))
    # Drawn without the request: the context processors would ask the database who is there.
    text = render_to_string(name, context)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(text, status=503, headers=headers)


def kept_context(request: HttpRequest, *, trusted: bool) -> dict[str, Any]:
    """What `web/parts/kept_form.html` needs. Only a trusted request is given a button that sends it again:

    otherwise another site could post a form of its own making, and have the person confirm it here.
    """
    return {
        "fields": fields_of(request),
        "method": "post",
        "address": request.get_full_path(),
        "files": (request.content_type or "") == "multipart/form-data" and bool(request.FILES),
        "trusted": trusted,
        "csrf_token": renewed_token(request) if trusted else "",
    }


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser vouches that one of our own pages sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own or request.headers.get("Referer", "").startswith(own + "/")


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, which wants a piece of a page and not a whole one."""
    return request.headers.get("HX-Request") == "true"


def fields_of(request: HttpRequest) -> list[KeptField]:
    """Everything that was posted, in its order, except passwords and the old token."""
    return [
        KeptField(name, "" if SECRET.search(name) else value, _shape(name, value))
        for name, values in request.POST.lists()
        if name != TOKEN_FIELD
        for value in values
    ]


def renewed_token(request: HttpRequest) -> str:
    """A token that fits the cookie the browser already has, also when the CSRF middleware had no turn."""
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    if "CSRF_COOKIE" not in request.META and COOKIE_SECRET.match(cookie):
        request.META["CSRF_COOKIE"] = cookie
    return get_token(request)


def _shape(name: str, value: str) -> str:
    if SECRET.search(name):
        return "secret"
    if FOR_THE_MACHINE.search(name):
        return "hidden"
    return "text" if "\n" in value or len(value) > LONG else "line"
