"""XML and HTML as one small tree with line numbers, so that everything behind it is written once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bilik.exchange.errors import BrokenMarkup
from bilik.exchange.packages import decoded

DEEPEST = 120
"""Nesting beyond this is no course. It keeps what walks the tree clear of Python's own limit."""
_XML_OWN = {"lt;", "gt;", "amp;", "quot;", "apos;"}
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = {"iso-8859-1", "iso-8859-9", "windows-1251", "windows-1252", "windows-1254", "koi8-r", "us-ascii"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
VOID = set("area base br col embed hr img input link meta param source track wbr".split())
_RAW = {"script", "style"}
_CLOSES = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"},
    "th": {"td", "th"}, "option": {"option"}, "thead": {"tr"}, "tbody": {"tr", "thead", "tbody"},
}  # fmt: skip
_BORDERS = {"ul", "ol", "dl", "table", "select"}
_CLOSE_P = set(
    "address article aside blockquote center details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "main nav ol p pre section table ul".split()
)


@dataclass
class Node:
    """An element: its name without namespace, its attributes, and what is inside it in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    line: int = 0

    def get(self, name: str, default: str = "") -> str:
        """An attribute, without spaces around it."""
        return self.attributes.get(name, default).strip()

    @property
    def nodes(self) -> list[Node]:
        """The elements right inside."""
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, *tags: str) -> list[Node]:
        """The elements right inside with one of these names."""
        return [child for child in self.nodes if child.tag in tags]

    def first(self, *tags: str) -> Node | None:
        """The first of them."""
        return next(iter(self.all(*tags)), None)

    def walk(self) -> Iterator[Node]:
        """This element and all within, in the order of the text."""
        yield self
        for child in self.nodes:
            yield from child.walk()

    def within(self, *tags: str) -> list[Node]:
        """All elements within (not this one) with one of these names."""
        return [node for node in self.walk() if node is not self and node.tag in tags]

    def text(self) -> str:
        """All text within, as it stands."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def line_of(self, *tags: str) -> str:
        """The text of the first element of this name right inside, as one line; empty when there is none."""
        node = self.first(*tags)
        return " ".join(node.text().split()) if node else ""


class _Builder:
    """What the XML parser tells, as a tree."""

    def __init__(self) -> None:
        self.top = Node("")
        self.open = [self.top]
        self.parser: Any = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) > DEEPEST:
            raise BrokenMarkup(f"nested deeper than {DEEPEST} elements", self._line())
        plain = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        node = Node(tag.rpartition("}")[2], plain, [], self._line())
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, tag: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        inside = self.open[-1].children
        if inside and isinstance(inside[-1], str):
            inside[-1] += text
        else:
            inside.append(text)

    def close(self) -> Node:
        return self.top

    def _line(self) -> int:
        return int(self.parser.CurrentLineNumber)


def read_xml(raw: bytes | str) -> Node:
    """The root element. Raises BrokenMarkup: no XML, an entity of its own, nested too deeply."""
    text = raw if isinstance(raw, str) else _xml_text(raw)
    text = _ENTITY.sub(lambda m: m[0] if m[1] in _XML_OWN else html5.get(m[1], m[0]), text)
    text = _DECLARATION.sub(lambda m: "\n" * m[0].count("\n"), text)
    builder = _Builder()
    try:
        # Entities stay forbidden; a DTD without any is named by many old packages and is never fetched.
        parser = DefusedXMLParser(target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True)
        builder.parser = parser.parser
        parser.feed(text)
        parser.close()
    except ParseError as error:
        line = getattr(error, "position", (0, 0))[0]
        raise BrokenMarkup(f"not readable as XML: {error}", line) from error
    except DefusedXmlException as error:
        raise BrokenMarkup(f"entities are not read: {type(error).__name__}") from error
    except BrokenMarkup:
        raise
    except (ValueError, LookupError, RecursionError) as error:
        raise BrokenMarkup(f"not readable as XML: {error}") from error
    if not builder.top.nodes:
        raise BrokenMarkup("not readable as XML: there is no element")
    return builder.top.nodes[0]


def _xml_text(raw: bytes) -> str:
    declared = _DECLARED.match(raw[:200])
    name = declared[1].decode().lower() if declared else ""
    if name in _ENCODINGS:
        return raw.decode(name, "replace").replace("\r\n", "\n")
    return decoded(raw)


class _Html(HTMLParser):
    """Tolerant HTML: what is never closed is closed where a browser would."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node("", {}, [], line)
        self.open = [self.top]
        self.first_line = max(line, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if name in _CLOSE_P:
            self._close_within({"p"}, _BORDERS | {"div", "td", "th", "li"})
        if name in _CLOSES:
            self._close_within(_CLOSES[name], _BORDERS)
        node = Node(name, {key: value or "" for key, value in attrs}, [], self.first_line + self.getpos()[0] - 1)
        self.open[-1].children.append(node)
        if name not in VOID and len(self.open) <= DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == name:
                del self.open[depth:]
                return
            if self.open[depth].tag in ("table", "td") and name not in ("table", "tr", "tbody"):
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close_within(self, tags: set[str], borders: set[str]) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag in tags:
                del self.open[depth:]
            elif self.open[depth].tag in borders:
                return


def read_html(text: str, *, line: int = 0) -> Node:
    """A piece of HTML as a nameless node. It is never refused: what cannot be read is text."""
    parser = _Html(line)
    # Python's parser raises at unknown marked sections, which browsers take for comments.
    text = re.sub(r"<!\[CDATA\[(.*?)\]\]>", lambda m: html.escape(m[1]), text, flags=re.DOTALL)
    text = re.sub(r"<!\[[^>]*>", "", text)
    try:
        parser.feed(text.replace("\0", ""))
        parser.close()
    except (AssertionError, ValueError, RecursionError):
        return Node("", {}, [re.sub(r"<[^>]*>", " ", text)], line)
    return parser.top


def as_html(node: Node) -> str:
    """What is inside an element, as markup again: for formats that put XHTML where others put text."""
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(html.escape(child, quote=False))
        else:
            attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in child.attributes.items())
            parts.append(f"<{child.tag}{attributes}>{as_html(child)}</{child.tag}>")
    return "".join(parts)
