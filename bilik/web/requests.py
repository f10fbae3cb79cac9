"""The request as views get it, for the type checker: what our middleware adds to Django's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A request with a person (or a visitor, who has no rows of their own) and with what htmx says of itself."""

    user: Any
    htmx: HtmxDetails
