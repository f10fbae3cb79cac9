"""Items whose answers stand in the text: words to type, to choose, or to drag into gaps. All become blanks."""

from __future__ import annotations

from bilik.exchange import quiz
from bilik.exchange.bodies import Blank, Blanks
from bilik.exchange.importers.qti.interactions import right_values
from bilik.exchange.importers.qti.item import Declaration, Question
from bilik.exchange.markup import Node
from bilik.exchange.reading import exact_text

INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
_MARK = "BilikPlace{}x"


def read_gaps(question: Question, body: Node, found: list[Node]) -> Blanks | None:
    """The item body with blanks for its inline interactions; None, with the reason noted."""
    blanks: list[Blank] = []
    marks: dict[int, str] = {}
    for number, node in enumerate(found, 1):
        declaration = question.declared.get(node.get("responseIdentifier"), Declaration())
        blank = _blank(f"b{number}", node, declaration, question)
        if blank is None:
            return None
        blanks.append(blank)
        marks[id(node)] = _MARK.format(number)
    return _filled(question, body, blanks, marks)


def _filled(question: Question, body: Node, blanks: list[Blank], marks: dict[int, str]) -> Blanks:
    text = quiz.guard_places(question.prose.blocks(_marked(body, marks).children))
    for number, blank in enumerate(blanks, 1):
        text = text.replace(_MARK.format(number), f"[[{blank.name}]]")
    if question.rule.how == "match" and len(blanks) > 1:
        return Blanks(text, blanks, "all" if len(question.declared) == 1 else "each")
    return Blanks(text, blanks)


def _marked(node: Node, marks: dict[int, str]) -> Node:
    """The same tree with a mark in the place of each gap, also inside programs, whose text is taken as it is."""
    children: list[Node | str] = []
    for child in node.children:
        made = child if isinstance(child, str) else marks.get(id(child)) or _marked(child, marks)
        if isinstance(made, str) and children and isinstance(children[-1], str):
            children[-1] += made
        else:
            children.append(made)
    return Node(node.tag, node.attributes, children, node.line)


def _blank(name: str, node: Node, declaration: Declaration, question: Question) -> Blank | None:
    right = right_values(declaration, question.rule.how)
    if not right:
        question.item.left("It does not say what is right in one of its blanks.", line=declaration.line or node.line)
        return None
    if node.tag == "inlineChoiceInteraction":
        words = {
            each.get("identifier"): quiz.plain_choice(question.inline(each)) for each in node.within("inlineChoice")
        }
        answers = [words[value] for value in right if value in words]
        return Blank(name, answers, list(dict.fromkeys(words.values())))
    if declaration.base in ("integer", "float") and (value := exact_text(right[0])) is not None:
        return Blank(name, number=value)
    full = max(declaration.mapping.values(), default=quiz.FULL)
    others = [key for key, share in declaration.mapping.items() if share == full and key not in right]
    ignore = ("spaces",) if declaration.is_case_sensitive else ("case", "spaces")
    return Blank(name, [*right, *others], ignore=ignore)


def read_gap_match(question: Question) -> Blanks | None:
    """Words dragged into gaps of a text: each gap is a list of all the words."""
    node = question.interaction
    words = {each.get("identifier"): quiz.plain_choice(question.inline(each)) for each in node.within("gapText")}
    if node.within("gapImg"):
        question.item.left("Pictures are dragged into the gaps.", line=node.line)
        return None
    pairs = [value.split() for value in right_values(question.declaration, question.rule.how)]
    wanted = {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and pair[0] in words}
    blanks: list[Blank] = []
    marks: dict[int, str] = {}
    for gap in node.within("gap"):
        if gap.get("identifier") not in wanted:
            question.item.changed("A gap that may stay empty is not asked for.", line=gap.line)
            marks[id(gap)] = "…"
            continue
        answer = words[wanted[gap.get("identifier")]]
        blanks.append(Blank(f"b{len(blanks) + 1}", [answer], list(dict.fromkeys(words.values()))))
        marks[id(gap)] = _MARK.format(len(blanks))
    if not blanks:
        question.item.left("It does not say what is right in its gaps.", line=question.declaration.line)
        return None
    body = Node(
        "", {}, [c for c in node.children if not (isinstance(c, Node) and c.tag in ("gapText", "prompt"))], node.line
    )
    question.item.changed("Words are chosen from a list in each gap instead of being dragged.")
    return _filled(question, body, blanks, marks)
