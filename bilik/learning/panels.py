"""What this room says on the pages of lower rooms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bilik.catalog.queries import published_courses
from bilik.learning.queries import course_progress, last_worked_at
from bilik.web.requests import shown_language


def for_guardian(request: HttpRequest, child: Any) -> SafeString:
    """How far a child has come in each course that was begun, and when the child last worked. No answers."""
    language = shown_language()
    rows = [(row, row.course.title(language)) for row in course_progress(child, published_courses()) if row.started]
    context = {"rows": rows, "last": last_worked_at(child) if rows else None}
    return render_to_string("learning/for_guardian.html", context, request)
