"""What the page of a course says about its exams."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilik.catalog.queries import CourseFacts
from bilik.exams import queries
from bilik.kit.clock import utc_now
from bilik.web.requests import PageRequest, shown_language


def course_panel(request: PageRequest, about: CourseFacts) -> SafeString | None:
    """Nothing for a course without exams."""
    language = shown_language()
    rows = [{"row": row, "title": row.exam.title(language)} for row in queries.exams_of(request.user, about, utc_now())]
    if not rows:
        return None
    return mark_safe(render_to_string("exams/panel.html", {"rows": rows, "course": about}))  # noqa: S308
