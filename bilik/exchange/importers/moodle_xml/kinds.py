"""The types of question of Moodle, one function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from bilik.exchange import quiz
from bilik.exchange.bodies import Blank, Blanks, Body, Choice, Matching, Number, Option, Ordering
from bilik.exchange.importers.moodle_xml.cloze import read_cloze
from bilik.exchange.importers.moodle_xml.markers import ddmarker
from bilik.exchange.importers.moodle_xml.question import Made, Question
from bilik.exchange.markup import Node
from bilik.exchange.reading import as_decimal, exact_text, free_text, whole_points


def multichoice(question: Question) -> Made | None:
    """One choice or several."""
    answers = question.answers()
    read = quiz.one_choice if question.setting("single") in ("", "true", "1") else quiz.many_choices
    body = read(answers, question.item, shuffle=question.setting("shuffleanswers") not in ("0", "false"))
    return _made(question, body, answers)


def truefalse(question: Question) -> Made | None:
    """Right or wrong, in the words of the course's language."""
    options, said = [], ""
    for node, answer in zip(question.node.all("answer"), question.answers(typed=True), strict=True):
        is_yes = answer.text.strip().lower() in ("true", "1")
        right = answer.share == quiz.FULL
        said = answer.feedback if right else said
        options.append(
            Option(question.reading.word("yes" if is_yes else "no"), right, "" if right else answer.feedback)
        )
        if not answer.text.strip():
            question.item.left("An answer without words.", line=node.line)
    if sum(option.correct for option in options) != 1 or len(options) != 2:
        question.item.left("True and false are not there once each, one of them right.")
        return None
    if said:
        question.item.changed("What was said to the right answer stands in the explanation.")
    return Made(question.text("questiontext"), Choice(options), said)


def shortanswer(question: Question) -> Made | None:
    """A word."""
    answers = question.answers(typed=True)
    return _made(question, quiz.typed(answers, question.item, strict_case=question.is_set("usecase")), answers)


def numerical(question: Question) -> Made | None:
    """A number, with units."""
    answers = question.answers(typed=True)
    body = quiz.number(answers, question.item)
    if body is not None and (units := question.node.within("unit")):
        _add_units(body, units, question)
    return _made(question, body, answers)


def _add_units(body: Number, units: list[Node], question: Question) -> None:
    """Moodle says how many of a unit the answer's own unit is; ours the other way round."""
    for unit in units:
        name, factor = unit.line_of("unit_name"), exact_text(unit.line_of("multiplier") or "1")
        if not name or factor is None or Fraction(factor) == 0:
            question.item.left(f"The unit {name!r}, whose factor is no number.", line=unit.line)
        elif Fraction(factor) == 1 and not body.unit:
            body.unit = name
        else:
            body.units[name] = as_decimal(1 / Fraction(factor))
    if not body.unit and body.units:
        question.item.left("Its units: none of them is the answer's own.")
        body.units = {}


def matching(question: Question) -> Made | None:
    """Subquestions and their answers; an answer without a question is one choice more."""
    pairs: list[tuple[str, str]] = []
    for node in question.node.all("subquestion"):
        answer = node.first("answer")
        pairs.append((question.line_of(node), question.prose.plain(_plain(answer)) if answer else ""))
    choices = list(dict.fromkeys(right for _, right in pairs if right))
    prompts = [(left, choices.index(right)) for left, right in pairs if left and right]
    if not prompts:
        question.item.left("There is nothing to match.")
        return None
    return Made(question.text("questiontext"), Matching(prompts, choices))


def _plain(node: Node) -> str:
    inner = node.first("text")
    return inner.text().strip() if inner else node.text().strip()


def essay(question: Question) -> Made | None:
    """A text that a person marks."""
    points = whole_points(question.node.line_of("defaultgrade"), lambda _: None)
    question.item.changed("A person marks it, with a rubric of one criterion that has all the points.")
    for tag, what in (("graderinfo", "Advice for graders"), ("responsetemplate", "The template of the answer")):
        if question.raw(tag).strip():
            question.item.left(f"{what}: {question.text(tag)[:200]!r}")
    if question.setting("attachments") not in ("", "0"):
        question.item.left("Files could be handed in with the text.")
    return Made(question.text("questiontext"), free_text(question.reading, points))


def ordering(question: Question) -> Made | None:
    """Answers stand in their right order."""
    items = [answer.text for answer in question.answers()]
    grading = question.setting("gradingtype").upper()
    is_all = grading in ("-1", "ALL_OR_NOTHING", "")
    if not is_all:
        question.item.changed("The rule for partial points became `pairs`: the share of pairs in the right order.")
    if question.setting("selecttype").upper() not in ("", "ALL", "0"):
        question.item.changed("All things are to be ordered, not a few of them drawn by chance.")
    return Made(question.text("questiontext"), Ordering(items, "all" if is_all else "pairs"))


def gapselect(question: Question) -> Made | None:
    """A text with [[1]] where a word of a list is chosen or dropped."""
    options = question.node.all("dragbox", "selectoption")
    texts = [quiz.plain_choice(question.prose.inline(_plain(node))) for node in options]
    groups = [node.line_of("group") or "1" for node in options]
    text = question.text("questiontext")
    blanks: list[Blank] = []

    def place(match: re.Match[str]) -> str:
        number = int(match[1])
        if not 1 <= number <= len(texts):
            return match[0]
        name = f"b{len(blanks) + 1}"
        same = [each for each, group in zip(texts, groups, strict=True) if group == groups[number - 1]]
        blanks.append(Blank(name, [texts[number - 1]], list(dict.fromkeys(same))))
        return f"[[{name}]]"

    filled = re.sub(r"\\?\[\\?\[(\d{1,3})\\?\]\\?\]", place, text)
    if not blanks:
        question.item.left("There is no place in the text for any of its words.")
        return None
    return Made(question.reading.word("fill"), Blanks(filled, blanks))


def cloze(question: Question) -> Made | None:
    """Answers stand in the text itself."""
    body = read_cloze(question)
    return Made(question.reading.word("fill"), body) if body else None


def _made(question: Question, body: Body | None, answers: list[quiz.Answer]) -> Made | None:
    if body is None:
        return None
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if (text := question.text(tag)) and len(text) > _STANDARD:
            question.item.left(f"What was said to every answer of one sort ({tag}): {text[:120]!r}")
    return Made(question.text("questiontext"), body, quiz.right_replies(answers, body))


_STANDARD = 45
"""Moodle fills these in by itself ("Your answer is correct."); only longer ones were written by somebody."""

READERS: Mapping[str, Callable[[Question], Made | None]] = {
    "multichoice": multichoice,
    "multichoiceset": multichoice,
    "truefalse": truefalse,
    "shortanswer": shortanswer,
    "numerical": numerical,
    "matching": matching,
    "ddmatch": matching,
    "essay": essay,
    "ordering": ordering,
    "gapselect": gapselect,
    "ddwtos": gapselect,
    "cloze": cloze,
    "ddmarker": ddmarker,
}
