"""Letters to guardians by e-mail.

Sent after the request is stored; that a mail server is away loses nothing.
"""

from __future__ import annotations

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from bilik.people.models import Guardian

logger = logging.getLogger(__name__)


def send_guardian_letter(*, guardian: Guardian, code: str, address: str) -> bool:
    """Sends link and code in the guardian's language; False when the mail could not be handed over."""
    with translation.override(guardian.language):
        context = {
            "guardian": guardian,
            "child": guardian.minor.display_name,
            "code": code,
            "address": address,
        }
        subject = render_to_string("people/guardian_letter_subject.txt", context).strip()
        body = render_to_string("people/guardian_letter.txt", context)
    try:
        return send_mail(subject, body, None, [guardian.contact]) == 1
    except OSError:
        # Covers refused connections and everything smtplib raises. The address is not logged: it is personal.
        logger.exception("The letter for guardian link %s could not be sent", guardian.ref)
        return False
