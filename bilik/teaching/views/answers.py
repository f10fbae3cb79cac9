"""What the group gets wrong, and one comment for all who made the same mistake."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bilik.cards.answers import answer_view
from bilik.cards.verdicts import verdict_view
from bilik.cards.words import words_in
from bilik.catalog.addresses import course_at
from bilik.catalog.queries import variant
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.queries import names_for
from bilik.teaching import actions
from bilik.teaching.queries import answers as queries
from bilik.teaching.views import led, task_of
from bilik.web.requests import PageRequest, shown_language

MOST_CLUSTERS = 20


@login_required
@never_cache
@require_GET
def tasks(request: PageRequest, ref: UUID, course_slug: str) -> HttpResponse:
    """The tasks of a course in which the group is stuck, the worst first."""
    group, course = led(request, ref), course_at(course_slug)
    rows = queries.task_rows(group, course, shown_language())
    context = {"group": group, "course": course, "title": course.title(shown_language()), "rows": rows}
    return render(request, "teaching/tasks.html", context)


@login_required
@never_cache
@require_GET
def clusters(request: PageRequest, ref: UUID, course_slug: str, task_slug: str) -> HttpResponse:
    """The wrong answers to one task, those with one mistake together."""
    return _page(request, ref, course_slug, task_slug)


@login_required
@require_POST
def comment(request: PageRequest, ref: UUID, course_slug: str, task_slug: str) -> HttpResponse:
    """Says something to a cluster, changes it, or takes it back."""
    group, course = led(request, ref), course_at(course_slug)
    task, key = task_of(course, task_slug), request.POST.get("key", "")
    at = {"by": request.user, "now": utc_now(), "group": group, "task_id": task.task_id, "key": key}
    try:
        if request.POST.get("do") == "retract":
            actions.retract_cluster_comment(**at)
            messages.success(request, _("The comment is taken back. Nobody sees it any more."))
        else:
            said = actions.comment_on_cluster(text=request.POST.get("text", ""), **at)
            many = said.answers.values("submission__person").distinct().count()
            sentence = ngettext(
                "%(many)s learner sees the comment at their answer.",
                "%(many)s learners see the comment at their answer.",
                many,
            )
            messages.success(request, sentence % {"many": many})
    except Refusal as refusal:
        typed = {key: request.POST.get("text", "")}
        return _page(request, ref, course_slug, task_slug, refusal=refusal, typed=typed)
    return redirect("teaching:clusters", group.ref, course.slug, task.slug)


def _page(
    request: PageRequest,
    ref: UUID,
    course_slug: str,
    task_slug: str,
    *,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    group, course = led(request, ref), course_at(course_slug)
    task = task_of(course, task_slug)
    answers = queries.wrong_answers(group, task.task_id)
    names = names_for({row.person_id: row.person for row in answers.values()}.values(), request.user)
    said, found = queries.comments_of(group, task.task_id), queries.clusters_in(answers)
    context = {
        "group": group,
        "course": course,
        "task": task,
        "title": queries.title_of(task, shown_language()),
        "rows": [_row(one, answers, names, said, typed or {}) for one in found[:MOST_CLUSTERS]],
        "more": max(0, len(found) - MOST_CLUSTERS),
        "refusal": refusal,
        "is_code": task.kind == "python_code",
    }
    return render(request, "teaching/clusters.html", context, status=refusal.status if refusal else 200)


def _row(one: Any, answers: Any, names: Any, said: Any, typed: dict[str, str]) -> dict[str, Any]:
    """A cluster as the page shows it: the newest answer as the example, with what its learner was told."""
    example = answers[one.example.submission_id]
    page = variant(example.task_version_id, example.seed).page
    words, comment = words_in(page, shown_language()), said.get(one.key)
    return {
        "cluster": one,
        "example": answer_view(page, words, example.answer),
        "verdict": verdict_view(example, words, shown_language()),
        "names": [names[person] for person in one.people],
        "comment": comment,
        "text": typed.get(one.key, comment.text if comment else ""),
    }
