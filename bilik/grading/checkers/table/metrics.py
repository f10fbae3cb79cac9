"""How good predictions are, exactly: the usual measures with fractions instead of floats.

Definitions as in the user guide of scikit-learn ("Metrics and scoring"), where they have the same names; y is what is
true, p what was predicted, n how many there are.

    accuracy           share of p = y
    balanced_accuracy  mean over the classes of y of the share of p = y within the class (recall)
    f1                 2TP / (2TP + FP + FN) of one class (`positive`), or the mean of it over all classes of y and p;
                       0 where a class is neither
    mae                mean |y - p|
    rmse               square root of mean (y - p)^2; to 28 digits, compared by its square
    r2                 1 - sum (y - p)^2 / sum (y - mean y)^2
    mape               mean |y - p| / |y|; no y may be 0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

OF_CLASSES = ("accuracy", "balanced_accuracy", "f1")
OF_NUMBERS = ("mae", "rmse", "r2", "mape")
ERRORS = frozenset({"mae", "rmse", "mape"})
_DIGITS = Context(prec=28)


def accuracy(true: Sequence[Any], predicted: Sequence[Any]) -> Fraction:
    """The share that is right."""
    return Fraction(_hits(true, predicted).total(), len(true))


def balanced_accuracy(true: Sequence[Any], predicted: Sequence[Any]) -> Fraction:
    """The mean of the shares that are right in each class, so that a rare class counts as much as a frequent one."""
    there, hit = Counter(true), _hits(true, predicted)
    return sum((Fraction(hit[one], count) for one, count in there.items()), Fraction(0)) / len(there)


def f1(true: Sequence[Any], predicted: Sequence[Any], positive: Any = None) -> Fraction:
    """The harmonic mean of precision and recall: of the class `positive`, or the mean over all classes (macro)."""
    there, said, hit = Counter(true), Counter(predicted), _hits(true, predicted)
    classes = [positive] if positive is not None else [*(there | said)]
    parts = (Fraction(2 * hit[one], there[one] + said[one]) for one in classes if there[one] + said[one])
    return _sum(parts) / len(classes)


def _hits(true: Sequence[Any], predicted: Sequence[Any]) -> Counter[Any]:
    """How often each class was rightly predicted."""
    return Counter(y for y, p in zip(true, predicted, strict=True) if y == p)


def _sum(parts: Iterable[Fraction]) -> Fraction:
    """The sum of fractions many of which have the same denominator."""
    tops: Counter[int] = Counter()
    for part in parts:
        tops[part.denominator] += part.numerator
    return sum((Fraction(top, below) for below, top in tops.items()), Fraction(0))


def mae(true: Sequence[Fraction], predicted: Sequence[Fraction]) -> Fraction:
    """The mean of how far predictions are off."""
    return sum((abs(y - p) for y, p in zip(true, predicted, strict=True)), Fraction(0)) / len(true)


def mse(true: Sequence[Fraction], predicted: Sequence[Fraction]) -> Fraction:
    """The mean of the squares of how far predictions are off."""
    return sum(((y - p) ** 2 for y, p in zip(true, predicted, strict=True)), Fraction(0)) / len(true)


def rmse(true: Sequence[Fraction], predicted: Sequence[Fraction]) -> Fraction:
    """The square root of `mse`, to 28 digits."""
    mean = mse(true, predicted)
    return Fraction(_DIGITS.divide(Decimal(mean.numerator), Decimal(mean.denominator)).sqrt(_DIGITS))


def r2(true: Sequence[Fraction], predicted: Sequence[Fraction]) -> Fraction:
    """The share of the variance that is explained; 0 for who always predicts the mean, below 0 for worse."""
    mean = sum(true, Fraction(0)) / len(true)
    return 1 - mse(true, predicted) * len(true) / sum(((y - mean) ** 2 for y in true), Fraction(0))


def mape(true: Sequence[Fraction], predicted: Sequence[Fraction]) -> Fraction:
    """The mean of how far predictions are off in parts of the true value: 1/10 is ten per cent."""
    return sum((abs((y - p) / y) for y, p in zip(true, predicted, strict=True)), Fraction(0)) / len(true)


METRICS: dict[str, Callable[..., Fraction]] = {
    "accuracy": accuracy,
    "balanced_accuracy": balanced_accuracy,
    "f1": f1,
    "mae": mae,
    "rmse": rmse,
    "r2": r2,
    "mape": mape,
}


def reached(metric: str, value: Fraction, cut: Fraction) -> bool:
    """Whether a value is as good as the cut score. For a rounded root the given value may be a hair's breadth off."""
    room = Fraction(1, 10**24) if metric == "rmse" else Fraction(0)
    return value <= cut + room if metric in ERRORS else value >= cut


def earned(value: Fraction, cut: Fraction, zero: Fraction | None) -> Fraction:
    """The part of the points: all at the cut score, none at the zero score and beyond, a straight line between."""
    if zero is None or zero == cut:
        return Fraction(0)
    return min(max((value - zero) / (cut - zero), Fraction(0)), Fraction(1))
