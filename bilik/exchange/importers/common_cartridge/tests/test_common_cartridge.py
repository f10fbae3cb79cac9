from __future__ import annotations

import pytest

from bilik.exchange.convert import format_of
from bilik.exchange.tests.making import Imported, package, png, proven

MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"><metadata>'
    "<schema>IMS Common Cartridge</schema>"
    "<lom><general><title><string>Loops</string></title></general></lom></metadata><organizations><organization>"
    '<item identifier="root">{items}</item></organization></organizations><resources>{resources}</resources></manifest>'
)
QUIZ_TYPE = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def resource(name: str, kind: str, file: str) -> str:
    return f'<resource identifier="{name}" type="{kind}" href="{file}"><file href="{file}"/></resource>'


def cartridge(items: str, resources: str, **files: str | bytes) -> dict[str, str | bytes]:
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in files.items()}
    return {"imsmanifest.xml": MANIFEST.format(items=items, resources=resources), **named}


def question(profile: str, presentation: str, processing: str, more: str = "", title: str = "Q") -> str:
    field = (
        f"<qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>{profile}</fieldentry></qtimetadatafield>"
    )
    return (
        f'<item ident="i" title="{title}"><itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata><presentation>'
        f'<material><mattext texttype="text/html">&lt;p&gt;Which?&lt;/p&gt;</mattext></material>{presentation}'
        "</presentation>"
        f"<resprocessing>{processing}</resprocessing>{more}</item>"
    )


def labels(*names: str, cardinality: str = "Single") -> str:
    inner = "".join(
        f'<response_label ident="{n}"><material><mattext texttype="text/plain">{n} it is</mattext></material>'
        "</response_label>"
        for n in names
    )
    return f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice>{inner}</render_choice></response_lid>'


def condition(test: str, points: str = "100", feedback: str = "") -> str:
    shown = f'<displayfeedback feedbacktype="Response" linkrefid="{feedback}"/>' if feedback else ""
    gain = f'<setvar action="Set" varname="SCORE">{points}</setvar>' if points else ""
    return f"<respcondition><conditionvar>{test}</conditionvar>{gain}{shown}</respcondition>"


def equal(*values: str) -> str:
    return "".join(f'<varequal respident="r">{value}</varequal>' for value in values)


def quiz(*items: str) -> dict[str, str | bytes]:
    section = f"<section>{''.join(items)}</section>"
    body = f'<questestinterop><assessment title="Quiz one">{section}</assessment></questestinterop>'
    return cartridge(
        '<item identifier="m"><title>Week 1</title><item identifier="q" identifierref="R1"><title>Quiz</title></item>'
        "</item>"
        '<item identifier="n"><title>Week 2</title></item>',
        resource("R1", QUIZ_TYPE, "quiz.xml"),
        quiz_dot_xml=body,
    )


def test_pages_links_and_what_is_left():
    files = cartridge(
        '<item identifier="m"><title>Week 1</title><item identifier="a" identifierref="P"><title>Read</title></item>'
        '<item identifier="b" identifierref="L"><title>More</title></item>'
        '<item identifier="c" identifierref="D"><title>Talk</title></item></item>'
        '<item identifier="z"><title>End</title></item>',
        resource("P", "webcontent", "wiki/page.html") + resource("L", "imswl_xmlv1p1", "link.xml")
        + resource("D", "imsdt_xmlv1p1", "talk.xml") + resource("X", "webcontent", "wiki/extra.html"),
        wiki__page_dot_html='<html><head><title>x</title></head><body><h1>Loops</h1>'
        '<img src="../img/l.png" alt="a loop"><a href="other.html">next</a></body></html>',
        wiki__extra_dot_html="<html><head><title>Extra</title></head><body><p>More of it.</p></body></html>",
        img__l_dot_png=png(),
        link_dot_xml='<webLink><title>More</title><url href="https://example.org/a(b)"/></webLink>',
        talk_dot_xml="<topic/>",
    )  # fmt: skip
    made = Imported(files)
    assert made.course.title == "Loops"
    assert [lesson.title for lesson in made.course.lessons] == ["Week 1", "More pages"]
    assert made.lesson().startswith("## Read\n\n### Loops\n\n![a loop](img/l-")
    assert "[More](https://example.org/a%28b%29)" in made.lesson()
    assert "next" in made.lesson()
    assert "other.html" not in made.lesson()
    assert "discussions" in made.said("Talk")
    assert made.item("Extra").status == "changed"


def test_one_choice_with_feedback():
    feedback = '<itemfeedback ident="b_fb"><material><mattext>One sits on it.</mattext></material></itemfeedback>'
    processing = condition(equal("b"), "", "b_fb") + condition(equal("a"))
    made = Imported(quiz(question("cc.multiple_choice.v0p1", labels("a", "b"), processing, feedback)))
    assert made.keys()["choices"] == [{"id": "a", "correct": True}, {"id": "b", "feedback": "choice-b"}]
    assert "::: feedback choice-b\nOne sits on it.\n:::" in made.words()
    assert "Which?" in made.words()


def test_several_choices_with_what_must_not_be_ticked():
    test = f"<and>{equal('a', 'c')}<not>{equal('b')}</not></and>"
    made = Imported(
        quiz(question("cc.multiple_response.v0p1", labels("a", "b", "c", cardinality="Multiple"), condition(test)))
    )
    assert [row["id"] for row in made.keys()["choices"] if row.get("correct")] == ["a", "c"]
    assert made.item("Q").status == "kept"


def test_words_numbers_and_essays():
    field = '<response_str ident="r"><render_fib/></response_str>'
    made = Imported(
        quiz(
            question("cc.fib.v0p1", field, condition(equal("for")) + condition(equal("For")), title="W"),
            question(
                "numerical_question",
                field,
                condition("<vargte respident='r'>2</vargte><varlte respident='r'>4</varlte>"),
                title="N",
            ),
            question("cc.essay.v0p1", field, "", title="E"),
        )
    )
    assert [exercise.body.kind for exercise in made.exercises] == ["short_text", "numeric", "free_text"]
    assert (made.keys(1)["answer"], made.keys(1)["absolute"]) == ("3", "1")


@pytest.mark.parametrize(
    ("presentation", "processing", "why"),
    [
        (labels("a", "b"), condition(equal("zzz")), "one right answer"),
        (labels("a", "b") * 2, condition(equal("a")), "2 things at once"),
    ],
)
def test_what_cannot_be_taken_over_says_why(presentation, processing, why):
    good = question("cc.true_false.v0p1", labels("a", "b"), condition(equal("a")), title="Good")
    made = Imported(quiz(good, question("cc.multiple_choice.v0p1", presentation, processing, title="Bad")))
    assert made.item("Bad").status == "left"
    assert why in made.said("Bad")


def test_the_whole_way(tmp_path):
    good = question("cc.true_false.v0p1", labels("a", "b"), condition(equal("a")))
    report, findings, _ = proven(tmp_path, quiz(good), "course.imscc")
    assert findings.errors == []
    assert report.counts() == {"found": 1, "kept": 1, "changed": 0, "left": 0}


def test_it_is_found_among_the_formats():
    assert format_of(package(quiz(), "course.imscc")) == "common_cartridge"
