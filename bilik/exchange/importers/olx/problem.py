"""A problem of Open edX: text with one response or several in it. Each response becomes an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilik.exchange.importers.olx import responses
from bilik.exchange.importers.olx.blanks import read_blanks
from bilik.exchange.importers.olx.responses import Response
from bilik.exchange.importers.olx.tree import Tree
from bilik.exchange.markup import Node
from bilik.exchange.model import Exercise
from bilik.exchange.prose import Prose, plain_words
from bilik.exchange.reading import texts_of, whole_points
from bilik.exchange.report import Item

_ASIDE = {"demandhint", "solution", "script"}
_GENERATED = re.compile(r"\$\{?[A-Za-z_]")


def read_problem(node: Node, item: Item, prose: Prose, tree: Tree) -> Iterator[Exercise]:
    """The exercises of a problem; none, with the reason noted, when it cannot be taken over."""
    found = node.within(*responses.READERS, *responses.UNREADABLE)
    if why := _why_not(node, found):
        item.left(why)
        return
    prose.special = lambda inner: "" if inner.tag in _ASIDE else None
    solution = texts_of(prose.blocks(each.children) for each in node.within("solution"))
    hints = _hints(node, prose)
    title = tree.title(node)
    if len(found) > 1 and (blanks := read_blanks(node, found, item, prose, tree)):
        item.changed(f"Its {len(found)} fields are blanks of one text.")
        task = tree.reading.word("fill")
        yield Exercise(
            title or plain_words(blanks.text), task, blanks, item, hints=hints, explanation=solution,
            points=whole_points(node.get("weight") or "1", item.changed), attempts=_attempts(node),
            pictures=prose.pictures.taken,
        )  # fmt: skip
        return
    parts = _parts(node, found)
    made = []
    for text, response in parts:
        if response.tag in responses.UNREADABLE:
            item.left(f"<{response.tag}>: {responses.UNREADABLE[response.tag]}", line=response.line)
            continue
        read = responses.READERS[response.tag](Response(response, item, prose, tree))
        if read is not None:
            task = texts_of([prose.blocks(text), _asked(response, prose)])
            made.append((task, read, responses.said_to_right(response, prose)))
    if len(found) > 1 and made:
        item.changed(f"Its {len(found)} questions became {len(made)} exercises.")
    for count, (task, body, said) in enumerate(made):
        name = title or plain_words(task)
        yield Exercise(
            title=(name if len(made) == 1 else tree.reading.word("part", title=name, number=count + 1)) or "…",
            task=task,
            body=body,
            item=item,
            hints=hints if count == 0 else [],
            explanation=texts_of([said, solution if count == len(made) - 1 else ""]),
            points=whole_points(node.get("weight") or "1", item.changed) if len(made) == 1 else 1,
            attempts=_attempts(node),
            pictures=prose.pictures.taken,
        )


def _hints(node: Node, prose: Prose) -> list[str]:
    found = [prose.blocks(hint.children) for each in node.within("demandhint") for hint in each.all("hint")]
    return [hint for hint in found if hint]


def _why_not(node: Node, found: list[Node]) -> str:
    programs = [each for each in node.within("script") if "javascript" not in each.get("type")]
    if any(each.text().strip() for each in programs):
        uses = any(_GENERATED.search(value) for each in node.walk() for value in each.attributes.values())
        if uses or _GENERATED.search("".join(c for c in node.children if isinstance(c, str))) or not found:
            return (
                "Its values are made by a program of the other system (<script>). Write it as a task with a variant.py."
            )
        if all(each.tag in responses.UNREADABLE for each in found):
            return f"<{found[0].tag}>: {responses.UNREADABLE[found[0].tag]}"
    if not found:
        return "There is no question in it that is known."
    return ""


def _parts(node: Node, found: list[Node]) -> list[tuple[list[Node | str], Node]]:
    """Each response with the text before it; text after the last belongs to it too."""
    wanted = {id(each) for each in found}
    parts: list[tuple[list[Node | str], Node]] = []
    text: list[Node | str] = []

    def walk(children: list[Node | str]) -> None:
        nonlocal text
        for child in children:
            if isinstance(child, Node) and id(child) in wanted:
                parts.append((text, child))
                text = []
            elif isinstance(child, Node) and any(id(inner) in wanted for inner in child.walk()):
                walk(child.children)
            else:
                text.append(child)

    walk(node.children)
    if parts and text:
        parts[-1][0].extend(text)
    return parts


def _asked(response: Node, prose: Prose) -> str:
    """The words inside a response that are the question itself."""
    asked = [child for child in response.children if not (isinstance(child, Node) and child.tag in responses.CONTROLS)]
    return prose.blocks(asked)


def _attempts(node: Node) -> int:
    text = node.get("max_attempts")
    return min(1000, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 0
