"""What stands around every call: HEAD and OPTIONS, problem documents for wrong methods, headers, and ETags."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from bilik.api import errors, problems
from bilik.api.limits import Left
from bilik.api.signing import TOKENS

View = Callable[..., HttpResponse]


def around(view: View) -> View:
    """A view of the interface as the outside sees it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = _wrong_method(request, response)
        left: Left | None = getattr(request, "calls_left", None)
        if left is not None:
            # https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (revision 10)
            response["RateLimit-Policy"] = f'"token";q={TOKENS.most};w={TOKENS.seconds}'
            response["RateLimit"] = f'"token";r={left.calls};t={left.full_in}'
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response["X-Content-Type-Options"] = "nosniff"
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        if request.method == "GET" and response.status_code == 200:
            response = _with_etag(request, response)
        return _without_body(response) if is_head else response

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def _wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """405 with what may be done there; that alone when somebody asks for it. No CORS: other sites' scripts stay out."""
    allowed = {name.strip() for name in response["Allow"].split(",")} | {"OPTIONS"}
    allowed |= {"HEAD"} if "GET" in allowed else set()
    made = HttpResponse(status=204) if request.method == "OPTIONS" else problems.problem(errors.MethodUnknown())
    made["Allow"] = ", ".join(sorted(allowed))
    return made


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The digest of what was made: it saves bytes on a weak line, not work."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    if conditional is not response and conditional is not None:
        for name in ("RateLimit", "RateLimit-Policy", "Vary", "Cache-Control"):
            if name in response:
                conditional[name] = response[name]
        return conditional
    return response


def _without_body(response: HttpResponse) -> HttpResponse:
    length = len(response.content)
    response.content = b""
    response["Content-Length"] = str(length)
    return response
