"""Knowledge tracing against the definition it comes from, and what it promises for any answers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.practice.engine.tracing import PRIOR, Mastery, Parameters, after, learnt, mastery_of, success

chances = st.floats(0.01, 0.45)
some_parameters = st.builds(Parameters, start=chances, learn=chances, guess=chances, slip=chances)
answers = st.lists(st.booleans(), max_size=8)


def traced(parameters, rights):
    mastered = parameters.start
    for right in rights:
        mastered = after(mastered, right=right, weight=1.0, parameters=parameters)
        mastered = learnt(mastered, weight=1.0, parameters=parameters)
    return mastered


def by_counting_all_ways(parameters, rights):
    """P(mastered after the last opportunity | answers), summed over every moment at which the skill may have come.

    This is the model itself (a hidden chain that never goes back), not the update that is tested.
    """
    whole = mastered = 0.0
    for chain in product((False, True), repeat=len(rights) + 1):
        p = parameters.start if chain[0] else 1 - parameters.start
        for n, right in enumerate(rights):
            knows = 1 - parameters.slip if chain[n] else parameters.guess
            p *= knows if right else 1 - knows
            if chain[n]:
                p *= chain[n + 1]
            else:
                p *= parameters.learn if chain[n + 1] else 1 - parameters.learn
        whole += p
        mastered += p if chain[-1] else 0
    return mastered / whole


@given(some_parameters, answers)
def test_the_update_gives_what_the_model_says_for_all_sequences(parameters, rights):
    assert traced(parameters, rights) == pytest.approx(by_counting_all_ways(parameters, rights), abs=1e-9)


def test_one_right_and_one_wrong_answer_worked_out_by_hand():
    known = Parameters(start=0.5, learn=0.2, guess=0.25, slip=0.1)
    right = Fraction(45, 100) / (Fraction(45, 100) + Fraction(125, 1000))
    assert after(0.5, right=True, weight=1, parameters=known) == pytest.approx(float(right))
    assert learnt(float(right), weight=1, parameters=known) == pytest.approx(float(right + (1 - right) / 5))
    wrong = Fraction(5, 100) / (Fraction(5, 100) + Fraction(375, 1000))
    assert after(0.5, right=False, weight=1, parameters=known) == pytest.approx(float(wrong))


@given(some_parameters, st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1))
def test_a_right_answer_raises_mastery_a_wrong_one_lowers_it_and_less_weight_says_less(parameters, before, one, other):
    low, high = sorted((one, other))
    up = [after(before, right=True, weight=w, parameters=parameters) for w in (0, low, high)]
    down = [after(before, right=False, weight=w, parameters=parameters) for w in (0, low, high)]
    assert up[0] == pytest.approx(before) == down[0]
    assert up[0] <= up[1] + 1e-12
    assert up[1] <= up[2] + 1e-12
    assert down[0] >= down[1] - 1e-12
    assert down[1] >= down[2] - 1e-12
    assert all(0 <= value <= 1 for value in up + down)


@given(some_parameters, st.floats(0, 1))
def test_whoever_knows_is_likelier_to_be_right(parameters, mastered):
    assert parameters.guess - 1e-12 <= success(mastered, parameters) <= 1 - parameters.slip + 1e-12


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        ([], Mastery.NONE),
        ([False], Mastery.LOW),
        ([True], Mastery.LIKELY),
        ([True, True], Mastery.LIKELY),
        ([True, True, True], Mastery.SHOWN),
        ([True, False], Mastery.LOW),
        ([True, True, True, False], Mastery.LIKELY),
        ([False, False, True, True, True, True], Mastery.SHOWN),
    ],
)
def test_the_words_for_usual_sequences_with_the_priors(rights, expected):
    assert mastery_of(traced(PRIOR, rights), answers=len(rights), right=sum(rights)) == expected


def test_no_certainty_without_three_right_answers():
    assert mastery_of(0.999, answers=2, right=2) == Mastery.LIKELY


@pytest.mark.parametrize("bad", [(1.2, 0.1, 0.1, 0.1), (0.1, -0.1, 0.1, 0.1), (0.1, 0.1, 0.6, 0.4)])
def test_parameters_that_make_no_sense_are_refused(bad):
    with pytest.raises(ValueError, match=r"the parameters|would not speak"):
        Parameters(*bad)
