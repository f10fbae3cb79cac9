"""What the page of a course says about its exams."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bilik.catalog.queries import CourseFacts
from bilik.exams import queries
from bilik.kit.clock import utc_now
from bilik.web.requests import PageRequest


def course_panel(request: PageRequest, about: CourseFacts) -> SafeString | None:
    """Nothing for a course without exams."""
    language = (get_language() or "en")[:2]
    rows = [{"row": row, "title": row.exam.title(language)} for row in queries.exams_of(request.user, about, utc_now())]
    if not rows:
        return None
    return mark_safe(render_to_string("exams/panel.html", {"rows": rows, "course": about}))  # noqa: S308
