"""The dates of a group."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.groups import actions, queries
from bilik.groups.forms import DeadlineForm
from bilik.groups.views import done, led
from bilik.groups.views.page import dated
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.queries import names_for
from bilik.web.requests import PageRequest, shown_language


@login_required
@never_cache
def deadlines(request: PageRequest, ref: UUID) -> HttpResponse:
    group, now = led(request, ref), utc_now()
    courses = queries.courses_of(group)
    form = DeadlineForm(request.POST or None, courses=courses, language=shown_language())
    by = {"by": request.user, "now": now, "group": group}
    if request.method == "POST" and form.is_valid() and done(form, actions.set_deadline, **by, **form.facts):
        messages.success(request, _("The date is set."))
        return redirect("groups:deadlines", group.ref)
    rows = list(queries.deadlines_of(group))
    names = names_for([row.person for row in rows if row.person], request.user, now=now)
    context = {
        "group": group,
        "form": form,
        "courses": courses,
        "rows": [item | {"name": names.get(item["row"].person_id, "")} for item in dated(rows, courses, now)],
    }
    return render(request, "groups/deadlines.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def lift(request: PageRequest, ref: UUID, deadline: UUID) -> HttpResponse:
    group = led(request, ref)
    found = queries.deadline_for(deadline, group)
    if found is None:
        raise Http404
    try:
        actions.lift_deadline(by=request.user, now=utc_now(), deadline=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The date no longer holds."))
    return redirect("groups:deadlines", group.ref)
