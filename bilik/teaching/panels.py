"""What this room says on the pages of lower rooms: at a group, and on a trainer's home."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilik.groups.queries import ROLL_OPENS_BEFORE, courses_of
from bilik.kit.clock import utc_now
from bilik.people.queries import guardian_states, names_for
from bilik.teaching.pages import rows_to_call
from bilik.teaching.queries.today import day_of
from bilik.web.requests import PageRequest, shown_language


def at_group(request: PageRequest, group: Any) -> SafeString:
    """The desk of a group, for those who lead it: they alone get the page with this place."""
    courses = [(course, course.title(shown_language())) for course in courses_of(group)]
    return _drawn("teaching/group_panel.html", {"group": group, "courses": courses})


def at_home(request: PageRequest, about: Any) -> SafeString | None:
    """What today needs of a named trainer: meetings and rolls, five to call, what is due."""
    now, language = utc_now(), shown_language()
    day = day_of(request.user, now, language)
    if day is None:
        return None
    people = [found.people[one.person_id] for found, one in day.calls]
    names = names_for(people, request.user, now=now)
    asked = guardian_states(people, request.user, now)
    rows = rows_to_call(day.calls, names, asked, language)
    roll_opens = now + ROLL_OPENS_BEFORE
    return _drawn("teaching/home_panel.html", {"day": day, "rows": rows, "now": now, "roll_opens": roll_opens})


def _drawn(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context))  # noqa: S308 - drawn by our own templates
