from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.exchange.bodies import Choice, Matching, Number, ShortText
from bilik.exchange.report import Item
from bilik.exchange.tests.sending import HEAD, KINDS, back, exercise_files, exercises_of, item_of, sent
from bilik.grading.kinds import Run

WORDS = st.text("abcəğ~=#{}:\\*<>&%-/ ßİ1", min_size=1, max_size=20).filter(lambda text: text.strip(" -"))


def there_and_back(kind: str, *, run: Run | None = None) -> tuple[list[Any], Item]:
    made = sent(exercise_files("loop", kind), "gift", **({"run": run} if run else {}))
    return [exercise.body for exercise in exercises_of(back(made))], item_of(made, "The loop")


def test_one_choice_comes_back_with_what_is_said():
    (body,), item = there_and_back("single_choice")
    assert [(option.text, option.correct) for option in body.options] == [
        ("`if` runs *once*", False), ("`while` x \\< 3 = again", True),
    ]  # fmt: skip
    assert body.options[0].feedback == "Only once."
    assert item.status == "kept"


def test_several_choices_keep_the_rule_minus():
    (body,), item = there_and_back("multiple_choice")
    assert isinstance(body, Choice)
    assert (body.several, body.credit, [option.correct for option in body.options]) == (
        True,
        "minus",
        [True, True, False],
    )
    assert item.status == "kept"


def test_another_rule_is_told():
    files = exercise_files("loop", "multiple_choice")
    files["lessons/01-again/loop/exercise.toml"] = HEAD + KINDS["multiple_choice"][0].replace("minus", "each")
    assert "right ticks less wrong ticks" in item_of(sent(files, "gift"), "The loop").notes[0].text


def test_numbers_keep_their_tolerance_and_replies():
    (body,), _ = there_and_back("numeric")
    assert isinstance(body, Number)
    assert (body.answer, body.absolute, [(one.answer, one.say) for one in body.replies]) == (
        "12.5", "0.25", [("8", "More.")],
    )  # fmt: skip


def test_a_number_that_never_ends_is_cut_and_told():
    files = exercise_files("loop", "numeric")
    files["lessons/01-again/loop/exercise.toml"] = HEAD + 'kind = "numeric"\nanswer = "1/3"\n'
    files["lessons/01-again/loop/exercise.en.md"] = "# The loop\n\nWhat?\n"
    made = sent(files, "gift")
    (body,) = [exercise.body for exercise in exercises_of(back(made))]
    assert body.answer.startswith("0.33333333")
    assert "1/3" in item_of(made, "The loop").notes[0].text


def test_words_with_the_signs_of_the_format():
    (body,), _ = there_and_back("short_text")
    assert isinstance(body, ShortText)
    assert list(body.answers) == ["for {x} = *", "while~#"]
    assert [(one.answer, one.say) for one in body.replies] == [("if", "Only once.")]


def test_pairs_with_one_that_belongs_to_nothing():
    (body,), item = there_and_back("matching")
    assert isinstance(body, Matching)
    pairs = [(words, body.choices[number]) for words, number in body.prompts]
    assert pairs == [("`for`", "repeats"), ("if", "decides: a > b")]
    assert "sleeps" in body.choices
    assert item.status == "kept"


def test_an_order_becomes_pairs_with_places():
    (body,), item = there_and_back("ordering")
    pairs = {words: body.choices[number] for words, number in body.prompts}
    assert pairs == {"Wake": "1", "Eat": "2", "Go": "3"}
    assert item.status == "changed"


def test_each_blank_is_a_question():
    bodies, item = there_and_back("fill_blanks")
    assert [body.kind for body in bodies] == ["short_text", "single_choice", "numeric"]
    assert (bodies[0].answers, bodies[2].answer, bodies[2].absolute) == (["for"], "3", "0.5")
    assert "3 questions" in item.notes[0].text


@pytest.mark.sandbox
def test_each_line_of_an_output_is_a_question(run):
    bodies, _ = there_and_back("predict_output", run=run)
    assert [body.answers for body in bodies] == [["1"], ["two"]]


@pytest.mark.parametrize("kind", ["hot_spot", "parsons", "free_text", "python_code"])
def test_what_it_cannot_check_is_read_by_a_person(kind):
    (body,), item = there_and_back(kind)
    assert body.kind == "free_text"
    assert f"({kind})" in item.notes[0].text


def test_a_picture_goes_and_comes_back_inside_the_text():
    (exercise,) = exercises_of(back(sent(exercise_files("loop", "hot_spot"), "gift")))
    assert [content for name, content in exercise.pictures.items() if f"]({name})" in exercise.task]


def test_neither_solutions_nor_tests_of_programs_are_in_it():
    text = sent(exercise_files("loop", "python_code"), "gift").content().decode()
    assert "secret" not in text
    assert "42" not in text
    assert "def f(x)" in text


def test_the_lesson_is_told_to_be_left():
    made = sent(exercise_files("loop", "numeric"), "gift")
    assert made.report.counts() == {"found": 2, "kept": 1, "changed": 0, "left": 1}
    assert back(made).lessons[0].title == "Loops"


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=4, unique_by=lambda text: " ".join(text.split())))
def test_whatever_is_typed_comes_back(words):
    answers = [" ".join(word.split()) for word in words]
    files = exercise_files("loop", "short_text")
    listed = ", ".join("'" + answer + "'" for answer in answers)
    files["lessons/01-again/loop/exercise.toml"] = (
        HEAD + f'kind = "short_text"\nanswers = [{listed}]\nignore = ["case"]\n'
    )
    files["lessons/01-again/loop/exercise.en.md"] = "# The loop\n\nWhat?\n"
    (exercise,) = exercises_of(back(sent(files, "gift")))
    assert list(exercise.body.answers) == answers
