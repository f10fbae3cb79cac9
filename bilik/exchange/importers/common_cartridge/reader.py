"""IMS Common Cartridge 1.0 to 1.3: a manifest that says what is where, pages, quizzes of QTI 1.2, links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bilik.exchange.errors import BrokenMarkup, NotReadable
from bilik.exchange.importers.common_cartridge.quizzes import read_quiz
from bilik.exchange.markup import Node, read_html, read_xml
from bilik.exchange.model import Course, Exercise, Lesson, Text
from bilik.exchange.packages import Package
from bilik.exchange.pictures import Find, Pictures
from bilik.exchange.prose import Prose, escaped, is_address, safe_address
from bilik.exchange.reading import Reading, cut
from bilik.exchange.report import Item

TITLE = "IMS Common Cartridge"
_MANIFEST = "imsmanifest.xml"
_REASONS = {
    "imsdt": "A topic to discuss; discussions have no counterpart in a course folder.",
    "imsbasiclti": "A tool of another server.",
    "associatedcontent": "A file of the other system, which only it can read.",
    "learning-application-resource": "A file of the other system, which only it can read.",
    "assignment": "Work to hand in: write it as free_text or project with a rubric.",
    "imsapip": "Content for the tools of APIP.",
    "imsiwb": "A page for an interactive board.",
    "idpfepub": "A book (EPUB).",
}


@dataclass
class _Cartridge:
    """A cartridge being read."""

    reading: Reading
    base: str
    resources: dict[str, Node]
    seen: set[str] = field(default_factory=set)


def looks_like(package: Package) -> bool:
    """A manifest that names the Common Cartridge, or lists its kinds of resources."""
    name = _manifest(package)
    if name is None:
        return False
    head = package.text(name)
    return "imscc" in head.lower() or "common cartridge" in head.lower() or "imsqti_xmlv1p2" in head


def _manifest(package: Package) -> str | None:
    names = [name for name in package.names if posixpath.basename(name).lower() == _MANIFEST]
    return min(names, key=lambda name: (name.count("/"), name), default=None)


def read(reading: Reading) -> Course:
    """Each part on the first level is a lesson; what no part names is left out."""
    name = _manifest(reading.package)
    if name is None:
        raise NotReadable(f"There is no {_MANIFEST} in {reading.package.name}.")
    try:
        root = read_xml(reading.package.read(name))
    except BrokenMarkup as error:
        raise NotReadable(f"{name} is {error}.") from error
    base = posixpath.dirname(name)
    resources = {each.get("identifier"): each for each in root.within("resource")}
    cartridge = _Cartridge(reading, f"{base}/" if base else "", resources)
    title = next((" ".join(node.text().split()) for node in root.within("title") if node.text().strip()), "")
    course = Course(title or reading.package.name.partition(".")[0])
    course.summary = next(
        (" ".join(node.text().split()) for node in root.within("description") if node.text().strip()), ""
    )
    for part in _parts(root):
        own = part.line_of("title")
        pieces = list(_walk(part, cartridge, 0))
        if any(isinstance(piece, Exercise) or piece.item for piece in pieces):
            course.lessons += cut(own or course.title, pieces, reading)
    course.lessons += _unnamed_quizzes(cartridge)
    course.lessons += _unnamed_pages(cartridge)
    _note_rest(cartridge, name)
    return course


def _parts(root: Node) -> list[Node]:
    """The items on the first level that has more than one, or a resource of its own."""
    for organisation in root.within("organization"):
        level = organisation.all("item")
        while len(level) == 1 and not level[0].get("identifierref") and level[0].all("item"):
            level = level[0].all("item")
        if level:
            return level
    return []


def _walk(part: Node, cartridge: _Cartridge, depth: int) -> Iterator[Text | Exercise]:
    title = part.line_of("title")
    inner = part.all("item")
    if inner and depth and title:
        yield Text(f"## {escaped(title)}")
    if name := part.get("identifierref"):
        yield from _resource(name, title, part, cartridge)
    for each in inner:
        yield from _walk(each, cartridge, depth + 1)


def _file_of(node: Node, cartridge: _Cartridge) -> str:
    href = node.get("href")
    first = node.first("file")
    path = href or (first.get("href") if first else "")
    return posixpath.normpath(posixpath.join(cartridge.base, path)) if path else ""


def _resource(name: str, title: str, part: Node, cartridge: _Cartridge) -> Iterator[Text | Exercise]:
    reading, node = cartridge.reading, cartridge.resources.get(name)
    cartridge.seen.add(name)
    if node is None:
        reading.report.leave(
            "item",
            title,
            cartridge.base + _MANIFEST,
            f"It names the resource {name!r}, which is not there.",
            line=part.line,
        )
        return
    kind, file = node.get("type"), _file_of(node, cartridge)
    if kind.startswith("imsqti"):
        yield from read_quiz(reading, file, title, _finder(cartridge, file), is_nested=True)
        return
    item = reading.report.item(kind.partition("/")[0] or "resource", title or file, file, 0)
    if kind.startswith("imswl"):
        if text := _link(file, title, item, reading.package):
            yield Text(text, item)
    elif kind == "webcontent":
        yield from _page(file, title, item, cartridge)
    else:
        item.left(
            next(
                (why for key, why in _REASONS.items() if key in kind),
                f"Resources of the type {kind!r} have no counterpart.",
            )
        )


def _link(file: str, title: str, item: Item, package: Package) -> str:
    try:
        root = read_xml(package.read(file))
    except (BrokenMarkup, KeyError) as error:
        item.left(f"Its file is not there or broken: {error}.")
        return ""
    url = next(iter(root.within("url")), None)
    address = url.get("href") if url else ""
    if not is_address(address):
        item.left(f"The link {address[:80]!r} does not lead to the web.")
        return ""
    return f"[{escaped(title or root.line_of('title') or address)}]({safe_address(address)})"


def _page(file: str, title: str, item: Item, cartridge: _Cartridge) -> Iterator[Text]:
    item.kind = "page"
    package = cartridge.reading.package
    if not package.has(file):
        item.left("Its file is not in the package.")
    elif file.lower().endswith((".html", ".htm", ".xhtml")):
        pictures = Pictures(_finder(cartridge, file))
        top = read_html(package.text(file))
        body = next((node for node in top.walk() if node.tag == "body"), top)
        text = Prose(item, pictures, 3).blocks(body.children)
        if text:
            yield Text(f"## {escaped(title)}\n\n{text}" if title else text, item, pictures.taken)
        else:
            item.left("The page is empty.")
    elif file.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")):
        pictures = Pictures(_finder(cartridge, file))
        text = Prose(item, pictures, 3).picture(posixpath.basename(file), title)
        yield Text(text, item, pictures.taken)
    else:
        item.kind = "file"
        item.left("A file to download; a course folder holds pages, pictures and exercises only.")


def _finder(cartridge: _Cartridge, file: str) -> Find:
    package = cartridge.reading.package

    def find(address: str) -> bytes | None:
        plain = re.sub(r"^(?:\$?IMS-CC-FILEBASE\$?|\$CANVAS_[A-Z_]+\$)/?", "", address.replace("%24", "$"))
        for base in (file, f"{cartridge.base}web_resources/x", f"{cartridge.base}x"):
            if name := package.near(base, plain):
                return package.read(name)
        return None

    return find


def _unnamed_quizzes(cartridge: _Cartridge) -> Iterator[Lesson]:
    """Quizzes that no part of the course shows: they are still worth having."""
    for name, node in cartridge.resources.items():
        if name in cartridge.seen or not node.get("type").startswith("imsqti"):
            continue
        cartridge.seen.add(name)
        file = _file_of(node, cartridge)
        pieces = read_quiz(cartridge.reading, file, "", _finder(cartridge, file), is_nested=False)
        title = next((piece.item.title for piece in pieces if isinstance(piece, Text) and piece.item), "")
        if pieces:
            yield from cut(title or cartridge.reading.word("questions"), pieces, cartridge.reading)


def _unnamed_pages(cartridge: _Cartridge) -> Iterator[Lesson]:
    """Pages that no part of the course shows, in a last lesson: other pages may speak of them."""
    pieces: list[Text | Exercise] = []
    for name, node in cartridge.resources.items():
        file = _file_of(node, cartridge)
        if name in cartridge.seen or node.get("type") != "webcontent" or not file.lower().endswith((".html", ".htm")):
            continue
        cartridge.seen.add(name)
        item = cartridge.reading.report.item("page", _title_of(file, cartridge), file, 0)
        pieces += _page(file, item.title, item, cartridge)
        item.changed("No part of the course names it: it stands in the last lesson.")
    if pieces:
        yield Lesson(cartridge.reading.word("more_pages"), pieces)


def _title_of(file: str, cartridge: _Cartridge) -> str:
    package = cartridge.reading.package
    if package.has(file):
        for node in read_html(package.text(file)).walk():
            if node.tag == "title" and node.text().strip():
                return " ".join(node.text().split())
    return posixpath.basename(file)


def _note_rest(cartridge: _Cartridge, manifest: str) -> None:
    """Resources that no part names. Pictures and the like belong to pages and are no things of their own."""
    for name, node in cartridge.resources.items():
        file = _file_of(node, cartridge)
        if name in cartridge.seen or not file.lower().endswith((".html", ".htm", ".xml", ".pdf", ".docx", ".pptx")):
            continue
        kind = node.get("type").partition("/")[0]
        why = next((why for key, why in _REASONS.items() if key in node.get("type")), "No part of the course names it.")
        cartridge.reading.report.leave(
            kind or "resource", posixpath.basename(file), file or manifest, why, line=node.line
        )
