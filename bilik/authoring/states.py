"""Where drafts and checks stand, as tables. docs/states.md is printed from them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """Where a draft stands."""

    OPEN = "open", _("open")
    PUBLISHED = "published", _("published")
    DROPPED = "dropped", _("dropped")


DRAFT_MOVES: dict[DraftState, tuple[DraftState, ...]] = {
    DraftState.OPEN: (DraftState.PUBLISHED, DraftState.DROPPED),
    # What was published is changed in a new draft.
    DraftState.PUBLISHED: (),
    # Its files are kept; it may be taken up again.
    DraftState.DROPPED: (DraftState.OPEN,),
}


class Purpose(models.TextChoices):
    """What a check is for."""

    CHECK = "check", _("check")
    PUBLISH = "publish", _("check and publish")


class CheckState(models.TextChoices):
    """Where a check stands."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being checked")
    DONE = "done", _("checked")
    FAILED = "failed", _("could not be checked")


CHECK_RUN_MOVES: dict[CheckState, tuple[CheckState, ...]] = {
    CheckState.QUEUED: (CheckState.RUNNING,),
    # Back when no place in the sandbox was free, or when whoever checked has died; given up after several times.
    CheckState.RUNNING: (CheckState.DONE, CheckState.QUEUED, CheckState.FAILED),
    CheckState.DONE: (),
    CheckState.FAILED: (),
}
CHECK_WAITING = (CheckState.QUEUED, CheckState.RUNNING)
