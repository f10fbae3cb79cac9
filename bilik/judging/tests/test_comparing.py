"""The default output validator: what people print, and what is printed against it (case 33)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.judging.comparing import BadFlags, Flags, compare, flags_of

TOKENS = st.lists(st.text("abcXYZ019.-+e", min_size=1, max_size=8), max_size=12)
SPACE = st.text(" \n\t\r\f\v", min_size=1, max_size=4)
FLOATS = flags_of(["float_tolerance", "1e-6"])


@given(TOKENS, SPACE, SPACE)
def test_white_space_and_case_do_not_matter_unless_asked_for(tokens, one, other):
    left, right = one.join(tokens).encode(), (other + other.join(tokens) + other).upper().encode()
    assert compare(left, right, Flags()) == ""
    if tokens:
        assert compare(left, right, Flags(space_change_sensitive=True)) != ""
    assert bool(compare(left, right, Flags(case_sensitive=True))) == (left.split() != right.split())


@given(TOKENS, TOKENS)
def test_without_tolerance_the_tokens_decide(one, other):
    same = [token.lower() for token in one] == [token.lower() for token in other]
    assert (compare(" ".join(one).encode(), " ".join(other).encode(), Flags()) == "") == same


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=9),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=9),
)
def test_tolerance_is_exact(value, target):
    near = abs(Fraction(value) - Fraction(target)) <= Fraction(1, 10**6) * max(1, abs(Fraction(target)))
    assert (compare(f"{value:f}".encode(), f"{target:f}".encode(), FLOATS) == "") == near


@pytest.mark.parametrize(
    "output",
    [
        "nan",
        "NaN",
        "inf",
        "-inf",
        "1e999",
        "1e99999999999999999999",
        "0,5",
        "0x0.8",
        "٠",
        "1_0",
        "",
        ".",
        "e5",
        "0.5\x00",
        "1/2",
    ],
)
def test_case_33_odd_numbers_are_wrong_and_nothing_breaks(output):
    assert compare(output.encode(), b"0.5\n", FLOATS) != ""


@pytest.mark.parametrize(
    ("output", "answer"), [("-0", "0"), ("5e-1", "0.5"), ("+.5", "0.5"), ("0.5000004", "0.5"), ("0.5", "0.50\n")]
)
def test_case_33_other_spellings_of_the_number_are_right(output, answer):
    assert compare(output.encode(), answer.encode(), FLOATS) == ""


@pytest.mark.parametrize("answer", ["nan", "inf", "1e99999999999999999999"])
def test_case_33_an_odd_answer_is_met_by_itself_alone(answer):
    assert compare(b"1e88888888888888888888 ", answer.encode(), FLOATS) != ""
    assert compare(b"5", answer.encode(), FLOATS) != ""


def test_case_33_a_million_tokens_and_binary_noise():
    million = b"1 " * 10**6
    assert compare(million, million + b"2", FLOATS) != ""
    assert compare(million + b"\n", million, FLOATS) == ""
    assert compare(bytes(range(256)) * 10, b"1", FLOATS) != ""


def test_a_missing_newline_matters_only_to_the_strict():
    assert compare(b"5", b"5\n", Flags()) == ""
    assert compare(b"5", b"5\n", Flags(space_change_sensitive=True)) != ""


@pytest.mark.parametrize(
    "words",
    [
        ["float_tolerance"],
        ["float_tolerance", "nan"],
        ["float_tolerance", "-1"],
        ["fuzzy"],
        ["float_tolerance", "1", "float_absolute_tolerance", "1"],
        ["float_tolerance", "1", "float_tolerance", "1"],
    ],
)
def test_flags_that_there_are_not_are_refused(words):
    with pytest.raises(BadFlags):
        flags_of(words)
