"""Importing a list of people: bring it, look at what would happen, do it or leave it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people import actions, queries
from bilik.people.ages import band_at
from bilik.people.forms import RosterForm
from bilik.people.letters import send_waiting_letters
from bilik.people.models import Organisation, RosterUpload
from bilik.people.plan import Plan, PlannedRow
from bilik.people.roster import Problem
from bilik.people.roster_words import CHANGES, REASONS, sentence_of
from bilik.people.states import AgeBand, ImportStep, Role
from bilik.people.views import SignedIn
from bilik.people.views.roles import organisation_or_404

ROWS = 100
LETTERS_AT_ONCE = 50
SHOWN_PROBLEMS = 100


def _organisation(request: SignedIn, slug: str) -> Organisation:
    organisation = organisation_or_404(slug, request.user)
    if not queries.grantable_roles(request.user, organisation):
        raise Http404
    return organisation


@login_required
@never_cache
@reauthentication_required
def bring(request: SignedIn, slug: str) -> HttpResponse:
    organisation = _organisation(request, slug)
    form = RosterForm(request.POST or None, request.FILES or None)
    problems: list[tuple[Problem, str]] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload, _roster = actions.keep_roster(
                by=request.user, now=utc_now(), organisation=organisation, filename=file.name, content=file.read()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            problems = _worded(refusal.facts.get("problems", ()))
        else:
            return redirect("people:dry_run", slug, upload.ref)
    waiting = queries.waiting_letters(organisation.slug).count()
    context = {"organisation": organisation, "form": form, "problems": problems, "waiting": waiting}
    return render(request, "people/import.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def dry_run(request: SignedIn, slug: str, ref: UUID) -> HttpResponse:
    organisation = _organisation(request, slug)
    upload = queries.roster_upload(ref, organisation, request.user, utc_now())
    if upload is None:
        messages.error(request, _("This list is not kept any more. Bring the file again; what was imported stays."))
        return redirect("people:import", slug)
    if request.method == "POST":
        return _answer(request, organisation, upload)
    return _shown(request, organisation, upload)


def _shown(request: SignedIn, organisation: Organisation, upload: RosterUpload) -> HttpResponse:
    roster = actions.roster_of(upload=upload)
    plan = queries.plan_for(roster, organisation, request.user, utc_now())
    chosen = request.GET.get("step", "")
    rows = [row for row in plan.rows if not chosen or row.step == chosen]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    counts = plan.counts
    context = {
        "organisation": organisation,
        "upload": upload,
        "roster": roster,
        "guessed": roster.encoding.startswith("Windows"),
        "counts": [(step, counts[step]) for step in ImportStep],
        "changes": plan.changes,
        "rooms": [_room(room) for _, room in plan.rooms],
        "digest": plan.digest,
        "chosen": chosen,
        "page_of": page,
        "rows": [_row(row) for row in page],
        "problems": _worded(roster.problems[:SHOWN_PROBLEMS]),
        "letters": _letters(plan),
        "asked": _guardians(plan, utc_now()),
    }
    return render(request, "people/dry_run.html", context)


def _row(row: PlannedRow) -> dict[str, Any]:
    return {
        "line": row.person.line,
        "name": row.person.name,
        "username": row.username,
        "roles": ", ".join(sorted({str(Role(place.role).label) for place in row.person.places})),
        "step": row.step,
        "reasons": [REASONS[code] for code in row.reasons],
        "changes": [CHANGES[code] for code in row.changes],
    }


def _letters(plan: Plan) -> int:
    return sum(bool(row.person.email) for row in plan.rows if row.step == ImportStep.CREATE)


def _room(room: queries.RoomPlan) -> dict[str, Any]:
    """What another room would do: its first rows, those that change something before the others."""
    rows = sorted(room.rows, key=lambda row: row.step == ImportStep.UNCHANGED)
    return {
        "title": room.title,
        "counts": room.counts,
        "rows": rows[:ROWS],
        "more": max(0, len(rows) - ROWS),
        "notes": room.notes[:SHOWN_PROBLEMS],
        "more_notes": max(0, len(room.notes) - SHOWN_PROBLEMS),
    }


def _guardians(plan: Plan, now: datetime) -> dict[str, int]:
    """How many guardians are asked by letter, and for how many children nobody can be."""
    new = [row.person for row in plan.rows if row.step == ImportStep.CREATE]
    children = [one for one in new if band_at(one.birth_year, one.birth_month, now) is not AgeBand.ADULT]
    again = sum("guardian" in row.changes for row in plan.rows)
    asked = sum(bool(one.guardian_email and one.birth_year) for one in children)
    return {"letters": asked + again, "without": len(children) - asked}


def _worded(problems: Iterable[Problem]) -> list[tuple[Problem, str]]:
    return [(problem, sentence_of(problem)) for problem in problems]


def _answer(request: SignedIn, organisation: Organisation, upload: RosterUpload) -> HttpResponse:
    now = utc_now()
    if request.POST.get("answer") != "import":
        actions.drop_roster(by=request.user, now=now, upload=upload)
        messages.info(request, _("Nothing was imported, and the list is forgotten."))
        return redirect("people:import", organisation.slug)
    try:
        done = actions.import_people(
            by=request.user, now=now, roster=actions.roster_of(upload=upload), organisation=organisation,
            digest=request.POST.get("digest", "") or "none",
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people:dry_run", organisation.slug, upload.ref)
    actions.drop_roster(by=request.user, now=now, upload=upload)
    counts = done.plan.counts
    messages.success(request, _("Imported. New: %(new)s. Changed: %(changed)s. Refused: %(refused)s.") % {
        "new": counts[ImportStep.CREATE], "changed": counts[ImportStep.UPDATE], "refused": counts[ImportStep.REFUSED],
    })  # fmt: skip
    for _room_name, room in done.plan.rooms:
        if room.changes:
            messages.success(request, ", ".join(f"{label}: {count}" for label, count in room.counts))
    return redirect("people:import", organisation.slug)


@login_required
@require_POST
def send_letters(request: SignedIn, slug: str) -> HttpResponse:
    """The next letters; many are better sent from a terminal, by `bilik people letters`."""
    organisation = _organisation(request, slug)
    done = send_waiting_letters(
        now=utc_now(), root=request.build_absolute_uri("/"), most=LETTERS_AT_ONCE, source=organisation.slug
    )
    text = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", done.sent)
    if done.sent:
        messages.success(request, text % {"count": done.sent})
    if done.failed:
        messages.error(request, _("The mail server did not take the next letter. The rest is kept: try again later."))
    return redirect("people:import", slug)
