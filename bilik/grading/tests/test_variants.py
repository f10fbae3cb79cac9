"""Random versions of a task."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.variants import fill, fill_text, places, seed_for


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{ a }} and {{b}}", "3 and x"),
        ("{{a}}{{a}}", "33"),
        ("{{ unknown }}", "{{ unknown }}"),
        ("f'{{a}}'", "f'3'"),
        ("{a} {{ a.b }} {{ 1a }} {{}}", "{a} {{ a.b }} {{ 1a }} {{}}"),
        ("{{ list }}", "[1, 2]"),
        ("", ""),
    ],
)
def test_known_places_are_filled_and_others_stay(text, filled):
    assert fill_text(text, {"a": 3, "b": "x", "list": [1, 2]}) == filled


def test_a_value_that_looks_like_a_place_is_not_filled_again():
    assert fill_text("{{ a }}", {"a": "{{ b }}", "b": 1}) == "{{ b }}"


def test_filling_reaches_into_lists_and_tables_and_leaves_other_values():
    data = {"{{ a }}": ["{{ a }}", {"x": "{{ a }}", "y": 1, "z": True}]}
    assert fill(data, {"a": 3}) == {"{{ a }}": ["3", {"x": "3", "y": 1, "z": True}]}


def test_places_are_named():
    assert places("{{ a }} {{b}} {{ a }} { c }") == {"a", "b"}


@given(st.text(), st.text(), st.integers(0, 200))
def test_a_seed_is_always_the_same_and_within_range(person, task, variants):
    seed = seed_for(person, task, variants=variants)
    assert seed == seed_for(person, task, variants=variants)
    assert 0 <= seed < max(variants, 1)


def test_a_seed_never_changes_between_releases():
    assert [seed_for(f"person-{n}", "task", variants=20) for n in range(8)] == [1, 10, 18, 13, 5, 4, 12, 13]


def test_seeds_are_spread_evenly_over_people_and_over_tasks():
    for seeds in (
        Counter(seed_for(str(number), "task", variants=10) for number in range(10_000)),
        Counter(seed_for("person", str(number), variants=10) for number in range(10_000)),
    ):
        assert set(seeds) == set(range(10))
        assert all(850 < count < 1150 for count in seeds.values())
