"""Regrades: ask for one, watch it, look at what changes, apply it or leave it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bilik.cards.controls import readable
from bilik.catalog.queries import CourseFacts, variant
from bilik.groups.queries import groups_led_by
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.queries import names_for
from bilik.teaching import actions
from bilik.teaching.forms import RegradeForm
from bilik.teaching.queries import regrades as queries
from bilik.teaching.queries.answers import title_of
from bilik.teaching.states import WORKED_ON, Change, RegradeState
from bilik.web.requests import PageRequest, shown_language


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def regrades(request: PageRequest) -> HttpResponse:
    """The regrades somebody may see, and the form for a new one."""
    everybody = queries.regrades_by_role(request.user)
    groups = list(groups_led_by(request.user).filter(archived_at__isnull=True)[:200])
    if not everybody and not groups:
        raise Http404
    form = RegradeForm(
        request.POST or None, groups=groups, everybody=everybody, titles=_task_choices, language=shown_language()
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.request_regrade(by=request.user, now=utc_now(), **form.facts)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("teaching:regrade", made.ref)
    rows = list(queries.regrades_of(request.user)[:30])
    context = {"rows": rows, "form": form}
    return render(request, "teaching/regrades.html", context, status=422 if form.errors else 200)


def _task_choices(course: CourseFacts) -> list[tuple[str, str]]:
    return [(f"{course.slug}/{task.slug}", title_of(task, shown_language())) for task in course.tasks]


@login_required
@never_cache
@require_GET
def regrade(request: PageRequest, ref: UUID) -> HttpResponse:
    """One regrade: how far it is, what changes, what was done."""
    found = _found(request, ref)
    change = request.GET.get("change", "")
    changes = queries.changes_of(found, change)
    shown = list(changes[: queries.MOST_SHOWN])
    names = names_for({row.submission.person_id: row.submission.person for row in shown}.values(), request.user)
    counts = queries.counts_of(found)
    context: dict[str, Any] = {
        "regrade": found,
        "counts": counts,
        "tabs": [(one.value, one.label, getattr(counts, one)) for one in Change if one != Change.SAME],
        "change": change,
        "rows": [_row(row, names[row.submission.person_id]) for row in shown],
        "more": max(0, changes.count() - len(shown)) if len(shown) == queries.MOST_SHOWN else 0,
        "working": found.state in WORKED_ON,
        "to_apply": counts.changes if found.wanted != "improvements" else counts.better,
        "may_apply": found.state == RegradeState.READY and queries.may_go_on(found, request.user),
        "may_cancel": found.state in (RegradeState.PREPARING, RegradeState.READY),
    }
    template = "teaching/parts/regrade.html" if request.htmx else "teaching/regrade.html"
    return render(request, template, context)


def _row(row: Any, name: str) -> dict[str, Any]:
    """A change as the page shows it."""
    submission = row.submission
    texts = variant(submission.task_version_id, submission.seed).page["texts"]
    words = texts.get(shown_language()) or texts.get("en") or next(iter(texts.values()))
    return {"row": row, "name": name, "title": words["title"], "answer": readable(submission.answer)}


@login_required
@require_POST
def decide(request: PageRequest, ref: UUID) -> HttpResponse:
    """Apply, try again, or leave it."""
    found = _found(request, ref)
    wanted, at = request.POST.get("do", ""), {"by": request.user, "now": utc_now(), "regrade": found}
    try:
        if wanted == "cancel":
            actions.cancel_regrade(**at)
            messages.success(request, _("Cancelled. No verdict has changed."))
        elif wanted == "retry":
            actions.retry_faults(**at)
        else:
            actions.apply_regrade(wanted=wanted, **at)
            messages.success(request, _("The new verdicts are being given. You may leave this page."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("teaching:regrade", found.ref)


def _found(request: PageRequest, ref: UUID) -> Any:
    found = queries.regrade_for(ref, request.user)
    if found is None:
        raise Http404
    return found
