"""Files of a draft: an editor, a preview of a text before it is saved, uploads, exercises copied, renamed, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bilik.authoring import actions, folders, queries, translating
from bilik.authoring.errors import BadPath, FileThere, FileTooLarge, NoSuchFile, Outdated
from bilik.authoring.models import Draft
from bilik.authoring.pages import draft_context, draft_or_404, say_refusal
from bilik.cards.words import safe
from bilik.catalog.preview import text_preview
from bilik.catalog.source.digests import digest_of
from bilik.grading.exercise import as_text
from bilik.grading.pictures import is_picture
from bilik.grading.text import split_stamp
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest, shown_language

EDITORS = {".py": "python", ".sql": "sql"}


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: PageRequest, ref: UUID, path: str) -> HttpResponse:
    """One file: read, changed, looked at, saved, removed."""
    draft = draft_or_404(request, ref)
    try:
        now, content = queries.content_of(draft, path)
    except NoSuchFile:
        if request.method == "POST":
            return _gone(request, draft, path)
        raise Http404 from None
    if request.method == "GET":
        return _page(request, draft, path, now.digest, content)
    if request.POST.get("do") == "remove":
        return _remove(request, draft, path)
    text = _text(request)
    if request.POST.get("do") == "look":
        shown = safe(text_preview(split_stamp(text)[1], language=translating.language_of(path) or shown_language()))
        return _page(request, draft, path, request.POST.get("opened", ""), content, text=text, look=shown)
    return _save(request, draft, path, text)


def _text(request: PageRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")


def _save(request: PageRequest, draft: Draft, path: str, text: str) -> HttpResponse:
    opened = request.POST.get("opened", "")
    try:
        actions.save_file(by=request.user, now=utc_now(), draft=draft, path=path, content=text.encode(), opened=opened)
    except Outdated as refusal:
        theirs = queries.content_of(draft, path)[1] if refusal.current else b""
        return _page(
            request, draft, path, refusal.current, theirs, text=text, refusal=refusal,
            compared=translating.diff(as_text(theirs), text),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, draft, path, opened, b"", text=text, refusal=refusal)
    messages.success(request, _("Saved."))
    where = reverse("authoring:edit", args=[draft.ref, path])
    return redirect(f"{where}?saved=1")


def _gone(request: PageRequest, draft: Draft, path: str) -> HttpResponse:
    """The file was removed by somebody while it was being edited: what was typed is shown, and saving makes it anew."""
    text = _text(request)
    if request.POST.get("do") == "save" and not request.POST.get("opened"):
        return _save(request, draft, path, text)
    return _page(request, draft, path, "", b"", text=text, refusal=Outdated(current=""))


def _remove(request: PageRequest, draft: Draft, path: str) -> HttpResponse:
    try:
        actions.remove_file(by=request.user, now=utc_now(), draft=draft, path=path)
    except Refusal as refusal:
        say_refusal(request, refusal)
        return redirect("authoring:edit", draft.ref, path)
    messages.success(request, _("The file was removed. Its earlier states are kept."))
    return redirect("authoring:draft", draft.ref)


def _page(
    request: PageRequest,
    draft: Draft,
    path: str,
    opened: str,
    content: bytes,
    *,
    text: str | None = None,
    look: Any = "",
    refusal: Refusal | None = None,
    compared: Any = (),
) -> HttpResponse:
    editable = folders.is_text(path) and _readable(content)
    shown = text if text is not None else as_text(content) if editable else ""
    suffix = "." + path.rpartition(".")[2].lower()
    lesson = folders.lesson_of(path)
    context = draft_context(draft) | {
        "path": path,
        "text": shown,
        "opened": opened,
        "editable": editable or text is not None,
        "editor": EDITORS.get(suffix, ""),
        "markdown": suffix == ".md",
        "rows": min(40, max(8, shown.count("\n") + 2)),
        "picture": _picture(draft, path, opened) if is_picture(path) else "",
        "size": len(content),
        "problems": _problems(draft, path, shown),
        "history": queries.history_of(draft, path)[:10],
        "lesson": lesson,
        "exercise": path.split("/")[2] if _in_exercise(draft, path) else "",
        "look": look,
        "refusal": refusal,
        "compared": compared,
        "saved": "saved" in request.GET,
        "key": f"file-{draft.ref}-{digest_of(path.encode())[:16]}",
    }
    status = refusal.status if refusal else 200
    return render(request, "authoring/edit.html", context, status=status)


def _readable(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _picture(draft: Draft, path: str, digest: str) -> str:
    return reverse("authoring:picture", args=[draft.ref, digest, path.rpartition("/")[2]])


def _in_exercise(draft: Draft, path: str) -> bool:
    parts = folders.parts_of(queries.digests_now(draft))
    return path.count("/") > 2 and path.split("/")[2] in parts.exercises


def _problems(draft: Draft, path: str, text: str) -> list[dict[str, Any]]:
    """What the last check found in this file, each with the line it speaks of."""
    lines = text.split("\n")
    found = []
    for problem in queries.problems_in(draft, path):
        line = int(str(problem["line"]))
        found.append(problem | {"text": lines[line - 1] if 0 < line <= len(lines) else ""})
    return found


@require_POST
@login_required
def add_file(request: PageRequest, ref: UUID) -> HttpResponse:
    """A new file: uploaded into a folder, or an empty text."""
    draft = draft_or_404(request, ref)
    folder = request.POST.get("folder", "").strip().strip("/")
    upload = request.FILES.get("file")
    name = request.POST.get("name", "").strip() or (str(upload.name) if upload else "")
    try:
        path = folders.cleaned(f"{folder}/{name}" if folder else name)
        if upload is not None and (upload.size or 0) > folders.LARGEST_FILE:
            raise FileTooLarge()
        if upload is None and not folders.is_text(path):
            raise BadPath()
        current = queries.digests_now(draft).get(path, "")
        if current and upload is None:
            raise FileThere()
        content = upload.read() if upload is not None else b"\n"
        actions.save_file(by=request.user, now=utc_now(), draft=draft, path=path, content=content, opened=current)
    except Refusal as refusal:
        say_refusal(request, refusal)
        return redirect("authoring:draft", ref)
    messages.success(request, _("Saved."))
    return redirect("authoring:edit", ref, path)


@require_POST
@login_required
def exercises(request: PageRequest, ref: UUID) -> HttpResponse:
    """Copies, renames or removes an exercise."""
    draft = draft_or_404(request, ref)
    slug, new_slug = request.POST.get("exercise", ""), request.POST.get("name", "")
    facts = {"by": request.user, "now": utc_now(), "draft": draft, "slug": slug}
    wanted = request.POST.get("do", "")
    try:
        if wanted == "copy":
            actions.copy_exercise(**facts, new_slug=new_slug)
        elif wanted == "rename":
            actions.rename_exercise(**facts, new_slug=new_slug)
        elif wanted == "remove":
            actions.remove_exercise(**facts)
        else:
            raise Http404
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("authoring:draft", ref)
