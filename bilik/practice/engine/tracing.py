"""How far a skill is mastered, from answers: Bayesian knowledge tracing with weighted evidence.

Corbett, A. T. & Anderson, J. R. (1995). Knowledge tracing: modeling the acquisition of procedural knowledge. User
Modeling and User-Adapted Interaction 4, 253-278. With L the chance that the skill is mastered, S the chance of a slip,
G that of a guess and T that of learning at one opportunity:

    right answer:  P(L | right) = L (1 - S) / (L (1 - S) + (1 - L) G)
    wrong answer:  P(L | wrong) = L S / (L S + (1 - L) (1 - G))
    afterwards:    P(L next)    = P(L | answer) + (1 - P(L | answer)) T

An answer that says less (after a hint, the third try) has a weight below 1: the likelihoods are raised to the power of
the weight (a tempered likelihood, so a weight of 1 is Corbett and Anderson's update and 0 changes nothing), and T is
multiplied by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# The criterion of mastery in Corbett and Anderson's tutors.
MASTERED = 0.95
LIKELY = 0.5
# Three answers, because two lucky choices of four are right once in sixteen times.
FEWEST_RIGHT = 3


@dataclass(frozen=True)
class Parameters:
    """Four probabilities of one skill: mastered at the start, learnt at one opportunity, guessed, slipped.

    Raises ValueError where a right answer would not speak for mastery (guess + slip of 1 or more).
    """

    start: float
    learn: float
    guess: float
    slip: float

    def __post_init__(self) -> None:
        if not all(0 <= value < 1 for value in (self.start, self.learn, self.guess, self.slip)):
            raise ValueError("the parameters of a skill are probabilities below 1")
        if self.guess + self.slip >= 1:
            raise ValueError("with these guesses and slips a right answer would not speak for mastery")


# Until there are enough answers to fit. A fifth know a thing before its lesson; a choice of four is guessed one time
# in four and a typed answer hardly ever; one answer in ten is a slip.
PRIOR = Parameters(start=0.2, learn=0.15, guess=0.2, slip=0.1)


class Mastery(StrEnum):
    """What answers say of a skill: in words, because the number behind them is a model's and no measurement."""

    NONE = "none"
    LOW = "low"
    LIKELY = "likely"
    SHOWN = "shown"


def after(mastered: float, *, right: bool, weight: float, parameters: Parameters) -> float:
    """P(L | answer): the chance of mastery once an answer of this weight (0 to 1) is known."""
    if right:
        knowing, not_knowing = (1 - parameters.slip) ** weight, parameters.guess**weight
    else:
        knowing, not_knowing = parameters.slip**weight, (1 - parameters.guess) ** weight
    joint = mastered * knowing
    whole = joint + (1 - mastered) * not_knowing
    return joint / whole if whole else mastered


def learnt(mastered: float, *, weight: float, parameters: Parameters) -> float:
    """P(L next): the chance of mastery after an opportunity to learn of this weight."""
    return mastered + (1 - mastered) * parameters.learn * weight


def success(mastered: float, parameters: Parameters) -> float:
    """The chance of a right answer: L (1 - S) + (1 - L) G."""
    return mastered * (1 - parameters.slip) + (1 - mastered) * parameters.guess


def mastery_of(mastered: float, *, answers: int, right: int) -> Mastery:
    """The word for a skill: shown needs both the criterion and at least three right answers that counted."""
    if not answers:
        return Mastery.NONE
    if mastered >= MASTERED and right >= FEWEST_RIGHT:
        return Mastery.SHOWN
    return Mastery.LIKELY if mastered >= LIKELY and right else Mastery.LOW
