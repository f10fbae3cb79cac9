"""Answers are read in words, and what was sent stands in the form again, for every kind with more than one field."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import get_template, render_to_string

from bilik.cards.answers import answer_view
from bilik.cards.controls import controls_for
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import spec_of

WORDS: dict[str, Any] = {
    "choices": {"a": "<b>Aynur</b>", "b": "Bahor"},
    "blocks": {
        "prompt x": "who <i>sings</i>",
        "prompt y": "who dances",
        "blanks": [{"html": "<p>for "}, {"place": "n"}, {"html": " in "}, {"place": "r"}, {"html": "</p>"}],
        "alt": "A < B",
    },
}
TEXTS = "[[blanks]]\nid = 'n'\nanswers = ['i']\n[[blanks]]\nid = 'r'\nanswers = ['range']\nchoices = ['range', 'list']"
CHOICES = "[[choices]]\nid = 'a'\n{0}[[choices]]\nid = 'b'\n"
PAIRS = "[[prompts]]\nid = 'x'\nmatch = 'a'\n[[prompts]]\nid = 'y'\nmatch = 'b'\n" + CHOICES.format("")
AREA = """
picture = "p.svg"
size = [200, 100]
pick = 2
[[areas]]
id = "i"
shape = "circle"
at = [50, 50, 40]
correct = true
"""
FILES = {"program.py": "if x:\n    y = 1\n", "distractors.py": "z = 2\n"}


def page_of(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A spec and its page, as publishing makes them."""
    toml = {
        "single_choice": CHOICES.format("correct = true\n"),
        "multiple_choice": CHOICES.format("correct = true\n"),
        "fill_blanks": TEXTS,
        "matching": PAIRS,
        "ordering": "[[items]]\nid = 'a'\n[[items]]\nid = 'b'\n",
        "parsons": "",
        "hot_spot": AREA,
        "short_text": "answers = ['x']",
    }[kind]
    spec = spec_of(kind, toml, files=FILES, pictures={"p.svg": b"<svg/>"})
    controls = [dict(control) for control in KINDS[kind].controls(spec)]
    for control in controls:
        if "picture" in control:
            control["address"] = "/courses/files/0/p.svg"
    return spec, {"controls": controls}


def drawn(page: dict[str, Any], typed: dict[str, list[str]]) -> str:
    controls = controls_for(page, WORDS, place="task", order="1/0", typed=typed)
    return "".join(render_to_string(control["template"], {"control": control}) for control in controls)


def read(kind: str, answer: Any) -> str:
    _, page = page_of(kind)
    return " ".join(render_to_string("cards/answer.html", {"given": answer_view(page, WORDS, answer)}).split())


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("single_choice", "a", ["<li><b>Aynur</b></li>"]),
        ("multiple_choice", ["a", "b"], ["<ul", "<li><b>Aynur</b></li><li>Bahor</li>"]),
        ("ordering", ["b", "a"], ["<ol", "<li>Bahor</li><li><b>Aynur</b></li>"]),
        ("matching", {"x": "b", "y": ""}, ["<dt>who <i>sings</i></dt><dd>Bahor</dd>", "<dt>who dances</dt><dd>–</dd>"]),
        ("fill_blanks", {"n": "<i>", "r": ""}, ["<p>for <mark>&lt;i&gt;</mark> in <mark>…</mark></p>"]),
        ("hot_spot", [[50, 40]], ['aria-label="A &lt; B"', "50 across, 40 down"]),
        ("short_text", "a <b>", ["a &lt;b&gt;"]),
    ],
)
def test_an_answer_is_read_in_words(kind, answer, words):
    shown = read(kind, answer)
    assert [part for part in words if part not in shown] == []


def test_a_program_made_of_lines_is_read_as_a_program():
    spec, page = page_of("parsons")
    model = KINDS["parsons"].model_answer(spec, "")
    assert answer_view(page, WORDS, model).text == "if x:\n    y = 1"


def test_a_name_without_words_is_shown_and_cannot_break_the_page():
    _, page = page_of("single_choice")
    assert "&lt;script&gt;" in render_to_string("cards/answer.html", {"given": answer_view(page, WORDS, "<script>")})


@pytest.mark.parametrize("kind", ["fill_blanks", "matching", "ordering", "parsons", "hot_spot"])
def test_the_model_answer_stands_in_the_form_when_it_was_sent_and_not_before(kind):
    spec, page = page_of(kind)
    fields = KINDS[kind].fields(spec, KINDS[kind].model_answer(spec, ""))
    empty, filled = drawn(page, {}), drawn(page, fields)
    assert " selected" not in empty
    assert filled != empty
    for name in fields:
        assert f'name="{name}"' in filled
    assert filled.count(" selected") + filled.count(' value="') > empty.count(" selected")


def test_lines_stand_in_the_order_that_was_given_to_them_and_the_others_behind():
    spec, page = page_of("parsons")
    second, first = (line["id"] for line in spec["lines"])
    typed = {f"answer-{first}": ["1", "1"], f"answer-{second}": ["2", "0"]}
    (control,) = controls_for(page, WORDS, place="task", order="", typed=typed)
    assert [part["code"] for part in control["parts"]] == ["y = 1", "if x:", "z = 2"]


def test_a_place_that_is_no_number_comes_last():
    _, page = page_of("ordering")
    typed = {"answer-a": ["x" * 50], "answer-b": ["7"]}
    (control,) = controls_for(page, WORDS, place="task", order="", typed=typed)
    assert [part["name"] for part in control["parts"]] == ["answer-b", "answer-a"]


def test_points_beside_the_cells_of_the_grid_have_fields_of_their_own():
    _, page = page_of("hot_spot")
    cell = page["controls"][0]["cells"][0]
    (control,) = controls_for(page, WORDS, place="task", order="", typed={"answer": [cell, "50,40"]})
    assert [point["value"] for point in control["points"]] == ["50,40", ""]
    assert drawn(page, {"answer": [cell]}).count("checked") == 1


@pytest.mark.parametrize("control", ["blanks", "matching", "ordering", "parsons", "spots"])
def test_every_control_has_its_template(control):
    assert get_template(f"cards/controls/{control}.html")
