"""What `manage.py check` says about this room."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from bilik.web import navigation


def navigation_leads_somewhere(**_options: Any) -> list[CheckMessage]:
    """An entry whose address does not exist is left out of pages, so somebody has to say so."""
    return [
        Error(f"The navigation entry {entry.label!s} leads to {entry.url!r}: no such address.", id="web.E001")
        for entry in navigation.entries()
        if navigation.address(entry) is None
    ]
