"""What a person's home says about marking: work that waits for them, as a trainer or as a fellow learner."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bilik.marking import queries
from bilik.web.requests import PageRequest


def home_panel(request: PageRequest, about: Any) -> SafeString | None:
    """Nothing for those for whom nothing waits."""
    waiting = queries.count_to_mark(request.user)
    owed = sum((max(0, duty.of - duty.done) for duty in queries.peer_duties(request.user)), start=0)
    if not waiting and not owed:
        return None
    return mark_safe(render_to_string("marking/panel.html", {"waiting": waiting, "owed": owed}))  # noqa: S308
