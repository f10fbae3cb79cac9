"""What practice refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class NotDue(Refusal):
    """The task is no review of today's."""

    code = "not_due"
    sentence = _("This review is not due today. What is due stands on the practice page.")


class NoMoreReviewHints(Refusal):
    """All hints have been shown."""

    code = "no_more_review_hints"
    sentence = _("There are no more hints.")


class TooSoon(Refusal):
    """A level check was finished a short time ago; `facts["again"]` is the day from which it may be repeated."""

    code = "too_soon"
    sentence = _("You have just done this level check. It can be repeated a week after the last time.")


class NotTheQuestion(Refusal):
    """The level check asks something else by now: an old page, or a double click."""

    code = "not_the_question"
    sentence = _("This question has been answered already. Here is where the level check stands now.")


class NothingToAsk(Refusal):
    """The course has no task that is short enough."""

    code = "nothing_to_ask"
    sentence = _("This course has no exercises that fit a level check. Begin with its first lesson.")
