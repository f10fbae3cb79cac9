"""Pages of learning: courses, a course, a lesson with its tasks, an answer, earlier answers, skills."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from bilik.cards.answers import answer_view
from bilik.cards.controls import Typed
from bilik.cards.sent import download, fields_of, files_of, typed_in
from bilik.cards.trying import Ran, for_the_script
from bilik.cards.verdicts import remarks_of, verdict_view
from bilik.cards.words import invalid_sentence, safe, words_in
from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts, published_course, published_courses, variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.grading.uploads import Upload
from bilik.grading.visible import visible_spec
from bilik.groups.queries import due_for
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.kit.ids import new_id
from bilik.learning import actions, queries
from bilik.learning.cards import Card, card_for
from bilik.learning.drawing import draw, drawn
from bilik.learning.rules import why_not_answer
from bilik.people.queries import why_not_learn
from bilik.skills.queries import name_of
from bilik.submissions.queries import attachment_of, comments_on, submission_of, submissions_to_task
from bilik.web.requests import PageRequest

MOST_ATTEMPTS_SHOWN = 50


def _language() -> str:
    return (get_language() or "en")[:2]


def _course(slug: str) -> CourseFacts:
    try:
        return published_course(slug)
    except NoSuchCourse:
        raise Http404 from None


def _place(course_slug: str, lesson_slug: str, task_slug: str) -> tuple[CourseFacts, LessonFacts, TaskFacts]:
    course, lesson = _lesson(course_slug, lesson_slug)
    for task in lesson.tasks:
        if task.slug == task_slug:
            return course, lesson, task
    raise Http404


def _lesson(course_slug: str, lesson_slug: str) -> tuple[CourseFacts, LessonFacts]:
    course = _course(course_slug)
    try:
        return course, course.lesson(lesson_slug)
    except NoSuchCourse:
        raise Http404 from None


@require_GET
def courses(request: PageRequest) -> HttpResponse:
    """All courses, with one's progress."""
    language = _language()
    rows = queries.course_progress(request.user, published_courses())
    shown = [{"row": row, "title": row.course.title(language), "summary": row.course.summary(language)} for row in rows]
    return render(request, "learning/courses.html", {"courses": shown})


@require_GET
def course(request: PageRequest, course_slug: str) -> HttpResponse:
    """One course: what it is, its lessons, where to go on."""
    language, found = _language(), _course(course_slug)
    progress = queries.course_progress(request.user, [found])[0]
    due = due_for(request.user, course_slug)
    lessons = [
        {"row": row, "title": row.lesson.title(language), "due": _due(due.get(row.lesson.slug), done=row.is_done)}
        for row in progress.lessons
    ]
    skippable = queries.skippable_lessons(request.user, found)
    next_row = progress.next_without(skippable)
    context = {
        "course": found,
        "title": found.title(language),
        "summary": found.summary(language),
        "progress": progress,
        "lessons": lessons,
        "skippable": skippable,
        "next": {"row": next_row, "title": next_row.lesson.title(language)} if next_row else None,
        "skills": [name_of(row["id"], language) for row in found.manifest["skills"]],
        "due": _due(due.get(None), done=progress.is_done),
    }
    return render(request, "learning/course.html", context)


def _due(due_at: datetime | None, *, done: bool) -> dict[str, Any] | None:
    """A date as pages show it; one that is over is told, and changes nothing else."""
    return {"at": due_at, "late": not done and due_at <= utc_now()} if due_at else None


@require_GET
def lesson(request: PageRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """A lesson: reading and doing in one page."""
    found, here = _lesson(course_slug, lesson_slug)
    return _lesson_page(request, found, here)


def _lesson_page(
    request: PageRequest, course: CourseFacts, here: LessonFacts, *, changed: Card | None = None, status: int = 200
) -> HttpResponse:
    """The page of a lesson; `changed` takes the place of one task's card (after an answer that could not be taken)."""
    language = _language()
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
        "due": _due(due_for(request.user, course.slug).get(here.slug), done=solved == len(here.tasks)),
    }
    return render(request, "learning/lesson.html", context, status=status)


def _drawn_cards(
    request: PageRequest, course: CourseFacts, here: LessonFacts, progress: Mapping[int, Any]
) -> dict[str, SafeString]:
    refusal, language, token = why_not_learn(request.user, utc_now()), _language(), get_token(request)
    cards = {}
    for task in here.tasks:
        row = progress.get(task.task_id)
        cards[task.slug] = drawn(
            request=request, course=course, lesson=here, task=task, progress=row, language=language, token=token,
            refusal=_refusal(task, row, refusal),
        )  # fmt: skip
    return cards


def _refusal(task: TaskFacts, progress: Any, person_refusal: Refusal | None) -> Refusal | None:
    latest = progress.last_submission if progress else None
    return why_not_answer(task, progress, person=person_refusal, waiting=bool(latest and latest.is_waiting))


def _part(part: Mapping[str, str], cards: Mapping[str, SafeString]) -> dict[str, Any]:
    return {"card": cards.get(part["exercise"])} if "exercise" in part else {"html": safe(part["html"])}


def _neighbour(course: CourseFacts, at: int, language: str) -> dict[str, str] | None:
    if not 0 <= at < len(course.lessons):
        return None
    return {"slug": course.lessons[at].slug, "title": course.lessons[at].title(language)}


@require_POST
def answer(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """Takes an answer. With htmx the task's card comes back, otherwise the lesson at that card."""
    found, here, task = _place(course_slug, lesson_slug, task_slug)
    typed = typed_in(request)
    try:
        fields, files = _sent(request, task)
        given = actions.answer(
            by=request.user,
            now=utc_now(),
            task=task,
            fields=fields,
            key=_key(request),
            language=_language(),
            wait_seconds=settings.RUNNER_WAIT_SECONDS,
            files=files,
        )
    except Refusal as refusal:
        return _not_taken(request, found, here, task, typed, refusal=refusal)
    except InvalidAnswer as error:
        return _not_taken(request, found, here, task, typed, invalid=invalid_sentence(error.feedback, _language()))
    if given.submission is None:
        sentence = invalid_sentence(given.invalid, _language()) if given.invalid else ""
        return _not_taken(request, found, here, task, typed, invalid=sentence)
    if request.htmx:
        return _card_response(request, found, here, task, stored=True, progress=given.submission.projection)
    return redirect(_at(course_slug, lesson_slug, task_slug))


def _sent(request: PageRequest, task: TaskFacts) -> tuple[dict[str, list[str]], list[Upload]]:
    """What the form sent: fields, and files that were handed in, which the fields describe."""
    fields = fields_of(request)
    seed = actions.seed_of(request.user, task) if request.user.is_authenticated else 0
    files = files_of(request, variant(task.version_id, seed).page["controls"])
    if files:
        fields["answer-file"] = fields.get("answer-file", []) + [file.description() for file in files]
    return fields, files


def _key(request: PageRequest) -> UUID:
    """The client's key; a form without a usable one (an old page, a script) gets a new one and is simply new."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return new_id()


def _at(course_slug: str, lesson_slug: str, task_slug: str, sign: str = "#") -> str:
    """The address of a task: `#` for its place in the lesson, `/` for its own pages."""
    lesson = reverse("learning:lesson", args=[course_slug, lesson_slug])
    return f"{lesson}#{task_slug}" if sign == "#" else f"{lesson}{task_slug}/"


def _card(request: PageRequest, task: TaskFacts, progress: Any = None, typed: Typed | None = None) -> Card:
    """A task's card; `progress` if it is known already, `typed` what stands in the form instead of the last answer."""
    progress = progress or queries.progress_in(request.user, [task]).get(task.task_id)
    refusal = _refusal(task, progress, why_not_learn(request.user, utc_now()))
    return card_for(request.user, task, progress, language=_language(), refusal=refusal, typed=typed)


def _not_taken(
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
    card = _card(request, task, typed=typed)
    card.invalid, card.not_taken = invalid, True
    card.refusal = refusal or card.refusal
    status = refusal.status if refusal else 422
    if request.htmx:
        return HttpResponse(draw(card, course=course, lesson=here, request=request, fragment=True), status=status)
    return _lesson_page(request, course, here, changed=card, status=status)


def _card_response(
    request: PageRequest,
    course: CourseFacts,
    here: LessonFacts,
    task: TaskFacts,
    *,
    stored: bool = False,
    progress: Any = None,
) -> HttpResponse:
    card = _card(request, task, progress)
    card.stored = stored
    return HttpResponse(draw(card, course=course, lesson=here, request=request, fragment=True))


@require_GET
def task(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """A task's card alone: what a page that waits for a verdict asks for."""
    found, here, wanted = _place(course_slug, lesson_slug, task_slug)
    if not request.htmx:
        return redirect(_at(course_slug, lesson_slug, task_slug))
    return _card_response(request, found, here, wanted)


@require_GET
def seen(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """What the reader's device needs to run programs for a task: the visible part of its spec, and words."""
    _, _, wanted = _place(course_slug, lesson_slug, task_slug)
    made = _variant_of(request, wanted)
    spec = visible_spec(made.spec)
    if spec is None:
        raise Http404
    names = {rule["say"] for rule in spec["feedback"]} | set(spec["require"]["say"].values())
    feedback = words_in(made.page, _language())["feedback"]
    shown = {"spec": spec, "feedback": {name: html for name, html in feedback.items() if name in names}}
    return JsonResponse(shown | for_the_script())


def _variant_of(request: PageRequest, task: TaskFacts) -> Any:
    return variant(task.version_id, actions.seed_of(request.user, task) if request.user.is_authenticated else 0)


@require_POST
def run(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """Runs a program on the server, or records its steps, without checking or storing it."""
    found, here, wanted = _place(course_slug, lesson_slug, task_slug)
    what = "steps" if request.POST.get("what") == "steps" else "run"
    ran, status = _run_on_the_server(request, wanted, what)
    if request.htmx:
        # A refusal comes with a good status, because it belongs where the screen would be.
        return render(request, "cards/ran.html", {"ran": ran, "record": json.dumps(ran.record)})
    card = _card(request, wanted, typed=typed_in(request))
    card.ran = ran
    return _lesson_page(request, found, here, changed=card, status=status)


def _run_on_the_server(request: PageRequest, task: TaskFacts, what: str) -> tuple[Ran, int]:
    made = _variant_of(request, task)
    spec = visible_spec(made.spec)
    if spec is None:
        raise Http404
    code = request.POST.get("answer", "")
    try:
        code = parse_answer(spec, fields_of(request))
        told = actions.try_out(
            by=request.user, now=utc_now(), spec=spec, what=what, code=code,
            typed=request.POST.get("typed", ""), language=_language(), wait_seconds=settings.RUNNER_WAIT_SECONDS * 8,
        )  # fmt: skip
    except InvalidAnswer as error:
        return Ran(what, code, {}, refused=invalid_sentence(error.feedback, _language())), 422
    except Refusal as refusal:
        return Ran(what, code, {}, refused=str(refusal.sentence)), refusal.status
    return Ran(what, code, told), 200


def _number(text: str) -> int | None:
    """A number as our own pages send it, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@require_POST
@login_required
def hint(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """Shows the next hint."""
    found, here, wanted = _place(course_slug, lesson_slug, task_slug)
    shown = request.POST.get("shown", "0")
    try:
        actions.take_hint(by=request.user, now=utc_now(), task=wanted, shown=_number(shown) or 0)
    except Refusal as refusal:
        return _not_taken(request, found, here, wanted, typed_in(request) or None, refusal=refusal)
    if not request.htmx:
        return redirect(_at(course_slug, lesson_slug, task_slug))
    context = {"card": _card(request, wanted), "at": _at(course_slug, lesson_slug, task_slug, "/"), "signed_in": True}
    return render(request, "learning/hints.html", context)


@require_GET
@login_required
def attempts(request: PageRequest, course_slug: str, lesson_slug: str, task_slug: str) -> HttpResponse:
    """All one's answers to a task, the newest first; with `?one=` one of them in full."""
    found, here, wanted = _place(course_slug, lesson_slug, task_slug)
    card = _card(request, wanted)
    # Answers of other rooms are shown there: a level check, for one, keeps its verdicts until its end.
    mine = submissions_to_task(request.user, wanted.task_id).filter(context=actions.CONTEXT)
    rows = list(mine[:MOST_ATTEMPTS_SHOWN])
    chosen = rows[0] if rows else None
    if "one" in request.GET:
        chosen = mine.filter(pk=_number(request.GET["one"]) or 0).first()
        if chosen is None:
            raise Http404
    context = {
        "course": found,
        "lesson": here,
        "course_title": found.title(_language()),
        "title": here.title(_language()),
        "card": card,
        "rows": [verdict_view(row, {"feedback": {}}, _language()) for row in rows],
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
    words = words_in(page, _language())
    if card.verdict is not None and card.verdict.submission == submission:
        remarks = card.verdict.remarks
    else:
        remarks = remarks_of(comments_on([submission.pk]).get(submission.pk, ()), person)
    view = verdict_view(submission, words, _language(), remarks)
    given = submission.answer
    files = submission.attachments.all() if isinstance(given, dict) and given.get("files") else ()
    return {"view": view, "given": answer_view(page, words, given), "files": files}


@require_GET
@login_required
def skills(request: PageRequest) -> HttpResponse:
    """What one's answers show, skill by skill."""
    rows = [{"row": row, "name": name_of(row.skill_id, _language())} for row in queries.skill_progress(request.user)]
    return render(request, "learning/skills.html", {"skills": rows})
