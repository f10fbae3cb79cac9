"""Fitting the models to answers with `mirt` (numpy, scipy). Imported by commands alone, never by a page.

Difficulty: Rasch's model from 30 first answers to a task, which puts b within about one logit with 95 % certainty
(Linacre 1994, Rasch Measurement Transactions 7:4); the two-parameter model once 500 people have answered, below which
slopes are mostly noise. Knowledge tracing: parameters of a skill by maximum likelihood (Baum-Welch) from 50 people with
two answers or more, with guesses of at most 0.3 and slips of at most 0.25, so that mastery keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import mirt
import numpy as np

from bilik.practice.engine.ability import Item
from bilik.practice.engine.tracing import Parameters

FEWEST_ANSWERS = 30
FEWEST_FOR_SLOPES = 500
FEWEST_PEOPLE = 50
LONGEST_SEQUENCE = 40
LIMITS: dict[str, Any] = {"guess_bounds": (0.01, 0.3), "slip_bounds": (0.01, 0.25)}


def fit_items(answers: Sequence[Mapping[int, bool]]) -> tuple[str, dict[int, Item]]:
    """The model that was fitted ("rasch", "2pl", or "" when there was too little) and its items by task id.

    One mapping for each person: task id to whether the first answer was right. Tasks that fewer than 30 people
    answered, or that all or none solved, are left out: their difficulty would be a guess.
    """
    counts: dict[int, list[int]] = {}
    for person in answers:
        for task, right in person.items():
            counts.setdefault(task, [0, 0])[right] += 1
    tasks = sorted(task for task, tally in counts.items() if all(tally) and sum(tally) >= FEWEST_ANSWERS)
    people = [person for person in answers if any(task in person for task in tasks)]
    if len(tasks) < 2:
        return "", {}
    matrix = np.array([[int(person[task]) if task in person else -1 for task in tasks] for person in people])
    enough = min(sum(counts[task]) for task in tasks) >= FEWEST_FOR_SLOPES
    model: Literal["1PL", "2PL"] = "2PL" if enough else "1PL"
    fitted = mirt.fit_mirt(matrix, model=model, n_quadpts=41, tol=1e-6)
    found, errors = fitted.model.parameters, fitted.standard_errors
    items = {
        task: Item(
            a=float(found["discrimination"][n]),
            b=float(found["difficulty"][n]),
            n=sum(counts[task]),
            error=_error(errors["difficulty"][n]),
        )
        for n, task in enumerate(tasks)
        # A slope at or below 0 means that the weak solve it more often: a broken task, not a difficulty.
        if found["discrimination"][n] > 0
    }
    return ("2pl" if model == "2PL" else "rasch"), items


def _error(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def fit_skill(sequences: Sequence[Sequence[bool]]) -> Parameters | None:
    """Parameters of one skill from sequences of counting answers, one for each person, in their order; None when fewer
    than 50 people have two answers or the fit does not settle.
    """
    usable = [sequence[:LONGEST_SEQUENCE] for sequence in sequences if len(sequence) > 1]
    if len(usable) < FEWEST_PEOPLE:
        return None
    longest = max(len(sequence) for sequence in usable)
    matrix = np.full((len(usable), longest), -1, dtype=int)
    for row, sequence in enumerate(usable):
        matrix[row, : len(sequence)] = [int(right) for right in sequence]
    fitted = mirt.fit_bkt_em(matrix, np.zeros(longest, dtype=int), max_iter=2000, **LIMITS)
    if not fitted.converged:
        return None
    model = fitted.model
    start, learn = float(model.p_init[0]), float(model.p_learn[0])
    # 0 and 1 could never be changed by an answer.
    return Parameters(_inside(start), _inside(learn), float(model.p_guess[0]), float(model.p_slip[0]))


def _inside(value: float) -> float:
    return min(max(value, 0.01), 0.99)
