"""Whom to call today."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.groups.queries import learners_of
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.queries import guardian_states, names_for
from bilik.teaching import actions
from bilik.teaching.pages import rows_to_call
from bilik.teaching.queries.calls import call_list, calls_of
from bilik.teaching.states import CallOutcome
from bilik.teaching.views import led
from bilik.web.requests import PageRequest, shown_language


@login_required
@never_cache
def calls(request: PageRequest, ref: UUID) -> HttpResponse:
    """The list of today, and the calls that were noted."""
    group, now = led(request, ref), utc_now()
    found, noted = call_list(group, now, shown_language()), calls_of(group)
    names = names_for([*found.people.values(), *(row.person for row in noted)], request.user, now=now)
    rows = [(found, one) for one in found.to_call]
    asked = guardian_states(found.people.values(), request.user, now)
    context = {
        "group": group,
        "rows": rows_to_call(rows, names, asked, shown_language()),
        "noted": [(row, names[row.person_id]) for row in noted],
        "outcomes": CallOutcome.choices,
    }
    return render(request, "teaching/calls.html", context)


@login_required
@require_POST
def note(request: PageRequest, ref: UUID, person: UUID) -> HttpResponse:
    """Notes what came of a call."""
    group = led(request, ref)
    learner = next((one for one in learners_of(group) if one.ref == person), None)
    outcome = request.POST.get("outcome", "")
    if learner is None or outcome not in CallOutcome.values:
        raise Http404
    facts = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")}
    try:
        call = actions.note_call(by=request.user, now=utc_now(), group=group, person=learner, outcome=outcome, **facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        day = call.rests_until.date()
        messages.success(request, _("Noted. They are not on the list again before %(day)s.") % {"day": day})
    return redirect("teaching:calls", group.ref)
