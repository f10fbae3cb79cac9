"""Letters to people who are invited. Sent after the invitation is stored; that a mail server is away loses nothing."""

from __future__ import annotations

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from bilik.groups.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(*, invitation: Invitation, address: str) -> bool:
    """Sends the letter in its language; False when it could not be handed over."""
    with translation.override(invitation.language):
        context = {"invitation": invitation, "group": invitation.group, "address": address}
        subject = render_to_string("groups/invitation_letter_subject.txt", context).strip()
        body = render_to_string("groups/invitation_letter.txt", context)
    try:
        return send_mail(subject, body, None, [invitation.email]) == 1
    except OSError:
        # Covers refused connections and everything smtplib raises. The address is not logged: it is personal.
        logger.exception("The letter of invitation %s could not be sent", invitation.ref)
        return False
