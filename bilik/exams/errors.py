"""What exams refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class NoSuchSitting(Refusal):
    code = "no_such_sitting"
    status = 404
    sentence = _("There is no such exam of yours.")


class NoSittingsLeft(Refusal):
    code = "no_sittings_left"
    sentence = _("You have taken this exam as often as it may be taken.")


class ExamClosed(Refusal):
    code = "exam_closed"
    sentence = _("The last day of this exam has passed. Ask your trainer for another date.")


class AlreadyRunning(Refusal):
    code = "already_running"
    sentence = _("You have begun this exam. Go on where you stopped; the time is running.")


class TimeOver(Refusal):
    code = "time_over"
    sentence = _("The time is over. What was saved before counts.")


class HandedIn(Refusal):
    code = "handed_in"
    sentence = _("This exam is handed in. Nothing can be changed any more.")
