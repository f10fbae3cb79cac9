"""The front door: home for everybody, sign-in cards of the demonstration, and the state of the machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bilik.catalog.queries import published_courses
from bilik.front.cast import CAST
from bilik.learning.queries import course_progress, skill_progress, where_to_continue
from bilik.people.queries import is_administrator, organisations_of
from bilik.skills.queries import name_of
from bilik.submissions.queries import given_up, queue_length
from bilik.submissions.runners import state_of_sandbox
from bilik.web.requests import shown_language

MOST_SKILLS = 5


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where a person goes on; for a visitor, what this is."""
    language = shown_language()
    if not request.user.is_authenticated:
        courses = [
            {"course": c, "title": c.title(language), "summary": c.summary(language)} for c in published_courses()
        ]
        cast = CAST if settings.DEMO else ()
        return render(request, "front/welcome.html", {"courses": courses, "cast": cast})
    return render(request, "front/home.html", _home(request.user, language))


def _home(person: Any, language: str) -> dict[str, Any]:
    going_on = where_to_continue(person)
    rows = [row for row in course_progress(person, published_courses()) if row.started]
    return {
        "next": going_on and {"at": going_on, "title": going_on.lesson.title(language)},
        "courses": [{"row": row, "title": row.course.title(language)} for row in rows],
        "skills": [
            {"row": row, "name": name_of(row.skill_id, language)}
            for row in skill_progress(person)[:MOST_SKILLS]
            if row.solved
        ],
        "organisations": organisations_of(person),
        "administrator": is_administrator(person),
    }


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the example people. There is no such door outside a demonstration."""
    if not settings.DEMO:
        raise Http404
    wanted = request.POST.get("username", "")
    person = get_user_model().objects.filter(username=wanted).first() if wanted in {a.username for a in CAST} else None
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session["language"] = person.language
    return redirect("front:home")


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """For administrators: does the checker work, what holds it, what waits, what could not be checked."""
    if not request.user.is_authenticated or not is_administrator(request.user):
        raise Http404
    context = {"sandbox": state_of_sandbox(), "waiting": queue_length(), "given_up": given_up()[:50],
               "database": connection.vendor}  # fmt: skip
    return render(request, "front/status.html", context)


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
