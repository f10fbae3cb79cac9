"""Slips: printed by those who teach, used by those who have no e-mail."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people import actions, queries, rules
from bilik.people.forms import SlipForm
from bilik.people.views import SignedIn
from bilik.people.views.roles import organisation_or_404

# A whole class may come from one address; every wrong code is also counted in its slip.
TRIES = {"slip": "60/m/ip,600/h/ip"}
# Cards on paper for a few classes at once; more would be a page that no printer likes.
MOST_SLIPS = 200


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def slips(request: SignedIn, slug: str) -> HttpResponse:
    """Chooses learners, and prints a slip for each: the codes are on this page once and nowhere else."""
    organisation = organisation_or_404(slug, request.user)
    if not queries.may_issue_slips(request.user, organisation):
        raise Http404
    rows = queries.slip_rows(organisation, request.user)
    context = {"organisation": organisation, "rows": rows, "most": MOST_SLIPS}
    if request.method != "POST":
        return render(request, "people/slips.html", context)
    wanted = set(request.POST.getlist("person"))
    people = [row.person for row in rows if str(row.person.ref) in wanted]
    if not people or len(people) > MOST_SLIPS:
        messages.error(request, _("Choose at least one learner, and %(most)s at most.") % {"most": MOST_SLIPS})
        return redirect("people:slips", slug)
    now = utc_now()
    try:
        issued = actions.issue_slips(by=request.user, now=now, organisation=organisation, people=people)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people:slips", slug)
    address = request.build_absolute_uri(reverse("people:first_sign_in"))
    context = {"organisation": organisation, "slips": issued, "address": address, "until": now + rules.SLIP_LIFE}
    return render(request, "people/slips_print.html", context)


@never_cache
@sensitive_post_parameters("code", "password")
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Username, code and a password of one's own: then one is in."""
    if request.user.is_authenticated:
        return redirect("people:profile")
    form = SlipForm(request.POST or None)
    status = 200
    if request.method == "POST":
        limited = ratelimit.consume_or_429(request, app="allauth.account", action="slip", config=TRIES)
        if limited:
            return limited
        if form.is_valid():
            try:
                person = actions.use_slip(now=utc_now(), **form.cleaned_data)
            except Refusal as refusal:
                form.add_error("code", str(refusal))
                status = refusal.status
            else:
                return cast(HttpResponse, perform_login(request, person))
    return render(request, "people/first_sign_in.html", {"form": form}, status=status)
