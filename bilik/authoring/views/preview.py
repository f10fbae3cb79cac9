"""A draft as learners would see it: lessons, answers that are graded and not stored, and what tells that it changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from bilik.authoring import previewing, queries
from bilik.authoring.pages import draft_context, draft_or_404
from bilik.authoring.sources import DraftSource, Source
from bilik.cards.sent import fields_of, typed_in
from bilik.cards.words import invalid_sentence, safe
from bilik.catalog.queries import stored_files
from bilik.grading.answers import InvalidAnswer
from bilik.grading.exercise import LANGUAGES
from bilik.grading.pictures import PICTURE_TYPES, is_picture
from bilik.web.requests import PageRequest, shown_language

MOST_SEED = 200


def chosen_language(request: PageRequest) -> str:
    """The language of a preview: chosen in its address, else that of the page."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else shown_language()


def _seed(request: PageRequest) -> int:
    wanted = request.GET.get("seed", "0")
    return min(int(wanted), MOST_SEED) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else 0


def lesson_page(
    request: PageRequest,
    source: Source,
    lesson: str,
    *,
    base: str,
    pictures: str,
    more: dict[str, Any],
    answered: str = "",
) -> HttpResponse:
    """The page of a lesson of any source. `base` is the address of the preview; `answered` names the task of which the
    request brings an answer.
    """
    language, seed = chosen_language(request), _seed(request)
    view = previewing.lesson_view(source, lesson, language=language, pictures=pictures)
    if view is None or (answered and answered not in view.lesson.exercises):
        raise Http404
    at = f"{base}{lesson}/"
    cards = {slug: _card(request, source, view, slug, seed, answered, pictures) for slug in view.lesson.exercises}
    choice = f"?language={view.language}" + (f"&seed={seed}" if seed else "")
    context = more | {
        "view": view,
        "shown_in": view.language,
        "languages": [one for one in LANGUAGES if one in view.lesson.bodies],
        "parts": [_part(part, cards) for part in view.parts],
        "at": at,
        "choice": choice,
        "seed": seed,
        "pulse": f"{base}pulse?stamp={source.stamp}",
    }
    if request.htmx and answered:
        return render(request, "authoring/task.html", context | {"card": cards[answered], "fragment": True})
    return render(request, "authoring/preview.html", context)


def _part(part: Any, cards: dict[str, previewing.Card]) -> dict[str, Any]:
    return {"card": cards.get(part["exercise"])} if "exercise" in part else {"html": safe(part["html"])}


def _card(
    request: PageRequest,
    source: Source,
    view: previewing.LessonView,
    slug: str,
    seed: int,
    answered: str,
    pictures: str,
) -> previewing.Card:
    folder = view.lesson.exercises[slug]
    with translation.override(view.language):
        if slug != answered:
            return previewing.card_of(source, folder, seed=seed, language=view.language, pictures=pictures)
        try:
            fields = fields_of(request)
        except InvalidAnswer as error:
            card = previewing.card_of(
                source, folder, seed=seed, language=view.language, pictures=pictures, typed=typed_in(request)
            )  # fmt: skip
            card.invalid = invalid_sentence(error.feedback, view.language)
            return card
        return previewing.card_of(source, folder, seed=seed, language=view.language, pictures=pictures, fields=fields)


def pulse_answer(request: PageRequest, stamp: str) -> HttpResponse:
    """Whether a page is still up to date: 204 while it is, else a word to htmx to load it again."""
    etag = f'"{stamp}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    elif request.GET.get("stamp") == stamp:
        response = HttpResponse(status=204)
    else:
        response = HttpResponse(stamp, content_type="text/plain", headers={"HX-Refresh": "true"})
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _addresses(ref: UUID) -> dict[str, str]:
    pictures = reverse("authoring:picture", args=[ref, "0" * 64, "x"]).removesuffix(f"{'0' * 64}/x")
    base = reverse("authoring:preview", args=[ref, "x"]).removesuffix("x/")
    return {"base": base, "pictures": pictures}


@require_GET
@login_required
def preview(request: PageRequest, ref: UUID, lesson: str) -> HttpResponse:
    """A lesson of a draft."""
    draft = draft_or_404(request, ref)
    return lesson_page(request, DraftSource(draft), lesson, **_addresses(ref), more=draft_context(draft))


@require_POST
@login_required
def answer(request: PageRequest, ref: UUID, lesson: str, exercise: str) -> HttpResponse:
    """An answer in the preview: graded like a learner's and forgotten."""
    draft = draft_or_404(request, ref)
    more = draft_context(draft)
    return lesson_page(request, DraftSource(draft), lesson, **_addresses(ref), more=more, answered=exercise)


@require_GET
@login_required
def pulse(request: PageRequest, ref: UUID) -> HttpResponse:
    """What an open preview asks every two seconds: two small queries."""
    draft = draft_or_404(request, ref)
    return pulse_answer(request, str(draft.number))


def picture_answer(content: bytes, name: str) -> HttpResponse:
    """A picture that is not published; like those that are, it may not run anything."""
    suffix = "." + name.rpartition(".")[2].lower()
    if suffix not in PICTURE_TYPES:
        raise Http404
    response = HttpResponse(content, content_type=PICTURE_TYPES[suffix])
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_GET
@login_required
def picture(request: PageRequest, ref: UUID, digest: str, name: str) -> HttpResponse:
    """A picture of a draft, by its digest: only what is in this draft is given out."""
    draft = draft_or_404(request, ref)
    known = {path for path, one in queries.digests_now(draft).items() if one == digest}
    if not any(path.endswith("/" + name) and is_picture(path) for path in known):
        raise Http404
    return picture_answer(stored_files([digest])[digest], name)
