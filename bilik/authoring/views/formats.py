"""A course for another system: what becomes of everything is shown first, then it can be downloaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bilik.authoring import actions, queries
from bilik.authoring.packing import languages_in, packed
from bilik.authoring.pages import draft_context, draft_or_404, published_facts
from bilik.catalog.queries import files_of
from bilik.exchange.export import Exported
from bilik.exchange.exporters import EXPORTERS
from bilik.exchange.exporting import ExportWishes
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.context import OWN_NAMES
from bilik.web.requests import PageRequest, shown_language

Record = Callable[[str, str], None]
"""Writes down that the course was taken away: in which format and language."""


@require_http_methods(["GET", "POST"])
@login_required
def draft_formats(request: PageRequest, ref: UUID) -> HttpResponse:
    """A draft, once a check of just this state has found no error."""
    draft = draft_or_404(request, ref)

    def record(format: str, language: str) -> None:
        actions.record_export(by=request.user, now=utc_now(), draft=draft, format=format, language=language)

    files = queries.contents_of(queries.files_now(draft).values())
    refusal = queries.why_not_export(draft)
    return _page(request, files, draft_context(draft), record, site="", refusal=refusal)


@require_http_methods(["GET", "POST"])
@login_required
def course_formats(request: PageRequest, slug: str) -> HttpResponse:
    """A course as it is published, for everybody who writes courses."""
    course = published_facts(slug) if queries.may_author(request.user) else None
    if course is None:
        raise Http404

    def record(format: str, language: str) -> None:
        actions.record_course_export(
            by=request.user, now=utc_now(), course_id=course.course_id, format=format, language=language
        )

    site = request.build_absolute_uri("/").rstrip("/")
    context = {"course": course, "title": course.title(shown_language())}
    return _page(request, files_of(slug), context, record, site=site, refusal=None)


def _page(
    request: PageRequest,
    files: Mapping[str, bytes],
    context: Mapping[str, Any],
    record: Record,
    *,
    site: str,
    refusal: Refusal | None,
) -> HttpResponse:
    """The choice; with a format the report of it; by POST the package itself."""
    asked = request.POST if request.method == "POST" else request.GET
    format, languages = asked.get("format", ""), languages_in(files)
    language = asked.get("language", "")
    language = language if language in languages else _first(languages)
    made: Exported | None = None
    wishes = ExportWishes(language, site, bool(asked.get("solutions")), shown_language())
    if format in EXPORTERS and refusal is None:
        try:
            made = packed(files, format=format, wishes=wishes)
            if request.method == "POST":
                record(format, language)
                return _download(made)
        except Refusal as caught:
            refusal = caught
    chosen = {"format": format, "language": language, "solutions": wishes.with_solutions}
    shown = {
        **context,
        "formats": [(name, exporter.TITLE) for name, exporter in EXPORTERS.items()],
        "languages": [(code, OWN_NAMES[code]) for code in languages],
        "asked": chosen,
        "refusal": refusal,
        "report": _report(made) if made else None,
    }
    status = refusal.status if refusal and request.method == "POST" else 200
    return render(request, "authoring/formats.html", shown, status=status)


def _first(languages: list[str]) -> str:
    here = shown_language()
    return here if here in languages else next(iter(languages), "en")


def _report(made: Exported) -> dict[str, Any]:
    items = [{"item": item, "status": item.status} for item in made.report.items]
    return {
        "name": made.name,
        "size": len(made.content()),
        "counts": made.report.counts(),
        "general": made.report.general,
        "items": [row for row in items if row["status"] != "kept"],
    }


def _download(made: Exported) -> HttpResponse:
    kind = "application/zip" if made.name.endswith(".zip") else "text/plain; charset=utf-8"
    response = HttpResponse(made.content(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "private, no-store"
    return response
