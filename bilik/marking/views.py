"""The pages of marking: the queue, one answer with its rubric, work of fellow learners, how a task is marked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bilik.cards.sent import download
from bilik.catalog.queries import task_named
from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.marking import actions, queries
from bilik.marking.forms import PlanForm, marks_in
from bilik.marking.pages import answer_view, needs_sentence, role_sentence, title_of
from bilik.marking.states import MarkerRole
from bilik.people.queries import names_for, organisation_by_slug
from bilik.submissions.queries import attachment_of
from bilik.submissions.states import State
from bilik.web.requests import PageRequest, shown_language, whole_number_in


@require_GET
@login_required
def queue(request: PageRequest) -> HttpResponse:
    """The answers that wait for this person's marks; `?task=` shows those to one task."""
    rows = queries.to_mark(request.user, now=utc_now(), task_id=whole_number_in(request.GET.get("task", "")))
    names = names_for([row.submission.person for row in rows if not row.anonymous], request.user)
    shown = [
        {
            "row": row,
            "title": title_of(row.submission, shown_language()),
            "name": _("a learner") if row.anonymous else names[row.submission.person_id],
            "needs": needs_sentence(row.needs),
        }
        for row in rows
    ]
    return render(request, "marking/queue.html", {"rows": shown, "most": queries.MOST_SHOWN})


@require_POST
@login_required
def start(request: PageRequest, submission_id: int) -> HttpResponse:
    """Begins to mark."""
    try:
        actions.start_marking(by=request.user, now=utc_now(), submission_id=submission_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise Http404 from None
        messages.warning(request, str(refusal))
        return redirect("marking:queue")
    return redirect("marking:answer", submission_id)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: PageRequest, submission_id: int) -> HttpResponse:
    """One answer with its rubric: read it, choose, keep or finish."""
    marking = queries.marking_of(submission_id, request.user)
    submission = marking.submission if marking else queries.answer_to_mark(submission_id, request.user)
    if submission is None or submission.person_id == request.user.pk:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            return _marked(request, submission)
        except Refusal as caught:
            refusal = caught
            marking = queries.marking_of(submission_id, request.user)
    context = _answer_page(request, submission, marking) | {"refusal": refusal}
    return render(request, "marking/answer.html", context, status=refusal.status if refusal else 200)


def _marked(request: PageRequest, submission: Any) -> HttpResponse:
    """What the form asked for: keep, finish, or give other marks."""
    facts = {"by": request.user, "now": utc_now(), "submission_id": submission.pk, "marks": marks_in(request.POST)}
    wanted = request.POST.get("do", "keep")
    if wanted == "again":
        actions.mark_again(**facts, reason=request.POST.get("reason", ""))
        messages.success(request, _("The new marks count. The learner sees them with your reason."))
        return redirect("marking:answer", submission.pk)
    actions.save_marks(**facts)
    _keep_comments(request, submission)
    if wanted != "finish":
        messages.success(request, _("Kept. You can go on with it later."))
        return redirect("marking:answer", submission.pk)
    marking = actions.finish_marking(**facts)
    messages.success(request, _("Your marks are given."))
    return redirect("marking:peers" if marking.role == MarkerRole.PEER else "marking:queue")


def _keep_comments(request: PageRequest, submission: Any) -> None:
    """Comments that were ticked to be kept for the next time."""
    for criterion in request.POST.getlist("keep"):
        text = request.POST.get(f"comment-{criterion}" if criterion else "comment", "")
        task_id = submission.task_version.task_id
        actions.keep_comment(by=request.user, now=utc_now(), task_id=task_id, criterion=criterion, text=text)


def _answer_page(request: PageRequest, submission: Any, marking: Any) -> dict[str, Any]:
    peer = marking is not None and marking.role == MarkerRole.PEER
    plan = queries.plans_for([submission]).get(submission.pk)
    hidden = peer or (plan is not None and plan.anonymous)
    open_ = marking is not None and submission.state == State.MARKING and marking.done_at is None
    others = [one for one in queries.markings_done(submission) if marking is None or one.pk != marking.pk]
    deciding = marking is not None and marking.role == MarkerRole.DECIDING
    return {
        "view": answer_view(submission, marking, shown_language()),
        "marking": marking,
        "open": open_,
        "again": not peer and submission.state == State.GRADED,
        "name": _("a learner") if hidden else names_for([submission.person], request.user)[submission.person_id],
        "role_sentence": role_sentence(marking.role) if marking else "",
        "others": [answer_view(submission, one, shown_language()) for one in others] if deciding and open_ else [],
        "files": submission.attachments.all(),
        "bank": [] if peer else list(queries.bank_of(request.user, submission.task_version.task_id)),
        "peer": peer,
    }


@require_GET
@login_required
def file(request: PageRequest, submission_id: int, digest: str) -> HttpResponse:
    """A file of an answer, for whoever marks it."""
    marking = queries.marking_of(submission_id, request.user)
    submission = marking.submission if marking else queries.answer_to_mark(submission_id, request.user)
    found = attachment_of(submission, digest) if submission is not None else None
    if found is None:
        raise Http404
    return download(*found)


@require_GET
@login_required
def peers(request: PageRequest) -> HttpResponse:
    """The work of fellow learners that this person owes marks to."""
    duties = [
        {"duty": duty, "title": title_of(duty.title_of, shown_language())} for duty in queries.peer_duties(request.user)
    ]
    return render(request, "marking/peers.html", {"duties": duties})


@require_POST
@login_required
def start_peer(request: PageRequest, task_id: int) -> HttpResponse:
    """Gives the next work of a fellow learner."""
    try:
        marking = actions.start_peer_marking(by=request.user, now=utc_now(), task_id=task_id)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("marking:peers")
    return redirect("marking:answer", marking.submission_id)


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: PageRequest, organisation_slug: str, course_slug: str, task_slug: str) -> HttpResponse:
    """How answers to a task are marked in an organisation."""
    organisation = organisation_by_slug(organisation_slug, request.user)
    task_id = task_named(course_slug, task_slug)
    if organisation is None or task_id is None:
        raise Http404
    found = queries.plan_of(task_id, organisation)
    kept = {name: getattr(found, name) for name in PlanForm.base_fields} if found else {}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=kept)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_plan(
                by=request.user, now=utc_now(), organisation=organisation, task_id=task_id, **form.cleaned_data
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("From now on answers are marked so."))
            return redirect(request.path)
    context = {"organisation": organisation, "course": course_slug, "task": task_slug, "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "marking/plan.html", context, status=status)


@require_POST
@login_required
def drop_comment(request: PageRequest, comment_id: int) -> HttpResponse:
    """Forgets a kept comment."""
    actions.drop_comment(by=request.user, now=utc_now(), comment_id=comment_id)
    back = whole_number_in(request.POST.get("answer", ""))
    return redirect("marking:answer", back) if back else redirect("marking:queue")
