"""One's tokens: made, shown once, revoked."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.api import actions, queries
from bilik.api.forms import TokenForm
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def tokens(request: PageRequest) -> HttpResponse:
    """The list, and a form for a new one. A new token stands on the page that answers the form, and nowhere else."""
    now = utc_now()
    form = TokenForm(request.POST or None, offered=queries.offered_scopes(request.user))
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            token, text = actions.make_token(by=request.user, now=now, **form.facts)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            made = {"token": token, "text": text, "address": request.build_absolute_uri("/api/v1/me")}
    context = {"form": form, "tokens": queries.tokens_of(request.user, now), "made": made}
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: PageRequest, ref: UUID) -> HttpResponse:
    token = queries.token_of(ref, request.user)
    if token is None:
        raise Http404
    actions.revoke_token(by=request.user, now=utc_now(), token=token)
    messages.success(request, _("The token is revoked. Programs that use it are let in no more."))
    return redirect("api:tokens")


@login_required
@require_POST
def revoke_all(request: PageRequest) -> HttpResponse:
    actions.revoke_all_tokens(by=request.user, now=utc_now(), person=request.user, why="asked")
    messages.success(request, _("All your tokens are revoked."))
    return redirect("api:tokens")
