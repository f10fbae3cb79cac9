from __future__ import annotations

import base64

import pytest

from bilik.exchange.errors import NotReadable
from bilik.exchange.tests.making import Imported, package, png, proven


def quiz(*questions: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>"


def question(kind: str, name: str, text: str, more: str = "", files: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text>{files}</questiontext>{more}</question>'
    )


def answer(share: str, text: str, feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{share}" format="html"><text>{text}</text>'
        f"<feedback><text>{feedback}</text></feedback>{more}</answer>"
    )


ONE = question(
    "multichoice", "Fruit", "<p>Which is a <b>fruit</b>?</p>",
    "<single>true</single><shuffleanswers>0</shuffleanswers><defaultgrade>2.0</defaultgrade>"
    + answer("100", "Pear", "Yes") + answer("0", "Chair", "One sits on it"),
)  # fmt: skip


def test_one_choice_with_feedback_and_points():
    made = Imported(quiz(ONE))
    assert made.keys() == {
        "kind": "single_choice", "points": 2, "skills": ["ext:not-named-yet"], "difficulty": 1,
        "choices": [{"id": "a", "correct": True}, {"id": "b", "feedback": "choice-b"}],
    }  # fmt: skip
    assert "Which is a **fruit**?" in made.words()
    assert "::: feedback choice-b\nOne sits on it\n:::" in made.words()
    assert "::: explanation\nYes\n:::" in made.words()
    assert made.item("Fruit").status == "changed"
    assert "explanation" in made.said("Fruit")


def test_an_untouched_question_counts_as_kept():
    made = Imported(
        quiz(question("multichoice", "Q", "?", "<single>true</single>" + answer("100", "a") + answer("0", "b")))
    )
    assert made.item("Q").status == "kept"
    assert made.report.counts() == {"found": 1, "kept": 1, "changed": 0, "left": 0}


def test_shares_of_several_choices_become_minus_and_unequal_ones_are_noted():
    fair = answer("50", "a") + answer("50", "b") + answer("-50", "c")
    made = Imported(quiz(question("multichoice", "Fair", "?", "<single>false</single>" + fair)))
    assert made.keys()["credit"] == "minus"
    assert made.item("Fair").status == "kept"
    unfair = answer("80", "a") + answer("20", "b") + answer("0", "c")
    made = Imported(quiz(question("multichoice", "Unfair", "?", "<single>false</single>" + unfair)))
    assert "minus" in made.said("Unfair")


def test_replies_to_several_choices_are_said_where_they_fit():
    body = "<single>false</single>" + answer("100", "a", "Well seen") + answer("-100", "b", "Not this")
    made = Imported(quiz(question("multichoice", "R", "?", body)))
    assert made.keys()["choices"] == [{"id": "a", "correct": True}, {"id": "b", "feedback": "choice-b"}]
    assert "::: explanation\nWell seen\n:::" in made.words()


def test_a_choice_with_two_full_answers_is_left_with_the_reason():
    two = answer("100", "a") + answer("100", "b")
    made = Imported(quiz(ONE, question("multichoice", "Two", "?", "<single>true</single>" + two)))
    assert made.item("Two").status == "left"
    assert "exactly one right answer" in made.said("Two")


def test_true_and_false_in_the_language_of_the_course():
    body = answer("0", "true", "No!") + answer("100", "false")
    made = Imported(quiz(question("truefalse", "T", "Sıfır müsbətdir", body)), language="az")
    assert "::: choice b\nYanlış\n:::" in made.words(language="az")
    assert made.keys()["choices"][1] == {"id": "b", "correct": True}


def test_a_word_with_parts_wildcards_and_capital_letters():
    body = "<usecase>1</usecase>" + answer("100", "Bakı") + answer("50", "Baki", "Nearly") + answer("100", "B*k")
    made = Imported(quiz(question("shortanswer", "S", "?", body)))
    assert made.keys()["answers"] == ["Bakı"]
    assert made.keys()["ignore"] == ["spaces"]
    assert made.keys()["feedback"] == [{"answer": "Baki", "say": "reply-1"}]
    assert "wildcards" in made.said("S")
    assert "earned a part" in made.said("S")


def test_a_number_with_tolerance_and_units():
    body = (
        answer("100", "2.5", more="<tolerance>0.1</tolerance>")
        + "<units><unit><multiplier>1</multiplier><unit_name>t</unit_name></unit>"
        "<unit><multiplier>1000</multiplier><unit_name>kg</unit_name></unit></units>"
    )
    made = Imported(quiz(question("numerical", "N", "?", body)))
    keys = made.keys()
    assert (keys["answer"], keys["absolute"], keys["unit"], keys["units"]) == ("2.5", "0.1", "t", {"kg": "0.001"})


def test_matching_with_a_distractor(tmp_path):
    rows = "".join(
        f'<subquestion format="html"><text>{a}</text><answer><text>{b}</text></answer></subquestion>'
        for a, b in (("for", "repeats"), ("if", "decides"), ("", "sleeps"))
    )
    made = Imported(quiz(question("matching", "M", "Match.", rows)))
    assert [row["match"] for row in made.keys()["prompts"]] == ["a", "b"]
    assert len(made.keys()["choices"]) == 3
    assert made.problems(tmp_path) == []


def test_cloze_becomes_blanks_of_three_sorts(tmp_path):
    text = (
        "<p>The capital is {1:SHORTANSWER:=Baku#Yes~%50%Ganja#No, that is second}, pi is {2:NUMERICAL:=3.14:0.01} "
        "and a loop {1:MULTICHOICE_S:=repeats~decides}.</p>"
    )
    made = Imported(quiz(question("cloze", "C", text)))
    blanks = made.keys()["blanks"]
    assert blanks[0] == {"id": "b1", "answers": ["Baku"]}
    assert blanks[1] == {"id": "b2", "number": "3.14", "absolute": "0.01", "weight": 2}
    assert blanks[2] == {"id": "b3", "answers": ["repeats"], "choices": ["repeats", "decides"]}
    assert "The capital is [[b1]], pi is [[b2]] and a loop [[b3]]." in made.words()
    assert made.keys()["feedback"] == [{"blank": "b1", "answer": "Ganja", "say": "reply-1"}]
    assert made.problems(tmp_path) == []


def test_words_for_gaps_are_chosen_within_their_group(tmp_path):
    options = "".join(
        f"<dragbox><text>{word}</text><group>{group}</group></dragbox>"
        for word, group in (("cat", 1), ("mat", 2), ("dog", 1), ("roof", 2))
    )
    made = Imported(quiz(question("ddwtos", "D", "<p>The [[1]] sat on the [[2]].</p>", options)))
    assert made.keys()["blanks"][1] == {"id": "b2", "answers": ["mat"], "choices": ["mat", "roof"]}
    assert "The [[b1]] sat on the [[b2]]." in made.words()
    assert made.problems(tmp_path) == []


def test_ordering_and_its_credit(tmp_path):
    rows = answer("1.0", "wake") + answer("2.0", "eat") + answer("3.0", "go")
    made = Imported(
        quiz(question("ordering", "O", "?", "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>" + rows))
    )
    assert made.keys()["credit"] == "pairs"
    assert "::: choice a\nwake\n:::" in made.words()
    assert made.problems(tmp_path) == []


def test_a_marker_on_a_picture_becomes_points_on_it(tmp_path):
    picture = base64.b64encode(png(100, 80)).decode()
    more = (
        f'<file name="heart.png" encoding="base64">{picture}</file><drag><no>1</no><text>Left</text></drag>'
        "<drop><no>1</no><shape>circle</shape><coords>40,30;10</coords><choice>1</choice></drop>"
    )
    made = Imported(quiz(question("ddmarker", "H", "Where is it?", more)))
    assert made.keys()["size"] == [100, 80]
    assert made.keys()["areas"] == [{"id": "a", "shape": "circle", "at": [40, 30, 10], "correct": True}]
    assert made.problems(tmp_path) == []


def test_an_essay_is_marked_by_a_person(tmp_path):
    more = "<defaultgrade>5</defaultgrade><graderinfo><text>Look for causes</text></graderinfo>"
    made = Imported(quiz(question("essay", "E", "Why?", more)))
    assert made.keys()["kind"] == "free_text"
    assert made.keys()["rubric"][0]["points"] == 5
    assert "Look for causes" in made.said("E")
    assert made.problems(tmp_path) == []


def test_pictures_stand_in_the_lesson_and_never_tell_the_answer():
    data = base64.b64encode(png()).decode()
    files = f'<file name="map.png" encoding="base64">{data}</file>'
    general = (
        '<generalfeedback format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/solution.png" alt="marked">]]></text>'
        f'<file name="solution.png" encoding="base64">{base64.b64encode(png(41)).decode()}</file></generalfeedback>'
    )
    body = "<single>true</single>" + answer("100", "a") + answer("0", "b") + general
    text = 'Which? <img src="@@PLUGINFILE@@/map.png" alt="a map">'
    made = Imported(quiz(question("multichoice", "P", text, body, files)))
    pictures = [name for name in made.written.files if "/img/" in name]
    assert len(pictures) == 1
    assert "img/map-" in made.lesson()
    assert made.lesson().index("img/map-") < made.lesson().index("::: exercise p")
    assert "![" not in made.words()
    assert "(picture 1: a map)" in made.words()
    assert "would tell the answer" in made.said("P")


def test_categories_are_lessons_and_descriptions_are_text():
    category = '<question type="category"><category><text>$course$/top/Python/Loops</text></category></question>'
    made = Imported(quiz(category, question("description", "Intro", "<p>Read this.</p>"), ONE))
    assert [lesson.title for lesson in made.course.lessons] == ["Loops"]
    assert made.lesson().startswith("Read this.")


def test_unknown_types_are_left_with_file_and_line():
    made = Imported(quiz(ONE, question("calculated", "Calc", "{a}+{b}")), "bank.xml")
    item = made.item("Calc")
    assert (item.file, item.line, item.status) == ("bank.xml", 4, "left")


def test_entities_and_other_roots_are_refused():
    bomb = '<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz><question type="x">&b;</question></quiz>'
    with pytest.raises(NotReadable, match="entities"):
        Imported(bomb, "bomb.xml")
    with pytest.raises(NotReadable, match="no format"):
        Imported("<survey/>", "survey.xml")


def test_the_whole_way_gives_a_course_without_errors(tmp_path):
    report, findings, out = proven(tmp_path, quiz(ONE), "bank.xml", name="fruit", language="uz", licence="CC-BY-4.0")
    assert findings.errors == []
    assert findings.answers_run == 1
    assert 'id = "fruit"' in (out / "course.toml").read_text()
    assert report.counts()["changed"] == 1
    assert any("uz for every language" in note.text for note in report.general)


def test_it_is_found_among_the_formats():
    from bilik.exchange.convert import format_of

    assert format_of(package(quiz(ONE), "x.xml")) == "moodle_xml"
