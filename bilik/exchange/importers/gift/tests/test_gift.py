from __future__ import annotations

import pytest

from bilik.exchange.convert import format_of
from bilik.exchange.tests.making import Imported, package, proven


def test_one_choice_with_feedback_shares_and_escapes():
    made = Imported(r"::Sum::What is 2 \= \{1 + 1\}? {=Two\: yes #Right ~%50%Three#Nearly ~Four}", "q.gift")
    assert made.keys()["choices"] == [
        {"id": "a", "correct": True}, {"id": "b", "feedback": "choice-b"}, {"id": "c"},
    ]  # fmt: skip
    assert "What is 2 = {1 + 1}?" in made.words()
    assert "::: choice a\nTwo: yes\n:::" in made.words()
    assert "Answers that earned a part" in made.said("Sum")


def test_several_choices_by_shares():
    made = Imported("::M::Which? {~%50%a ~%50%b ~%-50%c}", "q.gift")
    assert (made.keys()["kind"], made.keys()["credit"]) == ("multiple_choice", "minus")
    assert made.item("M").status == "kept"


@pytest.mark.parametrize(("mark", "right"), [("T", "a"), ("FALSE", "b")])
def test_true_and_false(mark, right):
    made = Imported(f"::T::Water is wet. {{{mark}#You think not?#Yes}}", "q.gift")
    assert [row["id"] for row in made.keys()["choices"] if row.get("correct")] == [right]
    assert "You think not?" in made.words()
    assert "::: explanation\nYes\n:::" in made.words()


@pytest.mark.parametrize(
    ("text", "answer", "absolute"),
    [
        ("#3.14:0.005", "3.14", "0.005"),
        ("#1..5", "3", "2"),
        ("#=10:1 =%50%12:1#Too much", "10", "1"),
        ("#7", "7", None),
    ],
)
def test_numbers(text, answer, absolute):
    made = Imported(f"::N::How many? {{{text}}}", "q.gift")
    assert (made.keys()["answer"], made.keys().get("absolute")) == (answer, absolute)


def test_a_word_of_which_one_needs_no_mark():
    assert Imported("::A::One? {=one =1}", "q.gift").keys()["answers"] == ["one", "1"]
    assert Imported("::B::One? {one}", "q.gift").keys()["answers"] == ["one"]


def test_matching_essay_missing_word_and_description(tmp_path):
    made = Imported(
        "::M::Match. {=for -> repeats =if -> decides = -> sleeps}\n\n::E::Why? {}\n\n"
        "::W::A loop {=repeats ~sleeps} code.\n\n"
        "::D::Only to read, x_1 and 5*3.",
        "q.gift",
    )
    assert [exercise.body.kind for exercise in made.exercises] == ["matching", "free_text", "single_choice"]
    assert len(made.keys(0)["choices"]) == 3
    assert r"A loop \_\_\_\_\_ code." in made.words(2)
    assert r"Only to read, x_1 and 5\*3." in made.prose
    assert made.problems(tmp_path) == []


def test_categories_comments_formats_and_lines():
    text = "// a comment\n$CATEGORY: $course$/top/Loops\n\n// another\n::H::[html]<p>Is <i>i</i> right?</p> {T}\n"
    made = Imported(text, "bank.gift")
    assert made.course.lessons[0].title == "Loops"
    assert "Is *i* right?" in made.words()
    assert made.item("H").line == 5


def test_general_feedback_becomes_the_explanation():
    made = Imported("::G::Which? {=a ~b ####Because a.}", "q.gift")
    assert "::: explanation\nBecause a.\n:::" in made.words()


def test_the_whole_way(tmp_path):
    report, findings, _ = proven(tmp_path, "::Q::Which? {=a ~b}\n\n::Bad::Which? {~a ~b}", "q.gift")
    assert findings.errors == []
    assert report.counts() == {"found": 2, "kept": 1, "changed": 0, "left": 1}


def test_it_is_found_among_the_formats():
    assert format_of(package("Is it? {T}", "questions.txt")) == "gift"
