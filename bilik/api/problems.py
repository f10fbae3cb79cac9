"""Refusals as RFC 9457 problem documents: `code` for programs, `detail` for people in the language that they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.responses import NinjaJSONEncoder

from bilik.api import errors
from bilik.kit.errors import Refusal

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 20
# What pydantic calls the mistakes for which we have a sentence of our own.
_MISSING, _EXTRA = "missing", "extra_forbidden"


def problem(refusal: Refusal, *, details: Iterable[Mapping[str, str]] = ()) -> HttpResponse:
    """A refusal as the answer to a call. `details` say which parts of the call do not fit, one by one."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "detail": str(refusal.sentence),
    }
    found = list(details)
    if found:
        body["errors"] = found[:MOST_ERRORS]
    response = HttpResponse(_ENCODER.encode(body), status=refusal.status, content_type=MEDIA_TYPE)
    for name, value in _headers(refusal).items():
        response[name] = value
    return response


_ENCODER = NinjaJSONEncoder(ensure_ascii=False)


def _headers(refusal: Refusal) -> dict[str, str]:
    if isinstance(refusal, errors.TokenNeeded):
        return {"WWW-Authenticate": 'Bearer realm="bilik"'}
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="bilik", error="invalid_token"'}
    if isinstance(refusal, errors.ScopeNeeded):
        scope = refusal.facts["scope"]
        return {"WWW-Authenticate": f'Bearer realm="bilik", error="insufficient_scope", scope="{scope}"'}
    if "seconds" in refusal.facts:
        return {"Retry-After": str(refusal.facts["seconds"])}
    return {}


def too_many(seconds: int) -> errors.TooManyCalls:
    """The refusal of somebody who calls too often, and when they may go on."""
    return errors.TooManyCalls(errors.TooManyCalls.sentence % {"seconds": seconds}, seconds=seconds)


def detail(where: str, field: str, code: str) -> dict[str, str]:
    """One part of a call that does not fit: `where` is body, query or path, `code` says how."""
    if code == _MISSING:
        sentence = _("This is needed and was not sent.")
    elif code == _EXTRA:
        sentence = _("There is no such name here. Look at its spelling.")
    else:
        sentence = _("This is not what is needed here. The OpenAPI document says what is.")
    return {"in": where, "field": field[:200], "code": code, "detail": sentence}


def details_of(found: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The mistakes that were found in a call, from pydantic's list: each field once."""
    made: dict[tuple[str, str], dict[str, str]] = {}
    for one in found:
        where, *path = (str(part) for part in one["loc"])
        # The name of our function's parameter stands before the names that the caller wrote.
        field = ".".join(path[1:] if where == "body" else path)
        made.setdefault((where, field), detail(where, field, str(one["type"])))
    return list(made.values())


def unknown_address(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """For addresses below the interface at which there is nothing."""
    return problem(errors.NotFound())


unknown_address.csrf_exempt = True  # type: ignore[attr-defined]
