"""Where a job stands, and how urgent its lane is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lane(models.IntegerChoices):
    """What goes first: nothing of a lane is taken while something of an earlier one can be."""

    CONTEST = 0, _("contest")
    PRACTICE = 1, _("practice")
    RESCORE = 2, _("rescore")


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting for a worker")
    RUNNING = "running", _("being worked on")
    DONE = "done", _("done")
    FAULT = "fault", _("given up after faults of the platform")


JOB_MOVES: dict[JobState, tuple[JobState, ...]] = {
    JobState.WAITING: (JobState.RUNNING, JobState.FAULT),
    # Back to waiting after a fault, or when its worker shows no sign of life any more.
    JobState.RUNNING: (JobState.DONE, JobState.WAITING, JobState.FAULT),
    JobState.DONE: (),
    # A person may put it back once the platform is mended.
    JobState.FAULT: (JobState.WAITING,),
}

OPEN = (JobState.WAITING, JobState.RUNNING)
