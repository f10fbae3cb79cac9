"""One task's card: an answer, a hint, the card alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bilik.cards.controls import Typed
from bilik.cards.sent import fields_of, files_of, typed_in
from bilik.cards.words import invalid_sentence
from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts, variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.uploads import Upload
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.learning import actions, queries
from bilik.learning.cards import Card, card_for
from bilik.learning.drawing import draw
from bilik.learning.views import address_of, place_of
from bilik.learning.views.lesson import lesson_page
from bilik.people.queries import why_not_learn
from bilik.web.requests import PageRequest, client_key, shown_language, whole_number_in


def card_of(request: PageRequest, task: TaskFacts, progress: Any = None, typed: Typed | None = None) -> Card:
    """A task's card; `progress` if it is known already, `typed` what stands in the form instead of the last answer."""
    progress = progress or queries.progress_in(request.user, [task]).get(task.task_id)
    refusal = queries.refusal_to_answer(task, progress, why_not_learn(request.user, utc_now()))
    return card_for(request.user, task, progress, language=shown_language(), refusal=refusal, typed=typed)


def not_taken(
    request: PageRequest,
    course: CourseFacts,
    here: LessonFacts,
    task: TaskFacts,
    typed: Typed | None,
    *,
    refusal: Refusal | None = None,
    invalid: str = "",
) -> HttpResponse:
    """An answer that was not stored: the card again, with what was typed in it and the reason above it."""
    card = card_of(request, task, typed=typed)
    card.invalid, card.not_taken = invalid, True
    card.refusal = refusal or card.refusal
    status = refusal.status if refusal else 422
    if request.htmx:
        return HttpResponse(draw(card, course=course, lesson=here, request=request, fragment=True), status=status)
    return lesson_page(request, course, here, changed=card, status=status)


def card_response(
    request: PageRequest,
    course: CourseFacts,
    here: LessonFacts,
    task: TaskFacts,
    *,
    stored: bool = False,
    progress: Any = None,
) -> HttpResponse:
    card = card_of(request, task, progress)
    card.stored = stored
    return HttpResponse(draw(card, course=course, lesson=here, request=request, fragment=True))


@require_POST
def answer(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """Takes an answer. With htmx the task's card comes back, otherwise the lesson at that card."""
    found, here, task = place_of(course_slug, lesson_slug, task_slug)
    typed = typed_in(request)
    try:
        fields, files = _sent(request, task)
        given = actions.answer(
            by=request.user,
            now=utc_now(),
            task=task,
            fields=fields,
            key=client_key(request),
            language=shown_language(),
            wait_seconds=settings.RUNNER_WAIT_SECONDS,
            files=files,
        )
    except Refusal as refusal:
        return not_taken(request, found, here, task, typed, refusal=refusal)
    except InvalidAnswer as error:
        return not_taken(request, found, here, task, typed, invalid=invalid_sentence(error.feedback, shown_language()))
    if given.submission is None:
        sentence = invalid_sentence(given.invalid, shown_language()) if given.invalid else ""
        return not_taken(request, found, here, task, typed, invalid=sentence)
    if request.htmx:
        return card_response(request, found, here, task, stored=True, progress=given.submission.projection)
    return redirect(address_of(course_slug, lesson_slug, task_slug))


def _sent(request: PageRequest, task: TaskFacts) -> tuple[dict[str, list[str]], list[Upload]]:
    """What the form sent: fields, and files that were handed in, which the fields describe."""
    fields = fields_of(request)
    seed = actions.seed_of(request.user, task) if request.user.is_authenticated else 0
    files = files_of(request, variant(task.version_id, seed).page["controls"])
    if files:
        fields["answer-file"] = fields.get("answer-file", []) + [file.description() for file in files]
    return fields, files


@require_GET
def task(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """A task's card alone: what a page that waits for a verdict asks for."""
    found, here, wanted = place_of(course_slug, lesson_slug, task_slug)
    if not request.htmx:
        return redirect(address_of(course_slug, lesson_slug, task_slug))
    return card_response(request, found, here, wanted)


@require_POST
@login_required
def hint(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """Shows the next hint."""
    found, here, wanted = place_of(course_slug, lesson_slug, task_slug)
    shown = request.POST.get("shown", "0")
    try:
        actions.take_hint(by=request.user, now=utc_now(), task=wanted, shown=whole_number_in(shown) or 0)
    except Refusal as refusal:
        return not_taken(request, found, here, wanted, typed_in(request) or None, refusal=refusal)
    if not request.htmx:
        return redirect(address_of(course_slug, lesson_slug, task_slug))
    context = {
        "card": card_of(request, wanted),
        "at": address_of(course_slug, lesson_slug, task_slug, "/"),
        "signed_in": True,
    }
    return render(request, "learning/hints.html", context)
