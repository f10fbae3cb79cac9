"""Whether somebody may mark an answer, and as what. Pure: plain values in, a refusal or None out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bilik.kit.errors import Refusal
from bilik.marking import errors
from bilik.marking.decision import Needs
from bilik.marking.states import MarkerRole

# How long somebody who has begun keeps others from beginning too.
HELD = timedelta(minutes=30)
_ROLE_FOR = {
    Needs.FIRST: MarkerRole.FIRST,
    Needs.PEERS: MarkerRole.FIRST,
    Needs.SECOND: MarkerRole.SECOND,
    Needs.DECIDING: MarkerRole.DECIDING,
}


def why_not_mark(*, own: bool, waiting: bool, needs: Needs, done_by_me: bool, held_by_other: bool) -> Refusal | None:
    """Why a trainer or manager who may see an answer may not mark it now."""
    if own:
        return errors.OwnAnswer()
    if not waiting or needs is Needs.NOTHING:
        return errors.NotWaiting()
    if done_by_me:
        return errors.MarkedAlready()
    return errors.TakenByAnother() if held_by_other else None


def role_for(needs: Needs) -> MarkerRole:
    """As what the next trainer or manager marks. Among peers they are the first, whose mark counts."""
    return _ROLE_FOR[needs]


def is_held(saved_at: datetime, now: datetime) -> bool:
    """Whether a marking that was begun still keeps others away."""
    return now - saved_at < HELD


def why_not_mark_peers(*, handed_in: bool, found: bool) -> Refusal | None:
    """Why a learner gets no work of others to mark."""
    if not handed_in:
        return errors.HandInFirst()
    return None if found else errors.NothingToMark()
