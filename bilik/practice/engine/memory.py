"""When a solved task comes back: spaced review by FSRS-6, with intervals of whole days.

The library `fsrs` holds the model (stability, difficulty, forgetting curve); here is how an answer becomes its rating.
There are no steps of minutes: a review that failed comes back on the next day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import fsrs

# How much of what is due should be remembered, and the longest interval: what is not seen for a year may as well be
# looked at.
RETENTION = 0.9
LONGEST_DAYS = 365
# An answer within this many seconds after the task was shown came without thinking long; reading takes some of it.
QUICK_SECONDS = {
    "single_choice": 15,
    "multiple_choice": 20,
    "numeric": 20,
    "short_text": 15,
    "predict_output": 25,
    "python_code": 90,
}
_SCHEDULER = fsrs.Scheduler(
    learning_steps=(),
    relearning_steps=(),
    desired_retention=RETENTION,
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)
Rating = fsrs.Rating


@dataclass(frozen=True)
class Card:
    """What is remembered of one task: stability (days until recall falls to 0.9), difficulty (1 to 10), when it was
    last reviewed and when it is due.
    """

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


def rating_of(*, right: bool, kind: str, tries: int, hints: int, seconds: float | None) -> Rating:
    """FSRS's rating of an answer: wrong is Again; right after a hint or other tries in the same round is Hard; right
    within `QUICK_SECONDS` is Easy; right otherwise is Good. `seconds` is None when it is not known.
    """
    if not right:
        return Rating.Again
    if hints or tries:
        return Rating.Hard
    if seconds is not None and seconds <= QUICK_SECONDS.get(kind, 0):
        return Rating.Easy
    return Rating.Good


def reviewed(card: Card | None, rating: Rating, at: datetime) -> Card:
    """The card after a review at this moment (None: seen for the first time)."""
    at = at.astimezone(UTC)
    before = fsrs.Card(
        card_id=1,
        state=fsrs.State.Review if card else fsrs.State.Learning,
        stability=card.stability if card else None,
        difficulty=card.difficulty if card else None,
        due=card.due_at if card else at,
        last_review=card.reviewed_at.astimezone(UTC) if card else None,
    )
    made, _ = _SCHEDULER.review_card(before, rating, at)
    return Card(_known(made.stability), _known(made.difficulty), at, made.due)


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("FSRS gave no state")
    return value


def recall(card: Card, at: datetime) -> float:
    """The chance that the task is still remembered at this moment (FSRS-6's power forgetting curve, by whole days)."""
    state = fsrs.Card(card_id=1, state=fsrs.State.Review, stability=card.stability, difficulty=card.difficulty,
                      due=card.due_at, last_review=card.reviewed_at.astimezone(UTC))  # fmt: skip
    return float(_SCHEDULER.get_card_retrievability(state, at.astimezone(UTC)))
