"""The people of a group: adding, ending, one learner's page, letters to guardians."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.groups import actions, errors, queries
from bilik.groups.forms import AccommodationForm, ExtensionForm, MemberForm
from bilik.groups.models import Group, GroupMember
from bilik.groups.states import Part
from bilik.groups.views import done, led
from bilik.groups.views.page import guardian_word, title_of
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.actions import request_guardian
from bilik.people.queries import consent_to_learning, guardian_states, names_for, person_by_username
from bilik.people.states import Channel, GuardianState, Relation
from bilik.web.qr import qr_code
from bilik.web.requests import PageRequest


@login_required
@never_cache
def add(request: PageRequest, ref: UUID) -> HttpResponse:
    group = led(request, ref)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_username(form.cleaned_data["username"], request.user)
        if person is None:
            form.add_error("username", str(errors.UnknownPerson()))
        else:
            facts = {"person": person, "part": form.cleaned_data["part"]}
            if done(form, actions.add_member, by=request.user, now=utc_now(), group=group, **facts):
                messages.success(request, _("This person is in the group now."))
                return redirect("groups:group", group.ref)
    return render(request, "groups/add.html", {"group": group, "form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def leave(request: PageRequest, ref: UUID) -> HttpResponse:
    """A learner leaves, after being asked once more."""
    view = queries.group_view(ref, request.user)
    member = _own(view.group, request.user) if view else None
    if view is None or member is None:
        raise Http404
    if request.method != "POST":
        return render(request, "groups/leave.html", {"group": view.group})
    try:
        actions.end_membership(by=request.user, now=utc_now(), member=member)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("groups:group", view.group.ref)
    messages.success(request, _("You have left the group. What you learnt stays yours."))
    return redirect("groups:mine")


def _own(group: Group, person: Any) -> GroupMember | None:
    return next((m for m in queries.members_of(group) if m.person_id == person.pk), None)


def _member(group: Group, person: UUID) -> GroupMember:
    member = next((m for m in queries.members_of(group) if m.person.ref == person), None)
    if member is None:
        raise Http404
    return member


@login_required
@require_POST
def end(request: PageRequest, ref: UUID, person: UUID) -> HttpResponse:
    group = led(request, ref)
    try:
        actions.end_membership(by=request.user, now=utc_now(), member=_member(group, person))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This person is no longer in the group."))
    return redirect("groups:group", group.ref)


@login_required
@never_cache
def learner(request: PageRequest, ref: UUID, person: UUID) -> HttpResponse:
    """One learner: more time for one date, more time in exams, the end of the membership."""
    group, now = led(request, ref), utc_now()
    member = _member(group, person)
    chosen = request.POST.get("form", "")
    courses, rows = queries.courses_of(group), list(queries.deadlines_of(group))
    deadlines = [(row, _words(row, courses)) for row in rows if row.person_id is None and row.due_at]
    extension = ExtensionForm(request.POST if chosen == "extension" else None, deadlines=deadlines, prefix="extension")
    more_time = AccommodationForm(request.POST if chosen == "more_time" else None, prefix="more_time")
    facts: dict[str, Any] = {"by": request.user, "now": now, "person": member.person}
    if extension.is_valid() and done(extension, actions.extend_deadline, **facts, **extension.facts):
        messages.success(request, _("The new date is set."))
        return redirect("groups:learner", group.ref, person)
    if more_time.is_valid() and done(more_time, actions.grant_accommodation, **facts, group=group, **more_time.facts):
        messages.success(request, _("The extra time is granted."))
        return redirect("groups:learner", group.ref, person)
    states = guardian_states([member.person], request.user, now) if member.person.is_minor(now) else {}
    context = {
        "group": group,
        "member": member,
        "name": names_for([member.person], request.user, now=now)[member.person_id],
        "guardian": guardian_word(states, member.person_id),
        "extension": extension,
        "more_time": more_time,
        "extensions": [(row, title_of(row, courses)) for row in rows if row.person_id == member.person_id],
        "accommodations": queries.accommodations_of(group, now).filter(person_id=member.person_id),
        "deadlines": deadlines,
    }
    return render(request, "groups/learner.html", context, status=422 if extension.errors or more_time.errors else 200)


def _words(row: Any, courses: list[Any]) -> str:
    day = date_format(localtime(row.due_at), "DATE_FORMAT")
    return _("%(what)s, due on %(day)s") % {"what": title_of(row, courses), "day": day}


@login_required
@require_POST
def end_more_time(request: PageRequest, ref: UUID, accommodation: UUID) -> HttpResponse:
    group, now = led(request, ref), utc_now()
    found = queries.accommodations_of(group, now).filter(ref=accommodation).select_related("person", "group").first()
    if found is None:
        raise Http404
    try:
        actions.end_accommodation(by=request.user, now=now, accommodation=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("groups:learner", group.ref, found.person.ref)


@login_required
@never_cache
def letters(request: PageRequest, ref: UUID) -> HttpResponse:
    """Letters to the guardians of a class: chosen, made, and printed from the one page that shows their codes."""
    group, now = led(request, ref), utc_now()
    minors = [m.person for m in queries.members_of(group) if m.part == Part.LEARNER and m.person.is_minor(now)]
    states = guardian_states(minors, request.user, now)
    names = names_for(minors, request.user, now=now)
    asked = [person for person in minors if states.get(person.pk) != GuardianState.CONFIRMED and person.pk in states]
    if request.method == "POST":
        chosen = set(request.POST.getlist("child"))
        made = _letters(request, [person for person in asked if str(person.ref) in chosen], names, now)
        if made:
            return render(request, "groups/letters_printed.html", {"group": group, "letters": made})
    # Who was never asked, or not in time, is ticked; a guardian who has a letter or said no is a decision.
    rows = [(person, names[person.pk], states[person.pk], not states[person.pk]) for person in asked]
    return render(request, "groups/letters.html", {"group": group, "rows": rows, "minors": len(minors)})


def _letters(request: PageRequest, people: list[Any], names: Any, now: datetime) -> list[dict[str, Any]]:
    made = []
    for person in people:
        with override(person.language):
            addressee = _("Parent or guardian of %(name)s") % {"name": names[person.pk]}
        facts = {"relation": Relation.OTHER, "language": person.language, "channel": Channel.PAPER}
        try:
            link, code = request_guardian(by=request.user, now=now, person=person, name=addressee[:120], **facts)
        except Refusal as refusal:
            messages.error(request, f"{names[person.pk]}: {refusal}")
            continue
        address = request.build_absolute_uri(reverse("people:agree", args=[link.token]))
        paragraphs = consent_to_learning(person.language)
        made.append(
            {"link": link, "child": names[person.pk], "code": code, "address": address, "words": paragraphs}
            | {"qr": qr_code(address)}
        )
    return made
