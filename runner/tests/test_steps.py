"""The recorder of steps: what it writes down, and each of its caps. It runs here as it runs in the sandbox."""

from __future__ import annotations

import json

import pytest

from runner import steps


def record(code: str, *lines: str) -> dict:
    return json.loads(steps.record(code, list(lines)))


def variables(step: dict) -> dict:
    return dict(step["frames"][-1]["variables"])


def test_every_line_with_the_variables_before_it():
    made = record("a = 1\nb = a + 1\nprint(b)\n")
    assert [(step["line"], step["event"]) for step in made["steps"]] == [
        (1, "line"), (2, "line"), (3, "line"), (3, "return"),
    ]  # fmt: skip
    assert variables(made["steps"][2]) == {"a": {"text": "1"}, "b": {"text": "2"}}
    assert [step["printed"] for step in made["steps"]] == [0, 0, 0, 2]
    assert made["output"] == "2\n"


def test_one_list_with_two_names_is_one_object():
    step = record("a = [1, 'x']\nb = a\nc = [1, 'x']\npass\n")["steps"][3]
    shown = variables(step)
    assert shown["a"] == shown["b"] != shown["c"]
    assert step["objects"][shown["a"]["ref"]] == {
        "type": "list", "items": [{"text": "1"}, {"text": "'x'"}], "more": 0,
    }  # fmt: skip


def test_a_list_inside_itself_ends():
    step = record("a = []\na.append(a)\npass\n")["steps"][2]
    number = variables(step)["a"]["ref"]
    assert step["objects"][number]["items"] == [{"ref": number}]


def test_calls_have_frames_of_their_own_and_what_they_give_back():
    made = record("def f(x):\n    return x * 2\ny = f(3)\n")
    inside = [step for step in made["steps"] if len(step["frames"]) == 2]
    assert [step["event"] for step in inside] == ["line", "return"]
    assert inside[-1]["frames"][1] == {"name": "f", "line": 2, "variables": [["x", {"text": "3"}]]}
    assert inside[-1]["gives"] == {"text": "6"}


def test_an_object_of_a_class_shows_its_attributes():
    step = record("class A:\n    pass\na = A()\na.n = 1\npass\n")["steps"][-1]
    assert step["objects"][variables(step)["a"]["ref"]]["pairs"] == [[{"text": "n"}, {"text": "1"}]]


def test_an_error_is_the_last_word_and_names_its_line():
    made = record("a = 1\n1 / 0\n")
    assert made["error"] == "ZeroDivisionError: division by zero"
    assert next(step for step in made["steps"] if step["event"] == "exception")["line"] == 2


def test_a_program_that_cannot_be_read_has_no_steps():
    made = record("if True\n")
    assert made["steps"] == []
    assert made["error"].startswith("SyntaxError")


@pytest.mark.parametrize(
    ("code", "cut"),
    [
        ("n = 0\nwhile True:\n    n += 1\n", "steps"),
        ("while True:\n    print('x' * 100)\n", "output"),
        (
            "b = [[str(n) * 20 for n in range(20)] for _ in range(25)]\nfor i in range(200):\n    pass\n",
            "size",
        ),
    ],
)
def test_each_cap_ends_the_recording_and_is_named(code, cut):
    made = record(code)
    assert made["cut"] == cut
    assert len(made["steps"]) <= steps.MOST_STEPS
    assert len(made["output"]) <= steps.OUTPUT_CHARACTERS
    assert len(json.dumps(made["steps"])) <= steps.MOST_CHARACTERS + 2_000


def test_long_lists_and_texts_are_cut_and_say_how_much_is_missing():
    step = record("a = list(range(100))\nb = 'x' * 1000\npass\n")["steps"][2]
    shown = step["objects"][variables(step)["a"]["ref"]]
    assert (len(shown["items"]), shown["more"]) == (steps.MOST_ITEMS, 80)
    assert len(variables(step)["b"]["text"]) == steps.TEXT_CHARACTERS + 1


def test_a_repr_that_fails_does_no_harm():
    made = record("class R(int):\n    def __repr__(self):\n        raise ValueError\nr = R(1)\npass\n")
    assert made["cut"] == made["error"] == ""


def test_typed_lines_are_read_and_shown():
    made = record("n = input('? ')\nprint(n)\n", "Leyla")
    assert made["output"] == "? Leyla\nLeyla\n"


def test_this_interpreter_is_as_it_was():
    import builtins
    import sys

    before = builtins.input, sys.stdout, sys.gettrace()
    record("import sys\nsys.exit(1)\n")
    assert (builtins.input, sys.stdout, sys.gettrace()) == before
