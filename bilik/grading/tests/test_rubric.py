"""Marks come to exact points; means and medians are taken criterion by criterion."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.rubric import (
    is_marked,
    marked_verdict,
    mean_points,
    median_points,
    points_of,
    total_of,
    why_incomplete,
)

RUBRIC = [
    {"id": "clear", "points": "3", "levels": [{"id": "no", "points": "0"}, {"id": "so", "points": "1/3"},
                                              {"id": "yes", "points": "3"}]},
    {"id": "true", "points": "2", "levels": [{"id": "no", "points": "0"}, {"id": "yes", "points": "2"}]},
]  # fmt: skip
SPEC = {"rubric": RUBRIC, "points": 5}
markings = st.fixed_dictionaries(
    {"clear": st.sampled_from(["no", "so", "yes"]), "true": st.sampled_from(["no", "yes"])}
)


def test_only_tasks_with_a_rubric_are_marked():
    assert is_marked(SPEC)
    assert not is_marked({"points": 5})


def test_what_is_missing_is_named_in_the_order_of_the_rubric():
    assert why_incomplete(RUBRIC, {}) == ["clear", "true"]
    assert why_incomplete(RUBRIC, {"clear": "so", "true": "so"}) == ["true"]
    assert why_incomplete(RUBRIC, {"clear": "so", "true": "no"}) == []


def test_points_are_those_of_the_levels():
    assert points_of(RUBRIC, {"clear": "so", "true": "yes"}) == {"clear": Fraction(1, 3), "true": 2}
    assert total_of(RUBRIC, {"clear": "so", "true": "yes"}) == Fraction(7, 3)


@pytest.mark.parametrize(
    ("levels", "outcome", "score"),
    [
        ({"clear": "yes", "true": "yes"}, "accepted", "5"),
        ({"clear": "so", "true": "no"}, "partial", "0.333"),
        ({"clear": "no", "true": "no"}, "wrong", "0"),
    ],
)
def test_a_verdict_is_made_of_marks(levels, outcome, score):
    verdict = marked_verdict(SPEC, points_of(RUBRIC, levels))
    assert (verdict.outcome, verdict.score, verdict.of) == (outcome, Decimal(score), 5)
    assert [item.data["level"] for item in verdict.feedback] == [levels["clear"], levels["true"]]


def test_a_mean_between_two_levels_has_no_words_of_a_level():
    points = mean_points(RUBRIC, [{"clear": "yes", "true": "yes"}, {"clear": "no", "true": "yes"}])
    verdict = marked_verdict(SPEC, points, [{"text": "Well said.", "criterion": "clear"}, {"text": "  "}])
    assert points == {"clear": Fraction(3, 2), "true": 2}
    assert verdict.score == Decimal("3.5")
    assert [item.to_json() for item in verdict.feedback] == [
        {"code": "mark", "criterion": "clear", "level": "", "points": "3/2", "of": "3"},
        {"code": "mark", "criterion": "true", "level": "yes", "points": "2", "of": "2"},
        {"code": "comment", "criterion": "clear", "text": "Well said."},
    ]


def test_one_unkind_peer_does_not_move_the_median():
    kind, unkind = {"clear": "yes", "true": "yes"}, {"clear": "no", "true": "no"}
    assert median_points(RUBRIC, [kind, unkind, kind]) == points_of(RUBRIC, kind)


@given(st.lists(markings, min_size=1, max_size=7))
def test_whatever_the_marks_the_verdict_is_between_nothing_and_all(many):
    for combine in (mean_points, median_points):
        points = combine(RUBRIC, many)
        totals = [points_of(RUBRIC, one) for one in many]
        for name, value in points.items():
            assert min(one[name] for one in totals) <= value <= max(one[name] for one in totals)
        verdict = marked_verdict(SPEC, points)
        assert 0 <= verdict.score <= 5
        assert (verdict.outcome == "accepted") == (verdict.score == 5)
