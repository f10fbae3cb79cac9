"""Planning meetings, and the roll call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.groups import actions, errors, queries
from bilik.groups.forms import MeetingForm, taps_from_device, taps_from_form
from bilik.groups.models import Group, Meeting
from bilik.groups.states import Mark
from bilik.groups.views import done, led
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.kit.ids import new_id
from bilik.people.queries import names_for
from bilik.web.requests import PageRequest


@login_required
@never_cache
def meetings(request: PageRequest, ref: UUID) -> HttpResponse:
    group, now = led(request, ref), utc_now()
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "now": now, "group": group} | form.cleaned_data
        if done(form, actions.plan_weekly, **facts):
            messages.success(request, _("Planned."))
            return redirect("groups:meetings", group.ref)
    rows = list(queries.meetings_of(group))
    called = queries.called_at(rows)
    context = {
        "group": group,
        "form": form,
        "coming": [(one, called.get(one.pk, 0)) for one in rows if one.ends_at > now],
        "past": [(one, called.get(one.pk, 0)) for one in reversed(rows) if one.ends_at <= now],
    }
    return render(request, "groups/meetings.html", context, status=422 if form.errors else 200)


def _meeting(ref: UUID, group: Group) -> Meeting:
    found = queries.meeting_for(ref, group)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def cancel(request: PageRequest, ref: UUID, meeting: UUID) -> HttpResponse:
    group = led(request, ref)
    try:
        actions.cancel_meeting(by=request.user, now=utc_now(), meeting=_meeting(meeting, group))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The meeting is cancelled."))
    return redirect("groups:meetings", group.ref)


@login_required
@never_cache
def roll(request: PageRequest, ref: UUID, meeting: UUID) -> HttpResponse:
    """The roll: a form of radio buttons. A script sends each tap as JSON to the same address."""
    group = led(request, ref)
    found = _meeting(meeting, group)
    if request.method == "POST" and request.content_type == "application/json":
        return _from_device(request, found)
    if request.method == "POST":
        return _from_form(request, found)
    return _roll_page(request, found)


def _roll_page(request: PageRequest, meeting: Meeting, refusal: Refusal | None = None) -> HttpResponse:
    people = queries.on_the_roll(meeting)
    names = names_for(people, request.user, now=utc_now())
    marks = queries.roll_of(meeting)
    rows = sorted(((person, names[person.pk], marks.get(person.pk)) for person in people), key=lambda row: row[1])
    shown = " ".join(f"{person.ref}={row.mark}/{_minutes(row)}" for person, _name, row in rows if row)
    context = {
        "group": meeting.group,
        "meeting": meeting,
        "rows": rows,
        "marks": Mark.choices,
        "shown": shown,
        "key": new_id(),
        "refusal": refusal or queries.refusal_to_take_roll(meeting, utc_now()),
    }
    return render(request, "groups/roll.html", context, status=refusal.status if refusal else 200)


def _minutes(row: Any) -> str:
    return "" if row.minutes is None else str(row.minutes)


def _from_form(request: PageRequest, meeting: Meeting) -> HttpResponse:
    now = utc_now()
    try:
        taken = actions.take_roll(by=request.user, now=now, meeting=meeting, taps=taps_from_form(request.POST, now))
    except Refusal as refused:
        return _roll_page(request, meeting, refused)
    for refusal in taken.refused.values():
        messages.error(request, str(refusal))
    messages.success(request, _("The roll is stored at the academy."))
    return redirect("groups:roll", meeting.group.ref, meeting.ref)


def _from_device(request: PageRequest, meeting: Meeting) -> HttpResponse:
    """What is stored is acknowledged key by key; the device forgets only that."""
    taps = taps_from_device(request.body)
    if taps is None:
        return JsonResponse({"error": str(errors.MarkImpossible())}, status=422)
    try:
        taken = actions.take_roll(by=request.user, now=utc_now(), meeting=meeting, taps=taps)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    return JsonResponse(
        {
            "stored": [str(key) for key in taken.stored],
            "refused": {str(key): str(refusal) for key, refusal in taken.refused.items()},
            "marks": {str(ref): {"mark": row.mark, "minutes": row.minutes} for ref, row in taken.marks.items()},
        }
    )
