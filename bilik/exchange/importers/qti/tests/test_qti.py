from __future__ import annotations

import pytest

from bilik.exchange.convert import format_of
from bilik.exchange.tests.making import Imported, package, png, proven

CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
MAPPED = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"


def declared(*values: str, kind: str = "identifier", cardinality: str = "single", mapping: str = "") -> str:
    right = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{kind}">'
        f"<correctResponse>{right}</correctResponse>{mapping}</responseDeclaration>"
    )


def item(declaration: str, body: str, *, template: str = CORRECT, rest: str = "", title: str = "Q") -> str:
    processing = f'<responseProcessing template="{template}"/>' if template else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="{title}">'
        f"{declaration}<itemBody>{body}</itemBody>{processing}{rest}</assessmentItem>"
    )


CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>Which?</prompt>'
    '<simpleChoice identifier="A">Pear</simpleChoice><simpleChoice identifier="B">Chair<feedbackInline identifier="B" '
    'outcomeIdentifier="F" showHide="show">One sits on it.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="C">Plum</simpleChoice></choiceInteraction>'
)


def test_one_choice_with_inline_feedback():
    made = Imported(item(declared("A"), "<p>Look.</p>" + CHOICES.format(most=1)))
    assert made.words().startswith("# Q\n\nLook.\n\nWhich?\n\n::: choice a\nPear\n:::")
    assert made.keys()["choices"][1] == {"id": "b", "feedback": "choice-b"}
    assert made.item("Q").status == "kept"


@pytest.mark.parametrize(
    ("shares", "credit", "status"),
    [({"A": 1, "C": 1, "B": -1}, "minus", "kept"), ({"A": 2, "C": 1, "B": 0}, "minus", "changed")],
)
def test_several_choices_by_mapping(shares, credit, status):
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in shares.items())
    declaration = declared("A", "C", cardinality="multiple", mapping=f'<mapping defaultValue="0">{entries}</mapping>')
    made = Imported(item(declaration, CHOICES.format(most=0), template=MAPPED))
    assert (made.keys()["kind"], made.keys()["credit"]) == ("multiple_choice", credit)
    assert made.item("Q").status == status


def test_what_is_said_to_right_choices_stands_in_the_explanation():
    body = CHOICES.replace("Chair<feedbackInline", "Chair <feedbackInline")
    for right, most in (("B", 1), ("B", 0)):
        made = Imported(item(declared(right, cardinality="multiple" if not most else "single"), body.format(most=most)))
        assert "::: explanation\nOne sits on it.\n:::" in made.words()
        assert "feedback" not in made.keys()["choices"][1]
        assert made.item("Q").status == "changed"


def test_several_choices_all_or_nothing():
    made = Imported(item(declared("A", "C", cardinality="multiple"), CHOICES.format(most=0)))
    assert made.keys().get("credit", "all") == "all"


def test_version_three_says_the_same_with_other_names():
    text = (
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="Three">'
        '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">'
        "<qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>"
        '<qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which?'
        '</qti-prompt><qti-simple-choice identifier="A">x</qti-simple-choice><qti-simple-choice identifier="B">y'
        "</qti-simple-choice></qti-choice-interaction></qti-item-body><qti-response-processing "
        'template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>'
    )
    made = Imported(text)
    assert made.keys()["choices"] == [{"id": "a"}, {"id": "b", "correct": True}]


def test_a_word_and_a_number_at_the_end_of_the_text():
    entry = '<p>Who?<textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="Ada" mappedValue="1" caseSensitive="false"/></mapping>'
    made = Imported(item(declared("Ada", kind="string", mapping=mapping), entry, template=MAPPED))
    assert made.keys()["answers"] == ["Ada"]
    made = Imported(item(declared("12.5", kind="float"), entry))
    assert (made.keys()["kind"], made.keys()["answer"]) == ("numeric", "12.5")


def test_fields_within_the_text_become_blanks(tmp_path):
    body = (
        '<blockquote><p>Now is the <inlineChoiceInteraction responseIdentifier="RESPONSE">'
        '<inlineChoice identifier="W">winter</inlineChoice><inlineChoice identifier="S">summer</inlineChoice>'
        '</inlineChoiceInteraction> of <textEntryInteraction responseIdentifier="R2"/> [[x]].</p></blockquote>'
    )
    second = declared("York", kind="string").replace('"RESPONSE"', '"R2"')
    made = Imported(item(declared("W") + second, body))
    assert "> Now is the [[b1]] of [[b2]] \\[\\[x" in made.words()
    assert made.problems(tmp_path) == []


def test_words_dragged_into_gaps(tmp_path):
    body = (
        '<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Fill.</prompt>'
        '<gapText identifier="W">winter</gapText><gapText identifier="S">summer</gapText>'
        '<p>Now is the <gap identifier="G1"/>.</p></gapMatchInteraction>'
    )
    made = Imported(item(declared("W G1", kind="directedPair", cardinality="multiple"), body))
    assert made.keys()["blanks"] == [{"id": "b1", "answers": ["winter"], "choices": ["winter", "summer"]}]
    assert made.problems(tmp_path) == []


def pairs(*sets: dict[str, str]) -> str:
    inner = "".join(
        "<simpleMatchSet>"
        + "".join(f'<simpleAssociableChoice identifier="{k}">{v}</simpleAssociableChoice>' for k, v in each.items())
        + "</simpleMatchSet>"
        for each in sets
    )
    return f'<matchInteraction responseIdentifier="RESPONSE"><prompt>Match.</prompt>{inner}</matchInteraction>'


def test_matching_also_when_the_first_set_has_several_partners(tmp_path):
    body = pairs({"C": "Capulet", "P": "Prospero"}, {"R": "Romeo", "T": "Tempest"})
    values = declared("C R", "P T", kind="directedPair", cardinality="multiple")
    made = Imported(item(values, body))
    assert [row["match"] for row in made.keys()["prompts"]] == ["a", "b"]
    turned = declared("C R", "C T", kind="directedPair", cardinality="multiple")
    made = Imported(item(turned, body))
    assert "changed places" in made.said("Q")
    assert made.problems(tmp_path) == []


def test_order(tmp_path):
    choices = "".join(f'<simpleChoice identifier="{name}">{name}</simpleChoice>' for name in "XYZ")
    body = f'<orderInteraction responseIdentifier="RESPONSE"><prompt>Order.</prompt>{choices}</orderInteraction>'
    made = Imported(item(declared("Y", "X", "Z", cardinality="ordered"), body))
    assert "::: choice a\nY\n:::" in made.words()
    assert made.problems(tmp_path) == []


def test_points_on_a_picture(tmp_path):
    body = (
        '<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>'
        '<object type="image/png" data="img/uk.png" width="100" height="80">A map</object></selectPointInteraction>'
    )
    area = (
        '<areaMapping defaultValue="0"><areaMapEntry shape="rect" coords="10,10,30,40" mappedValue="1"/></areaMapping>'
    )
    declaration = declared(kind="point", mapping=area)
    text = item(declaration, body, template=CORRECT.replace("match_correct", "map_response_point"))
    made = Imported({"items/q.xml": text, "items/img/uk.png": png(100, 80)})
    assert made.keys()["areas"] == [{"id": "a", "shape": "rect", "at": [10, 10, 20, 30], "correct": True}]
    assert "::: alt\nA map\n:::" in made.words()
    assert made.problems(tmp_path) == []


OWN = (
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>{what}</match>"
    "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf>"
    "</responseCondition></responseProcessing>"
)


def test_simple_rules_of_its_own_are_understood():
    rule = OWN.format(what="<correct identifier='RESPONSE'/>")
    made = Imported(item(declared("A"), CHOICES.format(most=1), template="", rest=rule))
    assert made.item("Q").status == "kept"
    rule = OWN.format(what="<baseValue baseType='identifier'>C</baseValue>")
    made = Imported(item(declared(), CHOICES.format(most=1), template="", rest=rule))
    assert made.keys()["choices"][2]["correct"] is True


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("identifier=\"i\"", "identifier=\"i\" adaptive=\"true\""), "adaptive"),
        (("<itemBody>", "<templateDeclaration/><itemBody>"), "variant.py"),
        ((CORRECT, "http://example.org/own_rule"), "not known"),
        (("choiceInteraction", "drawingInteraction"), "Drawing"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_says_why(change, why):
    text = item(declared("A"), CHOICES.format(most=1)).replace(*change)
    other = item(declared("A"), CHOICES.format(most=1), title="Good")
    made = Imported({"a.xml": text, "b.xml": other})
    assert made.item("Q").status == "left"
    assert why in made.said("Q")


def test_rules_with_strange_elements_are_left():
    rule = OWN.format(what="<lookupOutcomeValue/>")
    files = {"a.xml": item(declared("A"), CHOICES.format(most=1), template="", rest=rule)}
    files["b.xml"] = item(declared("A"), CHOICES.format(most=1), title="Good")
    assert "<lookupOutcomeValue> (line 2)" in Imported(files).said("Q")


def test_sections_of_a_test_are_lessons():
    test = (
        '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="Exam"><testPart>'
        '<assessmentSection identifier="s" title="First"><assessmentItemRef identifier="i" href="items/a.xml"/>'
        "</assessmentSection></testPart></assessmentTest>"
    )
    made = Imported({"test.xml": test, "items/a.xml": item(declared("A"), CHOICES.format(most=1))})
    assert made.course.title == "Exam"
    assert [lesson.title for lesson in made.course.lessons] == ["First"]


def test_extended_text_is_marked_by_a_person():
    made = Imported(
        item(
            "",
            '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Why?</prompt></extendedTextInteraction>',
            template="",
        )
    )
    assert made.keys()["kind"] == "free_text"


def test_formulas_keep_their_meaning():
    maths = "<p>Solve <math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mn>4</mn></mfrac></math></p>"
    made = Imported(item(declared("A"), maths + CHOICES.format(most=1)))
    assert r"Solve ${x}^{2}=\frac{1}{4}$" in made.words()


def test_the_whole_way_from_a_zip(tmp_path):
    files = {"imsmanifest.xml": "<manifest/>", "q/a.xml": item(declared("A"), CHOICES.format(most=1))}
    report, findings, _ = proven(tmp_path, files)
    assert findings.errors == []
    assert report.counts()["kept"] == 1


def test_it_is_found_among_the_formats():
    assert format_of(package(item(declared("A"), CHOICES.format(most=1)), "a.xml")) == "qti"
