"""What markings come to, as a table and as properties."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.marking.decision import Decision, Done, Needs, Terms, decide, is_sampled

RUBRIC = [
    {"id": "clear", "points": "2", "levels": [{"id": "no", "points": "0"}, {"id": "so", "points": "1"},
                                              {"id": "yes", "points": "2"}]},
    {"id": "true", "points": "2", "levels": [{"id": "no", "points": "0"}, {"id": "yes", "points": "2"}]},
]  # fmt: skip
FULL, SOME, NONE = {"clear": "yes", "true": "yes"}, {"clear": "so", "true": "yes"}, {"clear": "no", "true": "no"}


def done(*pairs):
    return [Done(role, levels) for role, levels in pairs]


@pytest.mark.parametrize(
    ("markings", "terms", "needs", "total"),
    [
        ([], Terms(), Needs.FIRST, None),
        ([("first", SOME)], Terms(), Needs.NOTHING, 3),
        ([("first", SOME)], Terms(second=True), Needs.SECOND, None),
        ([("first", SOME), ("second", SOME)], Terms(second=True), Needs.NOTHING, 3),
        ([("first", SOME), ("second", FULL)], Terms(second=True), Needs.DECIDING, None),
        ([("first", SOME), ("second", FULL)], Terms(second=True, tolerance=Fraction(1)), Needs.NOTHING, Fraction(7, 2)),
        ([("first", NONE), ("second", FULL), ("deciding", SOME)], Terms(second=True), Needs.NOTHING, 3),
        ([], Terms(peers=2), Needs.PEERS, None),
        ([("peer", FULL)], Terms(peers=2), Needs.PEERS, None),
        ([("peer", FULL), ("peer", NONE), ("peer", FULL)], Terms(peers=3), Needs.NOTHING, 4),
        ([("peer", FULL), ("peer", FULL)], Terms(peers=2, peer_duty_done=False), Needs.PEERS, None),
        ([("peer", FULL), ("peer", FULL), ("first", NONE)], Terms(peers=2), Needs.NOTHING, 0),
    ],
)
def test_what_is_needed_and_what_it_comes_to(markings, terms, needs, total):
    decision = decide(RUBRIC, done(*markings), terms)
    assert decision.needs is needs
    assert (None if decision.points is None else sum(decision.points.values())) == total


levels = st.sampled_from([FULL, SOME, NONE])
markings = st.lists(st.builds(Done, st.sampled_from(["first", "second", "peer", "deciding"]), levels), max_size=6)
terms = st.builds(Terms, st.booleans(), st.fractions(0, 4), st.integers(0, 4), st.booleans())


@given(markings, terms)
def test_points_are_there_exactly_when_nothing_is_needed(given_marks, how):
    decision = decide(RUBRIC, given_marks, how)
    assert isinstance(decision, Decision)
    assert (decision.points is not None) == (decision.needs is Needs.NOTHING)
    if decision.points is not None:
        assert all(0 <= value <= 2 for value in decision.points.values())


def test_the_share_of_second_markers_is_what_was_asked_for():
    for percent in (0, 20, 100):
        drawn = sum(is_sampled(number, percent) for number in range(5_000)) / 50
        assert abs(drawn - percent) < 2.5
    assert is_sampled(7, 50) == is_sampled(7, 50)
