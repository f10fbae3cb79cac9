from __future__ import annotations

import json

import pytest

from bilik.exchange.convert import format_of
from bilik.exchange.errors import NotReadable
from bilik.exchange.tests.making import Imported, package, png, proven, tarred

COURSE = '<course url_name="2026" org="Bilik" course="Loops"/>'
TREE = (
    '<course display_name="Loops for all"><chapter display_name="Week 1"><sequential display_name="First steps">'
    '<vertical display_name="Hello">{}</vertical></sequential></chapter></course>'
)


def course(inside: str, **files: str | bytes) -> dict[str, str | bytes]:
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in files.items()}
    return {"course/course.xml": COURSE, "course/course/2026.xml": TREE.format(inside), **named}


def problem(inside: str, **files: str | bytes) -> Imported:
    return Imported(course(f'<problem url_name="p" display_name="P">{inside}</problem>', **files))


def test_sequentials_are_lessons_and_verticals_are_headings():
    made = Imported(course('<html url_name="a" display_name="T"><p>Read <b>this</b>.</p></html>'))
    assert made.course.title == "Loops for all"
    assert made.course.lessons[0].title == "Week 1: First steps"
    assert made.lesson() == "## Hello\n\nRead **this**.\n"


def test_elements_stand_in_files_of_their_own_and_pictures_are_found():
    files = course(
        '<html url_name="intro"/><html url_name="gone"/>',
        course__html__intro_dot_xml='<html filename="intro" display_name="Intro"/>',
        course__html__intro_dot_html='<h2>Maps</h2><img src="/static/map.png" alt="a map"><script>alert(1)</script>',
        course__static__map_dot_png=png(),
    )
    made = Imported(files)
    assert "## Maps" in made.lesson()
    assert "![a map](img/map-" in made.lesson()
    assert "alert" not in made.lesson()
    assert made.said("Intro") == "left: A script in the text (<script>)."
    assert made.item("Intro").file == "course/html/intro.html" or made.item("Intro").file == "course/html/intro.xml"
    assert "is not in the package" in made.said("gone")


def test_titles_come_from_the_policy_too():
    files = {
        "course.xml": '<course url_name="r" org="o" course="c"/>',
        "course/r.xml": '<course><chapter url_name="w1"/></course>',
        "chapter/w1.xml": '<chapter><sequential url_name="s1"/></chapter>',
        "sequential/s1.xml": "<sequential><vertical><html>Hi</html></vertical></sequential>",
        "policies/r/policy.json": json.dumps(
            {"chapter/w1": {"display_name": "Week one"}, "course/r": {"display_name": "C"}}
        ),
    }
    made = Imported(files)
    assert made.course.lessons[0].title.startswith("Week one")


def test_one_choice_with_hints():
    made = problem(
        "<multiplechoiceresponse><label>Which?</label><choicegroup>"
        '<choice correct="true">Pear<choicehint>Right.</choicehint></choice>'
        '<choice correct="false">Chair<choicehint label="Oh">One sits on it.</choicehint></choice></choicegroup>'
        "<solution><p>Pears grow.</p></solution></multiplechoiceresponse><demandhint><hint>Eat it.</hint></demandhint>"
    )
    assert made.keys()["choices"] == [{"id": "a", "correct": True}, {"id": "b", "feedback": "choice-b"}]
    words = made.words()
    assert words.startswith("# P\n\nWhich?\n")
    assert "::: hint\nEat it.\n:::" in words
    assert "::: feedback choice-b\n**Oh** One sits on it.\n:::" in words
    assert "Right.\n\nPears grow." in words


def test_several_choices_and_their_partial_credit():
    made = problem(
        '<choiceresponse partial_credit="EDC"><checkboxgroup><choice correct="true">a'
        '<choicehint selected="false">a is one too</choicehint></choice><choice correct="false">b</choice>'
        "</checkboxgroup></choiceresponse>"
    )
    assert (made.keys()["kind"], made.keys()["credit"]) == ("multiple_choice", "each")
    assert "a is one too" in made.words()


@pytest.mark.parametrize(
    ("attributes", "inside", "keys"),
    [
        ('answer="3.5"', '<responseparam type="tolerance" default="2%"/>', {"answer": "3.5", "relative": "0.02"}),
        ('answer="10^2"', '<responseparam type="tolerance" default="0.5"/>', {"answer": "100", "absolute": "0.5"}),
        ('answer="[1,4]"', "", {"answer": "2.5", "absolute": "1.5"}),
        ('answer="1/3"', "", {"answer": "1/3"}),
    ],
)
def test_numbers(attributes, inside, keys):
    made = problem(
        f"<numericalresponse {attributes}><label>?</label>{inside}<formulaequationinput/></numericalresponse>"
    )
    assert {key: made.keys()[key] for key in keys} == keys


def test_words_with_more_answers_and_hints():
    made = problem(
        '<stringresponse answer="print" type="ci"><label>?</label><additional_answer answer="print()"/>'
        '<stringequalhint answer="echo">That is another shell.</stringequalhint><textline/></stringresponse>'
    )
    assert made.keys()["answers"] == ["print", "print()"]
    assert made.keys()["feedback"] == [{"answer": "echo", "say": "reply-1"}]


def test_a_list_becomes_choices_and_several_fields_become_blanks(tmp_path):
    one = "<optionresponse><optioninput options=\"('for','if')\" correct=\"for\"/></optionresponse>"
    made = problem(f"<p>Repeats:</p>{one}")
    assert made.keys()["kind"] == "single_choice"
    two = f'<p>Repeats: {one}, prints: <stringresponse answer="print"><textline/></stringresponse>.</p>'
    made = problem(two)
    assert [row["id"] for row in made.keys()["blanks"]] == ["b1", "b2"]
    assert "Repeats: [[b1]], prints: [[b2]]." in made.words()
    assert made.problems(tmp_path) == []


def test_questions_of_two_sorts_become_two_exercises():
    choice = (
        "<multiplechoiceresponse><label>A?</label><choicegroup><choice correct='true'>x</choice>"
        "<choice correct='false'>y</choice></choicegroup></multiplechoiceresponse>"
    )
    made = problem(
        f"{choice}<p>And now a number.</p><numericalresponse answer='4'><label>B?</label></numericalresponse>"
    )
    assert [exercise.body.kind for exercise in made.exercises] == ["single_choice", "numeric"]
    assert "And now a number.\n\nB?" in made.words(1)
    assert "2 exercises" in made.said("P")


def test_a_rectangle_in_a_picture(tmp_path):
    made = problem(
        '<imageresponse><imageinput src="/static/m.png" width="100" height="80" rectangle="(10,20)-(40,60)" alt="m"/>'
        "</imageresponse>",
        course__static__m_dot_png=png(100, 80),
    )
    assert made.keys()["areas"][0]["at"] == [10, 20, 30, 40]
    assert made.problems(tmp_path) == []


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>x = 1</script><p>$x</p><numericalresponse answer='$x'/>", "variant.py"),
        ("<customresponse cfn='f'><textline/></customresponse>", "program of the other system"),
        ("<stringresponse answer='a.*b' type='regexp'><textline/></stringresponse>", "pattern"),
        ("<p>Nothing is asked.</p>", "no question"),
    ],
)
def test_what_cannot_be_taken_over_says_why(inside, why):
    kept = "<html>Read.</html>"
    made = Imported(course(kept + f'<problem url_name="p" display_name="P">{inside}</problem>'))
    assert made.item("P").status == "left"
    assert why in made.said("P")


def test_a_video_is_a_link_with_its_words():
    files = course(
        '<video display_name="Loops" youtube="1.00:abcdefghijk"><transcript language="en" src="l.srt"/></video>'
        '<video display_name="Bare" youtube_id_1_0="kjihgfedcba"/>',
        course__static__l_dot_srt="1\n00:00:01,000 --> 00:00:02,000\nA loop repeats.\n",
    )
    made = Imported(files)
    assert "::: video https://www.youtube.com/watch?v=abcdefghijk Loops\nA loop repeats.\n:::" in made.lesson()
    assert made.item("Loops").status == "kept"
    assert made.item("Bare").status == "changed"


def test_discussions_are_left_and_hostile_names_lead_nowhere():
    made = Imported(course('<html>Hi</html><discussion display_name="Talk"/><html url_name="../../etc/passwd"/>'))
    assert "no counterpart" in made.said("Talk")


def test_broken_course_files_are_refused_with_the_line():
    with pytest.raises(NotReadable, match="not readable as XML"):
        Imported({"course.xml": '<course url_name="x">\n<chapter>'})


def test_the_whole_way_from_a_tarball(tmp_path):
    choice = (
        "<problem display_name='Q'><multiplechoiceresponse><label>?</label><choicegroup>"
        "<choice correct='true'>x</choice><choice correct='false'>y</choice></choicegroup>"
        "</multiplechoiceresponse></problem>"
    )
    report, findings, out = proven(tmp_path, tarred(course(choice)), "course.tar.gz", language="ru")
    assert findings.errors == []
    assert (out / "lessons/01-first-steps/lesson.ru.md").read_text().startswith("## Hello")
    assert report.format == "olx"


def test_it_is_found_among_the_formats():
    assert format_of(package(course("<html>x</html>"))) == "olx"


def test_a_course_inside_itself_ends():
    inner = '<vertical><vertical url_name="v"/><html display_name="Once">x</html></vertical>'
    made = Imported(course('<vertical url_name="v"/>', course__vertical__v_dot_xml=inner))
    assert sum(item.title == "Once" for item in made.report.items) == 1
