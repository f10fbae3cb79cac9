"""What this room refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class MayNotRegrade(Refusal):
    code = "may_not_regrade"
    status = 403
    sentence = _("Only administrators and programme managers regrade, and trainers for the groups they lead.")


class NothingToRegrade(Refusal):
    code = "nothing_to_regrade"
    sentence = _("There is no answer here that a checker has graded.")


class RegradeMoved(Refusal):
    code = "regrade_moved"
    sentence = _("This regrade has moved on since you opened the page. Load it again.")


class NotYourGroup(Refusal):
    code = "not_your_group"
    status = 403
    sentence = _("Only those who lead the group do this.")


class NothingWritten(Refusal):
    code = "nothing_written"
    status = 422
    sentence = _("Write the comment first.")


class NoSuchCluster(Refusal):
    code = "no_such_cluster"
    status = 404
    sentence = _("These answers are no longer together: somebody has answered anew. Load the page again.")
