"""One's earlier answers to a task, and files that were handed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bilik.cards.answers import answer_view
from bilik.cards.sent import download
from bilik.cards.verdicts import remarks_of, verdict_view
from bilik.cards.words import words_in
from bilik.catalog.queries import variant
from bilik.learning import actions
from bilik.learning.cards import Card
from bilik.learning.views import place_of
from bilik.learning.views.card import card_of
from bilik.submissions.queries import attachment_of, comments_on, submission_of, submissions_to_task
from bilik.web.requests import PageRequest, shown_language, whole_number_in

MOST_ATTEMPTS_SHOWN = 50


@require_GET
@login_required
def attempts(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """All one's answers to a task, the newest first; with `?one=` one of them in full."""
    found, here, wanted = place_of(course_slug, lesson_slug, task_slug)
    card = card_of(request, wanted)
    # Answers of other rooms are shown there: a level check, for one, keeps its verdicts until its end.
    mine = submissions_to_task(request.user, wanted.task_id).filter(context=actions.CONTEXT)
    rows = list(mine[:MOST_ATTEMPTS_SHOWN])
    chosen = rows[0] if rows else None
    if "one" in request.GET:
        chosen = mine.filter(pk=whole_number_in(request.GET["one"]) or 0).first()
        if chosen is None:
            raise Http404
    context = {
        "course": found,
        "lesson": here,
        "course_title": found.title(shown_language()),
        "title": here.title(shown_language()),
        "card": card,
        "rows": [verdict_view(row, {"feedback": {}}, shown_language()) for row in rows],
        "chosen": _chosen(chosen, card, request.user) if chosen else None,
    }
    return render(request, "learning/attempts.html", context)


@require_GET
@login_required
def file(
    request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str, submission_id: int, digest: str
) -> HttpResponse:
    """A file that one handed in, given back."""
    mine = submission_of(request.user, submission_id)
    found = attachment_of(mine, digest) if mine else None
    if found is None:
        raise Http404
    return download(*found)


def _chosen(submission: Any, card: Card, person: Any) -> dict[str, Any]:
    page = variant(submission.task_version_id, submission.seed).page
    words = words_in(page, shown_language())
    if card.verdict is not None and card.verdict.submission == submission:
        remarks = card.verdict.remarks
    else:
        remarks = remarks_of(comments_on([submission.pk]).get(submission.pk, ()), person)
    view = verdict_view(submission, words, shown_language(), remarks)
    given = submission.answer
    files = submission.attachments.all() if isinstance(given, dict) and given.get("files") else ()
    return {"view": view, "given": answer_view(page, words, given), "files": files}
