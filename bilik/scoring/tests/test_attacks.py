"""Cases 63 and 64: people who ask the leaderboard instead of learning from the data.

`pytest -s` prints what each way of showing scores gives away.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from bilik.scoring.leaderboard.showing import Shown, ladder, ladder_without_step, raw, rounded
from bilik.scoring.metrics import metric_named
from bilik.scoring.metrics.metric import Pairs
from bilik.scoring.score import text_of

RAW, ROUNDED, LADDER, FREE = "raw", "rounded", "ladder", "ladder without a step"
EPSILON = 0.05
"""What an attack may gain in the shown score: the best of 500 random files on 2,000 rows lies 0.034 above the middle
by chance alone (three standard errors), and no board that shows anything can hide that."""


class Board:
    """A leaderboard for one team, as the team sees it."""

    def __init__(self, way, metric, truth, *, digits=5, step="0.01"):
        self.way, self.metric, self.truth = way, metric_named(metric), truth
        self.params = self.metric.read_params({})
        self.digits, self.step = digits, Decimal(step)
        self.best, self.best_pairs = None, None

    def submit(self, predicted) -> Shown:
        pairs = Pairs(self.truth, predicted, ("0", "1"))
        score = text_of(self.metric.score(pairs, self.params))
        shown = self._show(score, pairs)
        if shown.better:
            self.best, self.best_pairs = shown.score, pairs
        return shown

    def _show(self, score, pairs) -> Shown:
        greater = self.metric.greater_is_better
        if self.way == RAW:
            return raw(score, self.best, greater_is_better=greater)
        if self.way == ROUNDED:
            return rounded(score, self.best, digits=self.digits, greater_is_better=greater)
        if self.way == LADDER:
            return ladder(score, self.best, step=self.step, greater_is_better=greater)
        return ladder_without_step(
            score, self.best, metric=self.metric, params=self.params, new=pairs, best_pairs=self.best_pairs
        )


def log_loss_oracle(board: Board, at_once: int = 14) -> tuple[float, float]:
    """Reads the labels out of the scores, 14 for each submission; the share that is right, and what the board then
    shows less than for one half everywhere.

    Row i of a group gets such a probability that its label adds 2^i units to the sum of the losses. Whitehill,
    "Climbing the Kaggle Leaderboard by Exploiting the Log-Loss Oracle", arXiv 1707.01825.
    """
    size = len(board.truth)
    begun = float(board.submit(np.full(size, 0.5)).score)
    learnt = np.zeros(size, dtype=np.int64)
    for first in range(0, size, at_once):
        rows = np.arange(first, min(first + at_once, size))
        unit = 12.0 / 2 ** (len(rows) - 1)
        apart = unit * 2.0 ** np.arange(len(rows))
        predicted = np.full(size, 0.5)
        predicted[rows] = 1 / (1 + np.exp(apart))
        total = float(board.submit(predicted).score) * size - (size - len(rows)) * np.log(2)
        number = round(float(total - np.log1p(np.exp(-apart)).sum()) / unit)
        number = min(max(number, 0), 2 ** len(rows) - 1)
        learnt[rows] = [number >> bit & 1 for bit in range(len(rows))]
    ended = float(board.submit(np.where(learnt == 1, 0.99, 0.01)).score)
    return float((learnt == board.truth).mean()), begun - ended


def boosting(board: Board, files: int = 500) -> float:
    """The majority of those random files that the board showed to be better than the middle of them. Hardt (2015)."""
    random = np.random.default_rng(64)
    sent = random.integers(0, 2, (files, len(board.truth)))
    shown = [board.submit(one) for one in sent]
    scores = np.array([float(one.score) for one in shown])
    gains = [float(board.submit(sent[0]).score) - 0.5]
    for chosen in (scores > np.median(scores), np.array([one.better for one in shown])):
        if chosen.any():
            majority = (sent[chosen].mean(axis=0) >= 0.5).astype(np.int64)
            gains.append(float(board.submit(majority).score) - 0.5)
    return max(gains)


def two_at_a_time(board: Board, files: int = 300) -> float:
    """Changes two rows of the best file again and again, and keeps what the board calls better; the true gain."""
    random = np.random.default_rng(65)
    best = random.integers(0, 2, len(board.truth))
    begun = float((best == board.truth).mean())
    board.submit(best)
    for _ in range(files):
        tried = best.copy()
        tried[random.choice(len(best), 2, replace=False)] ^= 1
        if board.submit(tried).better:
            best = tried
    return float((best == board.truth).mean()) - begun


def labels(size: int) -> np.ndarray:
    return np.random.default_rng(63).integers(0, 2, size)


@pytest.mark.parametrize("way", [RAW, ROUNDED, LADDER, FREE])
def test_case_63_the_log_loss_oracle(way):
    right, gain = log_loss_oracle(Board(way, "log_loss", labels(198)))
    print(f"\ncase 63, {way}: {right:.0%} of 198 labels after 15 submissions, log loss better by {gain:.3f}")
    if way in (RAW, ROUNDED):
        assert (right, gain > 0.6) == (1.0, True)
    else:
        assert gain <= EPSILON
        assert right < 0.65


@pytest.mark.parametrize("way", [RAW, ROUNDED, LADDER, FREE])
def test_case_64_boosting_with_500_random_files(way):
    gain = boosting(Board(way, "accuracy", labels(2000)))
    print(f"\ncase 64, {way}: accuracy above 0.5 by {gain:.3f}")
    if way in (RAW, ROUNDED):
        assert gain > 2 * EPSILON
    else:
        assert gain <= EPSILON


@pytest.mark.parametrize("way", [RAW, LADDER, FREE])
def test_case_64_changing_two_rows_at_a_time(way):
    gain = two_at_a_time(Board(way, "accuracy", labels(2000)))
    print(f"\ntwo rows at a time, {way}: accuracy better by {gain:.3f}")
    if way == RAW:
        assert gain > EPSILON
    else:
        assert gain <= 0.01


def test_rounding_to_two_digits_tells_less_but_not_nothing():
    right, _ = log_loss_oracle(Board(ROUNDED, "log_loss", labels(198), digits=2))
    print(f"\ncase 63, rounded to 2 digits: {right:.0%} of 198 labels")
    assert 0.5 < right < 1.0
