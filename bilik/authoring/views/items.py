"""Figures on the tasks of a published course."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from bilik.authoring import figuring, items, queries
from bilik.authoring.pages import FLAG_SENTENCES, published_facts, say_refusal
from bilik.cards.words import safe, words_in
from bilik.catalog.queries import CourseFacts, TaskFacts, variant
from bilik.grading.report import report
from bilik.grading.text import ExerciseText
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest, shown_language


@require_http_methods(["GET", "POST"])
@login_required
def course_items(request: PageRequest, slug: str) -> HttpResponse:
    """The figures as they were last worked out; by POST they are worked out anew."""
    if not queries.may_author(request.user):
        raise Http404
    course = published_facts(slug)
    if course is None:
        raise Http404
    if request.method == "POST":
        try:
            figuring.refresh(by=request.user, now=utc_now(), course=course)
        except Refusal as refusal:
            say_refusal(request, refusal)
        return redirect("authoring:items", slug)
    kept = queries.figures_of(course.course_id)
    context = {
        "course": course,
        "title": course.title(shown_language()),
        "kept": kept,
        "outdated": kept is not None and kept.version_id != course.version_id,
        "lessons": _lessons(course, kept.figures["items"]) if kept else [],
        "people": kept.figures["people"] if kept else 0,
        "answers": kept.figures["answers"] if kept else 0,
        "least_people": items.LEAST_PEOPLE,
        "least_same": items.LEAST_SAME,
        "pause": int(items.LONGEST_PAUSE // 60),
    }
    return render(request, "authoring/items.html", context)


def _lessons(course: CourseFacts, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_task = {row["task_id"]: row for row in rows}
    language = shown_language()
    return [
        {
            "title": lesson.title(language),
            "items": [_item(task, by_task[task.task_id], language) for task in lesson.tasks if task.task_id in by_task],
        }
        for lesson in course.lessons
    ]


def _item(task: TaskFacts, row: dict[str, Any], language: str) -> dict[str, Any]:
    words = words_in(variant(task.version_id, 0).page, language)
    return {
        "row": row,
        "title": words["title"],
        "facility": _percent(row["facility"]),
        "solved": _percent(row["solved"]),
        "hinted": _percent(row["hinted"]),
        "discrimination": _hundredths(row["discrimination"]),
        "minutes": round(row["seconds"] / 60, 1) if row["seconds"] is not None else None,
        "options": [
            option | {"words": safe(words["choices"].get(option["name"], option["name"])), "share": _share(option, row)}
            for option in row["options"]
        ],
        "wrong": row["wrong"],
        "said": [_said(one, words, language) for one in row["said"]],
        "flags": [FLAG_SENTENCES[flag] for flag in row["flags"]],
    }


def _percent(interval: dict[str, float] | None) -> dict[str, int] | None:
    return {name: round(100 * value) for name, value in interval.items()} if interval else None


def _hundredths(interval: dict[str, float] | None) -> dict[str, float] | None:
    return {name: round(value, 2) for name, value in interval.items()} if interval else None


def _share(option: dict[str, Any], row: dict[str, Any]) -> int:
    return round(100 * option["people"] / row["people"]) if row["people"] else 0


def _said(one: dict[str, Any], words: Any, language: str) -> dict[str, Any]:
    """What learners were told, as they were told it: the author's words, or ours."""
    if one["code"] == "author":
        return one | {"html": safe(words["feedback"].get(one["name"], one["name"])), "sentence": ""}
    if one["code"] == "error":
        return one | {"html": "", "sentence": one["name"]}
    with override(language):
        made = report([{"code": one["code"]}], ExerciseText(title="", task=""), language)
    return one | {"html": "", "sentence": made.said[0].sentence if made.said else one["code"]}
