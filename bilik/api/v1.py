"""Version 1, put together: all calls, what stands around them, and how whatever goes wrong is told."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from bilik.api import errors, problems
from bilik.api.around import around
from bilik.api.calling import Unfit
from bilik.api.document import finished
from bilik.api.endpoints import answers, courses, groups, me, progress, trainers
from bilik.api.reading import StrictParser
from bilik.kit.errors import Refusal
from bilik.web.middleware.trouble import is_trouble
from bilik.web.requests import shown_language

VERSION = "1.0"
ROOT = "/api/v1/"
DOCUMENT = "openapi.json"

logger = logging.getLogger(__name__)


class Renderer(JSONRenderer):
    """JSON with the letters as they are: ə is two bytes, not six."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Bilik",
    version=VERSION,
    description="The academy for programs: the same actions and the same refusals as the pages.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-1",
    parser=StrictParser(),
    renderer=Renderer(),
)
for rooms in (me, courses, answers, progress, groups, trainers):
    api.add_router("", rooms.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return problems.problem(refusal)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.problem(errors.NotFound())


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.problem(errors.Forbidden())


@api.exception_handler(Unfit)
def unfit(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.problem(errors.Invalid(), details=error.details)


@api.exception_handler(SuspiciousOperation)
def suspicious(request: HttpRequest, error: Any) -> HttpResponse:
    """What Django itself does not take, such as a query with more names than any form has."""
    return problems.problem(errors.Invalid())


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.problem(errors.Invalid(), details=problems.details_of(error.errors))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """What the parser raised comes here; ninja raises nothing else, because tokens are looked at by us."""
    return problems.problem(errors.BodyUnreadable())


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Any) -> HttpResponse:
    """A mistake of ours, or trouble of the machine: told in JSON, and written down with all that is known."""
    logger.exception("%s %s", request.method, request.path, exc_info=error)
    if is_trouble(error):
        refusal: Refusal = errors.OutOfOrder(seconds=5)
    else:
        refusal = errors.Broken()
    return problems.problem(refusal)


@lru_cache(maxsize=8)
def _document(language: str) -> dict[str, Any]:
    return finished(api.get_openapi_schema(path_prefix=ROOT), api)


def document() -> dict[str, Any]:
    """The OpenAPI document in the language that is spoken now."""
    return _document(shown_language())


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document, for everybody."""
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response


def urls() -> list[URLPattern]:
    """The addresses below ROOT."""
    calls: list[Any] = [one for one in api.urls[0] if getattr(one, "name", "") != "api-root"]
    return [
        path(DOCUMENT, around(openapi), name="openapi"),
        *(URLPattern(one.pattern, around(one.callback), one.default_args, one.name) for one in calls),
        re_path(r"^[\s\S]*\Z", around(problems.unknown_address), name="unknown"),
    ]
