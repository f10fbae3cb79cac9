"""From a draft to the next version: what would change, for whom, and the word to do it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from bilik.authoring import actions, folders, queries, translating
from bilik.authoring.models import Draft
from bilik.authoring.pages import check_view, draft_context, draft_or_404, say_refusal
from bilik.authoring.states import Purpose
from bilik.catalog.queries import paths_of, stored_files, task_digests
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.submissions.queries import people_who_answered
from bilik.web.requests import PageRequest

MOST_DIFFS = 60
LONGEST_DIFF = 400


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: PageRequest, ref: UUID) -> HttpResponse:
    """What publishing would change; and, by POST, the check that publishes when nothing is wrong."""
    draft = draft_or_404(request, ref)
    refusal = queries.why_not_publish(request.user, draft)
    if request.method == "POST":
        try:
            check = actions.ask_check(by=request.user, now=utc_now(), draft=draft, purpose=Purpose.PUBLISH)
        except Refusal as caught:
            refusal = caught
        else:
            return redirect("authoring:check", ref, check.pk)
    changes = queries.changes_of(draft)
    context = draft_context(draft) | {
        "changes": changes,
        "files": _files(draft, changes),
        "more": max(0, len(changes.all) - MOST_DIFFS),
        "tasks": _tasks(draft, changes),
        "refusal": refusal,
        "check": check_view(queries.last_check(draft)),
        "outdated": queries.is_outdated(draft),
    }
    status = refusal.status if refusal and request.method == "POST" else 200
    return render(request, "authoring/publish.html", context, status=status)


def _files(draft: Draft, changes: queries.Changes) -> list[dict[str, Any]]:
    """Each file that changes, with its differences where it is a text."""
    published = queries.published_id(draft.slug)
    before, after = paths_of(published) if published else {}, queries.digests_now(draft)
    paths = changes.all[:MOST_DIFFS]
    stored = stored_files(side[path] for path in paths for side in (before, after) if path in side)
    rows = []
    for path in paths:
        old, new = stored.get(before.get(path, ""), b""), stored.get(after.get(path, ""), b"")
        kind = "added" if path in changes.added else "removed" if path in changes.removed else "changed"
        lines = translating.diff(_text(old), _text(new)) if folders.is_text(path) else []
        rows.append({"path": path, "kind": kind, "lines": lines[:LONGEST_DIFF], "cut": len(lines) > LONGEST_DIFF})
    return rows


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\r\n", "\n")


def _tasks(draft: Draft, changes: queries.Changes) -> dict[str, Any]:
    """The tasks whose version changes, with how many people have answered them."""
    published = queries.published_id(draft.slug)
    known = task_digests(published) if published else {}
    now = folders.parts_of(queries.digests_now(draft)).exercises
    touched = {path.split("/")[2] for path in changes.all if path.count("/") > 2}
    changed = sorted(touched & known.keys() & now.keys())
    gone = sorted(known.keys() - now.keys())
    people = people_who_answered([known[slug][0] for slug in [*changed, *gone]])
    row = {slug: {"slug": slug, "people": people.get(known[slug][0], 0)} for slug in [*changed, *gone]}
    return {
        "changed": [row[slug] for slug in changed],
        "new": sorted(now.keys() - known.keys()),
        "gone": [row[slug] for slug in gone],
        "people": people[0],
    }


@require_POST
@login_required
def take_newer(request: PageRequest, ref: UUID) -> HttpResponse:
    """Takes over what was published since the draft was started."""
    draft = draft_or_404(request, ref)
    try:
        both = actions.take_newer(by=request.user, now=utc_now(), draft=draft)
    except Refusal as refusal:
        say_refusal(request, refusal)
        return redirect("authoring:draft", ref)
    if both:
        sentence = ngettext(
            "Taken over. %(number)s file was changed here and there; your text stays: %(files)s",
            "Taken over. %(number)s files were changed here and there; your texts stay: %(files)s",
            len(both),
        )
        messages.warning(request, sentence % {"number": len(both), "files": ", ".join(both[:10])})
    else:
        messages.success(request, _("Taken over. Nothing of yours was in the way."))
    return redirect("authoring:publish", ref)
