"""Pages of practice: today, a review, a level check."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bilik.cards.controls import Typed
from bilik.cards.sent import fields_of, typed_in
from bilik.cards.words import invalid_sentence
from bilik.catalog.addresses import course_at
from bilik.catalog.queries import CourseFacts, published_courses
from bilik.grading.answers import InvalidAnswer
from bilik.grading.verdict import Feedback
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people.queries import why_not_learn
from bilik.practice import actions, queries
from bilik.practice.drawing import TaskCard, shown_at, suggestion_view, task_card, task_title
from bilik.practice.engine.picture import REVIEW
from bilik.practice.rules import why_not_review, why_not_start_check
from bilik.skills.queries import name_of
from bilik.submissions.queries import submission_of
from bilik.web.requests import PageRequest, client_key, shown_language, whole_number_in


@require_GET
@login_required
def today(request: PageRequest) -> HttpResponse:
    """What next and why, today's reviews, what one's answers show."""
    language = shown_language()
    found = queries.today(request.user, utc_now())
    views = [suggestion_view(one, found.courses, request.user, language) for one in found.suggestions]
    context = {
        "first": views[0] if views else None,
        "others": views[1:],
        "reviews": found.reviews,
        "due": [
            {"review": one, "title": task_title(one.at.task, request.user, language),
             "lesson": one.at.lesson.title(language)}
            for one in found.reviews.due
        ],
        "skills": [{"row": row, "name": name_of(row.skill, language)} for row in found.skills],
        "streak": found.streak,
        "courses": len(found.courses),
    }  # fmt: skip
    return render(request, "practice/today.html", context)


@require_POST
@login_required
def streak(request: PageRequest) -> HttpResponse:
    """Hides the count of days, or shows it again."""
    actions.hide_streak(by=request.user, now=utc_now(), hide=request.POST.get("hide") == "1")
    return redirect("practice:today")


# Reviews --------------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def review(request: PageRequest) -> HttpResponse:
    """The review that comes next; when nothing is due, that."""
    now = utc_now()
    found = queries.reviews(queries.standing(request.user, now).picture, queries.places(published_courses()), now)
    if found.due:
        return redirect("practice:review_task", found.due[0].at.task.task_id)
    return render(request, "practice/review_done.html", {"reviews": found})


def _review_place(task_id: int) -> queries.Placed:
    at = queries.places(published_courses()).get(task_id)
    if at is None:
        raise Http404
    return at


@require_GET
@login_required
def review_task(request: PageRequest, task_id: int) -> HttpResponse:
    """One task to review; with `?answer=` the verdict on an answer that was just given."""
    return _review_page(request, _review_place(task_id))


def _review_page(
    request: PageRequest,
    at: queries.Placed,
    *,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    invalid: str = "",
    status: int = 200,
) -> HttpResponse:
    now, language = utc_now(), shown_language()
    day = timezone.localdate(now)
    picture = queries.standing(request.user, now).picture
    trace = picture.tasks.get(at.task.task_id)
    answered = submission_of(request.user, whole_number_in(request.GET.get("answer", "")) or 0)
    if answered is not None and answered.context != REVIEW:
        answered = None
    refusal = refusal or why_not_learn(request.user, now) or why_not_review(trace, queries.due_day(trace), day)
    card = task_card(
        at.task, queries.review_seed(request.user, at.task, day), draft=f"review-{at.task.version_id}-{day}",
        language=language, now=now, hints=queries.hints_shown(request.user, at.task.task_id, day),
        submission=answered, typed=typed, refusal=refusal, invalid=invalid,
    )  # fmt: skip
    found = queries.reviews(picture, queries.places(published_courses()), now)
    context = {
        "card": card,
        "here": reverse("practice:review_task", args=[at.task.task_id]),
        "lesson": {"address": reverse("learning:lesson", args=[at.course.slug, at.lesson.slug]) + f"#{at.task.slug}",
                   "title": at.lesson.title(language)},
        "reviews": found,
        "comes_back": queries.due_day(trace) if card.verdict and not card.follows else None,
        "others": sum(one.at.task.task_id != at.task.task_id for one in found.due),
    }  # fmt: skip
    return render(request, "practice/review.html", context, status=status)


@require_POST
@login_required
def review_answer(request: PageRequest, task_id: int) -> HttpResponse:
    """Takes an answer to a review."""
    at, now = _review_place(task_id), utc_now()
    trace = queries.standing(request.user, now).picture.tasks.get(task_id)
    try:
        given = actions.answer_review(
            by=request.user, now=now, task=at.task, trace=trace, fields=fields_of(request), key=client_key(request),
            language=shown_language(), wait_seconds=settings.RUNNER_WAIT_SECONDS,
            shown_at=shown_at(request.POST.get("shown", ""), task_id),
        )  # fmt: skip
    except Refusal as refusal:
        return _review_page(request, at, typed=typed_in(request), refusal=refusal, status=refusal.status)
    except InvalidAnswer as error:
        return _review_page(request, at, typed=typed_in(request), invalid=_said(error.feedback), status=422)
    if given.submission is None:
        return _review_page(request, at, typed=typed_in(request), invalid=_said(given.invalid), status=422)
    return redirect(f"{reverse('practice:review_task', args=[task_id])}?answer={given.submission.pk}#verdict")


def _said(feedback: Feedback | None) -> str:
    return invalid_sentence(feedback, shown_language()) if feedback else ""


@require_POST
@login_required
def review_hint(request: PageRequest, task_id: int) -> HttpResponse:
    """Shows the next hint."""
    at, now = _review_place(task_id), utc_now()
    trace = queries.standing(request.user, now).picture.tasks.get(task_id)
    shown = whole_number_in(request.POST.get("shown", "")) or 0
    try:
        actions.take_review_hint(by=request.user, now=now, task=at.task, trace=trace, shown=shown)
    except Refusal as refusal:
        return _review_page(request, at, refusal=refusal, status=refusal.status)
    return redirect(reverse("practice:review_task", args=[task_id]) + "#hints")


# Level check ----------------------------------------------------------------------------------------------------------


def _known(request: PageRequest) -> set[int]:
    """The tasks that the person has answered already."""
    tasks = queries.standing(request.user, utc_now()).picture.tasks
    return {task_id for task_id, trace in tasks.items() if trace.answers}


def _asking(request: PageRequest, course: CourseFacts) -> queries.Asking | None:
    check = queries.open_check_of(request.user, utc_now())
    return queries.asking(check, course) if check is not None and check.course_id == course.course_id else None


@require_GET
@login_required
def level_check(request: PageRequest, course_slug: str) -> HttpResponse:
    """A level check: what it is, its present question, or what it showed."""
    return _check_page(request, course_at(course_slug))


def _check_page(
    request: PageRequest,
    course: CourseFacts,
    *,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    invalid: str = "",
    status: int = 200,
) -> HttpResponse:
    language, now = shown_language(), utc_now()
    context: dict[str, Any] = {"course": course, "title": course.title(language), "here": request.path}
    open_check = queries.open_check_of(request.user, now)
    if open_check is not None and open_check.course_id == course.course_id:
        asking = queries.asking(open_check, course)
        context |= {"asking": asking, "card": asking and _question(asking, language, typed, refusal, invalid)}
        return render(request, "practice/level_question.html", context, status=status)
    check = queries.newest_checks(request.user, [course]).get(course.course_id)
    context["refusal"] = (
        refusal or why_not_learn(request.user, now) or why_not_start_check(check.ended_at if check else None, now)
    )
    context["elsewhere"] = open_check
    if check is None:
        return render(request, "practice/level_check.html", context, status=status)
    result = queries.result_of(check, course)
    context |= {"result": result, "lessons": [_lesson_row(row, language) for row in result.lessons]}
    context["start"] = result.start and {"lesson": result.start, "title": result.start.title(language)}
    return render(request, "practice/level_result.html", context, status=status)


def _question(
    asking: queries.Asking, language: str, typed: Typed | None, refusal: Refusal | None, invalid: str
) -> TaskCard:
    return task_card(
        asking.task, asking.question.seed, draft=f"level-{asking.question.pk}", language=language, now=utc_now(),
        typed=typed, refusal=refusal, invalid=invalid,
    )  # fmt: skip


def _lesson_row(row: queries.LessonLevel, language: str) -> dict[str, Any]:
    skills = [{"name": name_of(skill, language), "level": level} for skill, level in row.skills.items()]
    return {"row": row, "title": row.lesson.title(language), "skills": skills}


@require_POST
@login_required
def level_start(request: PageRequest, course_slug: str) -> HttpResponse:
    """Begins a level check, or goes on with the one that is open."""
    course = course_at(course_slug)
    try:
        check = actions.start_level_check(by=request.user, now=utc_now(), course=course, known=_known(request))
    except Refusal as refusal:
        return _check_page(request, course, refusal=refusal, status=refusal.status)
    actions.go_on_with_check(by=request.user, now=utc_now(), course=course, check=check, known=_known(request))
    return redirect("practice:level_check", course_slug)


@require_POST
@login_required
def level_answer(request: PageRequest, course_slug: str) -> HttpResponse:
    """Takes the answer to the question that waits, or notes that it is not known yet."""
    course = course_at(course_slug)
    asking = _asking(request, course)
    if asking is None or whole_number_in(request.POST.get("question", "")) != asking.question.pk:
        # A double click or an old page: where the check stands now is shown.
        return redirect("practice:level_check", course_slug)
    facts = {"by": request.user, "now": utc_now(), "course": course, "asked": asking, "known": _known(request)}
    try:
        if "skip" in request.POST:
            actions.skip_question(**facts)
            return redirect("practice:level_check", course_slug)
        given = actions.answer_level_check(
            **facts, fields=fields_of(request), key=client_key(request), language=shown_language(),
            wait_seconds=settings.RUNNER_WAIT_SECONDS,
        )  # fmt: skip
    except Refusal as refusal:
        return _check_page(request, course, typed=typed_in(request), refusal=refusal, status=refusal.status)
    except InvalidAnswer as error:
        return _check_page(request, course, typed=typed_in(request), invalid=_said(error.feedback), status=422)
    if given.submission is None:
        return _check_page(request, course, typed=typed_in(request), invalid=_said(given.invalid), status=422)
    return redirect("practice:level_check", course_slug)


@require_POST
@login_required
def level_finish(request: PageRequest, course_slug: str) -> HttpResponse:
    """Ends the level check with the answers that are there."""
    course = course_at(course_slug)
    check = queries.open_check_of(request.user, utc_now())
    if check is not None and check.course_id == course.course_id:
        actions.finish_level_check(by=request.user, now=utc_now(), check=check)
    return redirect("practice:level_check", course_slug)
