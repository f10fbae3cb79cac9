"""An assessment item of QTI 2.1, 2.2 or 3.0 as one form: names of 2.x, declarations by identifier, the scoring rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from bilik.exchange.markup import Node
from bilik.exchange.prose import Prose, one_line
from bilik.exchange.reading import Reading
from bilik.exchange.report import Item

_TEMPLATES = {
    "match_correct": "match", "cc2_match_basic": "match", "cc2_match": "match", "map_response": "map",
    "cc2_map_response": "map", "map_response_point": "map",
}  # fmt: skip
_SIMPLE = set(
    "responseProcessing responseCondition responseIf responseElseIf responseElse match variable correct baseValue "
    "setOutcomeValue mapResponse mapResponsePoint sum isNull not and or equal stringMatch multiple exitResponse gte lt "
    "lte gt default product subtract divide null".split()
)


def normal(node: Node) -> Node:
    """The same tree with the names of 2.x: `qti-choice-interaction` is `choiceInteraction`."""
    if node.tag.startswith("qti-"):
        node.tag = _camel(node.tag.removeprefix("qti-"))
        node.attributes = {
            name if name.startswith("data-") or name in ("class", "id") else _camel(name): value
            for name, value in node.attributes.items()
        }
    for child in node.nodes:
        normal(child)
    return node


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part.capitalize() for part in rest)


@dataclass
class Declaration:
    """What is right for one interaction: values, and shares by value."""

    cardinality: str = "single"
    base: str = ""
    correct: list[str] = field(default_factory=list)
    mapping: dict[str, Fraction] = field(default_factory=dict)
    default: Fraction = Fraction(0)
    is_case_sensitive: bool = True
    areas: list[Node] = field(default_factory=list)
    line: int = 0


def declarations(item: Node) -> dict[str, Declaration]:
    """The response declarations of an item by their identifier."""
    found = {}
    for node in item.all("responseDeclaration"):
        correct, mapping, areas = node.first("correctResponse"), node.first("mapping"), node.first("areaMapping")
        entries = mapping.all("mapEntry") if mapping else []
        found[node.get("identifier")] = Declaration(
            node.get("cardinality") or "single",
            node.get("baseType"),
            [" ".join(value.text().split()) for value in (correct.all("value") if correct else [])],
            {entry.get("mapKey"): fraction(entry.get("mappedValue")) for entry in entries},
            fraction(mapping.get("defaultValue")) if mapping else Fraction(0),
            not any(entry.get("caseSensitive") == "false" for entry in entries),
            areas.all("areaMapEntry") if areas else [],
            node.line,
        )
    return found


def fraction(text: str) -> Fraction:
    """A number of a declaration, 0 when it is none."""
    try:
        return Fraction(text.strip() or "0")
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


@dataclass
class Rule:
    """How an item is scored: "match", "map" or "" when the rule is of another sort; then `why` says which."""

    how: str
    why: str = ""


def rule_of(item: Node, declared: dict[str, Declaration], note: Item) -> Rule:
    """The scoring rule of an item, read from the template it names or from its own simple conditions."""
    processing = item.first("responseProcessing")
    if processing is None or not (processing.nodes or processing.get("template")):
        if any(each.correct or each.mapping for each in declared.values()):
            note.changed("It says what is right but not how to score it: the right answer has all the points.")
            return Rule("map" if any(each.mapping for each in declared.values()) else "match")
        return Rule("none")
    if template := processing.get("template") or processing.get("templateLocation"):
        name = re.sub(r"\.xml$", "", template.rstrip("/").rpartition("/")[2].lower())
        if name in _TEMPLATES:
            return Rule(_TEMPLATES[name])
        return Rule("", f"The scoring template {template!r} is not known.")
    return _own_rule(processing, declared)


def _own_rule(processing: Node, declared: dict[str, Declaration]) -> Rule:
    strange = [node for node in processing.walk() if node.tag not in _SIMPLE]
    if strange:
        return Rule("", f"Its scoring uses <{strange[0].tag}> (line {strange[0].line}), which no rule of ours has.")
    if processing.within("mapResponse", "mapResponsePoint"):
        return Rule("map")
    scored = processing.within("correct")
    if scored:
        return Rule("match")
    compared = _compared(processing)
    if compared and not any(each.correct for each in declared.values()):
        for name, value in compared.items():
            if name in declared:
                declared[name].correct = [value]
        return Rule("match")
    return (
        Rule("match")
        if any(each.correct for each in declared.values())
        else Rule("", "Its scoring names no right answer.")
    )


def _compared(processing: Node) -> dict[str, str]:
    """Right values that stand in the conditions: match(variable, baseValue) and then points."""
    found: dict[str, str] = {}
    for condition in processing.within("responseIf"):
        scores = [
            fraction(value.text()) for each in condition.all("setOutcomeValue") for value in each.within("baseValue")
        ]
        if not any(score > 0 for score in scores):
            continue
        for match in condition.within("match", "stringMatch", "equal"):
            variable, value = match.first("variable"), match.first("baseValue")
            if variable and value:
                found.setdefault(variable.get("identifier"), " ".join(value.text().split()))
    return found


@dataclass
class Question:
    """One item being read: its interaction, what is right, and how it is scored."""

    node: Node
    interaction: Node
    declared: dict[str, Declaration]
    rule: Rule
    item: Item
    prose: Prose
    reading: Reading
    find: Callable[[str], bytes | None]
    said: list[str] = field(default_factory=list)
    """What is said to right answers, for the explanation."""

    @property
    def declaration(self) -> Declaration:
        return self.declared.get(self.interaction.get("responseIdentifier"), Declaration())

    def inline(self, node: Node) -> str:
        """The words of an element on one line, without the feedback inside it."""
        kept = [c for c in node.children if not (isinstance(c, Node) and c.tag in ("feedbackInline", "feedbackBlock"))]
        return one_line(self.prose.blocks(kept))

    def feedback(self, node: Node) -> str:
        """What is said inside a choice, or in a window of its own, when it was chosen."""
        name = node.get("identifier")
        inside = [each for each in node.within("feedbackInline", "feedbackBlock") if each.get("showHide") != "hide"]
        apart = [each for each in self.node.all("modalFeedback") if each.get("identifier") == name]
        said = (self.prose.blocks(_content(each)) for each in [*inside, *apart])
        return "\n\n".join(text for text in said if text)


def _content(node: Node) -> list[Node | str]:
    body = node.first("contentBody")
    return body.children if body else node.children
