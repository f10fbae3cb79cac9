"""Controls get their words, their order and what stands in them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from bilik.cards.controls import controls_for, readable, shuffled
from bilik.cards.sent import LARGEST_FILE, fields_of, typed_in
from bilik.cards.verdicts import mark_parts
from bilik.grading.answers import InvalidAnswer
from bilik.grading.kinds import KINDS

WORDS = {"choices": {"a": "<b>Aynur</b>", "b": "Bahor"}}


def made(*controls, typed=None, order="1/0"):
    return controls_for({"controls": controls}, WORDS, place="city", order=order, typed=typed or {})


def test_a_field_has_its_name_its_id_and_what_was_typed():
    (control,) = made({"control": "line"}, typed={"answer": ["Ganja"]})
    assert (control["field"], control["id"], control["value"]) == ("answer", "answer-city", "Ganja")
    assert control["template"] == "cards/controls/line.html"


def test_a_field_that_was_never_touched_holds_its_starter_and_an_emptied_one_stays_empty():
    cell = {"control": "code", "name": "answer-load", "starter": "import csv"}
    assert made(cell)[0]["value"] == "import csv"
    assert made(cell, typed={"answer-load": [""]})[0]["value"] == ""


@pytest.mark.parametrize(
    ("feedback", "looks"),
    [
        ([{"code": "author", "name": "x"}, {"code": "blanks.right", "wrong": ["noun"]}], ["pass", "fail"]),
        ([{"code": "blanks.right", "right": 1, "of": 2}], [None, None]),
        ([], [None, None]),
    ],
)
def test_parts_are_marked_where_the_verdict_names_those_that_are_wrong(feedback, looks):
    controls = made({"control": "blanks", "parts": [{"name": "answer-verb"}, {"name": "answer-noun"}]})
    mark_parts(controls, feedback)
    assert [part.get("look") for part in controls[0]["parts"]] == looks


def test_every_part_of_a_control_is_filled_by_its_own_name():
    parts = [{"name": "answer-verb"}, {"name": "answer-noun"}]
    (control,) = made({"control": "blanks", "parts": parts}, typed={"answer-noun": ["list"]})
    assert [(part["id"], part["value"]) for part in control["parts"]] == [
        ("answer-verb-city", ""),
        ("answer-noun-city", "list"),
    ]
    assert parts == [{"name": "answer-verb"}, {"name": "answer-noun"}], "what is stored must stay as it is"


def test_choices_have_their_words_and_keep_the_authors_order_unless_shuffled():
    (control,) = made({"control": "radio", "choices": ["b", "a", "c"]})
    assert control["choices"] == [("b", "Bahor"), ("a", "<b>Aynur</b>"), ("c", "c")]


@given(st.lists(st.text("abcdef", min_size=1), unique=True, min_size=1), st.text())
def test_shuffling_loses_nothing_and_depends_on_its_order_alone(names, order):
    assert sorted(shuffled(names, order)) == sorted(names)
    assert shuffled(names, order) == shuffled(list(reversed(names)), order)


def test_two_learners_have_different_orders():
    names = [str(n) for n in range(10)]
    assert len({tuple(shuffled(names, f"7/{seed}")) for seed in range(20)}) > 15


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Ganja", "Ganja"),
        (None, ""),
        (["a", "b"], "a\nb"),
        ([["k3", 4], ["x1", 0]], "k3 4\nx1 0"),
        ({"verb": "for", "noun": ["a"]}, "verb: for\nnoun: a"),
        ({"text": "Here", "link": "", "files": [{"name": "rain.py", "size": 3}]}, "text: Here\nfiles: rain.py"),
    ],
)
def test_an_answer_can_be_read(answer, text):
    assert readable(answer) == text


def post(data):
    return RequestFactory().post("/", data)


def test_only_fields_of_answers_are_taken():
    request = post({"answer": ["a", "b"], "answer-verb": "for", "key": "1", "next": "/x"})
    assert fields_of(request) == typed_in(request) == {"answer": ["a", "b"], "answer-verb": ["for"]}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("şəhər,yağış\n".encode(), "şəhər,yağış\n"),
        ("\ufeffa,b".encode(), "a,b"),
        ("a,ə".encode("utf-16"), "a,ə"),
    ],
)
def test_the_text_of_a_chosen_file_comes_in_the_place_of_what_was_typed(content, text):
    request = post({"answer": "typed", "answer-x": "y"} | {"answer": SimpleUploadedFile("rain.csv", content)})
    assert fields_of(request)["answer"] == [text]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\x00\xfe\x80PNG", "invalid.not_text"), (b"a" * (LARGEST_FILE + 1), "invalid.large_file")],
)
def test_a_file_that_is_no_text_or_too_large_is_no_answer(content, code):
    with pytest.raises(InvalidAnswer) as error:
        fields_of(post({"answer": SimpleUploadedFile("x.csv", content)}))
    assert error.value.feedback.code == code


@pytest.mark.parametrize(
    ("kind", "spec", "answer"),
    [
        ("single_choice", {"choices": [{"id": "a"}, {"id": "b"}]}, "b"),
        ("multiple_choice", {"choices": [{"id": "a"}, {"id": "b"}]}, ["a", "b"]),
        ("python_code", {}, "print(1)\n"),
        ("predict_output", {}, "1\n2"),
    ],
)
def test_what_stands_in_the_form_is_the_answer_again(kind, spec, answer):
    assert KINDS[kind].parse(spec, KINDS[kind].fields(spec, answer)) == answer
