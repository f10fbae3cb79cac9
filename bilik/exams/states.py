"""Where a sitting of an exam stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SittingState(models.TextChoices):
    """A person sits an exam once, from begin to result."""

    RUNNING = "running", _("running")
    HANDED_IN = "handed_in", _("handed in, being checked")
    FINISHED = "finished", _("finished")


SITTING_MOVES: dict[SittingState, tuple[SittingState, ...]] = {
    # By the person, or by the clock: what was saved is handed in.
    SittingState.RUNNING: (SittingState.HANDED_IN,),
    # When every answer has its verdict.
    SittingState.HANDED_IN: (SittingState.FINISHED,),
    # A regrade changes the score, not the state.
    SittingState.FINISHED: (),
}
