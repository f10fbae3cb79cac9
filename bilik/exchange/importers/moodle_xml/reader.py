"""Moodle XML: a question bank in one file, categories in between."""

from __future__ import annotations

import base64
import binascii

from bilik.exchange.errors import BrokenMarkup, NotReadable
from bilik.exchange.importers.moodle_xml import kinds
from bilik.exchange.importers.moodle_xml.question import Question
from bilik.exchange.markup import Node, read_xml
from bilik.exchange.model import Course, Exercise, Text
from bilik.exchange.packages import Package
from bilik.exchange.pictures import Find, Pictures
from bilik.exchange.prose import Prose, plain_words
from bilik.exchange.reading import Reading, cut, texts_of, whole_points
from bilik.exchange.report import Item

TITLE = "Moodle XML"
_FILES = "@@PLUGINFILE@@/"
_PENALTIES = {"", "0.3333333", "0.1", "1"}
"""What Moodle fills in by itself: none, a third, a tenth, everything."""


def looks_like(package: Package) -> bool:
    """An XML file with a quiz in it."""
    return any("<quiz" in package.text(name)[:2_000] and "<question" in package.text(name) for name in _names(package))


def _names(package: Package) -> list[str]:
    names = [name for name in package.ending(".xml") if not name.endswith("imsmanifest.xml")][:200]
    # A single file may be called as it likes.
    return names or [name for name in package.names if len(package.names) == 1]


def read(reading: Reading) -> Course:
    """Each category is a lesson or several."""
    course = Course(reading.package.name.rpartition("/")[2].partition(".")[0])
    groups: dict[str, list[Text | Exercise]] = {}
    for name in _names(reading.package):
        _read_file(name, reading, groups)
    for path, pieces in groups.items():
        title = path.replace("//", "\0").rpartition("/")[2].replace("\0", "/").strip()
        course.lessons += cut(title or course.title, pieces, reading)
    return course


def _read_file(name: str, reading: Reading, groups: dict[str, list[Text | Exercise]]) -> None:
    try:
        quiz = read_xml(reading.package.read(name))
    except BrokenMarkup as error:
        reading.report.leave("file", name, name, f"The file is {error}.", line=error.line)
        return
    if quiz.tag != "quiz":
        if len(reading.package.names) == 1:
            raise NotReadable(f"{name} is no Moodle XML: its root is <{quiz.tag}> and not <quiz>.")
        return
    category = ""
    for node in quiz.all("question"):
        if node.get("type") == "category":
            inner = node.first("category")
            path = inner.line_of("text") if inner else ""
            category = path.removeprefix("$course$/").removeprefix("$module$/").removeprefix("top/")
        elif piece := _piece(node, name, reading):
            groups.setdefault(category, []).append(piece)


def _piece(node: Node, file: str, reading: Reading) -> Text | Exercise | None:
    kind = node.get("type") or "question"
    title = node.first("name")
    item = reading.report.item(kind, title.line_of("text") if title else "", file, node.line)
    pictures = Pictures(_finder(node))
    question = Question(node, item, Prose(item, pictures, top=3), reading)
    if kind == "description":
        text = question.text("questiontext")
        return Text(text, item, pictures.taken) if text else None
    if kind not in kinds.READERS:
        item.left(f"Questions of the type {kind!r} have no counterpart.")
        return None
    made = kinds.READERS[kind](question)
    if made is None:
        return None
    _note_rest(node, item, reading)
    return Exercise(
        title=item.title or plain_words(made.task) or reading.word("question", number=len(reading.report.items)),
        task=made.task,
        body=made.body,
        item=item,
        hints=[hint for hint in (question.of(each) for each in node.all("hint")) if hint],
        explanation=texts_of([made.said, question.text("generalfeedback")]),
        points=whole_points(node.line_of("defaultgrade"), item.changed),
        pictures=pictures.taken,
    )


def _finder(node: Node) -> Find:
    """Files stand in the text that they belong to, as base64; their names are the question's own."""
    files = {each.get("name"): each for each in node.within("file")}

    def find(address: str) -> bytes | None:
        name = address.removeprefix(_FILES).partition("?")[0]
        file = files.get(name) or files.get(name.rpartition("/")[2])
        if file is None:
            return None
        try:
            return base64.b64decode(file.text())
        except (binascii.Error, ValueError):
            return None

    return find


def _note_rest(node: Node, item: Item, reading: Reading) -> None:
    """What a question may have beside, and ours cannot."""
    if node.line_of("penalty").rstrip("0.") not in _PENALTIES:
        item.left("Points taken off for each further try.")
    if (tags := node.first("tags")) and tags.text().strip():
        reading.report.say("Tags of questions are not kept: exercises name the skills that they show.")
