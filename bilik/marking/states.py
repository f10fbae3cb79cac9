"""Who marks, and where a marking stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkerRole(models.TextChoices):
    """As what somebody marks an answer."""

    FIRST = "first", _("first marker")
    SECOND = "second", _("second marker")
    DECIDING = "deciding", _("deciding marker")
    PEER = "peer", _("peer")


class MarkingState(models.TextChoices):
    """Where a marking stands."""

    DRAFT = "draft", _("begun")
    DONE = "done", _("done")


MARKING_MOVES: dict[MarkingState, tuple[MarkingState, ...]] = {
    MarkingState.DRAFT: (MarkingState.DONE,),
    # Marks that were given stay; who looks again makes a deciding marking.
    MarkingState.DONE: (),
}
