"""Several fields in one text of Open edX: lists, words and numbers that become blanks of one exercise."""

from __future__ import annotations

from bilik.exchange import quiz
from bilik.exchange.bodies import Blank, Blanks, Body, Choice, Number, ShortText
from bilik.exchange.importers.olx import responses
from bilik.exchange.importers.olx.responses import Response
from bilik.exchange.importers.olx.tree import Tree
from bilik.exchange.markup import Node
from bilik.exchange.prose import Prose
from bilik.exchange.report import Item

INLINE = {"optionresponse", "stringresponse", "numericalresponse"}
_MARK = "BilikPlace{}x"


def read_blanks(node: Node, found: list[Node], item: Item, prose: Prose, tree: Tree) -> Blanks | None:
    """The problem as a text with blanks, or None when one of its fields cannot be one."""
    if any(each.tag not in INLINE or len(each.within("optioninput")) > 1 for each in found):
        return None
    noted = list(item.notes)
    blanks: list[Blank] = []
    for response in found:
        body = responses.READERS[response.tag](Response(response, item, prose, tree))
        blank = _blank(f"b{len(blanks) + 1}", body)
        if blank is None:
            item.notes = noted
            return None
        blanks.append(blank)
    item.notes = [note for note in item.notes if note in noted or "list to unfold" not in note.text]
    marks = {id(response): number for number, response in enumerate(found, 1)}
    before = prose.special

    def special(inner: Node) -> str | None:
        if id(inner) not in marks:
            return before(inner)
        asked = [c for c in inner.children if not (isinstance(c, Node) and c.tag in responses.CONTROLS)]
        words = prose.blocks(asked)
        return f"{words} {_MARK.format(marks[id(inner)])}" if words else _MARK.format(marks[id(inner)])

    prose.special = special
    text = quiz.guard_places(prose.blocks(node.children))
    prose.special = before
    for number, blank in enumerate(blanks, 1):
        text = text.replace(_MARK.format(number), f"[[{blank.name}]]")
    return Blanks(text, blanks)


def _blank(name: str, body: Body | None) -> Blank | None:
    if isinstance(body, Choice):
        words = [quiz.plain_choice(option.text) for option in body.options]
        right = [quiz.plain_choice(option.text) for option in body.options if option.correct]
        return Blank(name, right, list(dict.fromkeys(words)))
    if isinstance(body, ShortText):
        return Blank(name, body.answers, ignore=body.ignore, replies=body.replies)
    if isinstance(body, Number):
        return Blank(name, number=body.answer, absolute=body.absolute, relative=body.relative)
    return None
