"""Where allauth asks this project what to do."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bilik.kit.clock import utc_now
from bilik.people import actions, queries
from bilik.people.models import Person
from bilik.people.second_factor import SETTLED_KEY
from bilik.people.states import SecondFactorWish
from bilik.web.middleware.language import SESSION_KEY


class AccountAdapter(DefaultAccountAdapter):
    """Usernames in lower case, the person's own language after signing in.

    And minors on to their guardian.
    """

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return str(super().clean_username(username.strip().lower(), shallow=shallow))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        request.session[SESSION_KEY] = user.language
        if queries.second_factor_wish(user) != SecondFactorWish.NONE:
            with translation.override(user.language):
                messages.warning(request, _("Your role is worth protecting: set up a second factor under My profile."))
        with translation.override(user.language):
            response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        person = request.user
        if isinstance(person, Person) and person.is_minor(utc_now()):
            return reverse("people:guardian")
        return str(super().get_signup_redirect_url(request))

    def set_password(self, user: Person, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            actions.note_password(by=user, now=utc_now(), person=user)

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """allauth comes by here after each change of how somebody signs in: it is written into the journal."""
        super().send_notification_mail(template_prefix, user, *args, **kwargs)
        change = template_prefix.rpartition("/")[2]
        actions.note_sign_in_change(by=user, now=utc_now(), person=user, change=change)
        # Whoever took away a second factor is looked at again.
        self.request.session.pop(SETTLED_KEY, None)
