"""What this room lays on the pages of others."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bilik.web.requests import PageRequest


def at_profile(request: PageRequest, about: None) -> SafeString:
    """On one's own profile: the way to one's tokens. No query."""
    return render_to_string("api/panel.html", request=request)
