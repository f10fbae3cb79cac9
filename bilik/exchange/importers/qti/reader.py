"""IMS QTI 2.1, 2.2 and 3.0: items as XML files, with a manifest or without, with tests or without."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from bilik.exchange.bodies import Body, FreeText
from bilik.exchange.errors import BrokenMarkup, NotReadable
from bilik.exchange.importers.qti import interactions
from bilik.exchange.importers.qti.gaps import INLINE, read_gap_match, read_gaps
from bilik.exchange.importers.qti.item import Question, declarations, normal, rule_of
from bilik.exchange.markup import Node, read_xml
from bilik.exchange.model import Course, Exercise, Text
from bilik.exchange.packages import Package
from bilik.exchange.pictures import Find, Pictures
from bilik.exchange.prose import Prose, plain_words
from bilik.exchange.reading import Reading, cut, texts_of
from bilik.exchange.report import Item

TITLE = "IMS QTI 2.1, 2.2 and 3.0"
_ITEM = re.compile(r"<(?:\w+:)?(?:qti-)?assessment-?item[\s>]", re.IGNORECASE)
_TEST = re.compile(r"<(?:\w+:)?(?:qti-)?assessment-?test[\s>]", re.IGNORECASE)
_KINDS = (*interactions.READERS, *interactions.UNREADABLE, "inlineChoiceInteraction", "gapMatchInteraction")


def looks_like(package: Package) -> bool:
    """An XML file whose root is an item or a test."""
    return any(
        _ITEM.search(head) or _TEST.search(head) for head in (package.text(n)[:6_000] for n in _names(package)[:500])
    )


def _names(package: Package) -> list[str]:
    names = [n for n in package.ending(".xml", ".qti") if posixpath.basename(n).lower() != "imsmanifest.xml"]
    return names or [name for name in package.names if len(package.names) == 1]


def read(reading: Reading) -> Course:
    """Sections of tests are lessons; items in no test stand in a lesson of their folder."""
    course = Course(re.sub(r"\.(zip|xml)$", "", reading.package.name.rpartition("/")[2]))
    items, tests = _roots(reading)
    used: set[str] = set()
    for file, test in tests.items():
        for title, names in _sections(file, test):
            pieces = [piece for name in names if name in items for piece in _piece(name, items[name], reading)]
            used |= set(names)
            if pieces:
                course.lessons += cut(title, pieces, reading)
        course.title = test.get("title") or course.title
    rest: dict[str, list[Text | Exercise]] = {}
    for name, node in items.items():
        if name not in used:
            folder = posixpath.basename(posixpath.dirname(name)) or course.title
            rest.setdefault(folder, []).extend(_piece(name, node, reading))
    for title, pieces in rest.items():
        if pieces:
            course.lessons += cut(title.replace("_", " ").replace("-", " "), pieces, reading)
    return course


def _roots(reading: Reading) -> tuple[dict[str, Node], dict[str, Node]]:
    """All items and tests of the package by file."""
    items: dict[str, Node] = {}
    tests: dict[str, Node] = {}
    for name in _names(reading.package):
        text = reading.package.text(name)
        if not (_ITEM.search(text[:6_000]) or _TEST.search(text[:6_000])):
            continue
        try:
            root = normal(read_xml(reading.package.read(name)))
        except BrokenMarkup as error:
            reading.report.leave("file", posixpath.basename(name), name, f"The file is {error}.", line=error.line)
            continue
        if root.tag == "assessmentItem":
            items[name] = root
        elif root.tag == "assessmentTest":
            tests[name] = root
    if not items and not tests and not reading.report.items:
        raise NotReadable(f"There is no item of QTI in {reading.package.name}.")
    return items, tests


def _sections(file: str, test: Node) -> Iterator[tuple[str, list[str]]]:
    """The sections of a test that hold items themselves: title and files."""
    for section in test.within("assessmentSection"):
        names = []
        for each in section.all("assessmentItemRef"):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(file), each.get("href")))
            names.append(path)
        if names:
            yield section.get("title") or test.get("title") or "Section", names


def _piece(file: str, node: Node, reading: Reading) -> list[Text | Exercise]:
    found = [each for body in node.all("itemBody") for each in body.within(*_KINDS)]
    kind = found[0].tag if found else "item"
    item = reading.report.item(kind, node.get("title") or node.get("identifier"), file, node.line)
    find = _finder(reading.package, file)
    pictures = Pictures(find)
    body = node.first("itemBody")
    if body is None:
        item.left("It has no body.")
        return []
    prose = Prose(item, pictures, 3)
    if why := _why_not(node, found):
        item.left(why)
        return []
    if not found:
        text = prose.blocks(body.children)
        return [Text(text, item, pictures.taken)] if text else []
    declared = declarations(node)
    rule = rule_of(node, declared, item)
    if not rule.how:
        item.left(rule.why)
        return []
    question = Question(node, found[0], declared, rule, item, prose, reading, find)
    made = _made(question, body, found)
    if made is None:
        return []
    task, answer = made
    _note_rest(node, question)
    title = item.title or plain_words(task) or reading.word("question", number=len(reading.report.items))
    explanation = _explanation(question)
    points = answer.points if isinstance(answer, FreeText) else 1
    return [Exercise(title, task, answer, item, explanation=explanation, points=points, pictures=pictures.taken)]


def _finder(package: Package, file: str) -> Find:
    def find(address: str) -> bytes | None:
        name = package.near(file, address)
        return package.read(name) if name else None

    return find


def _why_not(node: Node, found: list[Node]) -> str:
    """Why an item cannot be taken over; empty when it may be."""
    if node.get("adaptive").lower() == "true":
        return "It is adaptive: it changes with what was answered."
    if node.first("templateProcessing") or node.first("templateDeclaration"):
        return "Its values are made by a template. Write it as a task with a variant.py."
    if bad := [each for each in found if each.tag in interactions.UNREADABLE]:
        return interactions.UNREADABLE[bad[0].tag]
    inline = [each for each in found if each.tag in INLINE]
    if len(found) > 1 and len(inline) < len(found):
        return f"It asks {len(found)} things of different kinds at once: make an item of each."
    return ""


def _made(question: Question, body: Node, found: list[Node]) -> tuple[str, Body] | None:
    """The task and the body, by what the item asks with."""
    first, prose = found[0], question.prose
    special = prose.special
    if first.tag == "gapMatchInteraction":
        gaps = read_gap_match(question)
        return (_task(question, body, found) or question.reading.word("fill"), gaps) if gaps else None
    if first.tag == "textEntryInteraction" and len(found) == 1 and _is_last(body, first):
        prose.special = lambda node: "" if node is first else special(node)
        task = prose.blocks(body.children)
        answer = interactions.READERS[first.tag](question)
        return (task, answer) if answer else None
    if first.tag in INLINE:
        blanks = read_gaps(question, body, found)
        return (question.reading.word("fill"), blanks) if blanks else None
    answer = interactions.READERS[first.tag](question)
    return (_task(question, body, found), answer) if answer else None


def _task(question: Question, body: Node, found: list[Node]) -> str:
    """The text of the item around what it asks with, and the prompt."""
    prose, first = question.prose, found[0]
    before = prose.special

    def special(node: Node) -> str | None:
        if node is not first:
            return before(node)
        asked = [prose.blocks(prompt.children) for prompt in node.all("prompt")]
        if node.tag == "hottextInteraction":
            asked.append(prose.blocks(c for c in node.children if not (isinstance(c, Node) and c.tag == "prompt")))
        return texts_of(asked)

    prose.special = special
    text = prose.blocks(body.children)
    prose.special = before
    return text


def _is_last(body: Node, entry: Node) -> bool:
    """Whether nothing but a full stop follows the field."""
    after: list[str] = []
    seen = False

    def walk(node: Node) -> None:
        nonlocal seen
        for child in node.children:
            if isinstance(child, str):
                after.append(child) if seen else None
            elif child is entry:
                seen = True
            else:
                walk(child)

    walk(body)
    return not "".join(after).strip(" \n\t.?!…")


def _explanation(question: Question) -> str:
    """What is said to everybody at the end: windows whose name is no choice of the item."""
    names = {node.get("identifier") for node in question.interaction.walk()}
    said = list(question.said)
    for node in question.node.all("modalFeedback"):
        if node.get("identifier") in names:
            continue
        if re.search(r"correct|true|solution|answer", node.get("identifier"), re.IGNORECASE) and not re.search(
            r"incorrect|wrong|false", node.get("identifier"), re.IGNORECASE
        ):
            body = node.first("contentBody")
            said.append(question.prose.blocks((body or node).children))
        else:
            text = " ".join(node.text().split())
            question.item.left(
                f"What was said when {node.get('identifier')!r} was true: {text[:120]!r}", line=node.line
            )
    return texts_of(said)


def _note_rest(node: Node, question: Question) -> None:
    item: Item = question.item
    for block in node.within("rubricBlock"):
        if "candidate" not in block.get("view"):
            item.left("A note for those who score or write.", line=block.line)
    if node.within("templateInline", "templateBlock", "printedVariable"):
        item.left("Values that a template prints.")
