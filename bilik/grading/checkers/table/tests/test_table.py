"""What a table earns, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, read, spec_of
from bilik.grading.verdict import Outcome, Verdict

COLUMNS = """
[[columns]]
name = "station"
[[columns]]
name = "rain"
type = "number"
[[columns]]
name = "day"
type = "date"
"""
KEY = "station,rain,day\nGəncə,12.5,2024-05-01\nUrganch,3,2024-05-02\nXiva,,2024-05-03\n"
BY_STATION = 'id_column = "station"\n'


def table(toml: str = BY_STATION, key: str = KEY, columns: str = COLUMNS) -> dict[str, Any]:
    return spec_of("table", toml + columns, files={"expected.csv": key})


def facts_of(verdict: Verdict, code: str) -> dict[str, Any]:
    return next(dict(item.data) for item in verdict.feedback if item.code == code)


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        "\ufeff" + KEY.replace("\n", "\r\n"),
        "station;rain;day\nXiva;;3.05.2024\nGəncə;12,5;01.05.2024\n\nUrganch;3,0;02/05/2024",
        "Day\tRAIN\tStation\tnote\n2024-05-01\t12.50\tGəncə\tx\n2024-05-02\t3\tUrganch\t\n2024-05-03\t\tXiva\ty\n",
        'station,rain,day\n"Gəncə","12.5",2024-05-01\n" Urganch ",3.000,2024-05-02\nXiva,,2024-05-03',
    ],
)
def test_the_same_table_however_it_was_exported(text: str) -> None:
    assert graded(table(), text).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (KEY.replace("12.5", "12.6"), "2.500"),  # 5 of 6 cells, of 3 points
        (KEY.replace("Urganch,3,2024-05-02\n", ""), "2.000"),  # 4 of 6
        (KEY + "Buxoro,1,2024-05-04\n", "2.250"),  # 6 of 8
        ("station,rain,day\nXiva,7,2024-01-01\n", "0.000"),
    ],
)
def test_every_cell_earns_its_share(text: str, score: str) -> None:
    assert f"{graded(table(), text).score:.3f}" == score


def test_all_or_nothing_when_the_author_wants_it() -> None:
    assert graded(table(BY_STATION + 'credit = "all"\n'), KEY.replace("12.5", "12.6")).score == 0


def test_the_place_of_a_mistake_is_told_and_the_expected_value_only_when_allowed() -> None:
    wrong = KEY.replace("12.5", "12.6")
    assert facts_of(graded(table(), wrong), "table.cell") == {"line": 2, "column": "rain", "got": "12.6"}
    told = facts_of(graded(table(BY_STATION + "show_expected = true\n"), wrong), "table.cell_expected")
    assert told["expected"] == "12.5"


def test_the_key_is_not_told_otherwise() -> None:
    verdict = graded(table(), "station,rain,day\nNukus,1,2024-01-01\n")
    for secret in ("Gəncə", "Urganch", "Xiva", "12.5"):
        assert secret not in str(verdict.to_json())


def test_rows_are_compared_by_place_without_an_id() -> None:
    lines = KEY.splitlines()
    swapped = "\n".join([lines[0], lines[2], lines[1], lines[3]])
    assert graded(table(""), KEY).outcome is Outcome.ACCEPTED
    assert graded(table(""), swapped).outcome is Outcome.PARTIAL
    assert graded(table(), swapped).outcome is Outcome.ACCEPTED


def test_the_order_counts_when_the_author_says_so() -> None:
    lines = KEY.splitlines()
    verdict = graded(table(BY_STATION + "order = true\n"), "\n".join([lines[0], lines[2], lines[1], lines[3]]))
    assert (verdict.outcome, str(verdict.score)) == (Outcome.PARTIAL, "1.500")
    assert "table.order" in codes(verdict)


@pytest.mark.parametrize(
    ("more", "value", "right"),
    [
        ('absolute = "0.1"\n', "12.6", True),
        ('relative = "0.01"\n', "12.62", True),
        ('absolute = "0.1"\n', "12.61", False),
    ],
)
def test_tolerance(more: str, value: str, right: bool) -> None:
    verdict = graded(table(BY_STATION + more), KEY.replace("12.5", value))
    assert (verdict.outcome is Outcome.ACCEPTED) is right


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid.empty"),
        ("station,rain,day", "table.no_rows"),
        ("station,rain\nGəncə,1\n", "table.missing_columns"),
        (KEY + "Gəncə,1,2024-05-01\n", "table.double_id"),
        (KEY.replace("12.5", "much"), "table.not_number"),
        (KEY.replace("12.5", "1/3"), "table.not_number"),
        (KEY.replace("12.5", "1e99"), "table.not_number"),
        (KEY.replace("2024-05-01", "2024-13-01"), "table.not_date"),
        (KEY.replace("Gəncə,", ","), "table.empty_cell"),
        (KEY + "Nukus,1\n", "table.ragged"),
        (KEY + '"Nukus,1,2', "table.quote"),
        ("station,rain,rain,day\na,1,1,2\n", "table.double_column"),
        (",".join(f"c{i}" for i in range(200)) + "\n", "table.too_wide"),
        ("station,rain,day\n" + "x" * 3000 + ",1,2\n", "table.long_cell"),
    ],
)
def test_what_cannot_be_compared_is_no_answer(text: str, code: str) -> None:
    verdict = graded(table(), text)
    assert verdict.outcome is Outcome.INVALID
    assert code in codes(verdict)


def test_the_learner_sees_how_the_table_was_read() -> None:
    shown = facts_of(graded(table(), KEY), "table.read")
    assert shown["columns"] == ["station", "rain", "day"]
    assert shown["rows"][0] == ["Gəncə", "12.5", "2024-05-01"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ('column = "rain"', KEY.replace("12.5", "7")),
        ('column = "rain"\nanswer = "7"', KEY.replace("12.5", "7.0")),
        ("rows = 2", KEY.replace("Urganch,3,2024-05-02\n", "")),
        ('missing = "day"', "station,rain\nGəncə,12.5\n"),
    ],
)
def test_an_author_speaks_of_a_mistake(rule: str, text: str) -> None:
    spec = table(BY_STATION + f'[[feedback]]\n{rule}\nsay = "told"\n')
    assert "told" in codes(graded(spec, text))
    assert "told" not in codes(graded(spec, KEY.replace("2024-05-02", "2024-06-02")))


@pytest.mark.parametrize(
    ("toml", "key", "code"),
    [
        (BY_STATION, "", "no-key"),
        (BY_STATION, "a,b\n1,2\n", "no-column"),
        (BY_STATION, KEY.replace("12.5", "much"), "bad-key"),
        (BY_STATION, KEY + "Xiva,1,2024-05-01\n", "bad-key"),
        ('id_column = "town"\n', KEY, "no-column"),
        ("order = true\n", KEY, "bad-value"),
        ('target = "rain"\n', KEY, "bad-value"),
        ('metric = "mae"\n', KEY, "missing-key"),
        ('metric = "mae"\ntarget = "rain"\ncut_score = "1"\n', KEY, "bad-key"),
        ('metric = "mae"\ntarget = "rain"\ncut_score = "1"\nzero_score = "0.5"\n', KEY, "bad-value"),
    ],
)
def test_an_author_hears_what_is_wrong(toml: str, key: str, code: str) -> None:
    _, problems = read("table", toml + COLUMNS, files={"expected.csv": key})
    assert code in {problem.code for problem in problems}


def test_the_page_shows_what_is_given_and_never_the_key() -> None:
    spec = spec_of("table", BY_STATION + COLUMNS, files={"expected.csv": KEY, "given.csv": "a,b\n1,2\n"})
    controls = KINDS["table"].controls(spec)
    assert [control["control"] for control in controls] == ["given", "table"]
    assert "12.5" not in str(controls)


@given(st.text(alphabet="station,rainday;\t\n\r\"' 0123456789.-eə\x00\ud800", max_size=200))
def test_whatever_is_sent_there_is_a_verdict(text: str) -> None:
    verdict = graded(table(), text)
    assert 0 <= verdict.score <= 3


@given(st.permutations(KEY.splitlines()[1:]))
def test_the_order_of_rows_with_ids_never_matters(rows: list[str]) -> None:
    assert graded(table(), "\n".join(["station,rain,day", *rows])).outcome is Outcome.ACCEPTED
