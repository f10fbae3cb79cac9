"""What next: the table of rules, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bilik.practice.engine.suggesting import (
    RULES,
    Deadline,
    Facts,
    Fitting,
    Place,
    WeakSkill,
    best_fitting,
    suggestions,
)
from bilik.practice.engine.tracing import Mastery

TODAY = date(2026, 11, 22)
HERE = Place("python", "loops", "count-up")
BACK = Place("python", "text", "join")
OTHER = Place("python", "loops", "sum-up")
START = Place("python", "first")
WEAK = WeakSkill("ext:python-strings", Mastery.LOW, BACK)
BEGUN = Facts(today=TODAY, begun=True, continue_at=HERE)


def deadline(days):
    return Deadline(TODAY + timedelta(days=days), Place("python", "tasks", f"t{days}"))


def reasons(facts):
    return [one.reason for one in suggestions(facts)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(TODAY), []),
        (Facts(TODAY, start=START), ["begin"]),
        (Facts(TODAY, start=START, check_offered="python"), ["begin", "level_check"]),
        (BEGUN, ["continue"]),
        (replace(BEGUN, start=START, check_offered="python"), ["continue"]),
        (replace(BEGUN, reviews_due=1), ["continue", "reviews_due"]),
        (replace(BEGUN, reviews_due=4), ["continue", "reviews_due"]),
        (replace(BEGUN, reviews_due=5), ["reviews_many", "continue"]),
        (replace(BEGUN, weak=WEAK), ["weak_prerequisite", "continue"]),
        (replace(BEGUN, weak=WEAK, reviews_due=7), ["reviews_many", "weak_prerequisite", "continue"]),
        (replace(BEGUN, fitting=Fitting(OTHER, 0.7)), ["continue", "fitting"]),
        (replace(BEGUN, fitting=Fitting(OTHER, 0.95)), ["continue"]),
        (replace(BEGUN, fitting=Fitting(OTHER, 0.3)), ["continue"]),
        (replace(BEGUN, fitting=Fitting(HERE, 0.7)), ["continue"]),
        (replace(BEGUN, deadlines=[deadline(2)]), ["deadline_near", "continue"]),
        (replace(BEGUN, deadlines=[deadline(-1)]), ["deadline_near", "continue"]),
        (replace(BEGUN, deadlines=[deadline(3)]), ["continue", "deadline_ahead"]),
        (replace(BEGUN, deadlines=[deadline(8)]), ["continue"]),
        (replace(BEGUN, open_check="python"), ["level_check_open", "continue"]),
        (Facts(TODAY, begun=True, reviews_due=2), ["reviews_due"]),
        (Facts(TODAY, begun=True), []),
    ],
)
def test_what_is_suggested(facts, expected):
    assert reasons(facts) == expected


def test_of_several_deadlines_the_nearest_is_named():
    first = suggestions(replace(BEGUN, deadlines=[deadline(2), deadline(1)]))[0]
    assert (first.due, first.place.task) == (TODAY + timedelta(days=1), "t1")


def test_at_most_three_and_never_the_same_place_twice():
    full = replace(
        BEGUN, deadlines=[deadline(1), deadline(4)], open_check="python", reviews_due=9, weak=WEAK,
        fitting=Fitting(BACK, 0.7),
    )  # fmt: skip
    assert reasons(full) == ["deadline_near", "level_check_open", "reviews_many"]
    same = suggestions(replace(BEGUN, weak=WEAK, fitting=Fitting(BACK, 0.7)))
    assert [one.place for one in same] == [BACK, HERE]


def test_every_rule_has_a_case_of_its_own():
    """Each rule alone gives something for some facts, so none of them is dead."""
    everything = Facts(
        TODAY, deadlines=[deadline(1), deadline(5)], open_check="python", reviews_due=2, continue_at=HERE, begun=False,
        weak=WEAK, fitting=Fitting(OTHER, 0.7), start=START, check_offered="python",
    )  # fmt: skip
    given = [rule(everything) or rule(replace(everything, reviews_due=6)) for rule in RULES]
    assert all(given)
    assert len({one.reason for one in given}) == len(RULES)


def test_the_task_that_fits_is_the_one_nearest_to_seven_in_ten():
    options = [Fitting(HERE, 0.95), Fitting(BACK, 0.66), Fitting(OTHER, 0.5)]
    assert best_fitting(options).place == BACK
    assert best_fitting([]) is None
