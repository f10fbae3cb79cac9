"""Days of practice: rest is allowed, nothing is lost by it, and today is not over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.practice.engine.streak import REST_DAYS, Streak, streak

TODAY = date(2026, 11, 22)


def days(pattern):
    """The newest day last: "x" answered, "." not."""
    return [TODAY - timedelta(days=n) for n, mark in enumerate(reversed(pattern)) if mark == "x"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", Streak(0, 0)),
        ("x", Streak(1, 1)),
        ("x.", Streak(1, 1)),
        ("xxxxxxx", Streak(7, 7)),
        ("xxxxx..x", Streak(5, 6)),
        ("xxx...x", Streak(4, 1)),
        ("xxx..", Streak(3, 3)),
        # Today is no third day of rest yet; tomorrow it would be.
        ("xxx...", Streak(3, 3)),
        ("xxx....", Streak(3, 0)),
        ("x.x.x.x.x", Streak(4, 3)),
        ("xxxxx..xxxxx..xxxxx", Streak(5, 15)),
    ],
)
def test_what_is_counted(pattern, expected):
    assert streak(days(pattern), TODAY) == expected


@given(st.sets(st.integers(0, 40)))
def test_two_days_of_rest_in_any_seven_break_nothing_and_a_third_does(ago):
    answered = {TODAY - timedelta(days=n) for n in ago}
    got = streak(answered, TODAY)
    assert got.of_week == sum(n < 7 for n in ago)
    # The run by its definition: the longest stretch back from yesterday in which no seven days have three rests.
    length = 0
    for length in range(1, 60):
        stretch = [TODAY - timedelta(days=n) for n in range(1, length + 1)]
        rests = [day for day in stretch if day not in answered]
        if any(sum(0 <= (other - day).days < 7 for other in rests) > REST_DAYS for day in rests):
            break
    inside = {TODAY - timedelta(days=n) for n in range(length)}
    assert got.run == len(answered & inside)


def test_more_days_never_make_a_run_shorter():
    before = streak(days("xxx...x"), TODAY)
    assert streak(days("xxxx..x"), TODAY).run > before.run
