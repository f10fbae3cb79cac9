"""The two ways the platform, and never the learner, can fail to run a job."""

from __future__ import annotations


class PlatformFault(Exception):
    """The job could not be run; the learner is not to blame and nothing was decided.

    reason: a sentence for the operator, with what to do.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Busy(Exception):
    """No place was free in the time that the caller was ready to wait. Try again later."""


class ZygoteDied(Exception):
    """A warm process or its child went away before the job could have an effect; try another."""
