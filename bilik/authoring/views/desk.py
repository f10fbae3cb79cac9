"""The desk: all drafts, a new one, one draft with its files, and as a zip."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bilik.authoring import actions, folders, queries
from bilik.authoring.pages import (
    check_view,
    draft_context,
    draft_or_404,
    languages_to_translate,
    say_refusal,
    title_of,
)
from bilik.catalog.queries import published_courses
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest, shown_language


@require_GET
@login_required
def desk(request: PageRequest) -> HttpResponse:
    """The drafts that this person may work on, and how to start one."""
    organisations = queries.organisations_to_write_for(request.user)
    if not organisations:
        raise Http404
    language = shown_language()
    context = {
        "drafts": [{"draft": one, "title": title_of(one)} for one in queries.drafts_of(request.user)],
        "organisations": organisations,
        "courses": [{"slug": one.slug, "title": one.title(language)} for one in published_courses()],
        "chosen": request.GET.get("course", ""),
    }
    return render(request, "authoring/desk.html", context)


@require_POST
@login_required
def start(request: PageRequest) -> HttpResponse:
    """Starts a draft: from a published course, from a zip, or empty."""
    organisations = {str(one.pk): one for one in queries.organisations_to_write_for(request.user)}
    organisation = organisations.get(request.POST.get("organisation", ""))
    if organisation is None:
        raise Http404
    facts: dict[str, Any] = {"by": request.user, "now": utc_now(), "organisation": organisation}
    try:
        if file := request.FILES.get("zip"):
            most = folders.LARGEST_COURSE
            files = folders.unzipped(file.read(most)) if (file.size or 0) <= most else {}
            made = actions.start_from_files(**facts, files=files)
        elif course := request.POST.get("course", ""):
            made = actions.start_from_published(**facts, course=course)
        else:
            made = actions.start_empty(**facts, slug=request.POST.get("slug", ""))
    except Refusal as refusal:
        say_refusal(request, refusal)
        return redirect("authoring:desk")
    return redirect("authoring:draft", made.ref)


@require_GET
@login_required
def draft(request: PageRequest, ref: UUID) -> HttpResponse:
    """One draft: lessons, exercises and files, what the last check found, how far translations are."""
    found = draft_or_404(request, ref)
    files = queries.files_now(found)
    parts = folders.parts_of(files)
    changed = set(queries.changes_of(found).all)
    context = draft_context(found) | {
        "lessons": [_lesson(lesson, changed) for lesson in parts.lessons.values()],
        "others": [{"path": path, "changed": path in changed} for path in parts.others],
        "exercises": sorted(parts.exercises),
        "changes": len(changed),
        "check": check_view(queries.last_check(found)),
        "outdated": queries.is_outdated(found),
        "languages": languages_to_translate(found),
    }
    return render(request, "authoring/draft.html", context)


def _lesson(lesson: folders.LessonPart, changed: set[str]) -> dict[str, Any]:
    exercises = [
        {
            "slug": one.slug,
            "files": [_file(path, one.folder, changed) for path in one.files],
            "changed": any(path in changed for path in one.files),
        }
        for one in lesson.exercises.values()
    ]
    start = f"lessons/{lesson.slug}"
    return {
        "slug": lesson.slug,
        "files": [_file(path, start, changed) for path in lesson.files],
        "exercises": exercises,
        "changed": any(path.startswith(start + "/") for path in changed),
    }


def _file(path: str, folder: str, changed: set[str]) -> dict[str, Any]:
    return {"path": path, "name": path.removeprefix(folder + "/"), "changed": path in changed}


@require_POST
@login_required
def change_state(request: PageRequest, ref: UUID) -> HttpResponse:
    """Puts a draft aside, or takes it up again."""
    found = draft_or_404(request, ref)
    verbs = {"drop": actions.drop_draft, "take-up": actions.take_up_draft}
    verb = verbs.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    try:
        verb(by=request.user, now=utc_now(), draft=found)
    except Refusal as refusal:
        say_refusal(request, refusal)
        return redirect("authoring:draft", ref)
    messages.success(request, _("Done. Every file of the draft is kept."))
    return redirect("authoring:draft", ref)


@require_GET
@login_required
def export(request: PageRequest, ref: UUID) -> HttpResponse:
    """The draft as a zip of a course folder."""
    found = draft_or_404(request, ref)
    content = folders.zipped(queries.contents_of(queries.files_now(found).values()), root=found.slug)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-draft-{found.number}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
