"""What a course's page offers those who may write courses: figures on its tasks, and a draft of it."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilik.authoring import queries
from bilik.web.requests import PageRequest


def course_panel(request: PageRequest, about: Any) -> SafeString | None:
    """Nothing for those who do not write courses."""
    if not queries.may_author(request.user):
        return None
    return mark_safe(render_to_string("authoring/panel.html", {"course": about}))  # noqa: S308
