"""Coming in: with a code, with an invitation; making codes and invitations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.groups import actions, errors, queries, rules
from bilik.groups.forms import CodeForm, InviteForm, JoinForm
from bilik.groups.guessing import code_typed
from bilik.groups.letters import send_invitation
from bilik.groups.models import JoinCode
from bilik.groups.views import done, led
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.queries import why_not_learn
from bilik.web.qr import qr_code
from bilik.web.requests import PageRequest, shown_language


@login_required
@never_cache
def join(request: PageRequest, code: str = "") -> HttpResponse:
    """A code is typed, or comes with the address that a QR code holds; then the group is shown and asked about."""
    typed = request.POST.get("code", code)
    form = JoinForm({"code": typed} if typed else None)
    if not typed:
        return render(request, "groups/join.html", {"form": form})
    try:
        found = code_typed(request, typed)
    except Refusal as refusal:
        form.add_error(None if isinstance(refusal, errors.TooManyWrongCodes) else "code", str(refusal))
        return render(request, "groups/join.html", {"form": form}, status=refusal.status)
    if request.method == "POST" and "yes" in request.POST:
        return _join(request, form, found)
    context = {"code": found, "group": found.group, "courses": _titles(found.group), "form": form}
    return render(request, "groups/join_asked.html", context)


def _join(request: PageRequest, form: JoinForm, code: JoinCode) -> HttpResponse:
    member = done(form, actions.join_by_code, by=request.user, now=utc_now(), code=code.code)
    if member is None:
        return render(request, "groups/join.html", {"form": form}, status=409)
    _welcome(request)
    return redirect("groups:group", member.group.ref)


def _titles(group: Any) -> list[str]:
    return [course.title(shown_language()) for course in queries.courses_of(group)]


def _welcome(request: PageRequest) -> None:
    """A minor who waits for a guardian's consent comes in all the same, and hears what is still missing."""
    messages.success(request, _("You are in the group."))
    refusal = why_not_learn(request.user, utc_now())
    if refusal is not None:
        messages.warning(request, str(refusal))


@login_required
@never_cache
def invitation(request: PageRequest, token: str) -> HttpResponse:
    """The address in a letter of invitation. Only the button accepts it: some mail programs open every link."""
    found = queries.invitation_by_token(token)
    refusal = rules.why_not_accept(found, utc_now())
    if refusal is not None or found is None:
        return render(request, "groups/invitation.html", {"refusal": refusal}, status=410)
    if request.method == "POST":
        try:
            actions.accept_invitation(by=request.user, now=utc_now(), token=token)
        except Refusal as refused:
            return render(request, "groups/invitation.html", {"refusal": refused}, status=refused.status)
        _welcome(request)
        return redirect("groups:group", found.group.ref)
    return render(request, "groups/invitation.html", {"group": found.group, "courses": _titles(found.group)})


@login_required
@never_cache
def codes(request: PageRequest, ref: UUID) -> HttpResponse:
    group, now = led(request, ref), utc_now()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = done(form, actions.make_join_code, by=request.user, now=now, group=group, **form.cleaned_data)
        if made is not None:
            return redirect("groups:wall", group.ref, made.ref)
    context = {"group": group, "form": form, "codes": queries.codes_of(group, now)}
    return render(request, "groups/codes.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def wall(request: PageRequest, ref: UUID, code: UUID) -> HttpResponse:
    """A code to project on a wall: letters that can be read from the last row, and the same as a QR code."""
    group = led(request, ref)
    found = next((one for one in queries.codes_of(group, utc_now()) if one.ref == code), None)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("groups:join_code", args=[found.code]))
    context = {
        "group": group,
        "code": found,
        "halves": (found.code[:3], found.code[3:]),
        "typed_at": request.build_absolute_uri(reverse("groups:join")),
        "qr": qr_code(address),
    }
    return render(request, "groups/wall.html", context)


@login_required
@require_POST
def revoke_code(request: PageRequest, ref: UUID, code: UUID) -> HttpResponse:
    group = led(request, ref)
    found = next((one for one in queries.codes_of(group, utc_now()) if one.ref == code), None)
    if found is not None:
        try:
            actions.revoke_code(by=request.user, now=utc_now(), code=found)
            messages.success(request, _("The code lets nobody in any more."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("groups:codes", group.ref)


@login_required
@never_cache
def invitations(request: PageRequest, ref: UUID) -> HttpResponse:
    group = led(request, ref)
    form = InviteForm(request.POST or None, initial={"language": shown_language()})
    if request.method == "POST" and form.is_valid() and _invite(request, form, group):
        return redirect("groups:invitations", group.ref)
    context = {"group": group, "form": form, "invitations": queries.invitations_of(group), "now": utc_now()}
    return render(request, "groups/invitations.html", context, status=422 if form.errors else 200)


def _invite(request: PageRequest, form: InviteForm, group: Any) -> bool:
    """One invitation and one letter for each address; a letter that could not be sent is named."""
    unsent = []
    for email in form.cleaned_data["addresses"]:
        facts = {"by": request.user, "now": utc_now(), "group": group, "email": email}
        made = done(form, actions.invite, language=form.cleaned_data["language"], **facts)
        if made is None:
            return False
        sent, token = made
        address = request.build_absolute_uri(reverse("groups:invitation", args=[token]))
        if not send_invitation(invitation=sent, address=address):
            unsent.append(email)
    if unsent:
        sentence = _("These letters could not be sent; use a code instead: %(addresses)s")
        messages.error(request, sentence % {"addresses": ", ".join(unsent)})
    else:
        messages.success(request, _("The letters are on their way."))
    return True


@login_required
@require_POST
def revoke_invitation(request: PageRequest, ref: UUID, invitation: UUID) -> HttpResponse:
    group = led(request, ref)
    found = queries.invitations_of(group).filter(ref=invitation).first()
    if found is not None:
        try:
            actions.revoke_invitation(by=request.user, now=utc_now(), invitation=found)
            messages.success(request, _("The invitation is taken back, and the address is forgotten."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("groups:invitations", group.ref)
