"""The life of a level check, as a table. docs/states.md is printed from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckState(models.TextChoices):
    """Where a level check stands."""

    OPEN = "open", _("begun, can be left and resumed")
    FINISHED = "finished", _("finished, with a result")
    ABANDONED = "abandoned", _("left for two weeks, or given up for a new one")


CHECK_MOVES: dict[CheckState, tuple[CheckState, ...]] = {
    # Everything clear, or the person stops; or it lies too long.
    CheckState.OPEN: (CheckState.FINISHED, CheckState.ABANDONED),
    CheckState.FINISHED: (),
    CheckState.ABANDONED: (),
}
