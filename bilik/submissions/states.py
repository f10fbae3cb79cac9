"""The life of a submission, as a table. docs/states.md is printed from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a submission stands."""

    QUEUED = "queued", _("waiting for a checker")
    GRADING = "grading", _("being checked")
    MARKING = "marking", _("waiting to be marked")
    GRADED = "graded", _("checked")
    WITHDRAWN = "withdrawn", _("replaced by a newer answer")
    FAULT = "fault", _("could not be checked")


MOVES: dict[State, tuple[State, ...]] = {
    # Claimed by a worker, or by the request that brought it.
    State.QUEUED: (State.GRADING,),
    # A verdict; or back, when no runner was free, the platform failed or the grader's lease ran out.
    State.GRADING: (State.GRADED, State.QUEUED, State.FAULT),
    # Waits for people; a newer answer of the same person to the same task takes its place.
    State.MARKING: (State.GRADED, State.WITHDRAWN),
    # A verdict may be replaced (see `replace_verdict`), the state stays.
    State.GRADED: (),
    State.WITHDRAWN: (),
    # Given up after several platform faults; a person may put it back.
    State.FAULT: (State.QUEUED,),
}

WAITING = (State.QUEUED, State.GRADING)
