"""Difficulty and ability on one scale: the two-parameter logistic model, with Rasch's as the case of equal slopes.

    P(right | theta) = 1 / (1 + exp(-a (theta - b)))          (Birnbaum 1968; Rasch 1960 has a = 1)

theta, the ability, is standard normal among the people an estimate was made from. Pure Python: a course has some
hundred tasks, so this is a matter of microseconds; fitting a and b to answers is `measuring.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Authors say 1 (everyone) to 5 (a hard one). Until answers tell better, a step is 0.75 standard deviations.
AUTHORS_STEP = 0.75
_NODES = tuple(-4 + 0.2 * n for n in range(41))
_PRIOR = tuple(math.exp(-theta * theta / 2) for theta in _NODES)


@dataclass(frozen=True)
class Item:
    """A task's discrimination `a` (above 0) and difficulty `b`; `n` is how many first answers they were estimated from
    (0: the author's guess), `error` the standard error of `b` (None: unknown).
    """

    a: float
    b: float
    n: int = 0
    error: float | None = None


def authors_item(difficulty: int) -> Item:
    """What the author's difficulty (1 to 5) stands for."""
    return Item(1.0, (difficulty - 3) * AUTHORS_STEP)


def chance(theta: float, item: Item) -> float:
    """The chance of a right first answer."""
    return 1 / (1 + math.exp(-item.a * (theta - item.b)))


def information(theta: float, item: Item) -> float:
    """Fisher's information of one answer on theta: a^2 P (1 - P)."""
    p = chance(theta, item)
    return item.a * item.a * p * (1 - p)


def ability(answers: Sequence[tuple[Item, bool]]) -> tuple[float, float]:
    """The mean and standard deviation of theta after these first answers (expected a posteriori; Bock & Mislevy 1982),
    with a standard normal prior on 41 points from -4 to 4.
    """
    weights = list(_PRIOR)
    for item, right in answers:
        for n, theta in enumerate(_NODES):
            p = chance(theta, item)
            weights[n] *= p if right else 1 - p
    whole = sum(weights)
    mean = sum(w * theta for w, theta in zip(weights, _NODES, strict=True)) / whole
    variance = sum(w * (theta - mean) ** 2 for w, theta in zip(weights, _NODES, strict=True)) / whole
    return mean, math.sqrt(variance)
