"""One's groups; founding one, changing it, closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bilik.catalog.queries import published_courses
from bilik.groups import actions, queries
from bilik.groups.forms import FoundForm, GroupForm, JoinForm, initial_of
from bilik.groups.views import done, led
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest, shown_language

GROUPS_ON_A_PAGE = 30


@login_required
@never_cache
def mine(request: PageRequest) -> HttpResponse:
    """The groups one learns in, and those one leads."""
    learning = list(queries.groups_learnt_in(request.user))
    page = Paginator(queries.groups_led_by(request.user), GROUPS_ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = queries.numbers_of([*learning, *page])
    context = {
        "learning": [(group, numbers.get(group.pk, 0)) for group in learning],
        "led": [(group, numbers.get(group.pk, 0)) for group in page],
        "groups": page,
        "may_found": bool(queries.places_to_found(request.user)),
        "form": JoinForm(),
    }
    return render(request, "groups/mine.html", context)


@login_required
@never_cache
def found(request: PageRequest) -> HttpResponse:
    places = queries.places_to_found(request.user)
    if not places:
        raise Http404
    about: dict[str, Any] = {"courses": published_courses(), "language": shown_language(), "places": places}
    form = FoundForm(request.POST or None, initial={"starts_on": timezone.localdate()}, **about)
    if request.method == "POST" and form.is_valid():
        group = done(form, actions.found_group, by=request.user, now=utc_now(), **form.cleaned_data)
        if group is not None:
            messages.success(request, _("The group is founded. Make a code so that learners can come in."))
            return redirect("groups:group", group.ref)
    return render(request, "groups/found.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def change(request: PageRequest, ref: UUID) -> HttpResponse:
    group = led(request, ref)
    about: dict[str, Any] = {"courses": published_courses(), "language": shown_language(), "initial": initial_of(group)}
    form = GroupForm(request.POST or None, **about)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "now": utc_now(), "group": group} | form.cleaned_data
        if done(form, actions.change_group, **facts) is not None:
            messages.success(request, _("The group is changed."))
            return redirect("groups:group", group.ref)
    return render(request, "groups/change.html", {"form": form, "group": group}, status=422 if form.errors else 200)


@login_required
@never_cache
def archive(request: PageRequest, ref: UUID) -> HttpResponse:
    """Asked about once more on a page of its own: it cannot be undone."""
    group = led(request, ref)
    if request.method != "POST":
        return render(request, "groups/archive.html", {"group": group})
    try:
        actions.archive_group(by=request.user, now=utc_now(), group=group)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The group is archived."))
    return redirect("groups:group", group.ref)
