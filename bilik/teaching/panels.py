"""What this room says on the pages of lower rooms: at a group, and on a trainer's home."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilik.groups.queries import courses_of
from bilik.kit.clock import utc_now
from bilik.people.queries import names_for
from bilik.teaching.pages import rows_to_call
from bilik.teaching.queries.calls import call_lists
from bilik.web.requests import PageRequest, shown_language


def at_group(request: PageRequest, group: Any) -> SafeString:
    """The desk of a group, for those who lead it: they alone get the page with this place."""
    courses = [(course, course.title(shown_language())) for course in courses_of(group)]
    return _drawn("teaching/group_panel.html", {"group": group, "courses": courses})


def at_home(request: PageRequest, about: Any) -> SafeString | None:
    """Five to call today, of all groups in which somebody is a named trainer. Nothing for everybody else."""
    now = utc_now()
    lists = call_lists(request.user, now, shown_language())
    if not lists:
        return None
    people = [person for one in lists for person in one.people.values()]
    names = names_for(people, request.user, now=now)
    shown = [(one.group, rows_to_call(one, names, shown_language())) for one in lists]
    return _drawn("teaching/home_panel.html", {"lists": shown})


def _drawn(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context))  # noqa: S308 - drawn by our own templates
