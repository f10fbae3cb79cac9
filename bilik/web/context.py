"""What every page knows about itself. Nothing is worked out before a template asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from bilik.web import navigation

# A language is offered in its own words, so that a person who cannot read the present one finds theirs.
OWN_NAMES = {
    "az": "Azərbaycanca",
    "uz": "Oʻzbekcha",
    "ru": "Русский",
    "en": "English",
    "de": "Deutsch",
    "ko": "한국어",
}


class Page:
    """The page that is being drawn: `page` in every template that has a request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> Any:
        # A page that is answered before the sign-in middleware ran has no user at all.
        return getattr(self._request, "user", None) or AnonymousUser()

    @cached_property
    def main(self) -> list[navigation.Link]:
        return self._links("main")

    @cached_property
    def personal(self) -> list[navigation.Link]:
        return self._links("person")

    @cached_property
    def foot(self) -> list[navigation.Link]:
        return self._links("foot")

    @cached_property
    def languages(self) -> list[tuple[str, str]]:
        return [(code, OWN_NAMES.get(code, str(name))) for code, name in settings.LANGUAGES]

    @property
    def here(self) -> str:
        """Where to come back to after a change of language. A page that answered a POST has only its path."""
        read = self._request.method in {"GET", "HEAD"}
        return self._request.get_full_path() if read else self._request.path

    def _links(self, place: str) -> list[navigation.Link]:
        return navigation.links(user=self.user, path=self._request.path, place=place)


def page(request: HttpRequest) -> dict[str, Any]:
    return {"page": Page(request)}
