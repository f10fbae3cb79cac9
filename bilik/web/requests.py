"""The request as views get it, and what every room reads out of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from bilik.kit.ids import new_id


class PageRequest(HttpRequest):
    """A request with a person (or a visitor, who has no rows of their own) and with what htmx says of itself.

    For the type checker: what our middleware adds to Django's.
    """

    user: Any
    htmx: HtmxDetails


def shown_language() -> str:
    """The language in which the page is shown, two letters."""
    return (get_language() or "en")[:2]


def whole_number_in(text: str) -> int | None:
    """A number as our own pages send it, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def client_key(request: HttpRequest) -> UUID:
    """The client's key; a form without a usable one (an old page, a script) gets a new one and is simply new."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return new_id()
