"""What the markings of one answer come to. Pure: plain values in, a decision out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from bilik.grading.rubric import Levels, mean_points, median_points, points_of, total_of
from bilik.marking.states import MarkerRole


class Needs(StrEnum):
    """What an answer waits for."""

    FIRST = "first"
    SECOND = "second"
    DECIDING = "deciding"
    PEERS = "peers"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Done:
    """One marking that was finished."""

    role: str
    levels: Levels


@dataclass(frozen=True)
class Terms:
    """How an answer is marked: whether a second person looks, how many points two may differ, how many peers mark."""

    second: bool = False
    tolerance: Fraction = Fraction(0)
    peers: int = 0
    peer_duty_done: bool = True


@dataclass(frozen=True)
class Decision:
    """What is still needed; with nothing, the points by criterion."""

    needs: Needs
    points: Mapping[str, Fraction] | None = None


def decide(rubric: Sequence[Mapping[str, Any]], done: Sequence[Done], terms: Terms) -> Decision:
    """What the finished markings come to.

    A deciding marking ends it. One marker's levels are the mark, unless a second looks: then two that differ by no more
    than the tolerance come to their mean, and others wait for a third person to decide. Peers come to their median,
    once there are enough of them and the author has marked as many works; a trainer's mark goes before theirs.
    """
    by_role = {role: [one.levels for one in done if one.role == role] for role in MarkerRole.values}
    if deciding := by_role[MarkerRole.DECIDING]:
        return Decision(Needs.NOTHING, points_of(rubric, deciding[-1]))
    staff = by_role[MarkerRole.FIRST] + by_role[MarkerRole.SECOND]
    if staff:
        return _by_staff(rubric, staff, terms)
    if terms.peers:
        peers = by_role[MarkerRole.PEER]
        if len(peers) < terms.peers or not terms.peer_duty_done:
            return Decision(Needs.PEERS)
        return Decision(Needs.NOTHING, median_points(rubric, peers))
    return Decision(Needs.FIRST)


def _by_staff(rubric: Sequence[Mapping[str, Any]], staff: Sequence[Levels], terms: Terms) -> Decision:
    if not terms.second:
        return Decision(Needs.NOTHING, points_of(rubric, staff[0]))
    if len(staff) < 2:
        return Decision(Needs.SECOND)
    if abs(total_of(rubric, staff[0]) - total_of(rubric, staff[1])) > terms.tolerance:
        return Decision(Needs.DECIDING)
    return Decision(Needs.NOTHING, mean_points(rubric, staff[:2]))


def is_sampled(submission_id: int, percent: int) -> bool:
    """Whether an answer is among the share that a second person marks: always the same for the same answer, and not to
    be guessed from the order of handing in.
    """
    digest = hashlib.sha256(f"second marker {submission_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent
