"""Which programs of a group are alike: a pointer for somebody who then reads both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bilik.catalog.addresses import course_at
from bilik.kit.clock import utc_now
from bilik.people.queries import names_for
from bilik.teaching import actions
from bilik.teaching.queries.answers import title_of
from bilik.teaching.queries.similar import pairs_alike
from bilik.teaching.views import led, task_of
from bilik.web.requests import PageRequest, shown_language


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def similar(request: PageRequest, ref: UUID, course_slug: str, task_slug: str) -> HttpResponse:
    """Says what this is; compares only when somebody asks, because that is written down."""
    group, course = led(request, ref), course_at(course_slug)
    task = task_of(course, task_slug)
    if task.kind != "python_code":
        raise Http404
    context: dict[str, Any] = {
        "group": group,
        "course": course,
        "task": task,
        "title": title_of(task, shown_language()),
        "rows": None,
    }
    if request.method == "POST":
        actions.look_for_likeness(by=request.user, now=utc_now(), group=group, task_id=task.task_id)
        pairs = pairs_alike(group, task)
        people = {one.person_id: one.person for pair in pairs for one in (pair.left, pair.right)}
        names = names_for(people.values(), request.user)
        context["rows"] = [
            {
                "pair": pair,
                "sides": [
                    _side(pair.left, [match.left for match in pair.likeness.matches], names),
                    _side(pair.right, [match.right for match in pair.likeness.matches], names),
                ],
            }
            for pair in pairs
        ]
    return render(request, "teaching/similar.html", context)


def _side(submission: Any, places: list[tuple[int, int]], names: Any) -> dict[str, Any]:
    """One program, line by line, with the lines marked that the other one has as well."""
    marked = {line for first, last in places for line in range(first, last + 1)}
    lines = enumerate(str(submission.answer).splitlines(), start=1)
    return {
        "name": names[submission.person_id],
        "when": submission.received_at,
        "lines": [(text, number in marked) for number, text in lines],
    }
