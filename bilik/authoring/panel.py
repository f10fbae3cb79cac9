"""Doors to this room for those who may write courses: on their home and on a course's page. There is no entry in the
navigation, because every page would have to ask for everybody's roles.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilik.authoring import queries
from bilik.web.requests import PageRequest


def course_panel(request: PageRequest, about: Any) -> SafeString | None:
    """Figures on the course's tasks, and a draft of it. Nothing for those who do not write courses."""
    if not queries.may_author(request.user):
        return None
    return mark_safe(render_to_string("authoring/panel.html", {"course": about}))  # noqa: S308


def home_panel(request: PageRequest, about: Any) -> SafeString | None:
    """The way to the desk, with how many drafts are open."""
    if not queries.may_author(request.user):
        return None
    drafts = queries.count_open_drafts(request.user)
    return mark_safe(render_to_string("authoring/home.html", {"drafts": drafts}))  # noqa: S308
