"""Open edX OLX: a course as XML files, exported as tar.gz or laid out in a repository."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator

from bilik.exchange.errors import BrokenMarkup, NotReadable
from bilik.exchange.importers.olx.problem import read_problem
from bilik.exchange.importers.olx.tree import MOST_BLOCKS, Tree
from bilik.exchange.importers.olx.video import video_block
from bilik.exchange.markdown import tidy
from bilik.exchange.markup import Node, as_html
from bilik.exchange.model import Course, Exercise, Lesson, Text
from bilik.exchange.packages import Package
from bilik.exchange.pictures import Pictures
from bilik.exchange.prose import Prose, escaped
from bilik.exchange.reading import Reading

TITLE = "Open edX OLX"
_CONTAINERS = (
    "chapter",
    "sequential",
    "vertical",
    "split_test",
    "wrapper",
    "conditional",
    "randomize",
    "library_content",
)
_REASONS = {
    "discussion": "Discussions have no counterpart in a course folder.",
    "lti": "A tool of another server.",
    "lti_consumer": "A tool of another server.",
    "poll": "Polls have no right answer.",
    "poll_question": "Polls have no right answer.",
    "survey": "Surveys have no right answer.",
    "word_cloud": "A word cloud has no right answer.",
    "openassessment": "An assessment by peers with steps of its own: write it as free_text or project with a rubric.",
    "drag-and-drop-v2": "Dragging onto places of a picture has no counterpart.",
    "google-calendar": "A page of another server.",
    "google-document": "A page of another server.",
    "annotatable": "Notes on a text have no counterpart.",
    "textannotation": "Notes on a text have no counterpart.",
    "imageannotation": "Notes on a picture have no counterpart.",
}


def looks_like(package: Package) -> bool:
    """A course.xml whose root is a course, or a single component."""
    return _course_file(package) is not None


def _course_file(package: Package) -> str | None:
    """The course.xml that lies nearest to the top."""
    names = [name for name in package.names if posixpath.basename(name) == "course.xml"]
    for name in sorted(names, key=lambda each: (each.count("/"), each)):
        head = package.text(name)[:3_000]
        if "<course" in head:
            return name
    return None


def read(reading: Reading) -> Course:
    """Each sequential is a lesson; its chapter stands before its title."""
    file = _course_file(reading.package)
    if file is None:
        raise NotReadable(f"There is no course.xml in {reading.package.name}.")
    try:
        tree = Tree.at(reading, file)
    except BrokenMarkup as error:
        raise NotReadable(f"{file} is {error}.") from error
    course = Course(tree.title(tree.root) or tree.root.get("course") or "Course")
    course.name = "-".join(filter(None, (tree.root.get("org"), tree.root.get("course")))) or course.title
    course.authors = [tree.root.get("org")] if tree.root.get("org") else []
    for chapter in tree.inside(tree.root):
        course.lessons += _chapter(chapter, tree)
    _note_rest(reading, file)
    return course


def _chapter(chapter: Node, tree: Tree) -> Iterator[Lesson]:
    if chapter.tag not in _CONTAINERS:
        if chapter.tag not in ("wiki", "textbook", "pdf_textbook", "html_textbook", "course_info", "static_tab"):
            yield Lesson(tree.title(chapter) or chapter.tag, list(_component(chapter, tree, 2)))
        return
    name = tree.title(chapter)
    for sequential in tree.inside(chapter):
        title = tree.title(sequential)
        lesson = Lesson(": ".join(dict.fromkeys(filter(None, (name, title)))) or "Lesson")
        lesson.name = title or name
        if sequential.tag in _CONTAINERS:
            for unit in tree.inside(sequential):
                lesson.pieces += _unit(unit, tree)
        else:
            lesson.pieces += _component(sequential, tree, 2)
        if any(piece for piece in lesson.pieces if not (isinstance(piece, Text) and piece.item is None)):
            yield lesson


def _unit(unit: Node, tree: Tree, depth: int = 0) -> list[Text | Exercise]:
    """A vertical: its name as a heading and what is in it. Containers in containers are opened."""
    if unit.tag not in _CONTAINERS or depth > 5:
        return list(_component(unit, tree, 2))
    found: list[Text | Exercise] = []
    for inner in tree.inside(unit):
        found += _unit(inner, tree, depth + 1) if inner.tag in _CONTAINERS else _component(inner, tree, 3)
    if unit.tag in ("split_test", "conditional", "randomize", "library_content"):
        item = tree.item(unit)
        item.left(
            f"<{unit.tag}> shows a part of what is in it to each learner; what could be read is shown to everybody."
        )
    title = tree.title(unit)
    return [Text(f"## {escaped(title)}"), *found] if title and found and depth == 0 else found


def _component(node: Node, tree: Tree, top: int) -> Iterator[Text | Exercise]:
    item = tree.item(node)
    if len(tree.reading.report.items) > MOST_BLOCKS:
        raise NotReadable(f"The course has more than {MOST_BLOCKS} parts.")
    pictures = Pictures(tree.find_picture)
    prose = Prose(item, pictures, top)
    if node.get("missing"):
        item.left(node.get("missing"))
    elif node.tag == "html":
        text = prose.html(tree.html_of(node), line=node.line)
        if text:
            yield Text(text, item, pictures.taken)
        elif not item.notes:
            item.left("It is empty.")
    elif node.tag == "problem":
        yield from read_problem(node, item, prose, tree)
    elif node.tag == "video":
        if text := video_block(node, item, tree):
            yield Text(text, item)
    elif node.tag == "markdown":
        yield Text(tidy(node.text(), prose, line=node.line), item, pictures.taken)
    elif node.tag in ("about", "image"):
        yield Text(prose.html(as_html(node), line=node.line), item, pictures.taken)
    else:
        item.left(_REASONS.get(node.tag, f"<{node.tag}> has no counterpart."))


def _note_rest(reading: Reading, file: str) -> None:
    """Files beside the course: pages of their own, rules of grading."""
    base = posixpath.dirname(file)
    reasons = {
        "tabs": "A page beside the course; lessons are the only pages.",
        "info": "News and handouts beside the course.",
        "about": "The page that advertises the course.",
    }
    for name in reading.package.names:
        inside = posixpath.relpath(name, base or ".") if not name.startswith("..") else name
        folder, _, rest = inside.partition("/")
        if folder in reasons and rest.endswith((".html", ".md")) and "/." not in name:
            reading.report.leave(f"page ({folder})", rest, name, reasons[folder])
        elif rest.endswith("grading_policy.json"):
            _leave_policy(reading, name)


def _leave_policy(reading: Reading, name: str) -> None:
    try:
        rules = json.loads(reading.package.text(name))
    except (ValueError, RecursionError):
        rules = {}
    if isinstance(rules, dict) and rules.get("GRADER"):
        reading.report.leave("grading policy", "", name, "Weights of kinds of work; ours counts points and skills.")
