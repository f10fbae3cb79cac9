"""The translation desk: how far a language is, and one text beside its source."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bilik.authoring import actions, queries, translating
from bilik.authoring.errors import Outdated
from bilik.authoring.models import Draft
from bilik.authoring.pages import (
    DIFFERENCE_SENTENCES,
    draft_context,
    draft_or_404,
    languages_to_translate,
    source_language_of,
)
from bilik.catalog.queries import earlier_contents
from bilik.catalog.source.digests import digest_of
from bilik.grading.exercise import LANGUAGES, as_text
from bilik.grading.text import split_stamp
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.context import OWN_NAMES
from bilik.web.requests import PageRequest


def _found(draft: Draft, language: str) -> list[translating.Translation]:
    files = queries.files_now(draft)
    wanted = [one for path, one in files.items() if translating.language_of(path)]
    texts = {path: content.decode("utf-8", "replace") for path, content in queries.contents_of(wanted).items()}
    return translating.translations(texts, source_language=source_language_of(draft), language=language)


def _context(draft: Draft, language: str) -> dict[str, Any]:
    source = source_language_of(draft)
    if language not in LANGUAGES or language == source:
        raise Http404
    return draft_context(draft) | {
        "into": language,
        "language_name": OWN_NAMES[language],
        "languages": languages_to_translate(draft),
        "source_language": source,
    }


@require_GET
@login_required
def completeness(request: PageRequest, ref: UUID, language: str) -> HttpResponse:
    """How far a draft is translated, lesson by lesson."""
    draft = draft_or_404(request, ref)
    context = _context(draft, language)
    found = _found(draft, language)
    context |= {
        "lessons": translating.by_lesson(found),
        "done": sum(one.state == "done" for one in found),
        "of": len(found),
        "next": translating.next_after(found, ""),
    }
    return render(request, "authoring/completeness.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def translate(request: PageRequest, ref: UUID, language: str, path: str) -> HttpResponse:
    """One text beside its source. Saving writes the stamp: this translation is made from this source."""
    draft = draft_or_404(request, ref)
    context = _context(draft, language)
    found = _found(draft, language)
    here = next((one for one in found if one.path == path), None)
    if here is None:
        raise Http404
    source = as_text(queries.content_of(draft, here.source)[1])
    digest, kept = "", ""
    if here.path in queries.digests_now(draft):
        now, content = queries.content_of(draft, path)
        digest, kept = now.digest, as_text(content)
    text, opened, refusal = kept, digest, None
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")
        opened = request.POST.get("opened", "")
        wanted = request.POST.get("do", "save")
        if wanted != "look":
            try:
                return _save(request, draft, here, source, text, opened, found)
            except Refusal as caught:
                refusal = caught
                opened = digest if isinstance(caught, Outdated) else opened
    context |= {
        "here": here,
        "source": split_stamp(source)[1].strip("\n"),
        "text": split_stamp(text)[1].strip("\n"),
        "opened": opened,
        "theirs": split_stamp(kept)[1].strip("\n") if isinstance(refusal, Outdated) else "",
        "differences": _differences(source, text, here.path),
        "changed": _changed(draft, here, kept, source),
        "refusal": refusal,
        "next": translating.next_after(found, path),
        "rows": min(50, max(10, source.count("\n") + 4)),
        "key": f"translation-{draft.ref}-{digest_of(path.encode())[:16]}",
        "saved": "saved" in request.GET,
    }
    return render(request, "authoring/translate.html", context, status=refusal.status if refusal else 200)


def _save(
    request: PageRequest,
    draft: Draft,
    here: translating.Translation,
    source: str,
    text: str,
    opened: str,
    found: list[translating.Translation],
) -> HttpResponse:
    content = translating.as_translation(text, source).encode()
    actions.save_file(by=request.user, now=utc_now(), draft=draft, path=here.path, content=content, opened=opened)
    following = translating.next_after(found, here.path)
    onward = request.POST.get("do") == "next" and following is not None and following.path != here.path
    messages.success(request, _("Saved."))
    address = redirect("authoring:translate", draft.ref, _language(here), here.path)
    if onward and following is not None:
        return redirect("authoring:translate", draft.ref, _language(following), following.path)
    address["Location"] += "?saved=1"
    return address


def _language(one: translating.Translation) -> str:
    return translating.language_of(one.path)


def _differences(source: str, text: str, path: str) -> list[dict[str, Any]]:
    if not text.strip():
        return []
    rows = translating.differences(source, text, path=path)
    return [{"what": DIFFERENCE_SENTENCES[one.kind], "name": one.name, "side": one.side} for one in rows]


def _changed(draft: Draft, here: translating.Translation, kept: str, source: str) -> dict[str, Any] | None:
    """What changed in the source since the translation was made; None where there is nothing to say."""
    if here.state != "stale":
        return None
    ever = [*queries.contents_ever(draft, here.source), *earlier_contents(draft.slug, here.source)]
    before = translating.source_when_translated(kept, ever)
    return {"known": before is not None, "lines": translating.diff(before, source) if before is not None else []}
