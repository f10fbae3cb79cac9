"""What marking refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class NoSuchAnswer(Refusal):
    code = "no_such_answer"
    status = 404
    sentence = _("There is no such answer, or it is not yours to mark.")


class OwnAnswer(Refusal):
    code = "own_answer"
    status = 403
    sentence = _("Nobody marks their own work.")


class NotWaiting(Refusal):
    code = "not_waiting"
    sentence = _("This answer does not wait to be marked: it has its marks, or a newer one took its place.")


class TakenByAnother(Refusal):
    code = "taken_by_another"
    sentence = _("Somebody else is marking this answer right now. Take another one, or come back in half an hour.")


class MarkedAlready(Refusal):
    code = "marked_already"
    sentence = _("You have marked this answer. The second mark is for somebody else.")


class MarksIncomplete(Refusal):
    code = "marks_incomplete"
    status = 422
    sentence = _("Choose a level for every criterion. What you chose is kept.")


class ReasonNeeded(Refusal):
    code = "reason_needed"
    status = 422
    sentence = _("Say why the marks change. The learner reads it.")


class HandInFirst(Refusal):
    code = "hand_in_first"
    status = 403
    sentence = _("Hand in your own work first. Then you can mark the work of others.")


class NothingToMark(Refusal):
    code = "nothing_to_mark"
    sentence = _("There is no work of others to mark at the moment. Come back when more people have handed in.")


class NotYourOrganisation(Refusal):
    code = "not_your_organisation"
    status = 403
    sentence = _("Only trainers and managers of an organisation say how work is marked there.")
