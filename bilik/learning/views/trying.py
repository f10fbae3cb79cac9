"""Running a program without handing it in: what a device needs for it, and the server's way."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bilik.cards.sent import fields_of, typed_in
from bilik.cards.trying import Ran, for_the_script
from bilik.cards.words import invalid_sentence, words_in
from bilik.catalog.queries import TaskFacts, variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.grading.visible import visible_spec
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.learning import actions
from bilik.learning.views import place_of
from bilik.learning.views.card import card_of
from bilik.learning.views.lesson import lesson_page
from bilik.web.requests import PageRequest, shown_language


@require_GET
def seen(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """What the reader's device needs to run programs for a task: the visible part of its spec, and words."""
    _, _, wanted = place_of(course_slug, lesson_slug, task_slug)
    made = variant_of(request, wanted)
    spec = visible_spec(made.spec)
    if spec is None:
        raise Http404
    names = {rule["say"] for rule in spec["feedback"]} | set(spec["require"]["say"].values())
    feedback = words_in(made.page, shown_language())["feedback"]
    shown = {"spec": spec, "feedback": {name: html for name, html in feedback.items() if name in names}}
    return JsonResponse(shown | for_the_script())


def variant_of(request: PageRequest, task: TaskFacts) -> Any:
    return variant(task.version_id, actions.seed_of(request.user, task) if request.user.is_authenticated else 0)


@require_POST
def run(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """Runs a program on the server, or records its steps, without checking or storing it."""
    found, here, wanted = place_of(course_slug, lesson_slug, task_slug)
    what = "steps" if request.POST.get("what") == "steps" else "run"
    ran, status = _run_on_the_server(request, wanted, what)
    if request.htmx:
        # A refusal comes with a good status, because it belongs where the screen would be.
        return render(request, "cards/ran.html", {"ran": ran, "record": json.dumps(ran.record)})
    card = card_of(request, wanted, typed=typed_in(request))
    card.ran, card.ran_cell = ran, request.GET.get("cell", "")
    return lesson_page(request, found, here, changed=card, status=status)


def _as_far_as(cell: str, answer: Any) -> Any:
    """Of a notebook the cells up to this one."""
    if not isinstance(answer, dict) or cell not in answer:
        return answer
    names = list(answer)
    return {name: answer[name] for name in names[: names.index(cell) + 1]}


def _run_on_the_server(request: PageRequest, task: TaskFacts, what: str) -> tuple[Ran, int]:
    made = variant_of(request, task)
    spec = visible_spec(made.spec)
    if spec is None:
        raise Http404
    code: Any = request.POST.get("answer", "")
    try:
        code = _as_far_as(request.GET.get("cell", ""), parse_answer(spec, fields_of(request)))
        told = actions.try_out(
            by=request.user,
            now=utc_now(),
            spec=spec,
            what=what,
            code=code,
            typed=request.POST.get("typed", ""),
            language=shown_language(),
            wait_seconds=settings.RUNNER_WAIT_SECONDS * 8,
        )
    except InvalidAnswer as error:
        return Ran(what, code, {}, refused=invalid_sentence(error.feedback, shown_language())), 422
    except Refusal as refusal:
        return Ran(what, code, {}, refused=str(refusal.sentence)), refusal.status
    return Ran(what, code, told), 200
