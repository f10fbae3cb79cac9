"""Tells the browser what a page may do: nothing inline, nothing from elsewhere.

Django's admin works under the same policy (its own tests run it under `default-src 'self'`), so nothing is
relaxed for it. A view that needs more sets the header itself: what it sets is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# An academy page never needs any of these; a script that slipped in shall not have them either.
WITHHELD = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "browsing-topics")
PERMISSIONS = ", ".join(f"{name}=()" for name in WITHHELD)


def policy(**more: str) -> str:
    """The policy as one header. `policy(script_src="'self' 'wasm-unsafe-eval'")` changes one directive."""
    changed = DIRECTIVES | {name.replace("_", "-"): value for name, value in more.items()}
    return "; ".join(f"{name} {value}" for name, value in changed.items())


def content_security_policy(get_response: GetResponse) -> GetResponse:
    usual = policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Django's yellow error page for developers styles itself inline; it only exists with DEBUG.
        if not (settings.DEBUG and response.status_code == 500):
            response.headers.setdefault("Content-Security-Policy", usual)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware
