"""The measures against figures worked by hand and, where it is installed, against scikit-learn as an oracle."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.checkers.table import metrics
from bilik.grading.checkers.table.metrics import METRICS
from bilik.grading.kinds import Run
from bilik.grading.tests.helpers import codes, graded, spec_of
from bilik.grading.verdict import Outcome
from runner.job import Call, Job, Limits

# By hand. Classes: a is right 2 of 3 times, b 1 of 1; a: TP 2, FP 0, FN 1; b: TP 1, FP 1, FN 0.
TRUE, SAID = ["a", "a", "a", "b"], ["a", "a", "b", "b"]
NUMBERS = [Fraction(2), Fraction(4), Fraction(10)]
GUESSES = [Fraction(1), Fraction(4), Fraction(12)]


@pytest.mark.parametrize(
    ("metric", "true", "said", "value"),
    [
        ("accuracy", TRUE, SAID, Fraction(3, 4)),
        ("balanced_accuracy", TRUE, SAID, Fraction(5, 6)),
        ("f1", TRUE, SAID, (Fraction(4, 5) + Fraction(2, 3)) / 2),
        ("f1", ["a"], ["b"], Fraction(0)),
        ("mae", NUMBERS, GUESSES, Fraction(1)),
        ("r2", NUMBERS, GUESSES, 1 - Fraction(5) / Fraction(104, 3)),
        ("r2", NUMBERS, [Fraction(16, 3)] * 3, Fraction(0)),
        ("mape", NUMBERS, GUESSES, (Fraction(1, 2) + Fraction(1, 5)) / 3),
    ],
)
def test_worked_by_hand(metric: str, true: list[Any], said: list[Any], value: Fraction) -> None:
    assert METRICS[metric](true, said) == value


def test_the_root_is_right_to_many_digits() -> None:
    assert abs(metrics.rmse(NUMBERS, GUESSES) ** 2 - Fraction(5, 3)) < Fraction(1, 10**26)
    assert metrics.f1(TRUE, SAID, positive="a") == Fraction(4, 5)


@pytest.mark.sandbox
def test_the_same_values_as_scikit_learn(run: Run) -> None:
    chance = random.Random(3)
    classes = [chance.choice("abc") for _ in range(200)]
    said = [one if chance.random() < 0.6 else chance.choice("abcd") for one in classes]
    numbers = [round(chance.uniform(1, 50), 3) for _ in range(200)]
    guesses = [round(number + chance.gauss(0, 4), 3) for number in numbers]
    code = """
from sklearn import metrics as m
def oracle(y, p, u, v):
    return {"accuracy": float(m.accuracy_score(y, p)), "balanced_accuracy": float(m.balanced_accuracy_score(y, p)),
            "f1": float(m.f1_score(y, p, average="macro", zero_division=0)), "mae": float(m.mean_absolute_error(u, v)),
            "rmse": float(m.mean_squared_error(u, v)) ** 0.5, "r2": float(m.r2_score(u, v)),
            "mape": float(m.mean_absolute_percentage_error(u, v))}
"""
    limits = Limits(cpu_seconds=20.0, wall_seconds=60.0, memory_mb=1024)
    call = Call("oracle", (classes, said, numbers, guesses))
    result = run(Job("calls", code, calls=(call,), libraries=("sklearn",), limits=limits))
    oracle: Any = result.runs[0].returned()
    for name, value in oracle.items():
        pair: Any = (classes, said) if name in metrics.OF_CLASSES else (_exact(numbers), _exact(guesses))
        assert float(METRICS[name](*pair)) == pytest.approx(value, rel=1e-12), name


def _exact(numbers: list[float]) -> list[Fraction]:
    return [Fraction(json.dumps(number)) for number in numbers]


def predictions(toml: str, true: str = "1,10\n2,20\n3,30\n", kind: str = "number") -> dict[str, Any]:
    columns = f'[[columns]]\nname = "id"\ntype = "whole"\n[[columns]]\nname = "price"\ntype = "{kind}"\n'
    head = 'id_column = "id"\ntarget = "price"\n'
    return spec_of("table", head + toml + columns, files={"expected.csv": "id,price\n" + true})


@pytest.mark.parametrize(
    ("guess", "outcome", "score"),
    [
        ("id,price\n1,12\n2,18\n3,30\n", Outcome.ACCEPTED, "3"),  # mae 4/3
        ("id,price\n3,30\n01,12\n2,16\n9,9\n", Outcome.ACCEPTED, "3"),  # mae 2
        ("id,price\n1,13\n2,23\n3,33\n", Outcome.PARTIAL, "2"),  # mae 3: a third of the way from 2 to 5
        ("id,price\n1,20\n2,20\n3,20\n", Outcome.WRONG, "0"),  # mae 20/3
    ],
)
def test_a_straight_line_between_zero_score_and_cut_score(guess: str, outcome: Outcome, score: str) -> None:
    spec = predictions(
        'metric = "mae"\ncut_score = "2"\nzero_score = "5"\n[[feedback]]\nconstant = true\nsay = "same"\n'
    )
    verdict = graded(spec, guess)
    assert (verdict.outcome, verdict.score) == (outcome, Decimal(score))
    assert ("same" in codes(verdict)) is (outcome is Outcome.WRONG)


def test_the_cut_score_is_met_exactly() -> None:
    spec = predictions('metric = "rmse"\ncut_score = "2"\n')
    assert graded(spec, "id,price\n1,12\n2,22\n3,28\n").outcome is Outcome.ACCEPTED
    assert graded(spec, "id,price\n1,12\n2,22\n3,27.9\n").outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("guess", "code"),
    [("id,price\n1,1\n2,2\n", "table.missing_ids"), ("id,price\n1,1\n2,2\n3,\n", "table.empty_cell")],
)
def test_predictions_must_be_whole(guess: str, code: str) -> None:
    verdict = graded(predictions('metric = "mae"\ncut_score = "2"\n'), guess)
    assert verdict.outcome is Outcome.INVALID
    assert code in codes(verdict)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1))
def test_shares_lie_between_nothing_and_everything(pairs: list[tuple[str, str]]) -> None:
    true, said = zip(*pairs, strict=True)
    for name in metrics.OF_CLASSES:
        assert 0 <= METRICS[name](true, said) <= 1
        assert METRICS[name](true, true) == 1
