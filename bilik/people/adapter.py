"""Where allauth asks this project what to do."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from bilik.kit.clock import utc_now
from bilik.people import actions
from bilik.people.models import Person
from bilik.web.middleware.language import SESSION_KEY


class AccountAdapter(DefaultAccountAdapter):
    """Usernames in lower case, the person's own language after signing in.

    And minors on to their guardian.
    """

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return str(super().clean_username(username.strip().lower(), shallow=shallow))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        request.session[SESSION_KEY] = user.language
        with translation.override(user.language):
            response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        person = request.user
        if isinstance(person, Person) and person.is_minor(utc_now()):
            return reverse("people:guardian")
        return str(super().get_signup_redirect_url(request))

    def set_password(self, user: Person, password: str) -> None:
        super().set_password(user, password)
        actions.journal(by=user, now=utc_now(), verb="people.set_password", about=user)
