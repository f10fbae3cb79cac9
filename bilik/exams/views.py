"""The pages of exams: before it, one task at a time, handing in, the result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bilik.cards.controls import controls_for
from bilik.cards.sent import fields_of, typed_in
from bilik.cards.verdicts import verdict_view
from bilik.cards.words import invalid_sentence, safe, words_in
from bilik.catalog.addresses import course_at
from bilik.catalog.queries import CourseFacts, ExamFacts, variant
from bilik.exams import actions, queries
from bilik.exams.models import Sitting, SittingTask
from bilik.exams.states import SittingState
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest, shown_language


def _exam(course_slug: str, exam_slug: str) -> tuple[CourseFacts, ExamFacts]:
    course = course_at(course_slug)
    exam = course.exam(exam_slug)
    if exam is None:
        raise Http404
    return course, exam


def _sitting(request: PageRequest, ref: UUID) -> Sitting:
    sitting = queries.sitting_of(request.user, ref)
    if sitting is None:
        raise Http404
    return sitting


@require_GET
@login_required
@never_cache
def mine(request: PageRequest) -> HttpResponse:
    """All exams one has taken."""
    rows = [
        {"sitting": one, "title": _title(one), "passed": queries.is_passed(one)}
        for one in queries.sittings_of(request.user)
    ]
    return render(request, "exams/mine.html", {"rows": rows})


def _title(sitting: Sitting) -> str:
    return sitting.titles.get(shown_language()) or sitting.titles["en"]


@require_GET
@never_cache
def exam(request: PageRequest, course_slug: str, exam_slug: str) -> HttpResponse:
    """What an exam is, before it begins."""
    course, found = _exam(course_slug, exam_slug)
    row = next(one for one in queries.exams_of(request.user, course, utc_now()) if one.exam.slug == found.slug)
    body = found.bodies.get(shown_language()) or found.bodies.get(course.manifest["source_language"], "")
    context = {
        "course": course,
        "course_title": course.title(shown_language()),
        "title": found.title(shown_language()),
        "row": row,
        "body": safe(body),
        "sittings": [{"sitting": one, "passed": queries.is_passed(one)} for one in row.sittings],
    }
    return render(request, "exams/exam.html", context)


@require_POST
@login_required
def begin(request: PageRequest, course_slug: str, exam_slug: str) -> HttpResponse:
    """Starts the clock."""
    course, found = _exam(course_slug, exam_slug)
    try:
        sitting = actions.begin(by=request.user, now=utc_now(), course=course, exam=found)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("exams:exam", course_slug, exam_slug)
    return redirect("exams:task", sitting.ref, 1)


@require_GET
@login_required
@never_cache
def task(request: PageRequest, ref: UUID, position: int) -> HttpResponse:
    """One task of a running exam."""
    return _task_page(request, _sitting(request, ref), position)


def _task_page(
    request: PageRequest, sitting: Sitting, position: int, *, typed: Any = None, said: str = "", status: int = 200
) -> HttpResponse:
    if sitting.state != SittingState.RUNNING:
        return redirect("exams:result", sitting.ref)
    tasks = queries.tasks_of(sitting)
    here = next((one for one in tasks if one.position == position), None)
    if here is None:
        raise Http404
    made = variant(here.version_id, here.seed)
    words = words_in(made.page, shown_language())
    starter = {"answer": [made.page["starter"]]} if made.page["starter"] else {}
    controls = controls_for(
        made.page,
        words,
        place=here.version.task.slug,
        order=f"{sitting.ref}/{position}",
        typed=typed if typed is not None else here.fields or starter,
    )
    context = {
        "sitting": sitting,
        "exam_title": _title(sitting),
        "tasks": tasks,
        "here": here,
        "title": words["title"],
        "html": safe(words["task"]),
        "controls": controls,
        "takes_files": any(control.get("upload") for control in controls),
        "said": said,
        "last": position == len(tasks),
        "seconds": max(0, int((sitting.ends_at - utc_now()).total_seconds())),
    }
    return render(request, "exams/task.html", context, status=status)


@require_POST
@login_required
@never_cache
def save(request: PageRequest, ref: UUID, position: int) -> HttpResponse:
    """Keeps what was typed. A script asks now and then and gets one sentence; the buttons lead on."""
    sitting = _sitting(request, ref)
    try:
        fields = fields_of(request)
        feedback = actions.save_answer(by=request.user, now=utc_now(), ref=ref, position=position, fields=fields)
    except InvalidAnswer as error:
        said = invalid_sentence(error.feedback, shown_language())
        return _task_page(request, sitting, position, typed=typed_in(request), said=said, status=422)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("exams:result", ref)
    if request.htmx:
        said = invalid_sentence(feedback, shown_language()) if feedback and _typed_something(fields) else ""
        return render(request, "exams/saved.html", {"at": utc_now(), "said": said})
    return _after_saving(request, ref, position)


def _typed_something(fields: dict[str, list[str]]) -> bool:
    return any(value.strip() for values in fields.values() for value in values)


def _after_saving(request: PageRequest, ref: UUID, position: int) -> HttpResponse:
    """Where the button that was pressed leads."""
    wanted = request.POST.get("go", "next")
    if wanted == "finish":
        return redirect("exams:finish", ref)
    if wanted.isdecimal() and len(wanted) < 4:
        return redirect("exams:task", ref, int(wanted))
    return redirect("exams:task", ref, position + (1 if wanted == "next" else -1))


@require_GET
@login_required
@never_cache
def finish(request: PageRequest, ref: UUID) -> HttpResponse:
    """What is saved, before it is handed in."""
    sitting = _sitting(request, ref)
    if sitting.state != SittingState.RUNNING:
        return redirect("exams:result", ref)
    tasks = [{"task": one, "title": _task_title(one), "said": _why_none(one)} for one in queries.tasks_of(sitting)]
    context = {"sitting": sitting, "exam_title": _title(sitting), "tasks": tasks}
    return render(request, "exams/finish.html", context)


def _task_title(one: SittingTask) -> str:
    return str(words_in(variant(one.version_id, one.seed).page, shown_language())["title"])


def _why_none(one: SittingTask) -> str:
    """Why what is saved is no answer; empty when it is one."""
    if not _typed_something(one.fields):
        return _("no answer yet")
    try:
        parse_answer(variant(one.version_id, one.seed).spec, one.fields)
    except InvalidAnswer as error:
        return invalid_sentence(error.feedback, shown_language())
    return ""


@require_POST
@login_required
def hand_in(request: PageRequest, ref: UUID) -> HttpResponse:
    """Hands the exam in."""
    try:
        actions.hand_in(by=request.user, now=utc_now(), ref=ref)
    except Refusal:
        raise Http404 from None
    return redirect("exams:result", ref)


@require_GET
@login_required
@never_cache
def result(request: PageRequest, ref: UUID) -> HttpResponse:
    """What an exam came to, as far as it may be shown."""
    sitting = _sitting(request, ref)
    finished = sitting.state == SittingState.FINISHED
    tasks = queries.tasks_of(sitting) if finished and sitting.feedback != "never" else []
    context = {
        "sitting": sitting,
        "exam_title": _title(sitting),
        "passed": queries.is_passed(sitting),
        "over": sitting.state == SittingState.RUNNING,
        "tasks": [_task_result(one, sitting) for one in tasks],
    }
    return render(request, "exams/result.html", context)


def _task_result(one: SittingTask, sitting: Sitting) -> dict[str, Any]:
    words = words_in(variant(one.version_id, one.seed).page, shown_language())
    shown = one.submission is not None and sitting.feedback == "after"
    return {
        "task": one,
        "title": words["title"],
        "verdict": verdict_view(one.submission, words, shown_language()) if shown and one.submission else None,
    }
