"""The interactions of QTI, one function each: what is asked with, and what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from bilik.exchange.bodies import Area, Body, Choice, HotSpot, Matching, Number, Option, Ordering, ShortText
from bilik.exchange.images import size_of
from bilik.exchange.importers.qti.item import Declaration, Question
from bilik.exchange.markup import Node
from bilik.exchange.names import slug
from bilik.exchange.reading import exact_text, free_text

UNREADABLE = {
    "graphicOrderInteraction": "Ordering places of a picture has no counterpart.",
    "graphicAssociateInteraction": "Joining places of a picture has no counterpart.",
    "graphicGapMatchInteraction": "Dragging onto places of a picture has no counterpart.",
    "positionObjectInteraction": "Placing an object on a picture has no counterpart.",
    "positionObjectStage": "Placing an object on a picture has no counterpart.",
    "drawingInteraction": "Drawing has no counterpart.",
    "mediaInteraction": "Playing a sound or film is no answer that can be graded.",
    "customInteraction": "A program in the page asks the question.",
    "portableCustomInteraction": "A program in the page asks the question.",
    "endAttemptInteraction": "A button that asks for a hint or ends the attempt.",
    "uploadInteraction": "A file is handed in: write it as a project with a rubric.",
}


def right_values(declaration: Declaration, how: str) -> list[str]:
    """The identifiers or texts that are right: those declared, or those that the mapping gives points to."""
    if declaration.correct:
        return declaration.correct
    if how == "map" and declaration.mapping:
        best = max(declaration.mapping.values())
        if declaration.cardinality == "single":
            return [name for name, share in declaration.mapping.items() if share == best and share > 0]
        return [name for name, share in declaration.mapping.items() if share > 0]
    return []


def choice(question: Question) -> Body | None:
    """One choice or several."""
    return _choose(question, question.interaction.within("simpleChoice"))


def hottext(question: Question) -> Body | None:
    """Words of a text, as choices below it."""
    question.item.changed("Words that were to be marked in the text are choices below it.")
    return _choose(question, question.interaction.within("hottext"))


def _choose(question: Question, nodes: list[Node]) -> Body | None:
    declaration, item = question.declaration, question.item
    right = set(right_values(declaration, question.rule.how))
    several = declaration.cardinality == "multiple" or len(right) > 1
    options = [Option(question.inline(n), n.get("identifier") in right, question.feedback(n)) for n in nodes]
    for node, option in zip(nodes, options, strict=True):
        option.text = option.text or node.get("identifier")
        if option.correct and option.feedback:
            item.changed("What was said to right answers stands in the explanation.")
            question.said.append(option.feedback)
            option.feedback = ""
    found = sum(option.correct for option in options)
    if not found:
        item.left("No choice is right: it says none, or it is a survey.", line=declaration.line)
        return None
    shuffle = question.interaction.get("shuffle").lower() == "true"
    if shuffle and any(node.get("fixed").lower() == "true" for node in nodes):
        item.changed("Choices with a fixed place are not shuffled with the others; now none is.")
        shuffle = False
    if not several:
        _note_shares(question, right)
        return Choice(options, shuffle=shuffle)
    return Choice(options, True, _credit(question, right, nodes), shuffle)


def _note_shares(question: Question, right: set[str]) -> None:
    shares = question.declaration.mapping
    if question.rule.how == "map" and any(shares[name] > 0 for name in shares.keys() - right):
        question.item.changed("Answers that earned a part of the points count as wrong.")


def _credit(question: Question, right: set[str], nodes: list[Node]) -> str:
    """The rule for partial points. "minus" is what a mapping with equal shares and equal deductions means."""
    if question.rule.how != "map" or not question.declaration.mapping:
        return "all"
    shares = question.declaration.mapping
    names = {node.get("identifier") for node in nodes}
    gains = {shares.get(name, question.declaration.default) for name in right}
    losses = {shares.get(name, question.declaration.default) for name in names - right}
    if len(gains) != 1 or (losses and losses != {-next(iter(gains))}):
        question.item.changed("Points by choice became the rule `minus`: right ticks less wrong ticks.")
    return "minus"


def order(question: Question) -> Body | None:
    """Things in their right order."""
    words = {node.get("identifier"): question.inline(node) for node in question.interaction.within("simpleChoice")}
    right = [name for name in question.declaration.correct if name in words]
    if len(right) < 2:
        question.item.left("It does not say which order is right.", line=question.declaration.line)
        return None
    if len(right) < len(words):
        question.item.left(f"Only {len(right)} of {len(words)} things belong in the order, and ours takes all.")
        return None
    return Ordering([words[name] for name in right])


def match(question: Question) -> Body | None:
    """Two sets: each of one belongs to one of the other."""
    sets = question.interaction.all("simpleMatchSet")
    if len(sets) != 2:
        question.item.left("It has not two sets to match.")
        return None
    words = [
        {node.get("identifier"): question.inline(node) for node in each.within("simpleAssociableChoice")}
        for each in sets
    ]
    pairs = _pairs(question)
    first, second = words
    pairs = [(a, b) if a in first else (b, a) for a, b in pairs]
    pairs = [(a, b) for a, b in pairs if a in first and b in second]
    if len({a for a, _ in pairs}) < len(pairs):
        # One prompt has several partners: perhaps each partner has only one prompt.
        if len({b for _, b in pairs}) < len(pairs):
            question.item.left(
                "Some belong to several of the other set, in both directions.", line=question.declaration.line
            )
            return None
        question.item.changed("The two sets changed places: each prompt has one partner now.")
        first, second, pairs = second, first, [(b, a) for a, b in pairs]
    return _matching(question, first, second, pairs)


def _matching(
    question: Question, first: Mapping[str, str], second: Mapping[str, str], pairs: list[tuple[str, str]]
) -> Body | None:
    if not pairs:
        question.item.left("It does not say which belong together.", line=question.declaration.line)
        return None
    if without := [first[name] for name in first if name not in {a for a, _ in pairs}]:
        question.item.left(f"{len(without)} that belong to nothing: {', '.join(without)[:120]}.")
    names = list(second)
    if question.rule.how == "map" and len({question.declaration.mapping.get(f"{a} {b}") for a, b in pairs}) > 1:
        question.item.changed("Pairs had different points; now each counts the same.")
    prompts = [(first[a] or a, names.index(b)) for a, b in pairs]
    return Matching(prompts, [second[name] or name for name in names], "each" if question.rule.how == "map" else "all")


def _pairs(question: Question) -> list[tuple[str, str]]:
    values = right_values(question.declaration, question.rule.how)
    return [(parts[0], parts[1]) for parts in (value.split() for value in values) if len(parts) == 2]


def associate(question: Question) -> Body | None:
    """Pairs of one set, when each is in one pair only."""
    words = {n.get("identifier"): question.inline(n) for n in question.interaction.within("simpleAssociableChoice")}
    pairs = [(a, b) for a, b in _pairs(question) if a in words and b in words]
    if len({name for pair in pairs for name in pair}) < 2 * len(pairs):
        question.item.left(
            "Some are in several pairs, and ours has one partner for each.", line=question.declaration.line
        )
        return None
    question.item.changed("Pairs of one set became prompts and their partners.")
    starts = {a for a, _ in pairs}
    return _matching(
        question, {a: words[a] for a, _ in pairs}, {name: words[name] for name in words if name not in starts}, pairs
    )


def text_entry(question: Question) -> Body | None:
    """A word or a number that is all there is to answer."""
    declaration, item = question.declaration, question.item
    right = right_values(declaration, question.rule.how)
    if not right:
        item.left("It does not say what is right.", line=declaration.line)
        return None
    others = [name for name, share in declaration.mapping.items() if share > 0 and name not in right]
    if declaration.base in ("integer", "float") and (value := exact_text(right[0])) is not None:
        tolerance = _tolerance(question)
        if len(set(right + others)) > 1:
            item.changed("Further answers with points: there is one right number.")
        return Number(value, absolute=tolerance[0], relative=tolerance[1])
    full = [name for name in others if declaration.mapping[name] == max(declaration.mapping.values())]
    if len(full) < len(others):
        item.changed("Answers that earned a part of the points count as wrong.")
    sensitive = declaration.is_case_sensitive and bool(declaration.mapping or question.rule.how == "match")
    return ShortText(list(dict.fromkeys(right + full)), ("spaces",) if sensitive else ("case", "spaces"))


def _tolerance(question: Question) -> tuple[str, str]:
    """The absolute and relative tolerance that the scoring itself names."""
    for equal in question.node.within("equal"):
        numbers = [exact_text(each) for each in equal.get("tolerance").split()]
        if numbers and numbers[0] is not None:
            if equal.get("toleranceMode") == "relative":
                return "", str(Fraction(numbers[0]) / 100)
            return numbers[0], ""
    return "", ""


def extended_text(question: Question) -> Body | None:
    """A text that a person marks."""
    points = _points(question)
    question.item.changed("A person marks it, with a rubric of one criterion that has all the points.")
    lines = question.interaction.get("expectedLength")
    longest = int(lines) * 2 if re.fullmatch(r"[1-9]\d{1,4}", lines) else 4_000
    return free_text(question.reading, points, longest=max(500, min(20_000, longest)))


def _points(question: Question) -> int:
    for node in question.node.all("outcomeDeclaration"):
        if node.get("identifier") in ("SCORE", "MAXSCORE") and node.get("normalMaximum"):
            found = exact_text(node.get("normalMaximum"))
            return max(1, min(100, round(Fraction(found)))) if found else 1
    return 1


def slider(question: Question) -> Body | None:
    """A number, typed instead of drawn."""
    value = exact_text(question.declaration.correct[0]) if question.declaration.correct else None
    if value is None:
        question.item.left("It does not say which number is right.", line=question.declaration.line)
        return None
    low, high = question.interaction.get("lowerBound"), question.interaction.get("upperBound")
    question.item.changed(f"A slider from {low} to {high} became a number that is typed.")
    return Number(value)


def hotspot(question: Question) -> Body | None:
    """Places of a picture that are named, or points that are mapped to areas."""
    node, item = question.interaction, question.item
    picture = next((each for each in node.nodes if each.tag in ("object", "img", "picture")), None)
    address = (picture.get("data") or picture.get("src")) if picture else ""
    content = question.find(address) if address else None
    width, height = (picture.get("width"), picture.get("height")) if picture else ("", "")
    size = (int(width), int(height)) if re.fullmatch(r"\d{1,4}", width) and re.fullmatch(r"\d{1,4}", height) else None
    size = size or size_of(content or b"")
    if content is None or size is None:
        item.left("Its picture is not in the package, or its size cannot be read.", line=node.line)
        return None
    right = set(question.declaration.correct) or set(right_values(question.declaration, question.rule.how))
    if node.tag == "hotspotInteraction":
        pairs = [(each, each.get("identifier") in right) for each in node.within("hotspotChoice")]
    else:
        pairs = [(each, fraction_of(each) > 0) for each in question.declaration.areas]
    areas = [area for each, is_right in pairs if (area := _area(each, is_right, question))]
    if not any(area.correct for area in areas):
        item.left("It does not say which place is right.", line=question.declaration.line)
        return None
    stem, _, ending = address.rpartition("/")[2].rpartition(".")
    alt = (picture.get("alt") or " ".join(picture.text().split())) if picture else ""
    if not alt:
        item.changed("The picture has no words for those who do not see it: write them in `::: alt`.")
    return HotSpot(f"{slug(stem, 'picture')}.{ending.lower()}", content, size, alt or item.title or "…", areas)


def fraction_of(node: Node) -> Fraction:
    """The points that an area is worth."""
    found = exact_text(node.get("mappedValue"))
    return Fraction(found) if found else Fraction(0)


def _area(node: Node, is_right: bool, question: Question) -> Area | None:
    numbers = [round(float(each)) for each in re.findall(r"\d{1,6}(?:\.\d{1,6})?", node.get("coords"))[:200]]
    shape = node.get("shape")
    if shape == "circle" and len(numbers) == 3:
        return Area("circle", numbers, is_right)
    if shape == "rect" and len(numbers) == 4:
        x, y = min(numbers[0], numbers[2]), min(numbers[1], numbers[3])
        return Area("rect", [x, y, abs(numbers[2] - numbers[0]), abs(numbers[3] - numbers[1])], is_right)
    if shape in ("poly", "polygon") and len(numbers) >= 6 and len(numbers) % 2 == 0:
        if numbers[:2] == numbers[-2:] and len(numbers) > 6:
            numbers = numbers[:-2]
        return Area("polygon", numbers, is_right)
    if shape == "ellipse" and len(numbers) == 4:
        question.item.changed("An ellipse became the rectangle around it.")
        x, y, across, down = numbers
        return Area("rect", [max(0, x - across), max(0, y - down), 2 * across, 2 * down], is_right)
    question.item.left(f"A place of the shape {shape!r}.", line=node.line)
    return None


READERS: Mapping[str, Callable[[Question], Body | None]] = {
    "choiceInteraction": choice,
    "hottextInteraction": hottext,
    "orderInteraction": order,
    "matchInteraction": match,
    "associateInteraction": associate,
    "textEntryInteraction": text_entry,
    "extendedTextInteraction": extended_text,
    "sliderInteraction": slider,
    "hotspotInteraction": hotspot,
    "selectPointInteraction": hotspot,
}
