"""Normal forms: equal for answers that a kind holds to be the same, different for others, and always there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.kinds import KINDS

TEXT = {"ignore": ["case", "spaces"]}
NUMBER = {"answer": "250", "units": {"g": "1", "kg": "1000"}}
BLANKS = {
    "blanks": [
        {"id": "one", "as": "text", "ignore": ["case"]},
        {"id": "two", "as": "number"},
        {"id": "three", "as": "choices"},
    ]
}


@pytest.mark.parametrize(
    ("kind", "spec", "one", "other"),
    [
        ("numeric", NUMBER, "12,50", "12.5"),
        ("numeric", NUMBER, "0.5 kg", "500"),
        ("numeric", NUMBER, "Bilmirəm!", "bilmirəm"),
        ("short_text", TEXT, "  Print ", "print"),
        ("short_text", TEXT, "BAKI", "bakı"),
        ("fill_blanks", BLANKS, {"one": "Bakı", "two": "0,50"}, {"two": "0.5", "one": "bakı"}),
        ("python_code", {}, "x = 1 # so\n\n\ny=2", "x=1\ny = 2\n"),
        ("python_code", {}, "if x print(\n\n", "if x print(  "),
        ("python_cells", {}, {"a": "x=1"}, {"a": "x = 1 "}),
        ("multiple_choice", {}, ["b", "a"], ["a", "b"]),
        ("hot_spot", {}, [[1, 2], [3, 4]], [[3, 4], [1, 2]]),
        ("predict_output", {}, "1\n2 \n", "1\n2"),
        ("sql", {}, "SELECT 1;", "select  1"),
        ("free_text", {}, "so  it is\n", "so it is"),
    ],
)
def test_answers_that_are_the_same(kind, spec, one, other):
    normal = KINDS[kind].normal
    assert normal(spec, one) == normal(spec, other) != normal(spec, "something else")


@pytest.mark.parametrize(
    ("kind", "spec", "one", "other"),
    [
        ("ordering", {}, ["a", "b"], ["b", "a"]),
        ("parsons", {}, [["1", 0], ["2", 0]], [["2", 0], ["1", 0]]),
        ("parsons", {}, [["1", 0]], [["1", 1]]),
        ("matching", {}, {"a": "x", "b": "y"}, {"a": "y", "b": "x"}),
        ("numeric", NUMBER, "0.0000000001", "0.0000000002"),
        ("numeric", NUMBER, "1/3", "0.333333"),
        ("predict_output", {}, "a", "A"),
        ("python_code", {}, "x = 1", "y = 1"),
        ("table", {}, "a,b\n1,2", "a,b\n2,1"),
    ],
)
def test_answers_that_are_not(kind, spec, one, other):
    normal = KINDS[kind].normal
    assert normal(spec, one) != normal(spec, other)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", KINDS)
@given(answer=ANYTHING)
def test_whatever_was_stored_has_one_that_can_be_kept(kind, answer):
    spec = {"short_text": TEXT, "numeric": NUMBER, "fill_blanks": BLANKS}.get(kind, {})
    normal = KINDS[kind].normal(spec, answer)
    assert json.loads(json.dumps(normal)) == normal
