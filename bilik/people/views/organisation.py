"""The members of an organisation, and the journal."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from bilik.kit.clock import utc_now
from bilik.people import queries
from bilik.people.forms import JournalForm
from bilik.people.models import JournalEntry
from bilik.people.views import SignedIn

ENTRIES = 50


@login_required
@never_cache
def organisation(request: SignedIn, slug: str) -> HttpResponse:
    found = queries.organisation_by_slug(slug, request.user)
    if found is None:
        raise Http404
    groups: dict[str, list[queries.MemberRow]] = {}
    for row in queries.members_of(found, request.user):
        groups.setdefault(row.label, []).append(row)
    tools = queries.tools_in(found, request.user)
    context = {
        "organisation": found,
        "groups": groups,
        "tools": tools,
        "below": queries.children_of(found, request.user),
    }
    return render(request, "people/organisation.html", context)


@login_required
@never_cache
def journal(request: SignedIn) -> HttpResponse:
    form = JournalForm(request.GET)
    everything = queries.is_administrator(request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_chosen(request, chosen, everything), ENTRIES).get_page(request.GET.get("page"))
    actors = queries.names_for({e.by for e in page if e.by}, request.user, now=utc_now())
    rows = [(entry, actors.get(entry.by_id or 0, "")) for entry in page]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "everything": everything,
        "rows": rows,
        "entries": page,
        "query": query.urlencode(),
    }
    return render(request, "people/journal.html", context)


def _chosen(request: SignedIn, chosen: dict[str, Any], everything: bool) -> QuerySet[JournalEntry]:
    """The entries of the form's choice. Only administrators choose a person."""
    username = chosen.get("person") if everything else ""
    return queries.journal_for(
        request.user,
        verb=chosen.get("verb", ""),
        person=queries.person_by_username(username, request.user) if username else None,
        first=chosen.get("first"),
        last=chosen.get("last"),
    )
