"""Giving and ending roles in an organisation, and taking a role that was offered by letter."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people import actions, errors, queries, rules
from bilik.people.forms import RoleForm
from bilik.people.letters import send_invitation
from bilik.people.models import Organisation
from bilik.people.states import Role
from bilik.people.views import SignedIn

TRIES = {"invitation": "20/m/ip,200/h/ip"}


def organisation_or_404(slug: str, viewer: object) -> Organisation:
    """The organisation, if the viewer may open its page."""
    found = queries.organisation_by_slug(slug, viewer)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def roles(request: SignedIn, slug: str) -> HttpResponse:
    """Everybody whose role the viewer sees, each with the button or the reason why there is none."""
    organisation = organisation_or_404(slug, request.user)
    grantable = queries.grantable_roles(request.user, organisation)
    if not grantable:
        raise Http404
    form = RoleForm(request.POST or None, roles=grantable)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            done = _give(request, organisation, form.cleaned_data["who"], form.cleaned_data["role"])
        except Refusal as refusal:
            form.add_error("who", str(refusal))
            status = refusal.status
        else:
            return done
    rows = [(row, row.role in grantable) for row in queries.members_of(organisation, request.user)]
    context = {
        "organisation": organisation,
        "form": form,
        "rows": rows,
        "why_not": errors.RoleNotYours.sentence,
        "invitations": [
            (one, Role(one.role).label) for one in queries.open_invitations(organisation, request.user, utc_now())
        ],
    }
    return render(request, "people/roles.html", context, status=status)


def _give(request: SignedIn, organisation: Organisation, who: str, role: str) -> HttpResponse:
    now = utc_now()
    if request.POST.get("answer") == "invite":
        return _invite(request, organisation, who, role)
    person = queries.person_in_reach(who, request.user)
    if person is None:
        raise errors.NobodyInReach()
    actions.join_organisation(by=request.user, now=now, person=person, organisation=organisation, role=role)
    label = Role(role).label
    messages.success(request, _("%(name)s has this role now: %(role)s") % {"name": person.display_name, "role": label})
    return redirect("people:roles", organisation.slug)


def _invite(request: SignedIn, organisation: Organisation, who: str, role: str) -> HttpResponse:
    try:
        validate_email(who.strip())
    except ValidationError:
        raise errors.NobodyInReach(_("For an invitation type the whole e-mail address.")) from None
    invitation, token = actions.invite(by=request.user, now=utc_now(), organisation=organisation, role=role, email=who)
    address = request.build_absolute_uri(reverse("people:invitation", args=[token]))
    if send_invitation(invitation=invitation, address=address, language=get_language() or "en"):
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.error(request, _("The invitation could not be sent. Give this address to them: %(address)s") % {
            "address": address})  # fmt: skip
    return redirect("people:roles", organisation.slug)


@login_required
@require_POST
@reauthentication_required
def end_role(request: SignedIn, slug: str, number: int) -> HttpResponse:
    organisation = organisation_or_404(slug, request.user)
    membership = queries.membership_in(organisation, number, request.user)
    if membership is None:
        raise Http404
    try:
        actions.end_membership(by=request.user, now=utc_now(), membership=membership)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role has ended."))
    return redirect(
        "people:roles" if queries.grantable_roles(request.user, organisation) else "people:organisation", slug
    )


@login_required
@require_POST
def withdraw(request: SignedIn, slug: str, ref: UUID) -> HttpResponse:
    organisation = organisation_or_404(slug, request.user)
    invitation = queries.open_invitations(organisation, request.user, utc_now()).filter(ref=ref).first()
    if invitation is None:
        raise Http404
    actions.withdraw_invitation(by=request.user, now=utc_now(), invitation=invitation)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people:roles", slug)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered; it is taken with a press, by whoever is signed in."""
    limited = ratelimit.consume_or_429(request, app="allauth.account", action="invitation", config=TRIES)
    if limited:
        return limited
    found = queries.invitation_by_token(token)
    if found is None:
        raise Http404
    refusal = rules.why_not_take_invitation(ended=bool(found.ended_at), expires_at=found.expires_at, now=utc_now())
    if request.method == "POST" and request.user.is_authenticated:
        try:
            actions.take_invitation(by=request.user, now=utc_now(), invitation=found)
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("The role is yours now."))
            return redirect("people:organisation", found.organisation.slug)
    context = {"invitation": found, "role": Role(found.role).label, "refusal": refusal}
    return render(request, "people/invitation.html", context, status=refusal.status if refusal else 200)
