"""Numbers, texts and outputs that count as the same."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.checkers.python_code.values import equal
from bilik.grading.normal import IGNORABLE, same
from bilik.grading.numbers import NotANumber, exact_number, plain, read_number
from bilik.grading.outputs import COMPARISONS, same_output, tidy_lines
from runner.values import Array, Opaque

IGNORED = st.sets(st.sampled_from(IGNORABLE))
LETTERS = st.text("aAiIıİəƏёЁ oOgG'\u02bb\u2018\u2019`.,_«\"i\u0307\u00a0", max_size=12)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_number_that_was_written_is_read_back_exactly(number):
    written = f"{number:f}"
    assert read_number(written) == Fraction(number)
    assert read_number(written.replace(".", ",")) == Fraction(number)
    assert read_number(written.replace("-", "\u2212")) == Fraction(number)
    assert read_number(f"{number:,f}") == Fraction(number)
    assert read_number(f"{number:,f}".replace(",", " ")) == Fraction(number)


@given(st.fractions(max_denominator=10**9, min_value=-(10**9), max_value=10**9))
def test_a_fraction_that_was_written_is_read_back_exactly(number):
    assert read_number(str(number)) == exact_number(str(number)) == number


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_number_shown_to_people_is_the_same_number(scaled, decimals):
    number = Fraction(scaled, 10**decimals)
    shown = plain(number)
    assert read_number(shown) == number
    assert not ("." in shown and shown.endswith("0"))


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        ("1/3", 6, "0.333333"),
        ("100", 6, "100"),
        ("-1/2", 6, "-0.5"),
        ("5/2", 0, "2"),
        ("0", 6, "0"),
        ("1/1000", 2, "0"),
    ],
)
def test_a_number_is_shown_with_as_many_decimals_as_asked(number, decimals, shown):
    assert plain(Fraction(number), decimals) == shown


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text):
    for reader in (read_number, exact_number):
        with contextlib.suppress(NotANumber):
            assert isinstance(reader(text), Fraction)


@given(LETTERS, LETTERS, IGNORED)
def test_being_the_same_does_not_depend_on_the_order(one, other, ignore):
    assert same(one, other, ignore) == same(other, one, ignore)


@given(st.one_of(st.text(), LETTERS), IGNORED)
def test_every_text_is_the_same_as_itself(text, ignore):
    assert same(text, text, ignore)


@given(LETTERS.map(lambda text: text.replace("\u0307", "")), IGNORED)
def test_ignoring_case_means_that_capitals_do_not_matter(text, ignore):
    for written in (text.upper(), text.lower(), text.replace("i", "I").replace("ı", "I"), text.replace("i", "İ")):
        assert same(text, written, {*ignore, "case"})


@given(LETTERS, LETTERS, IGNORED, IGNORED)
def test_ignoring_more_never_makes_the_same_different(one, other, ignore, more):
    if same(one, other, ignore) and "case" not in more - ignore and "punctuation" not in more - ignore:
        assert same(one, other, ignore | more)


def test_a_capital_i_is_either_of_two_letters_but_they_are_not_each_other():
    assert same("BACARIQ VƏ BILIK", "bacarıq və bilik", ("case",))
    assert not same("bacariq", "bacarıq", ("case",))
    assert not same("BİLİK", "bılık", ("case",))


LINES = st.lists(st.sampled_from(["", " ", "a", " a", "a ", "1", "1.0", "1,5"]), max_size=6).map("\n".join)


@given(LINES, st.sampled_from(COMPARISONS))
def test_an_output_is_the_same_as_itself(text, compare):
    assert same_output(text, text, compare)


@given(LINES, LINES, st.sampled_from([name for name in COMPARISONS if name != "contains"]))
def test_being_the_same_output_does_not_depend_on_the_order(one, other, compare):
    assert same_output(one, other, compare) == same_output(other, one, compare)


@given(LINES, LINES)
def test_the_ways_to_compare_go_from_strict_to_lenient(one, other):
    ways = ("exact", "lines", "words", "numbers")
    verdicts = [same_output(one, other, way) for way in ways]
    assert verdicts == sorted(verdicts)
    assert not verdicts[1] or same_output(one, other, "contains")


@given(LINES)
def test_tidying_twice_is_tidying_once(text):
    assert tidy_lines("\n".join(tidy_lines(text))) == tidy_lines(text)


@pytest.mark.parametrize("printed", ["nan", "inf", "1e999", "\x00", "1" * 10**6, "1 " * 10**6, "-0", "٣"])
def test_case_33_output_made_against_the_checker_is_neither_accepted_nor_breaks_it(printed):
    for compare in COMPARISONS:
        assert not same_output(printed, "3", compare, absolute=Fraction(1, 10))


def test_case_33_a_printed_minus_zero_is_zero_only_as_a_number():
    assert same_output("-0", "0", "numbers")
    assert not same_output("-0", "0", "words")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=8,
)
CLOSE = st.one_of(st.none(), st.tuples(st.fractions(min_value=0), st.just(Fraction(0))))


@given(VALUES, st.booleans(), CLOSE)
def test_every_value_equals_itself_also_when_it_is_not_a_number(value, strict, close):
    assert equal(value, value, strict=strict, close=close)


@given(VALUES, VALUES, st.booleans(), CLOSE)
def test_equality_does_not_depend_on_the_order(one, other, strict, close):
    assert equal(one, other, strict=strict, close=close) == equal(other, one, strict=strict, close=close)


@given(VALUES, VALUES, CLOSE)
def test_strict_accepts_nothing_that_is_not_accepted_otherwise(one, other, close):
    assert not equal(one, other, strict=True, close=close) or equal(one, other, close=close)


@given(VALUES)
def test_case_51_what_could_not_be_read_equals_nothing(value):
    assert not equal(Opaque("Liar", "5"), value)
    assert not equal([Opaque("Liar", "5")], [value])


@given(st.lists(st.integers(0, 3), max_size=4))
def test_an_array_of_any_shape_can_be_compared(shape):
    size = 1
    for length in shape:
        size *= length
    array = Array("int64", tuple(shape), tuple(range(size)))
    assert equal(array, "text") is False
    assert isinstance(equal(array, [0]), bool)
