"""A word or a short sentence, compared as a person would."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, read, spec_of
from bilik.grading.verdict import Outcome

RIGHT, WRONG = Outcome.ACCEPTED, Outcome.WRONG


def text(*answers: str, ignore: str = "", more: str = ""):
    wanted = ", ".join(f'"{answer}"' for answer in answers)
    ignored = f"ignore = {ignore}\n" if ignore else ""
    return spec_of("short_text", f"answers = [{wanted}]\n{ignored}{more}")


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("print", "print"),
        ("print", "PRINT"),
        ("print", " Print \n"),
        ("PRINT", "print"),
        ("Bakı", "BAKI"),
        ("Bakı", "bakı"),
        ("BAKI", "Bakı"),
        ("İstanbul", "istanbul"),
        ("İstanbul", "İSTANBUL"),
        ("istanbul", "i\u0307stanbul"),
        ("Gəncə", "GƏNCƏ"),
        ("Şəki", "\u015e\u0259ki"),
        ("Şəki", "S\u0327əki"),
        ("Sıfırdan", "SIFIRDAN"),
        ("ёлка", "ЁЛКА"),
        ("ёлка", "Е\u0308лка"),
        ("oʻzbek", "O\u02bbZBEK"),
        ("a  b", "a b"),
        ("a b", "a\u00a0\t b"),
        ("one", "o\u200bne\ufeff"),
    ],
)
def test_capital_letters_and_spaces_do_not_count_unless_told(right, typed):
    assert graded(text(right), typed).outcome is RIGHT


@pytest.mark.parametrize("sign", "'\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u0060\u00b4\u2032\u02b9\uff07\uff40")
@pytest.mark.parametrize("word", ["o{}zbek", "g{}alaba", "ma{}no"])
def test_every_apostrophe_that_a_keyboard_gives_is_the_same(word, sign):
    assert graded(text(word.format("\u02bb")), word.format(sign)).outcome is RIGHT


@pytest.mark.parametrize("typed", ["«salam»", "“salam”", "„salam“", '"salam"'])
def test_every_kind_of_quotes_is_the_same(typed):
    assert graded(text('\\"salam\\"'), typed).outcome is RIGHT


@pytest.mark.parametrize(
    ("right", "typed", "ignore", "outcome"),
    [
        ("print", "PRINT", "[]", WRONG),
        ("a b", "a  b", "[]", WRONG),
        ("a b", "A  b", '["spaces"]', WRONG),
        ("a b", "a  b", '["spaces"]', RIGHT),
        ("a b", "ab", '["spaces"]', WRONG),
        ("print()", "print", '["case"]', WRONG),
        ("print()", "print", '["punctuation"]', RIGHT),
        ("snake_case", "snakecase", '["punctuation"]', RIGHT),
        ("Yes, please!", "yes please", '["case", "punctuation"]', RIGHT),
        ("Gəncə", "Gence", '["letters"]', RIGHT),
        ("İçərişəhər", "Icerisheher", '["letters"]', WRONG),
        ("İçərişəhər", "Icerişeher", '["letters"]', RIGHT),
        ("ёлка", "елка", '["letters"]', RIGHT),
        ("oʻzbek", "ozbek", '["letters"]', RIGHT),
    ],
)
def test_what_is_ignored_is_what_the_author_lists(right, typed, ignore, outcome):
    assert graded(text(right, ignore=ignore), typed).outcome is outcome


@pytest.mark.parametrize(
    ("right", "typed"), [("Gəncə", "Gence"), ("ёлка", "елка"), ("oʻzbek", "ozbek"), ("print()", "print")]
)
def test_a_plainer_spelling_is_wrong_but_told_to_be_near(right, typed):
    verdict = graded(text(right), typed)
    assert (verdict.outcome, codes(verdict)) == (WRONG, ["text.nearly"])


def test_a_sign_is_not_near_to_another_sign():
    assert codes(graded(text("=="), "!=")) == []


def test_each_of_several_answers_is_right():
    assert {graded(text("print", "print()"), typed).outcome for typed in ("print", "PRINT()")} == {RIGHT}


def test_an_expected_mistake_gets_the_authors_feedback():
    spec = text("print", more='[[feedback]]\nanswer = "Echo"\nsay = "other-language"')
    assert codes(graded(spec, "ECHO ")) == ["other-language"]
    assert codes(graded(spec, "write")) == []
    assert KINDS["short_text"].sayings(spec) == {"other-language"}


@pytest.mark.parametrize(
    ("typed", "code"), [("", "invalid.empty"), (" \n", "invalid.empty"), ("x" * 1001, "invalid.too_long")]
)
def test_no_text_and_too_much_text_are_invalid(typed, code):
    verdict = graded(text("x"), typed)
    assert (verdict.outcome, codes(verdict)) == (Outcome.INVALID, [code])


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        ("answers = []", "no-answers", 1),
        ('answers = ["", " "]', "no-answers", 1),
        ('answers = ["x"]\nignore = ["colour"]', "bad-value", 2),
        ('answers = ["=="]\nignore = ["punctuation"]', "bad-value", 2),
        ('answers = ["x"]\n[[feedback]]\nanswer = "y"\nsays = "z"\nsay = "z"', "unknown-key", 4),
    ],
)
def test_a_broken_exercise_is_reported_with_its_line(toml, code, line):
    _, problems = read("short_text", toml)
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_the_first_answer_is_the_model_answer_and_the_page_does_not_get_it():
    spec = text("print", "print()")
    assert KINDS["short_text"].model_answer(spec, "") == "print"
    assert KINDS["short_text"].controls(spec) == [{"control": "line", "name": "answer", "longest": 1000}]


@given(st.text(max_size=1100), st.sets(st.sampled_from(["case", "spaces", "punctuation", "letters"])))
def test_no_text_breaks_grading(typed, ignore):
    spec = {"kind": "short_text", "points": 3, "answers": ["print()"], "ignore": sorted(ignore), "feedback": []}
    verdict = graded(spec, typed)
    assert (verdict.outcome is RIGHT) == (verdict.score == 3)
    assert verdict.score in (0, 3)


@given(st.text(max_size=100).filter(lambda typed: typed.strip() and "\x00" not in typed))
def test_the_right_answer_itself_is_always_accepted(right):
    spec = {"kind": "short_text", "points": 3, "answers": [right], "ignore": ["case", "spaces"], "feedback": []}
    assert graded(spec, right).outcome is RIGHT


@given(st.dictionaries(st.sampled_from(["answer", "other"]), st.one_of(st.none(), st.text(), st.lists(st.text()))))
def test_parsing_raises_nothing_but_invalid_answer(fields):
    with contextlib.suppress(InvalidAnswer):
        assert parse_answer(text("x"), fields)
