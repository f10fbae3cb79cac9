from __future__ import annotations

import posixpath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.exchange.bodies import Area
from bilik.exchange.export import Exported
from bilik.exchange.markup import Node, read_xml
from bilik.exchange.model import Text
from bilik.exchange.report import Item
from bilik.exchange.tests.making import png
from bilik.exchange.tests.sending import HEAD, KINDS, back, exercise_files, exercises_of, item_of, sent
from bilik.grading.kinds import Run

WORDS = st.text("abcəğ~={}\\<>&\"'%-/ ßİ1", min_size=1, max_size=20).map(lambda text: " ".join(text.split()))
ALL = {name: content for kind in KINDS for name, content in exercise_files(kind.replace("_", "-"), kind).items()}


def there_and_back(kind: str, *, run: Run | None = None, toml: str = "") -> tuple[Any, Item]:
    files = exercise_files("loop", kind)
    if toml:
        files["lessons/01-again/loop/exercise.toml"] = HEAD + toml
    made = sent(files, "qti", **({"run": run} if run else {}))
    (exercise,) = exercises_of(back(made))
    return exercise, item_of(made, "The loop")


def xml_of(made: Exported, name: str) -> Node:
    return read_xml(made.files[name])


def test_one_choice_comes_back_with_what_is_said_and_explained():
    exercise, item = there_and_back("single_choice")
    body = exercise.body
    assert [(one.text, one.correct, one.feedback) for one in body.options] == [
        ("`if` runs *once*", False, "Only once."), ("`while` x \\< 3 = again", True, ""),
    ]  # fmt: skip
    assert (body.several, body.shuffle, exercise.explanation) == (False, True, "Because.")
    assert item.status == "kept"


@pytest.mark.parametrize(("credit", "back_as", "status"), [("all", "all", "kept"), ("minus", "minus", "kept"),
                                                           ("each", "minus", "changed")])  # fmt: skip
def test_several_choices_with_each_rule(credit, back_as, status):
    exercise, item = there_and_back("multiple_choice", toml=KINDS["multiple_choice"][0].replace("minus", credit))
    assert (exercise.body.several, exercise.body.credit) == (True, back_as)
    assert [one.correct for one in exercise.body.options] == [True, True, False]
    assert item.status == status


def test_a_number_keeps_its_tolerance():
    exercise, _ = there_and_back("numeric")
    assert (exercise.body.kind, exercise.body.answer, exercise.body.absolute) == ("numeric", "12.5", "0.25")


def test_words_come_back():
    exercise, item = there_and_back("short_text")
    assert (exercise.body.kind, list(exercise.body.answers)) == ("short_text", ["for {x} = *", "while~#"])
    assert exercise.body.ignore == ("case", "spaces")
    assert item.status == "kept"


@pytest.mark.parametrize("credit", ["each", "all"])
def test_pairs_come_back(credit):
    exercise, item = there_and_back("matching", toml=f'credit = "{credit}"\n' + KINDS["matching"][0])
    body = exercise.body
    assert [(words, body.choices[number]) for words, number in body.prompts] == [
        ("`for`", "repeats"), ("if", "decides: a > b"),
    ]  # fmt: skip
    assert "sleeps" in body.choices
    assert body.credit == credit
    assert item.status == "kept"


def test_an_order_comes_back_and_is_not_shown_as_it_is_right():
    made = sent(exercise_files("loop", "ordering"), "qti")
    shown = [node.get("identifier") for node in xml_of(made, "items/loop.xml").within("qti-simple-choice")]
    assert shown != ["i-wake", "i-eat", "i-go"]
    (exercise,) = exercises_of(back(made))
    assert list(exercise.body.items) == ["Wake", "Eat", "Go"]


def test_an_order_of_which_several_are_right_is_read_by_a_person():
    items = (("wake", ""), ("eat", 'after = ["wake"]'), ("go", 'after = ["wake"]'))
    toml = 'kind = "ordering"\n' + "".join(f'[[items]]\nid = "{name}"\n{after}\n' for name, after in items)
    exercise, item = there_and_back("ordering", toml=toml)
    assert exercise.body.kind == "free_text"
    assert "(ordering)" in item.notes[0].text


def test_blanks_of_all_three_kinds_come_back():
    exercise, _ = there_and_back("fill_blanks")
    word, mark, count = exercise.body.blanks
    assert (word.answers, mark.answers, mark.choices, count.number) == (["for"], [":"], [":", ";"], "3")
    assert exercise.body.credit == "each"
    assert "Write [[b1]] x in y[[b2]] and get [[b3]]." in exercise.body.text


def test_blanks_inside_a_program_come_back():
    files = exercise_files("loop", "fill_blanks")
    words = "# The loop\n\nFill.\n\n::: blanks\n```python\n[[verb]] x in y[[mark]]\n    print([[count]])\n```\n:::\n"
    files["lessons/01-again/loop/exercise.en.md"] = words
    (exercise,) = exercises_of(back(sent(files, "qti")))
    assert "[[b1]] x in y[[b2]]\n    print([[b3]])" in exercise.body.text


def test_places_of_a_picture_come_back_with_their_margin():
    made = sent(exercise_files("loop", "hot_spot"), "qti")
    (exercise,) = exercises_of(back(made))
    body = exercise.body
    assert (body.size, body.alt) == ((100, 80), "A map")
    assert list(body.areas) == [Area("rect", [8, 8, 34, 24], True), Area("circle", [70, 40, 20], False)]
    assert b"<svg" in body.picture


def test_lines_of_a_program_become_an_order():
    exercise, item = there_and_back("parsons")
    assert [line.strip("`").strip() for line in exercise.body.items] == ["for x in y:", "print(x)", "print(0)"]
    assert "indentation" in item.notes[0].text


@pytest.mark.sandbox
def test_an_output_has_a_field_for_each_line(run: Run):
    exercise, item = there_and_back("predict_output", run=run)
    assert [blank.answers for blank in exercise.body.blanks] == [["1"], ["two"]]
    assert item.status == "changed"


@pytest.mark.parametrize("kind", ["free_text", "python_code"])
def test_what_it_cannot_score_is_read_by_a_person(kind):
    made = sent(exercise_files("loop", kind), "qti")
    item = xml_of(made, "items/loop.xml")
    assert item.within("qti-extended-text-interaction")
    assert item.first("qti-outcome-declaration").get("external-scored") == "human"
    assert item.first("qti-outcome-declaration").get("normal-maximum") == "2"
    assert f"({kind})" in item_of(made, "The loop").notes[0].text
    (exercise,) = exercises_of(back(made))
    assert (exercise.points, exercise.body.points) == (2, 2)


def test_neither_solutions_nor_tests_of_programs_are_in_it():
    whole = b"".join(sent(exercise_files("loop", "python_code"), "qti").files.values())
    assert b"secret" not in whole
    assert b"41" not in whole


def test_templates_score_where_nothing_is_to_be_said():
    made = sent(exercise_files("loop", "matching"), "qti")
    processing = xml_of(made, "items/loop.xml").first("qti-response-processing")
    assert processing.get("template") == "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"


@pytest.mark.sandbox
def test_every_file_is_xml_every_reference_is_there_and_points_are_weights(run: Run):
    lesson = "Loops.\n\n![Two](img/two.png)\n\n" + "".join(
        f"::: exercise {kind.replace('_', '-')}\n:::\n\nMore of *it*: $a^2$.\n\n" for kind in KINDS
    )
    files = ALL | {"lessons/01-again/lesson.en.md": lesson, "lessons/01-again/img/two.png": png()}
    made = sent(files, "qti", run=run)
    named = {node.get("href") for node in xml_of(made, "imsmanifest.xml").within("file")}
    assert named == made.files.keys() - {"imsmanifest.xml"}
    for name in named:
        if name.endswith(".xml"):
            for node in xml_of(made, name).within("img"):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), node.get("src"))) in made.files
    for reference in xml_of(made, "assessment.xml").within("qti-assessment-item-ref"):
        item = xml_of(made, reference.get("href"))
        if weight := reference.first("qti-weight"):
            reached = float(item.first("qti-outcome-declaration").get("normal-maximum"))
            assert abs(reached * float(weight.get("value")) - 2) < 1e-6
    course = back(made)
    assert [lesson.title for lesson in course.lessons] == ["Loops"]
    assert len(exercises_of(course)) == len(KINDS)
    texts = [piece.markdown for piece in course.lessons[0].pieces if isinstance(piece, Text)]
    assert "More of *it*: ${a}^{2}$." in texts
    assert any("![Two](img/" in text for text in texts)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS.filter(bool), min_size=1, max_size=4, unique_by=str.lower))
def test_whatever_is_typed_comes_back(words):
    listed = ", ".join("'''" + word.replace("'", "’") + "'''" for word in words)
    files = exercise_files("loop", "short_text")
    files["lessons/01-again/loop/exercise.toml"] = HEAD + f'kind = "short_text"\nanswers = [{listed}]\n'
    files["lessons/01-again/loop/exercise.en.md"] = "# The loop\n\nWhat?\n"
    (exercise,) = exercises_of(back(sent(files, "qti")))
    assert set(exercise.body.answers) == {word.replace("'", "’") for word in words}
