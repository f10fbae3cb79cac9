"""What practice says on the pages of lower rooms: a person's home, and a course."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bilik.catalog.queries import CourseFacts
from bilik.kit.clock import utc_now
from bilik.practice import queries
from bilik.practice.drawing import suggestion_view
from bilik.web.requests import shown_language


def home(request: Any, _about: Any) -> SafeString | None:
    """What else there is to do today, beside the lesson that home shows itself."""
    language = shown_language()
    suggestion, courses = queries.beside_continuing(request.user, utc_now())
    if suggestion is None:
        return None
    view = suggestion_view(suggestion, courses, request.user, language)
    return render_to_string("practice/panels/home.html", {"suggestion": view}, request)


def course(request: Any, about: CourseFacts) -> SafeString | None:
    """The level check of a course: offered, going on, or what it showed."""
    if not request.user.is_authenticated or not queries.has_questions(about):
        return None
    going_on, check = queries.checks_in(request.user, about, utc_now())
    result = queries.result_of(check, about) if check else None
    start = result.start if result else None
    context = {
        "course": about,
        "open": going_on is not None,
        "result": result,
        "start": start and {"lesson": start, "title": start.title(shown_language())},
    }
    return render_to_string("practice/panels/course.html", context, request)
