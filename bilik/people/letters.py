"""Letters by e-mail.

Sent after what they are about is stored; that a mail server is away loses nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bilik.kit.errors import Refusal
from bilik.people import actions
from bilik.people.models import Guardian, Invitation, Letter
from bilik.people.queries import waiting_letters
from bilik.people.states import Channel, LetterKind, Relation

logger = logging.getLogger(__name__)

MOST_TRIES = 5


@dataclass(frozen=True)
class Sent:
    """What became of letters that waited: sent, not needed any more, and still waiting because mail did not go out."""

    sent: int
    dropped: int
    failed: bool


def send_guardian_letter(*, guardian: Guardian, code: str, address: str) -> bool:
    """Sends link and code in the guardian's language; False when the mail could not be handed over."""
    with translation.override(guardian.language):
        context = {"guardian": guardian, "child": guardian.minor.display_name, "code": code, "address": address}
        return _hand_over("people/guardian_letter", context, guardian.contact)


def send_invitation(*, invitation: Invitation, address: str, language: str) -> bool:
    """Sends the address with which a role can be taken; False when the mail could not be handed over."""
    with translation.override(language):
        context = {"invitation": invitation, "address": address}
        return _hand_over("people/invitation_letter", context, invitation.email)


def send_waiting_letters(*, now: datetime, root: str, most: int, source: str = "") -> Sent:
    """Sends letters that imports left, at most so many; `root` is the site's address with a slash at the end.

    Each letter's code is made now. Stops at the first letter that the mail server does not take.
    """
    sent = dropped = 0
    for letter in waiting_letters(source).filter(tries__lt=MOST_TRIES).select_related("person", "by")[:most]:
        # Counted first, so that two senders never send the same letter.
        if not Letter.objects.filter(pk=letter.pk, tries=letter.tries).update(tries=letter.tries + 1):
            continue
        try:
            handed = _send(letter, now, root)
        except Refusal:
            # Answered, grown up or signed in since: nobody needs this letter any more.
            dropped += 1
        else:
            if not handed:
                return Sent(sent, dropped, failed=True)
            sent += 1
        letter.delete()
    return Sent(sent, dropped, failed=False)


def _send(letter: Letter, now: datetime, root: str) -> bool:
    person = letter.person
    with translation.override(person.language):
        if letter.kind == LetterKind.FIRST_SIGN_IN:
            code = actions.mail_slip(by=letter.by, now=now, person=person, address=letter.address)
            context = {"person": person, "code": code, "address": root + reverse("people:first_sign_in")[1:]}
            return _hand_over("people/first_sign_in_letter", context, letter.address)
        guardian, code = actions.request_guardian(
            by=None,
            now=now,
            person=person,
            name=letter.name or _("parent or guardian"),
            relation=Relation.OTHER,
            language=person.language,
            contact=letter.address,
            channel=Channel.IMPORT,
        )
        address = root + reverse("people:agree", args=[guardian.token])[1:]
        return send_guardian_letter(guardian=guardian, code=code, address=address)


def _hand_over(template: str, context: dict[str, Any], recipient: str) -> bool:
    """Renders `template`.txt and its subject in the language now active, and hands them to the mail server."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    body = render_to_string(f"{template}.txt", context)
    try:
        return send_mail(subject, body, None, [recipient]) == 1
    except OSError:
        # Covers refused connections and everything smtplib raises. The address is not logged: it is personal.
        logger.exception("A letter (%s) could not be sent", template)
        return False
