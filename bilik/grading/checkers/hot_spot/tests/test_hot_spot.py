"""Points to set on a picture."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.checkers.hot_spot.checker import cell_middles
from bilik.grading.checkers.hot_spot.shapes import inside, middle
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, graded_as_written, graded_form, no_run, read, spec_of
from bilik.grading.verdict import Outcome

PICTURES = {"img/editor.svg": b"<svg/>"}
AREAS = """
picture = "img/editor.svg"
size = [400, 300]
margin = 5
[[areas]]
id = "run"
shape = "circle"
at = [50, 50, 40]
correct = true
[[areas]]
id = "output"
shape = "rect"
at = [200, 200, 100, 80]
correct = true
[[areas]]
id = "menu"
shape = "polygon"
at = [300, 0, 400, 0, 400, 100]
feedback = "only-the-menu"
"""


def spots(more: str = "", toml: str = AREAS) -> dict[str, Any]:
    return spec_of("hot_spot", more + toml, pictures=PICTURES)


@pytest.mark.parametrize(
    ("points", "score", "said"),
    [
        (["50,50", "250,240"], "3", []),
        ([" 50 , 50 ", "250,240"], "3", []),
        (["50,50"], "1.5", ["spots.right"]),
        (["50,50", "51,51"], "1.5", ["spots.right"]),
        (["50,50", "390,40"], "0", ["only-the-menu", "spots.right"]),
        (["50,50", "150,150"], "0", ["spots.right"]),
        (["390,40", "391,40"], "0", ["only-the-menu", "spots.right"]),
        ([], "0", ["invalid.no_point"]),
        (["", " "], "0", ["invalid.no_point"]),
        (["", "50,50", "", "250,240"], "3", []),
        (["50,50", "51,51", "52,52"], "0", ["invalid.too_many_points"]),
        (["50,50", "50,50", "250,240"], "3", []),
        (["401,0"], "0", ["invalid.not_a_point"]),
        (["0,301"], "0", ["invalid.not_a_point"]),
        (["-1,0"], "0", ["invalid.not_a_point"]),
        (["1.5,2"], "0", ["invalid.not_a_point"]),
        (["٣,٣"], "0", ["invalid.not_a_point"]),
        (["x"], "0", ["invalid.not_a_point"]),
    ],
)
def test_a_point_in_a_right_area_earns_a_share_and_any_other_costs_one(points, score, said):
    verdict = graded(spots(), *points)
    assert (verdict.score, codes(verdict)) == (Decimal(score), said)


def test_it_is_told_how_many_places_are_found():
    assert graded(spots(), "50,50").feedback[0].data == {"right": 1, "of": 2}


def test_where_fewer_points_may_be_set_than_there_are_right_areas_any_of_them_will_do():
    assert graded(spots("pick = 1"), "50,50").outcome is Outcome.ACCEPTED
    assert graded(spots("pick = 1"), "250,240").outcome is Outcome.ACCEPTED
    assert codes(graded(spots("pick = 1"), "50,50", "250,240")) == ["invalid.too_many_points"]


def test_where_more_points_may_be_set_a_needless_one_still_costs():
    assert graded(spots("pick = 3"), "50,50", "250,240", "51,51").outcome is Outcome.ACCEPTED
    assert graded(spots("pick = 3"), "50,50", "250,240", "150,150").score == Decimal("1.5")


BENT = [0, 0, 100, 0, 100, 100, 50, 20, 0, 100]


@pytest.mark.parametrize(
    ("shape", "at", "point", "margin", "expected"),
    [
        ("circle", [50, 50, 10], (60, 50), 0, True),
        ("circle", [50, 50, 10], (61, 50), 0, False),
        ("circle", [50, 50, 10], (61, 50), 1, True),
        ("circle", [50, 50, 10], (58, 58), 0, False),
        ("rect", [10, 10, 20, 30], (10, 10), 0, True),
        ("rect", [10, 10, 20, 30], (30, 40), 0, True),
        ("rect", [10, 10, 20, 30], (31, 40), 0, False),
        ("rect", [10, 10, 20, 30], (33, 44), 5, True),
        ("rect", [10, 10, 20, 30], (34, 44), 5, False),
        ("polygon", BENT, (10, 10), 0, True),
        ("polygon", BENT, (50, 10), 0, True),
        ("polygon", BENT, (50, 20), 0, True),
        ("polygon", BENT, (50, 60), 0, False),
        ("polygon", BENT, (100, 50), 0, True),
        ("polygon", BENT, (103, 50), 2, False),
        ("polygon", BENT, (103, 50), 3, True),
        ("polygon", BENT, (0, 0), 0, True),
        ("polygon", BENT, (110, 0), 0, False),
    ],
)
def test_the_border_belongs_to_a_shape_and_the_margin_lies_around_it(shape, at, point, margin, expected):
    assert inside(shape, at, *point, margin=margin) is expected


@given(
    st.integers(0, 50), st.integers(0, 50), st.integers(1, 50), st.integers(1, 50), st.integers(-5, 110),
    st.integers(-5, 110), st.integers(0, 9), st.booleans(),
)  # fmt: skip
def test_a_rectangle_is_the_polygon_of_its_corners(x, y, width, height, px, py, margin, turned):
    corners = [x, y, x + width, y, x + width, y + height, x, y + height]
    if turned:
        corners = [number for place in range(6, -2, -2) for number in corners[place : place + 2]]
    as_rect = inside("rect", [x, y, width, height], px, py, margin=margin)
    assert inside("polygon", corners, px, py, margin=margin) is as_rect


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=8))
def test_the_middle_of_a_shape_lies_in_it(corners):
    at = [number for corner in corners for number in corner]
    assert inside("polygon", at, *middle("polygon", at), margin=0)


def test_the_grid_has_a_cell_in_every_right_area_and_is_no_finer_than_it_must_be():
    assert spots()["grid"] == [6, 4]
    small = spots(toml=AREAS.replace("at = [50, 50, 40]", "at = [133, 75, 12]"))
    assert small["grid"][0] > 6
    for spec in (spots(), small):
        scores = {name: graded(spec, f"{x},{y}").score for name, (x, y) in enumerate(cell_middles(spec))}
        assert max(scores.values()) == Decimal("1.5")


def test_an_area_that_no_grid_reaches_is_a_warning():
    _, problems = read("hot_spot", AREAS.replace("at = [50, 50, 40]", "at = [1, 1, 1]"), pictures=PICTURES)
    assert [(problem.level, problem.code) for problem in problems] == [("warning", "small-area")]


def test_what_the_page_gets_does_not_hold_the_key():
    (control,) = KINDS["hot_spot"].controls(spots())
    assert control.keys() == {"control", "name", "picture", "size", "pick", "grid", "cells"}
    assert (control["size"], control["pick"], len(control["cells"])) == ([400, 300], 2, 24)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("img/editor.svg", "img/other.svg", "no-picture"),
        ("size = [400, 300]", "", "missing-key"),
        ("size = [400, 300]", "size = [400]", "bad-value"),
        ("size = [400, 300]", "size = [400, 9999]", "bad-value"),
        ("size = [400, 300]", 'size = "large"', "bad-value"),
        ("at = [50, 50, 40]", "at = [50, 50]", "bad-value"),
        ("at = [50, 50, 40]", "at = [50, 50.5, 40]", "bad-value"),
        ("at = [50, 50, 40]", "at = [500, 50, 40]", "bad-value"),
        ("at = [300, 0, 400, 0, 400, 100]", "at = [300, 0, 400, 0, 400]", "bad-value"),
        ('shape = "circle"', 'shape = "star"', "bad-value"),
        ('id = "output"', 'id = "run"', "double-id"),
        ("correct = true", "right = true", "unknown-key"),
        ("margin = 5", "margin = -1", "bad-value"),
    ],
)
def test_a_broken_exercise_is_reported(old, new, code):
    assert old in AREAS
    assert code in {problem.code for problem in read("hot_spot", AREAS.replace(old, new, 1), pictures=PICTURES)[1]}


def test_an_exercise_without_a_right_area_is_reported():
    toml = AREAS.replace("correct = true", "correct = false")
    assert "areas" in {problem.code for problem in read("hot_spot", toml, pictures=PICTURES)[1]}


@pytest.mark.parametrize("more", ["", "pick = 1", "pick = 5"])
def test_the_model_answer_is_right(more):
    assert graded_as_written(spots(more), KINDS["hot_spot"].model_answer(spots(more), "")).outcome is Outcome.ACCEPTED


POINT = st.tuples(st.integers(0, 400), st.integers(0, 300))


@given(st.lists(POINT, min_size=1, max_size=5), st.integers(1, 6), st.integers(1, 100))
def test_any_points_score_between_nothing_and_all_and_accepted_has_all(points, pick, worth):
    spec = spots(f"pick = {pick}") | {"points": worth}
    verdict = graded(spec, *(f"{x},{y}" for x, y in points))
    assert 0 <= verdict.score <= worth
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == worth)
    assert (verdict.outcome is Outcome.INVALID) == (len(set(points)) > pick)


TEXT = st.one_of(st.text(), st.from_regex(r"[0-9]{1,5},[0-9]{1,5}"))


@given(st.dictionaries(st.sampled_from(["answer", "other"]), st.one_of(st.none(), TEXT, st.lists(TEXT), st.integers())))
def test_parsing_raises_nothing_but_invalid_answer_and_what_is_parsed_gets_a_verdict(fields):
    try:
        parsed = parse_answer(spots(), fields)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
        return
    verdict = check(spots(), parsed, run=no_run)
    assert verdict.outcome is not Outcome.INVALID
    assert graded_form(spots(), KINDS["hot_spot"].fields(spots(), parsed)).score == verdict.score
