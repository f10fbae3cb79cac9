"""Checks: asked for, followed while they run, read when they are done."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bilik.authoring import actions, checking, queries
from bilik.authoring.pages import check_view, draft_context, draft_or_404, say_refusal
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest

# How long the request of an author waits for a free place in the sandbox, before the check goes to a worker.
WAIT_SECONDS = 3.0


@require_POST
@login_required
def ask_check(request: PageRequest, ref: UUID) -> HttpResponse:
    """Asks for a check. One of a single exercise is done at once, one of everything by a worker."""
    draft = draft_or_404(request, ref)
    exercise = request.POST.get("exercise", "")
    try:
        check = actions.ask_check(by=request.user, now=utc_now(), draft=draft, exercise=exercise)
    except Refusal as refusal:
        say_refusal(request, refusal)
        return redirect("authoring:draft", ref)
    if exercise and (mine := checking.claim(check_id=check.pk)) is not None:
        checking.perform(mine, wait_seconds=WAIT_SECONDS)
    return redirect("authoring:check", ref, check.pk)


@require_GET
@login_required
def check(request: PageRequest, ref: UUID, check_id: int) -> HttpResponse:
    """One check: how far it is, or what it found. It may be left and found again."""
    draft = draft_or_404(request, ref)
    row = queries.check_of(draft, check_id)
    if row is None:
        # Taken back because the draft was saved and checked again.
        newest = queries.last_check(draft)
        if newest is None:
            raise Http404
        return redirect("authoring:check", ref, newest.pk)
    context = draft_context(draft) | {"check": check_view(row), "before": checking.waiting_before(row)}
    name = "authoring/check_state.html" if request.htmx else "authoring/check.html"
    return render(request, name, context)
