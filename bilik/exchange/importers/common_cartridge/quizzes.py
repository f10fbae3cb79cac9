"""Quizzes of QTI 1.2 as cartridges hold them: items with a profile, material, responses and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bilik.exchange import quiz
from bilik.exchange.bodies import Body
from bilik.exchange.errors import BrokenMarkup
from bilik.exchange.markup import Node, read_xml
from bilik.exchange.model import Exercise, Text
from bilik.exchange.pictures import Find, Pictures
from bilik.exchange.prose import Prose, one_line, plain_words
from bilik.exchange.reading import Reading, free_text, texts_of, whole_points
from bilik.exchange.report import Item


@dataclass
class _Question:
    """One item being read."""

    node: Node
    item: Item
    prose: Prose
    reading: Reading

    def words(self, node: Node) -> str:
        """The Markdown of the material inside an element."""
        parts = []
        for each in node.walk():
            if each.tag == "mattext":
                plain = each.get("texttype") in ("text/plain", "") and "<" not in each.text()
                parts.append(self.prose.plain(each.text()) if plain else self.prose.html(each.text(), line=each.line))
            elif each.tag == "matimage":
                parts.append(self.prose.picture(each.get("uri"), each.get("label"), line=each.line))
        return texts_of(parts)

    def field(self, name: str) -> str:
        """A field of the item's metadata."""
        for each in self.node.within("qtimetadatafield"):
            if each.line_of("fieldlabel") == name:
                return each.line_of("fieldentry")
        return ""

    def feedback(self, name: str) -> str:
        """The words of a feedback by its name."""
        found = [each for each in self.node.all("itemfeedback") if each.get("ident") == name]
        return texts_of(self.words(each) for each in found)


def read_quiz(reading: Reading, file: str, title: str, find: Find, *, is_nested: bool) -> list[Text | Exercise]:
    """The exercises of one file of QTI 1.2, with its title above them when it stands among other things."""
    try:
        root = read_xml(reading.package.read(file))
    except (BrokenMarkup, KeyError) as error:
        line = error.line if isinstance(error, BrokenMarkup) else 0
        reading.report.leave("quiz", title or file, file, f"The file is not there or {error}.", line=line)
        return []
    assessment = next((node for node in root.walk() if node.tag in ("assessment", "objectbank")), root)
    name = title or assessment.get("title")
    pieces: list[Text | Exercise] = []
    for node in root.within("item"):
        pieces += _exercise(node, file, reading, find)
    for rule in root.within("selection_ordering"):
        if rule.within("selection_number"):
            reading.report.leave(
                "selection", name, file, "A part of the questions is drawn by chance; all are there.", line=rule.line
            )
    if pieces and is_nested and name:
        pieces.insert(0, Text(f"## {quiz.plain_choice(name)}"))
    return pieces


def _exercise(node: Node, file: str, reading: Reading, find: Find) -> Iterator[Exercise]:
    item = reading.report.item("question", node.get("title") or node.get("ident"), file, node.line)
    pictures = Pictures(find)
    question = _Question(node, item, Prose(item, pictures, 3), reading)
    presentation = node.first("presentation")
    profile = question.field("cc_profile") or question.field("question_type")
    item.kind = re.sub(r"\.v\d+p\d+$", "", profile.removeprefix("cc.")) or "question"
    if presentation is None:
        item.left("It shows nothing.")
        return
    made = _body(question, presentation)
    if made is None:
        return
    body, said = made
    task = texts_of(question.words(each) for each in _asked(presentation))
    general = [each for each in ("general_fb", "solution") if question.feedback(each)]
    correct = [name for name in ("correct_fb",) if question.feedback(name)]
    yield Exercise(
        title=node.get("title") or plain_words(task) or reading.word("question", number=len(reading.report.items)),
        task=task,
        body=body,
        item=item,
        hints=[
            words
            for each in node.all("itemfeedback")
            for hint in each.within("hint")
            if (words := question.words(hint))
        ],
        explanation=texts_of([said, *(question.feedback(name) for name in [*correct, *general])]),
        points=whole_points(question.field("points_possible") or question.field("cc_weighting") or "1", item.changed),
        pictures=pictures.taken,
    )


def _asked(presentation: Node) -> list[Node]:
    """The material that asks: what stands outside of the answers."""
    found: list[Node] = []

    def walk(node: Node) -> None:
        for child in node.nodes:
            if child.tag == "material":
                found.append(child)
            elif child.tag not in ("render_choice", "render_fib"):
                walk(child)

    walk(presentation)
    return found


def _body(question: _Question, presentation: Node) -> tuple[Body, str] | None:
    item = question.item
    lists, fields = presentation.within("response_lid"), presentation.within("response_str", "response_num")
    if len(lists) + len(fields) != 1:
        if not lists and not fields:
            item.left("It asks for nothing.")
        else:
            item.left(f"It asks {len(lists) + len(fields)} things at once: make a question of each.")
        return None
    rules = list(_conditions(question))
    if lists:
        return _choices(question, lists[0], rules)
    if "essay" in item.kind or not any(rule.gains for rule in rules):
        item.changed("A person marks it, with a rubric of one criterion that has all the points.")
        points = whole_points(question.field("points_possible") or "1", lambda _: None)
        return free_text(question.reading, points), ""
    return _typed(question, rules)


@dataclass(frozen=True)
class _Rule:
    """One condition: the values that must be given, those that must not, other tests, the gain, and what is said."""

    values: tuple[str, ...]
    without: tuple[str, ...]
    others: tuple[Node, ...]
    gains: Fraction
    said: str


def _conditions(question: _Question) -> Iterator[_Rule]:
    for node in question.node.within("respcondition"):
        test = node.first("conditionvar")
        if test is None:
            continue
        negated = [value for each in test.within("not") for value in each.within("varequal")]
        values = tuple(v.text().strip() for v in test.within("varequal") if not any(v is n for n in negated))
        others = tuple(test.within("varsubstring", "vargte", "varlte", "vargt", "varlt", "other"))
        gains = Fraction(0)
        for each in node.all("setvar"):
            share = quiz.share_of(each.text())
            gains += share if each.get("action") != "Subtract" else -share
        names = [each.get("linkrefid") for each in node.all("displayfeedback")]
        said = texts_of(
            question.feedback(name)
            for name in names
            if name not in ("correct_fb", "general_fb", "general_incorrect_fb")
        )
        yield _Rule(values, tuple(n.text().strip() for n in negated), others, gains, said)


def _choices(question: _Question, node: Node, rules: list[_Rule]) -> tuple[Body, str] | None:
    labels = node.within("response_label")
    is_single = node.get("rcardinality").lower() != "multiple"
    right: set[str] = set()
    for rule in rules:
        if rule.gains > 0 and rule.values:
            right |= set(rule.values)
    shares = {rule.values[0]: rule.gains for rule in rules if len(rule.values) == 1 and rule.gains}
    answers = []
    for label in labels:
        name = label.get("ident")
        said = texts_of(rule.said for rule in rules if rule.values == (name,))
        full = quiz.FULL if name in right else Fraction(0)
        share = shares.get(name, full) if is_single else full / max(1, len(right))
        answers.append(quiz.Answer(one_line(question.words(label)) or name, share, said))
    if is_single:
        body = quiz.one_choice(answers, question.item)
        return (body, quiz.right_replies(answers, body)) if body else None
    return _several(question, answers, rules, right)


def _several(
    question: _Question, answers: list[quiz.Answer], rules: list[_Rule], right: set[str]
) -> tuple[Body, str] | None:
    if not right:
        question.item.left("No box is right, and several choices need at least one.")
        return None
    added = sum(rule.gains > 0 for rule in rules) > 1
    if added:
        question.item.changed("Points by choice became the rule `minus`: right ticks less wrong ticks.")
    body = quiz.several(answers, question.item, "minus" if added else "all")
    return body, quiz.right_replies(answers, body)


def _typed(question: _Question, rules: list[_Rule]) -> tuple[Body, str] | None:
    item, answers = question.item, []
    for rule in rules:
        for node in rule.others:
            if node.tag in ("varsubstring",):
                item.left(
                    f"Answers that only contain {node.text().strip()!r}: short texts are compared whole.",
                    line=node.line,
                )
        answers += [quiz.Answer(value.replace("*", r"\*"), rule.gains, rule.said) for value in rule.values]
    if "numerical" in item.kind:
        return _number(question, rules, answers)
    sensitive = any(each.get("case").lower() == "yes" for each in question.node.within("varequal"))
    body = quiz.typed(answers, item, strict_case=sensitive)
    return (body, quiz.right_replies(answers, body)) if body else None


def _number(question: _Question, rules: list[_Rule], answers: list[quiz.Answer]) -> tuple[Body, str] | None:
    """A number: an exact value, or a range between two bounds."""
    for rule in rules:
        bounds = {node.tag: node.text().strip() for node in rule.others}
        low, high = bounds.get("vargte") or bounds.get("vargt"), bounds.get("varlte") or bounds.get("varlt")
        if rule.gains > 0 and low and high and (found := quiz.span(low, high)):
            answers.insert(0, quiz.Answer(found[0], rule.gains, rule.said, found[1]))
            break
    else:
        answers = list(answers)
    one = [answer for answer in answers if answer.share > 0][:1]
    body = quiz.number([*one, *(answer for answer in answers if answer.share <= 0)], question.item)
    return (body, quiz.right_replies(one, body)) if body else None
