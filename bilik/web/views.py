"""The language switch, the gallery and the pages for when something went wrong."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from bilik.web.gallery import gallery_context
from bilik.web.kept import comes_from_here, is_fragment, kept_context
from bilik.web.middleware.language import SESSION_KEY
from bilik.web.middleware.trouble import answer_trouble


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remembers the language in a cookie, and in the session of somebody who is signed in; then goes back."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    response = HttpResponseRedirect(safe_address(request, request.POST.get("next", "")))
    remember_language(response, code)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        request.session[SESSION_KEY] = code
    return response


def remember_language(response: HttpResponse, code: str) -> None:
    """Keeps the language chosen on this browser, in a cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def safe_address(request: HttpRequest, address: str) -> str:
    """`address` if it stays on this server, else the front page."""
    hosts = {request.get_host()}
    own = url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=request.is_secure())
    return address if own else "/"


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    if not (settings.DEBUG or settings.DEMO or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(request, "web/gallery.html", gallery_context())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _wrong(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _wrong(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _wrong(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The last page: it may need nothing, because anything may be what is broken.

    Django calls it while the exception is being handled. Trouble that a middleware met arrives here.
    """
    apology = answer_trouble(request, sys.exc_info()[1], stored=None)
    return apology or _wrong(request, 500, alone=True)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits (signed out elsewhere, cookies gone): what was typed is given back."""
    name = "web/stale_form_fragment.html" if is_fragment(request) else "web/stale_form.html"
    return render(request, name, kept_context(request, trusted=comes_from_here(request)), status=403)


def _wrong(request: HttpRequest, status: int, *, alone: bool = False) -> HttpResponse:
    """An error page, or for htmx a notice. `alone` draws it without the request, so without any query."""
    context = {"status": status}
    name = "web/trouble_fragment.html" if is_fragment(request) else f"web/{status}.html"
    text = render_to_string(name, context, request=None if alone else request)
    return HttpResponse(text, status=status)
