"""A lesson: reading and doing in one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from bilik.cards.words import safe
from bilik.catalog.addresses import lesson_at
from bilik.catalog.queries import CourseFacts, LessonFacts
from bilik.groups.queries import due_for
from bilik.kit.clock import utc_now
from bilik.learning import queries
from bilik.learning.cards import Card
from bilik.learning.drawing import draw, drawn
from bilik.learning.views import due_shown
from bilik.people.queries import why_not_learn
from bilik.web.requests import PageRequest, shown_language


@require_GET
def lesson(request: PageRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """A lesson: reading and doing in one page."""
    found, here = lesson_at(course_slug, lesson_slug)
    return lesson_page(request, found, here)


def lesson_page(
    request: PageRequest, course: CourseFacts, here: LessonFacts, *, changed: Card | None = None, status: int = 200
) -> HttpResponse:
    """The page of a lesson; `changed` takes the place of one task's card (after an answer that could not be taken)."""
    language = shown_language()
    body_language = language if language in here.bodies else course.manifest["source_language"]
    progress = queries.progress_in(request.user, here.tasks)
    cards = _drawn_cards(request, course, here, progress)
    if changed is not None:
        cards[changed.task.slug] = safe(draw(changed, course=course, lesson=here, request=request))
    at = course.lessons.index(here)
    solved = sum(bool(row.solved_at) for row in progress.values())
    context = {
        "course": course,
        "course_title": course.title(language),
        "lesson": here,
        "title": here.title(language),
        "parts": [_part(part, cards) for part in here.bodies[body_language]],
        "body_language": body_language,
        "translated": body_language == language,
        "course_address": reverse("learning:course", args=[course.slug]),
        "before": _neighbour(course, at - 1, language),
        "after": _neighbour(course, at + 1, language),
        "solved": solved,
        "due": due_shown(due_for(request.user, course.slug).get(here.slug), done=solved == len(here.tasks)),
    }
    return render(request, "learning/lesson.html", context, status=status)


def _drawn_cards(
    request: PageRequest, course: CourseFacts, here: LessonFacts, progress: Mapping[int, Any]
) -> dict[str, SafeString]:
    refusal, language, token = why_not_learn(request.user, utc_now()), shown_language(), get_token(request)
    cards = {}
    for task in here.tasks:
        row = progress.get(task.task_id)
        cards[task.slug] = drawn(
            request=request, course=course, lesson=here, task=task, progress=row, language=language, token=token,
            refusal=queries.refusal_to_answer(task, row, refusal),
        )  # fmt: skip
    return cards


def _part(part: Mapping[str, str], cards: Mapping[str, SafeString]) -> dict[str, Any]:
    return {"card": cards.get(part["exercise"])} if "exercise" in part else {"html": safe(part["html"])}


def _neighbour(course: CourseFacts, at: int, language: str) -> dict[str, str] | None:
    if not 0 <= at < len(course.lessons):
        return None
    return {"slug": course.lessons[at].slug, "title": course.lessons[at].title(language)}
