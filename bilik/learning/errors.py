"""What learning refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class NoAttemptsLeft(Refusal):
    """The task takes only so many answers, and they are used up."""

    code = "no_attempts_left"
    sentence = _("All attempts at this task are used up.")


class NoMoreHints(Refusal):
    """All hints have been shown."""

    code = "no_more_hints"
    sentence = _("There are no more hints.")


class StillWaiting(Refusal):
    """The answer before this one has no verdict yet, and attempts are counted here."""

    code = "still_waiting"
    sentence = _("Your last answer is still being checked. Wait for its verdict before you send another one.")
