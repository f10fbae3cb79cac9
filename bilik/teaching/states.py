"""The words this room stores, and the legal moves of a regrade. docs/states.md is printed from them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegradeState(models.TextChoices):
    """Where a regrade stands."""

    PREPARING = "preparing", _("answers are being checked anew")
    READY = "ready", _("to be looked at")
    APPLYING = "applying", _("new verdicts are being given")
    APPLIED = "applied", _("applied")
    CANCELLED = "cancelled", _("cancelled")


REGRADE_MOVES: dict[RegradeState, tuple[RegradeState, ...]] = {
    RegradeState.PREPARING: (RegradeState.READY, RegradeState.CANCELLED),
    # Back, when answers that the platform could not check are tried again.
    RegradeState.READY: (RegradeState.APPLYING, RegradeState.PREPARING, RegradeState.CANCELLED),
    # Every verdict is replaced by itself, so that this can be left and gone on with, but not undone.
    RegradeState.APPLYING: (RegradeState.APPLIED,),
    RegradeState.APPLIED: (),
    RegradeState.CANCELLED: (),
}
WORKED_ON = (RegradeState.PREPARING, RegradeState.APPLYING)


class Change(models.TextChoices):
    """What a regrade would do to one verdict."""

    BETTER = "better", _("more points")
    WORSE = "worse", _("fewer points")
    OTHER = "other", _("same points, another verdict")
    SAME = "same", _("no change")
    FAULT = "fault", _("could not be checked")


class Wanted(models.TextChoices):
    """Which changes are applied."""

    NOTHING = "", _("not decided")
    ALL = "all", _("all changes")
    IMPROVEMENTS = "improvements", _("improvements only")


CHANGES_WANTED: dict[str, tuple[Change, ...]] = {
    Wanted.NOTHING: (),
    Wanted.ALL: (Change.BETTER, Change.WORSE, Change.OTHER),
    Wanted.IMPROVEMENTS: (Change.BETTER,),
}


class CallOutcome(models.TextChoices):
    """What came of calling a learner."""

    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    LATER = "later", _("Not now")
