"""The pages of this room: fetch, form, verb, respond."""

from __future__ import annotations

from django.http import HttpRequest

from bilik.people.models import Person


class SignedIn(HttpRequest):
    """A request behind `login_required`, for the type checker: its user is a person."""

    user: Person
    LANGUAGE_CODE: str
