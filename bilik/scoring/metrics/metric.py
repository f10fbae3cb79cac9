"""What a metric is, and what it takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

import numpy as np

from bilik.scoring.findings import broken

Array = np.ndarray[Any, Any]


class Shape(StrEnum):
    """How a solution and a prediction stand in their files; what a metric gets of each is in `Pairs`."""

    LABELS = "labels"
    """One column of labels in both. Codes of labels, (n,) and (n,)."""
    INDICATORS = "indicators"
    """Several columns of 0 and 1 with the same names in both. (n, m) and (n, m) of 0 and 1."""
    PROBABILITY = "probability"
    """A label of two; the probability of the positive one. (n,) of 0 and 1, (n,) in [0, 1]."""
    SCORE = "score"
    """The same, but any finite number that grows with the probability. (n,) of 0 and 1, (n,)."""
    CLASS_PROBABILITIES = "class_probabilities"
    """A label; one column for each class, named by it, that sum to 1. Codes (n,), (n, k) in [0, 1]."""
    CLASS_SCORES = "class_scores"
    """The same with any finite numbers. Codes (n,), (n, k)."""
    NUMBERS = "numbers"
    """One or more columns of numbers with the same names in both. (n, m) and (n, m)."""
    LISTS = "lists"
    """A cell with items separated by spaces: those that are relevant; those predicted, best first. (n,) of tuples."""
    MASKS = "masks"
    """A cell with "start length start length …", from 1, ascending. (n,) of int arrays (runs, 2)."""


@dataclass(frozen=True)
class Pairs:
    """Truth and prediction on the same rows, validated. `classes` are the labels that codes stand for, in order."""

    truth: Array
    predicted: Array
    classes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.truth)

    def take(self, rows: Array) -> Pairs:
        """The pairs at these places (integers, also repeated) or where this is true (a mask)."""
        return replace(self, truth=self.truth[rows], predicted=self.predicted[rows])


@dataclass(frozen=True)
class Domain:
    """Which numbers a metric takes: from `low` to `high`."""

    low: float
    high: float


# The bounds far out keep squares, and powers of deviances, within what a double holds: otherwise one huge prediction
# would make the score infinite, and that would be nobody's score and look like the organiser's mistake.
ANY = Domain(-1e100, 1e100)
UNIT = Domain(0.0, 1.0)
NOT_NEGATIVE = Domain(0.0, 1e100)
POSITIVE = Domain(1e-20, 1e20)
COUNTS = Domain(0.0, 1e20)


@dataclass(frozen=True)
class Param:
    """A parameter: a number, a whole number, one word of a few, or a text. `above`: `low` itself is too little."""

    name: str
    kind: Literal["number", "whole", "choice", "text"]
    default: Any
    about: str
    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    below: bool = False
    options: tuple[str, ...] = ()

    def takes(self) -> str:
        """What may stand here, for people: "a number > 0"."""
        if self.kind == "choice":
            return " | ".join(self.options)
        if self.kind == "text":
            return "…"
        signs = ("" if self.low == -math.inf else f"{'>' if self.above else '≥'} {self.low:g}",
                 "" if self.high == math.inf else f"{'<' if self.below else '≤'} {self.high:g}")  # fmt: skip
        return ", ".join(part for part in ("ℤ" if self.kind == "whole" else "ℝ", *signs) if part)

    def read(self, value: Any) -> Any:
        """The value of a parameter as a file or a command line gives it. Raises CompetitionBroken."""
        if isinstance(value, bool):
            raise self._bad(value)
        if self.kind in ("choice", "text"):
            if not isinstance(value, str | int) or (self.options and str(value) not in self.options):
                raise self._bad(value)
            return str(value)
        return self._number(value)

    def _number(self, value: Any) -> int | float:
        try:
            number: int | float = int(str(value)) if self.kind == "whole" else float(value)
        except (ValueError, TypeError, OverflowError):
            raise self._bad(value) from None
        low = number > self.low if self.above else number >= self.low
        high = number < self.high if self.below else number <= self.high
        if not (math.isfinite(number) and low and high):
            raise self._bad(value)
        return number

    def _bad(self, value: Any) -> Exception:
        return broken("param.value", name=self.name, value=str(value)[:60], takes=self.takes())


Params = Mapping[str, Any]


@dataclass(frozen=True)
class Metric:
    """One way to score.

    `shapes`: what it takes; with two of them, the first is for a solution with two classes (or one column). `rows`
    gives one number for each row, (n,), or None where there are none; `finish` makes the score of their mean. `whole`
    gives the score of all rows at once, for metrics that are no mean. At least one of `rows` and `whole` is there; with
    both, `whole` scores and `rows` compares (finish must be monotone). `truth` and `prediction` are the domains of
    numbers; `check` refuses combinations that a domain cannot say, as (truth, params) -> None or raises
    CompetitionBroken. `source` says where the definition comes from.
    """

    name: str
    greater_is_better: bool
    shapes: tuple[Shape, ...]
    about: str
    source: str
    params: tuple[Param, ...] = ()
    rows: Callable[..., Array | None] | None = None
    whole: Callable[..., float] | None = None
    finish: Callable[[float], float] = float
    truth: Callable[[Params], Domain] = lambda _: ANY
    prediction: Callable[[Params], Domain] = lambda _: ANY

    def read_params(self, given: Params) -> dict[str, Any]:
        """All parameters with their values. Raises CompetitionBroken for one that is not known or not possible."""
        known = {param.name: param for param in self.params}
        for name in given:
            if name not in known:
                raise broken("param.unknown", name=str(name)[:60], metric=self.name, known=list(known) or ["–"])
        return {name: param.read(given[name]) if name in given else param.default for name, param in known.items()}

    def score(self, pairs: Pairs, params: Params) -> float:
        """The score: one finite number. Raises CompetitionBroken when it is undefined for these rows."""
        if not len(pairs):
            raise broken("metric.no_rows", metric=self.name)
        with np.errstate(all="ignore"):
            value = self.whole(pairs, **params) if self.whole else self._mean(pairs, params)
        return finite(value, self.name)

    def _mean(self, pairs: Pairs, params: Params) -> float:
        assert self.rows is not None
        rows = self.rows(pairs, **params)
        assert rows is not None
        return self.finish(float(rows.mean()))

    def row_values(self, pairs: Pairs, params: Params) -> Array | None:
        """One number for each row whose mean orders submissions as the score does; None for what is no mean."""
        if self.rows is None:
            return None
        with np.errstate(all="ignore"):
            values = self.rows(pairs, **params)
        return None if values is None else np.asarray(values, dtype=np.float64)

    def better(self, one: float, other: float) -> bool:
        """Whether one score is strictly better than the other."""
        return one > other if self.greater_is_better else one < other


def finite(value: Any, metric: str) -> float:
    """A metric's result if it is one finite real number; anything else is the organiser's problem and no score.

    NaN, infinities, None, complex numbers, truth values, texts, arrays and whole numbers too large for a double are
    refused (abuse case 44).
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise broken("metric.not_finite", metric=metric, value=type(value).__name__)
    try:
        number = float(value)
    except OverflowError:
        raise broken("metric.not_finite", metric=metric, value="int") from None
    if not math.isfinite(number):
        raise broken("metric.not_finite", metric=metric, value=str(number))
    return number + 0.0
