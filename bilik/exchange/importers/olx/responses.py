"""The responses of Open edX problems, one function each: what is asked with, and what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bilik.exchange.bodies import Area, Blank, Blanks, Body, Choice, HotSpot, Number, Option, Reply, ShortText
from bilik.exchange.images import size_of
from bilik.exchange.importers.olx.tree import Tree
from bilik.exchange.markup import Node
from bilik.exchange.names import slug
from bilik.exchange.prose import Prose, one_line
from bilik.exchange.quiz import plain_choice, span
from bilik.exchange.reading import as_decimal, exact_text, texts_of
from bilik.exchange.report import Item

CONTROLS = set(
    "choicegroup checkboxgroup optioninput textline formulaequationinput responseparam additional_answer correcthint "
    "stringequalhint compoundhint choicehint radiogroup imageinput truefalsegroup regexphint numericalhint".split()
)
UNREADABLE = {
    "customresponse": "A program of the other system checks the answer.",
    "coderesponse": "A program of the other system checks the answer.",
    "jsmeresponse": "A drawing tool of the other system.",
    "schematicresponse": "A drawing tool of the other system.",
    "javascriptresponse": "A program in the page checks the answer.",
    "externalresponse": "Another server checks the answer.",
    "formularesponse": "Formulas are compared by trying values, which no kind of ours does.",
    "symbolicresponse": "Formulas are compared, which no kind of ours does.",
    "annotationresponse": "Notes on a text have no counterpart.",
    "choicetextresponse": "A choice with a field in it has no counterpart.",
    "draganddropresponse": "Dragging onto a picture has no counterpart.",
}


@dataclass
class Response:
    """One response, with everything needed to read it."""

    node: Node
    item: Item
    prose: Prose
    tree: Tree

    def inline(self, node: Node) -> str:
        """The words of an element on one line, without the hints inside it."""
        kept = [child for child in node.children if not (isinstance(child, Node) and child.tag in CONTROLS)]
        return one_line(self.prose.blocks(kept))

    def hint(self, node: Node | None) -> str:
        """The words of a hint to an answer, with its label in front."""
        if node is None:
            return ""
        text = self.prose.blocks(node.children)
        return f"**{node.get('label')}** {text}" if node.get("label") and text else text


def said_to_right(response: Node, prose: Prose) -> str:
    """What was said to right answers, for the explanation."""
    right = [
        hint
        for choice in response.within("choice", "option")
        if choice.get("correct").lower() == "true" and response.tag != "choiceresponse"
        for hint in choice.all("choicehint", "optionhint")
    ]
    return texts_of(prose.blocks(hint.children) for hint in [*right, *response.within("correcthint")])


def multiplechoice(response: Response) -> Body | None:
    """One choice."""
    choices = response.node.within("choice")
    if any(choice.get("correct").lower() == "partial" for choice in choices):
        response.item.changed("Choices that earned a part of the points count as wrong.")
    options = [
        Option(response.inline(c), c.get("correct").lower() == "true", response.hint(c.first("choicehint")))
        for c in choices
    ]
    right = sum(option.correct for option in options)
    if right != 1:
        response.item.left(f"{right or 'No'} choices are right: one choice needs exactly one.", line=response.node.line)
        return None
    group = response.node.first("choicegroup")
    return Choice(options, shuffle=bool(group and group.get("shuffle").lower() == "true"))


def choices(response: Response) -> Body | None:
    """Several choices."""
    options = []
    for choice in response.node.within("choice"):
        hints = {hint.get("selected").lower(): hint for hint in choice.all("choicehint")}
        right = choice.get("correct").lower() == "true"
        # Ours is said when the box is not as it should be.
        said = response.hint(hints.get("false" if right else "true"))
        if response.hint(hints.get("true" if right else "false")):
            response.item.left("What was said when a box was as it should be.", line=choice.line)
        options.append(Option(response.inline(choice), right, said))
    if not any(option.correct for option in options):
        response.item.left("No box is right, and several choices need at least one.", line=response.node.line)
        return None
    for hint in response.node.within("compoundhint"):
        response.item.left("What was said to a certain set of boxes.", line=hint.line)
    rule = response.node.get("partial_credit").lower()
    if rule == "halves":
        response.item.changed("Partial points by halves became `each`: every box earns its share.")
    return Choice(options, True, "each" if rule in ("edc", "halves") else "all")


def option(response: Response) -> Body | None:
    """One list to choose from, or several in a text."""
    inputs = response.node.within("optioninput")
    found = [_options(response, each) for each in inputs]
    if not found or any(options is None for options in found):
        response.item.left("The options of a list cannot be read, or none of them is right.", line=response.node.line)
        return None
    lists = [options for options in found if options is not None]
    if len(lists) == 1:
        response.item.changed("A list to unfold became choices that are all seen.")
        return Choice(lists[0])
    blanks, lines = [], []
    for number, options in enumerate(lists, 1):
        words = [plain_choice(each.text) for each in options]
        right = [plain_choice(each.text) for each in options if each.correct]
        blanks.append(Blank(f"b{number}", right, list(dict.fromkeys(words))))
        lines.append(f"{number}. [[b{number}]]")
    return Blanks("\n".join(lines), blanks)


def _options(response: Response, node: Node) -> list[Option] | None:
    if rows := node.all("option"):
        options = [
            Option(response.inline(_without(row, "optionhint")), row.get("correct").lower() == "true",
                   response.hint(row.first("optionhint")))
            for row in rows
        ]  # fmt: skip
    else:
        words = [
            first or second
            for first, second in re.findall(r"'((?:\\.|[^'\\])*)'|\"((?:\\.|[^\"\\])*)\"", node.get("options"))
        ]
        words = words or [word.strip() for word in node.get("options").strip("()").split(",") if word.strip()]
        options = [
            Option(response.prose.plain(re.sub(r"\\(.)", r"\1", word)), word == node.get("correct")) for word in words
        ]
    return options if sum(each.correct for each in options) == 1 else None


def _without(node: Node, tag: str) -> Node:
    return Node(
        node.tag, node.attributes, [c for c in node.children if not (isinstance(c, Node) and c.tag == tag)], node.line
    )


def number(response: Response) -> Body | None:
    """A number with a tolerance, or a range."""
    text = response.node.get("answer")
    if match := re.fullmatch(r"\s*[\[(]\s*([^,]+),\s*([^\])]+)[\])]\s*", text):
        found = span(match[1], match[2])
        if text.strip()[0] == "(" or text.strip()[-1] == ")":
            response.item.changed("The ends of its range count as right now.", line=response.node.line)
        if found:
            return Number(found[0], absolute=found[1])
    value = exact_text(text)
    if value is None:
        response.item.left(f"The answer {text!r} is not a plain number.", line=response.node.line)
        return None
    body = Number(value)
    _add_tolerance(body, response)
    if others := [each.get("answer") for each in response.node.all("additional_answer")]:
        response.item.left(
            f"Further right numbers, {', '.join(others)}: there is one right number.", line=response.node.line
        )
    return body


def _add_tolerance(body: Number, response: Response) -> None:
    for parameter in response.node.within("responseparam"):
        text = parameter.get("default")
        if parameter.get("type") not in ("", "tolerance") or not text:
            continue
        value = exact_text(text.rstrip("%"))
        if value is None:
            response.item.left(f"The tolerance {text!r}, which is not a plain number.", line=parameter.line)
        elif text.endswith("%"):
            body.relative = as_decimal(abs(Fraction(value)) / 100)
        else:
            body.absolute = value.lstrip("-")


def string(response: Response) -> Body | None:
    """A word."""
    node = response.node
    kinds = node.get("type").lower().split()
    answers = [
        node.get("answer"),
        *(each.get("answer") or each.text().strip() for each in node.all("additional_answer")),
    ]
    answers += [part for part in node.get("_or_").split("_or_") if part]
    if "regexp" in kinds:
        plain = [re.sub(r"^\^|\$$", "", answer) for answer in answers]
        if any(re.search(r"[\\^$.*+?{}\[\]|()]", answer) for answer in plain):
            response.item.left(
                "The answer is a pattern (regexp), and short texts are compared as they are.", line=node.line
            )
            return None
        answers = plain
    answers = [answer for answer in dict.fromkeys(answers) if answer.strip()]
    if not answers:
        response.item.left("There is no answer that is right.", line=node.line)
        return None
    replies = [
        Reply(hint.get("answer"), response.hint(hint)) for hint in node.all("stringequalhint") if response.hint(hint)
    ]
    return ShortText(answers, ("case", "spaces") if "ci" in kinds else ("spaces",), replies)


def image(response: Response) -> Body | None:
    """A rectangle in a picture."""
    found = response.node.within("imageinput")
    regions = [region for each in found for region in each.get("rectangle").split(";") if region.strip()]
    if len(found) != 1 or len(regions) != 1 or found[0].get("regions"):
        response.item.left("Several places are right alone, or a place is not a rectangle.", line=response.node.line)
        return None
    numbers = [int(each) for each in re.findall(r"\d{1,5}", regions[0])]
    name = response.tree.static(found[0].get("src"))
    picture = response.tree.reading.package.read(name) if name else b""
    sizes = [int(found[0].get(key)) for key in ("width", "height") if re.fullmatch(r"\d{1,4}", found[0].get(key))]
    size = (sizes[0], sizes[1]) if len(sizes) == 2 else size_of(picture)
    if len(numbers) != 4 or name is None or size is None:
        response.item.left(
            "Its picture is not in the package, or its rectangle cannot be read.", line=response.node.line
        )
        return None
    left, top = min(numbers[0], numbers[2]), min(numbers[1], numbers[3])
    area = Area("rect", [left, top, abs(numbers[2] - numbers[0]), abs(numbers[3] - numbers[1])], True)
    stem, _, ending = name.rpartition("/")[2].rpartition(".")
    alt = found[0].get("alt") or response.item.title
    return HotSpot(f"{slug(stem, 'picture')}.{ending.lower()}", picture, size, alt, [area])


READERS: Mapping[str, Callable[[Response], Body | None]] = {
    "multiplechoiceresponse": multiplechoice,
    "choiceresponse": choices,
    "truefalseresponse": choices,
    "optionresponse": option,
    "numericalresponse": number,
    "stringresponse": string,
    "imageresponse": image,
}
