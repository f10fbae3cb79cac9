"""What this room says on the pages of lower rooms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bilik.groups.queries import courses_of, groups_learnt_in, presence_of
from bilik.kit.clock import utc_now
from bilik.web.requests import shown_language


def for_guardian(request: HttpRequest, child: Any) -> SafeString | None:
    """Where a child learns: the group, the organisation, the courses. Nobody else's name, no hour and no place: whoever
    finds the letter could read them.
    """
    language = shown_language()
    rows = [
        (group, ", ".join(course.title(language) for course in courses_of(group))) for group in groups_learnt_in(child)
    ]
    return render_to_string("groups/for_guardian.html", {"rows": rows}, request) if rows else None


def for_known_guardian(request: HttpRequest, child: Any) -> SafeString | None:
    """The same for a guardian who showed the code, with how often the child was there."""
    language, now = shown_language(), utc_now()
    there = presence_of(child, now)
    rows = [
        (group, ", ".join(course.title(language) for course in courses_of(group)), there.get(group.pk))
        for group in groups_learnt_in(child)
    ]
    return render_to_string("groups/for_known_guardian.html", {"rows": rows}, request) if rows else None
