"""Work handed in: text, address and files, at least one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.checkers.project import checker
from bilik.grading.uploads import Upload

SPEC = {"shortest": 0, "longest": 50, "files": [".py"], "max_files": 2, "links": True, "rubric": [], "points": 4}
FILE = Upload("rain.py", b"print(1)").description()


def parse(spec=SPEC, **fields):
    return checker.parse(spec, {name.replace("_", "-"): values for name, values in fields.items()})


def refusal(spec=SPEC, **fields):
    with pytest.raises(InvalidAnswer) as error:
        parse(spec, **fields)
    return error.value.feedback.code


def test_any_one_of_the_three_is_enough():
    assert parse(answer=["Here."]) == {"text": "Here.", "link": "", "files": []}
    assert parse(answer_link=["https://example.org/a"])["link"] == "https://example.org/a"
    assert parse(answer_file=[FILE])["files"][0]["name"] == "rain.py"
    assert refusal(answer=["  "], answer_link=[" "]) == "invalid.empty_project"


@pytest.mark.parametrize(
    "link",
    ["example.org", "ftp://example.org", "https://", "javascript:alert(1)", "https://a b.org", "https://[", "http://x",
     "https://user:pass@example.org", "https://example.org/" + "a" * 500],
)  # fmt: skip
def test_only_an_address_that_can_be_opened_is_taken(link):
    assert refusal(answer_link=[link]) == "invalid.link"


def test_what_the_task_does_not_take_is_left_out():
    spec = SPEC | {"files": [], "links": False}
    assert parse(spec, answer=["Text"], answer_link=["nonsense"], answer_file=[FILE]) == {
        "text": "Text", "link": "", "files": [],
    }  # fmt: skip


def test_too_many_files_and_too_little_text_are_said():
    assert refusal(answer_file=[FILE, FILE, FILE]) == "invalid.many_files"
    assert refusal(SPEC | {"shortest": 20}, answer=["Short."]) == "invalid.too_short"


@given(st.one_of(st.text(), st.from_regex(r'\{"name": ".*", "sha256": ".*", "size": -?\d*\}', fullmatch=True)))
def test_whatever_is_sent_as_a_file_is_taken_or_refused(item):
    try:
        answer = parse(answer=["x"], answer_file=[item])
    except InvalidAnswer:
        return
    assert checker.parse(SPEC, checker.fields(SPEC, answer)) == answer


def test_the_form_gives_the_answer_again():
    answer = parse(answer=["Text"], answer_link=["https://example.org"], answer_file=[FILE])
    assert checker.parse(SPEC, checker.fields(SPEC, answer)) == answer
