"""Estimates against published figures, and against parameters that are known because we made the answers from them."""

from __future__ import annotations

import random

import pytest

from bilik.practice.engine.ability import Item, ability, authors_item, chance, information
from bilik.practice.engine.tracing import Parameters

mirt = pytest.importorskip("mirt", reason="needs the psychometrics extra")
measuring = pytest.importorskip("bilik.practice.engine.measuring")

# Law School Admission Test, section 6: how many of 1,000 people gave each pattern of five answers (Bock & Lieberman
# 1970, Psychometrika 35, 179-197; the data set LSAT of the R package ltm).
LSAT = (
    "00000 3 00001 6 00010 2 00011 11 00100 1 00101 1 00110 3 00111 4 01000 1 01001 8 01011 16 01101 3 01110 2 "
    "01111 15 10000 10 10001 29 10010 14 10011 81 10100 3 10101 28 10110 15 10111 80 11000 16 11001 56 11010 21 "
    "11011 173 11100 11 11101 61 11110 28 11111 298"
).split()
# Two-parameter model: Rizopoulos 2006, Journal of Statistical Software 17(5), and the summary that ltm prints.
SLOPES = [0.8254, 0.7229, 0.8905, 0.6886, 0.6575]
DIFFICULTIES = [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236]
ERRORS = [0.8669, 0.3073, 0.0997, 0.4341, 0.8700]


def lsat():
    people = []
    for pattern, count in zip(LSAT[::2], LSAT[1::2], strict=True):
        people += [{n: mark == "1" for n, mark in enumerate(pattern)}] * int(count)
    assert len(people) == 1000
    return people


def test_difficulties_slopes_and_their_errors_are_those_published_for_the_law_school_test():
    method, items = measuring.fit_items(lsat())
    assert method == "2pl"
    assert [items[n].a for n in range(5)] == pytest.approx(SLOPES, abs=0.01)
    assert [items[n].b for n in range(5)] == pytest.approx(DIFFICULTIES, abs=0.02)
    assert [items[n].error for n in range(5)] == pytest.approx(ERRORS, abs=0.02)
    assert {items[n].n for n in range(5)} == {1000}


def simulated(people, items, rng, *, asked=1.0):
    rows = []
    for _ in range(people):
        theta = rng.gauss(0, 1)
        rows.append({n: rng.random() < chance(theta, item) for n, item in items.items() if rng.random() < asked})
    return rows


@pytest.mark.parametrize(("people", "asked", "method"), [(900, 0.9, "2pl"), (250, 0.7, "rasch")])
def test_known_difficulties_are_found_again_within_their_stated_errors(people, asked, method):
    rng = random.Random(people)
    slopes = [0.8, 1.2, 1.6] if method == "2pl" else [1.0]
    known = {n: Item(slopes[n % len(slopes)], -2 + 0.25 * n) for n in range(17)}
    found_method, found = measuring.fit_items(simulated(people, known, rng, asked=asked))
    assert found_method == method
    assert found.keys() == known.keys()
    off = [abs(found[n].b - known[n].b) / found[n].error for n in known]
    # Of normal errors 95 % lie within 2 standard errors and all but some of a thousand within 4.
    assert sum(one <= 2 for one in off) >= 14
    assert max(off) < 4


def test_tasks_with_too_few_answers_or_without_a_difference_are_left_out():
    rng = random.Random(1)
    known = {n: Item(1, 0.2 * n) for n in range(4)}
    rows = simulated(60, known, rng)
    for n, row in enumerate(rows):
        row[10] = True
        if n < 29:
            row[11] = rng.random() < 0.5
    method, found = measuring.fit_items(rows)
    assert (method, found.keys()) == ("rasch", known.keys())
    assert measuring.fit_items(rows[:20]) == ("", {})
    assert measuring.fit_items([]) == ("", {})


def sequences(parameters, people, rng, length=8):
    rows = []
    for _ in range(people):
        knows, row = rng.random() < parameters.start, []
        for _ in range(rng.randint(2, length)):
            row.append(rng.random() < (1 - parameters.slip if knows else parameters.guess))
            knows = knows or rng.random() < parameters.learn
        rows.append(row)
    return rows


def test_known_parameters_of_a_skill_are_found_again():
    known = Parameters(start=0.3, learn=0.15, guess=0.2, slip=0.1)
    found = measuring.fit_skill(sequences(known, 3000, random.Random(5)))
    for name in ("start", "learn", "guess", "slip"):
        assert getattr(found, name) == pytest.approx(getattr(known, name), abs=0.05), name


def test_a_skill_that_few_people_practised_keeps_the_priors():
    rows = sequences(Parameters(0.3, 0.15, 0.2, 0.1), 49, random.Random(2))
    assert measuring.fit_skill([*rows, *[[True]] * 100]) is None


def test_ability_follows_the_answers_and_says_how_sure_it_is():
    items = [authors_item(n) for n in (1, 2, 3, 4, 5)]
    nothing = ability([])
    assert nothing == (pytest.approx(0, abs=1e-9), pytest.approx(1, abs=0.01))
    strong, weak = ability([(item, True) for item in items]), ability([(item, False) for item in items])
    assert weak[0] < 0 < strong[0]
    assert strong[1] < nothing[1]
    # Symmetric answers to symmetric difficulties say that one is as likely as the other.
    assert strong[0] == pytest.approx(-weak[0])


def test_a_task_says_most_to_whom_it_fits():
    item = Item(1.3, 0.4)
    assert chance(0.4, item) == 0.5
    assert max((information(theta / 10, item), theta) for theta in range(-30, 31))[1] == 4
