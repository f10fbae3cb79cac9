"""Who may do what, and why not. Pure: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bilik.kit.errors import Refusal
from bilik.people.states import Role
from bilik.teaching import errors
from bilik.teaching.states import REGRADE_MOVES, CallOutcome, RegradeState

REGRADING = frozenset({Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER})
LONGEST_COMMENT = 2000
# How long somebody rests after a call, so that nobody is called every day; longer once they were spoken to.
REST: dict[str, timedelta] = {
    CallOutcome.REACHED: timedelta(days=7),
    CallOutcome.NOT_REACHED: timedelta(days=1),
    CallOutcome.LATER: timedelta(days=3),
}


def why_not_regrade(roles: Collection[str], *, administrator: bool, leads: bool) -> Refusal | None:
    """Whether somebody regrades: with `leads`, the learners of a group they lead; otherwise by role alone."""
    return None if administrator or leads or REGRADING & set(roles) else errors.MayNotRegrade()


def why_not_move(state: str, to: RegradeState) -> Refusal | None:
    """Whether a regrade can go to a state."""
    return None if to in REGRADE_MOVES[RegradeState(state)] else errors.RegradeMoved()


def why_not_comment(text: str, *, leads: bool) -> Refusal | None:
    """Whether a comment can be given to a cluster of a group's answers."""
    if not leads:
        return errors.NotYourGroup()
    return None if text.strip() else errors.NothingWritten()


def why_not_call(*, leads: bool) -> Refusal | None:
    """Whether a call to a learner of a group can be noted."""
    return None if leads else errors.NotYourGroup()
