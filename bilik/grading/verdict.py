"""What grading says of an answer. Everything here is plain data that goes to JSON and comes back equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from bilik.kit.exact import THOUSANDTH, plain_number, share
from runner.faults import PlatformFault

__all__ = ["Feedback", "Outcome", "PlatformFault", "Verdict", "accepted", "author", "invalid", "part_of", "wrong"]


class Outcome(StrEnum):
    """How grading ended. The names are those of `bilik grade` and never change."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    WRONG = "wrong"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    RUNTIME_ERROR = "runtime_error"
    INVALID = "invalid"
    NEEDS_MARKING = "needs_marking"
    PLATFORM_FAULT = "platform_fault"


@dataclass(frozen=True)
class Feedback:
    """One thing to tell the person, in no language yet.

    `code` names a sentence in `messages/` ("error.NameError"), or is "author" (`data["name"]` is a block of the
    exercise's text), or "test" (`data` is the result of one test). `data` is JSON-able.
    """

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, **{key: _storable(value) for key, value in self.data.items()}}


def _storable(value: Any) -> Any:
    """The value with NUL characters made visible: PostgreSQL cannot keep them, and nobody can see them."""
    if isinstance(value, str):
        return value.replace("\x00", "␀")
    if isinstance(value, Mapping):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def author(name: str) -> Feedback:
    """Feedback that the exercise's author wrote for this mistake."""
    return Feedback("author", {"name": name})


@dataclass(frozen=True)
class Verdict:
    """The verdict on one answer.

    `score` of `of` points, exact to a thousandth; `evidence` holds what a later reader may want to know (checker
    version, tests passed, processor milliseconds, sandbox mechanisms) and is never shown to learners; `ms` is the
    wall time that grading took.
    """

    outcome: Outcome
    score: Decimal
    of: int
    feedback: tuple[Feedback, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    ms: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.score <= self.of:
            raise ValueError(f"a score of {self.score} does not lie between 0 and {self.of}")
        if (self.outcome is Outcome.ACCEPTED) != (self.score == self.of):
            raise ValueError("an accepted answer has all points, and no other has")

    def to_json(self) -> dict[str, Any]:
        """The verdict as `bilik grade` prints it."""
        return {
            "verdict": str(self.outcome),
            "score": plain_number(self.score),
            "of": self.of,
            "feedback": [item.to_json() for item in self.feedback],
            "ms": self.ms,
        }


def accepted(of: int, *feedback: Feedback) -> Verdict:
    """All points."""
    return Verdict(Outcome.ACCEPTED, Decimal(of), of, feedback)


def wrong(of: int, *feedback: Feedback) -> Verdict:
    """No points, but a person who tried: say what to look at next."""
    return Verdict(Outcome.WRONG, Decimal(0), of, feedback)


def part_of(earned: Fraction | int, whole: Fraction | int, *, of: int) -> Decimal:
    """The points for a part that is not the whole: rounding never makes it all of them."""
    return min(share(earned, whole, of=of), of - THOUSANDTH)


def invalid(of: int, *feedback: Feedback) -> Verdict:
    """The answer has not the shape that was asked for (no number in a number's place, say). It does not count."""
    return Verdict(Outcome.INVALID, Decimal(0), of, feedback)
