"""A text or a program with blanks to fill."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded_as_written, graded_form, no_run, read, spec_of
from bilik.grading.verdict import Outcome

BLANKS = """
[[blanks]]
id = "verb"
answers = ["for"]
ignore = ["spaces"]
weight = 2
[[blanks]]
id = "name"
answers = ["range", "range()"]
choices = ["range", "range()", "list"]
[[blanks]]
id = "number"
number = "12.5"
absolute = "0.1"
[[feedback]]
blank = "verb"
answer = "while"
say = "while-asks"
[[feedback]]
blank = "number"
answer = 25
say = "not-halved"
"""
RIGHT = {"verb": "for", "name": "range", "number": "12,5"}
PARTIAL, WRONG, INVALID = Outcome.PARTIAL, Outcome.WRONG, Outcome.INVALID


def blanks(credit: str = "each", points: int = 4) -> dict[str, Any]:
    return spec_of("fill_blanks", f'credit = "{credit}"\n{BLANKS}') | {"points": points}


@pytest.mark.parametrize(
    ("credit", "changed", "score"),
    [
        ("each", {}, "4"),
        ("each", {"name": "range()"}, "4"),
        ("each", {"number": "12.6"}, "4"),
        ("each", {"number": "12.61"}, "3"),
        ("each", {"verb": "For"}, "2"),
        ("each", {"verb": ""}, "2"),
        ("each", {"verb": "x", "name": "list", "number": "1"}, "0"),
        ("all", {}, "4"),
        ("all", {"number": "1"}, "0"),
    ],
)
def test_every_right_blank_earns_its_weight_unless_all_must_be_right(credit, changed, score):
    verdict = graded_as_written(blanks(credit), RIGHT | changed)
    assert verdict.score == Decimal(score)
    assert (verdict.outcome is Outcome.ACCEPTED) == (score == "4")


@pytest.mark.parametrize(
    ("changed", "outcome", "said"),
    [
        ({}, Outcome.ACCEPTED, []),
        ({"verb": "while"}, PARTIAL, ["while-asks", "blanks.right"]),
        ({"verb": "while", "number": "25"}, PARTIAL, ["while-asks", "not-halved", "blanks.right"]),
        ({"verb": "FOR"}, PARTIAL, ["blanks.right", "text.nearly"]),
        ({"verb": "", "name": "", "number": ""}, INVALID, ["invalid.empty"]),
        ({"name": "tuple"}, INVALID, ["invalid.no_such_choice"]),
        ({"number": "twelve"}, INVALID, ["invalid.not_a_number"]),
        ({"verb": "x" * 201}, INVALID, ["invalid.too_long"]),
        ({"verb": "a\x00"}, INVALID, ["invalid.control"]),
    ],
)
def test_what_is_said_of_a_filling(changed, outcome, said):
    verdict = graded_as_written(blanks(), RIGHT | changed)
    assert (verdict.outcome, codes(verdict)) == (outcome, said)


def test_it_is_told_how_many_blanks_are_right_and_which_are_not():
    verdict = graded_as_written(blanks(), RIGHT | {"verb": "x", "name": "list"})
    assert verdict.feedback[0].data == {"right": 1, "of": 3, "wrong": ["verb", "name"]}


def test_what_the_page_gets_does_not_hold_the_key():
    (control,) = KINDS["fill_blanks"].controls(blanks())
    assert control == {
        "control": "blanks",
        "name": "answer",
        "pieces": "blanks",
        "width": 9,
        "parts": [
            {"name": "answer-verb", "place": "verb", "as": "text", "options": [], "longest": 200},
            {
                "name": "answer-name",
                "place": "name",
                "as": "choices",
                "options": ["range", "range()", "list"],
                "longest": 200,
            },
            {"name": "answer-number", "place": "number", "as": "number", "options": [], "longest": 60},
        ],
    }


def test_the_text_must_have_a_place_for_every_blank():
    assert KINDS["fill_blanks"].blocks(blanks()) == {"blanks": ("verb", "name", "number")}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "name"', 'id = "verb"', "double-id"),
        ('id = "name"', 'id = "Name one"', "bad-value"),
        ('answers = ["for"]', "answers = []", "no-answers"),
        ('answers = ["for"]', "", "missing-key"),
        ('answers = ["for"]', 'answers = ["  "]', "no-answers"),
        ('ignore = ["spaces"]', 'ignore = ["vowels"]', "bad-value"),
        ('"range()", "list"]', '"list"]', "no-choice"),
        ('choices = ["range", ', 'choices = ["range()", ', "bad-value"),
        ('number = "12.5"', "number = 12.5", "bad-value"),
        ('absolute = "0.1"', 'absolute = "-1"', "bad-value"),
        ('blank = "verb"', 'blank = "noun"', "no-blank"),
        ("weight = 2", "weight = 0", "bad-value"),
        ("weight = 2", "wait = 2", "unknown-key"),
    ],
)
def test_a_broken_exercise_is_reported(old, new, code):
    assert old in BLANKS
    assert code in {problem.code for problem in read("fill_blanks", BLANKS.replace(old, new, 1))[1]}


def test_an_exercise_without_blanks_is_reported():
    assert [problem.code for problem in read("fill_blanks", "")[1]] == ["blanks"]


def test_the_model_answer_is_right():
    assert graded_as_written(blanks(), KINDS["fill_blanks"].model_answer(blanks(), "")).outcome is Outcome.ACCEPTED


ROW = st.fixed_dictionaries({"weight": st.integers(1, 100), "answers": st.lists(st.sampled_from("abc"), min_size=1)})


@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from(["each", "all"]), st.integers(1, 100), st.data())
def test_any_filling_scores_between_nothing_and_all_and_only_a_right_one_scores_all(rows, credit, points, data):
    made = [row | {"id": f"b{n}", "as": "text", "ignore": ["case"], "choices": []} for n, row in enumerate(rows)]
    spec = {"kind": "fill_blanks", "points": points, "blanks": made, "credit": credit, "feedback": []}
    filled = {row["id"]: data.draw(st.sampled_from(["", "a", "b", "d"])) for row in made}
    verdict = graded_as_written(spec, filled)
    if not any(filled.values()):
        assert verdict.outcome is INVALID
        return
    is_right = all(filled[row["id"]] in row["answers"] for row in made)
    assert 0 <= verdict.score <= points
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == points) == is_right
    if credit == "all" and not is_right:
        assert verdict.score == 0


FIELD = st.sampled_from(["answer", "answer-verb", "answer-name", "answer-number", "other"])


@given(st.dictionaries(FIELD, st.one_of(st.none(), st.text(), st.lists(st.text()), st.integers())))
def test_parsing_raises_nothing_but_invalid_answer_and_what_is_parsed_gets_a_verdict(fields):
    try:
        parsed = parse_answer(blanks(), fields)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
        return
    verdict = check(blanks(), parsed, run=no_run)
    assert verdict.outcome is not INVALID
    assert graded_form(blanks(), KINDS["fill_blanks"].fields(blanks(), parsed)).score == verdict.score
