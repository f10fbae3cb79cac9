"""The pure engines: normal forms, clusters, whom to call, what is alike, tables for files."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.teaching.calling import MOST_CALLED, Known, Reason, Stuck, Why, reasons_for, whom_to_call
from bilik.teaching.clusters import Wrong, answer_form, clusters_of, key_of
from bilik.teaching.codeform import code_form
from bilik.teaching.tables import Sheet, disarmed, to_csv, to_xlsx
from bilik.teaching.winnowing import WINDOW, K, baseline, compare, tokens_of, winnow

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PROGRAM = '''def {f}({a}):
    """{words}"""
    {t} = {n}
    for {i} in range({a}):
        {t} = {t} + {i} * {n}  # {words}
    return {t}
'''
names = st.from_regex(r"[a-z]{3,8}_", fullmatch=True)
five_names = st.lists(names, min_size=5, max_size=5, unique=True)
words = st.text(st.characters(categories=["Ll", "Lu", "Zs"]), max_size=10)


def program(five, words="x", n=1):
    f, a, t, i, _ = five
    return PROGRAM.format(f=f, a=a, t=t, i=i, words=words, n=n)


# The normal form of programs -----------------------------------------------------------------------------------------


@given(five_names, five_names, words, st.integers(0, 99), st.integers(0, 99))
def test_names_values_and_words_make_no_difference(one, other, said, n, m):
    assert code_form(program(one, "x", n)) == code_form(program(other, said.replace("\r", ""), m))


@given(five_names)
def test_what_a_program_does_makes_a_difference(five):
    plain = program(five)
    assert code_form(plain) != code_form(plain.replace("+", "-"))
    assert code_form(plain) != code_form(plain.replace("range", "len"))


@given(st.text(max_size=200))
def test_any_text_has_a_form(text):
    assert code_form(text) == code_form(text)


def test_swapped_names_are_not_the_same_as_named_otherwise():
    assert code_form("a = 1\nb = 2\nprint(a)") != code_form("a = 1\nb = 2\nprint(b)")


def test_what_cannot_be_read_is_compared_by_its_words():
    assert code_form("def f(:\n  pass") == code_form("def f( :\n\tpass  # why") != code_form("def g(:\n pass")
    assert code_form("(" * 5000).startswith("unread:")


# Clusters -------------------------------------------------------------------------------------------------------------

NUMBER = {"kind": "numeric", "answer": "12", "unit": "m", "units": {"m": "1", "cm": "0.01"}}
TEXT = {"kind": "short_text", "ignore": ["case", "spaces"]}


@pytest.mark.parametrize(
    ("spec", "one", "other", "together"),
    [
        (NUMBER, "6", "6,0 m", True),
        (NUMBER, "6", "600 cm", True),
        (NUMBER, "6", "7", False),
        (TEXT, "Gəncə ", "GƏNCƏ", True),
        (TEXT, "İsmayıl", "ISMAYIL", True),
        (TEXT, "Gəncə", "Şəki", False),
        ({"kind": "multiple_choice"}, ["b", "a"], ["a", "b"], True),
        ({"kind": "single_choice"}, "a", "b", False),
        ({"kind": "sql"}, "SELECT 1;", "select  1", True),
        ({"kind": "predict_output"}, "1 \n2\n", "1\n2", True),
        ({"kind": "python_cells"}, {"one": "a = 1"}, {"one": "b = 2"}, True),
        ({"kind": "table"}, [["a"]], [["b"]], False),
    ],
)
def test_answers_that_are_the_same(spec, one, other, together):
    assert (answer_form(spec, one) == answer_form(spec, other)) is together


def test_of_drawn_numbers_the_same_multiple_is_the_same_mistake():
    other = NUMBER | {"answer": "20"}
    assert answer_form(NUMBER, "6") == answer_form(other, "10") != answer_form(other, "6")


def wrong(number, person, answer, *failed):
    feedback = [{"code": "test", "name": name, "passed": False} for name in failed]
    return Wrong(number, person, answer, {"kind": "python_code"}, feedback, "wrong")


def test_programs_are_together_when_the_same_tests_fail():
    one = wrong(1, 1, "a = 1", "small")
    assert key_of(one) == key_of(wrong(2, 2, "b = 2", "small")) != key_of(wrong(3, 3, "b = 2", "large"))


def test_the_commonest_mistake_is_first_and_counts_people_once():
    text = [Wrong(n, person, answer, TEXT, (), "wrong") for n, person, answer in
            [(1, 1, "x"), (2, 1, "x"), (3, 1, "x"), (4, 2, "y"), (5, 3, "Y")]]  # fmt: skip
    first, second = clusters_of(text)
    assert (first.people, first.example.submission_id) == ((2, 3), 5)
    assert (second.people, len(second.answers)) == ((1,), 3)


# Whom to call ---------------------------------------------------------------------------------------------------------

LONG_AGO = NOW - timedelta(days=40)
FINE = Known(1, LONG_AGO, last_answer=NOW - timedelta(days=1), last_week=9, week_before=9)
SOON, LATER = NOW + timedelta(days=3), NOW + timedelta(days=12)


@pytest.mark.parametrize(
    ("changed", "whys"),
    [
        ({}, []),
        ({"last_answer": NOW - timedelta(days=6), "due": [(SOON, "Loops")]}, [Why.UNSEEN]),
        ({"last_answer": NOW - timedelta(days=6), "due": [(LATER, "Loops")]}, []),
        ({"last_answer": NOW - timedelta(days=6)}, []),
        ({"last_answer": NOW - timedelta(days=4), "due": [(SOON, "Loops")]}, []),
        ({"marks": ["present", "absent", "absent"]}, [Why.AWAY_TWICE]),
        ({"marks": ["absent", "absent", "late"]}, []),
        ({"marks": ["absent", "excused"]}, []),
        ({"marks": ["absent"]}, []),
        ({"stuck": [Stuck(7, 4, 0)]}, [Why.STUCK]),
        ({"stuck": [Stuck(7, 9, 1), Stuck(8, 3, 0)]}, []),
        ({"past_due": 2, "late": 2}, [Why.ALL_LATE]),
        ({"past_due": 2, "late": 1}, []),
        ({"past_due": 1, "late": 1}, []),
        ({"last_answer": None, "due": [(SOON, "Loops")]}, [Why.NOTHING_BEGUN]),
        ({"last_answer": None, "past_due": 2, "late": 2}, [Why.NOTHING_BEGUN]),
        ({"last_answer": None, "past_due": 2, "late": 2, "waits": True}, [Why.NO_CONSENT]),
        ({"last_answer": None, "waits": True}, []),
        ({"past_due": 2, "late": 2, "waits": True, "marks": ["absent", "absent"]}, [Why.AWAY_TWICE, Why.NO_CONSENT]),
        ({"last_answer": None, "due": [(LATER, "Loops")]}, []),
        ({"last_week": 1, "week_before": 8}, [Why.DROP]),
        ({"last_week": 2, "week_before": 8}, []),
        ({"marks": ["absent", "absent"], "since": NOW - timedelta(days=2)}, []),
    ],
)
def test_reasons(changed, whys):
    assert [one.why for one in reasons_for(replace(FINE, **changed), NOW)] == whys


def test_two_reasons_come_before_one_and_the_strongest_is_named_first():
    away = replace(FINE, person_id=1, marks=["absent", "absent"])
    both = replace(away, person_id=2, stuck=[Stuck(7, 5, 0)], last_week=0)
    found = whom_to_call([away, both], NOW)
    assert [one.person_id for one in found] == [2, 1]
    assert found[0].reasons[0] == Reason(Why.AWAY_TWICE)


def test_who_was_called_rests():
    away = replace(FINE, marks=["absent", "absent"], rests_until=NOW + timedelta(hours=1))
    assert whom_to_call([away], NOW) == []
    assert len(whom_to_call([away], NOW + timedelta(hours=2))) == 1


@given(st.lists(st.lists(st.sampled_from(["present", "absent"]), max_size=4), max_size=30))
def test_never_more_than_five_and_none_without_a_reason(rolls):
    found = whom_to_call([replace(FINE, person_id=n, marks=marks) for n, marks in enumerate(rolls)], NOW)
    assert len(found) <= MOST_CALLED
    assert all(one.reasons and rolls[one.person_id][-2:] == ["absent", "absent"] for one in found)


# What is alike --------------------------------------------------------------------------------------------------------


def test_the_example_of_the_paper():
    """Figure 2 of Schleimer, Wilkerson, Aiken (2003): windows of four over these hashes."""
    hashes = [77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98]
    assert winnow(hashes, 4) == [(17, 3), (17, 6), (8, 8), (39, 11), (17, 15)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60), st.integers(1, 8))
def test_every_window_has_a_kept_number(numbers, window):
    places = {place for _, place in winnow(numbers, window)}
    window = min(window, len(numbers))
    assert all(places & set(range(at, at + window)) for at in range(len(numbers) - window + 1))


LONGER = (
    program(["sums", "many", "total", "step", ""])
    + """
def other(left, right):
    if left > right and right != 0:
        return [left // right, left % right]
    while left < right:
        left += 1
        print(left, right)
    return []
"""
)


def test_a_copy_with_other_names_and_words_is_alike_and_a_stranger_is_not():
    copy = LONGER.replace("left", "sol").replace("right", "sag").replace("total", "cem")
    stranger = "numbers = [int(x) for x in input().split()]\nnumbers.sort()\nprint(max(numbers) - min(numbers))\n" * 3
    assert compare(LONGER, copy).share == 1
    assert compare(LONGER, stranger).share < 0.2
    (match,) = compare(LONGER, copy).matches
    assert match.left == match.right
    assert match.left[0] <= 2
    assert match.left[1] >= 14


def test_what_everybody_was_given_counts_for_nothing():
    assert compare(LONGER, LONGER, baseline([LONGER])).share == 0


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_two_texts_can_be_compared(one, other):
    assert 0 <= compare(one, other).share <= 1


def test_a_match_of_enough_tokens_is_always_found():
    """The guarantee of the paper: every common row of w + k - 1 tokens gives a common fingerprint."""
    common = "x = (1 + 2) * [3, 4] - {5: 6} / 7 % 8 << 9 & 1 | 2 ^ 3\n"
    assert len(tokens_of(common)) >= WINDOW + K - 1
    assert compare("import os\n" + common, common + "while True: break\n").matches


# Files ----------------------------------------------------------------------------------------------------------------

SHEET = Sheet("Loops: [1]/*?", ["Learner", "Points"], [["=1+1", Decimal("2.500")], ["Ağa oʻ", None]])


def test_csv_is_read_by_spreadsheets_and_holds_no_formula():
    data = to_csv(SHEET)
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["Learner", "Points"], ["'=1+1", "2.500"], ["Ağa oʻ", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "  =1", "＝1"])
def test_formulas_are_disarmed(text):
    assert disarmed(text) == "'" + text


@given(words)
def test_other_texts_stay_as_they_are(text):
    assert disarmed(text) == text


def test_xlsx_holds_texts_as_texts():
    book = zipfile.ZipFile(io.BytesIO(to_xlsx(SHEET)))
    page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "<v>2.500</v>" in page
    assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert 'name="Loops   1"' in book.read("xl/workbook.xml").decode()
