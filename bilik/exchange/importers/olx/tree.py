"""The tree of an OLX course: elements stand where they are used or in files of their own, and titles in either."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bilik.exchange.errors import BrokenMarkup
from bilik.exchange.markup import Node, as_html, read_html, read_xml
from bilik.exchange.packages import Package
from bilik.exchange.reading import Reading
from bilik.exchange.report import Item

MOST_BLOCKS = 20_000
_META = ("wiki_slug", "grading_policy")


@dataclass
class Tree:
    """A course being walked. `base` is the folder of its course.xml, with a slash at the end or empty."""

    reading: Reading
    base: str
    root: Node
    file: str
    policy: dict[str, Any]
    _files: dict[int, str] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _static: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, reading: Reading, file: str) -> Tree:
        """The tree whose course.xml this is. Raises BrokenMarkup."""
        base = posixpath.dirname(file)
        tree = cls(reading, f"{base}/" if base else "", Node("course"), file, {})
        pointer = read_xml(reading.package.read(file))
        tree._files[id(pointer)] = file
        tree.root = tree._resolved(pointer)
        tree.root.attributes = {**pointer.attributes, **tree.root.attributes}
        tree.policy = _policy(reading.package, tree.base, pointer.get("url_name"))
        for name in reading.package.names:
            if name.startswith(tree.base + "static/"):
                tree._static.setdefault(posixpath.basename(name).lower(), name)
        return tree

    def file_of(self, node: Node) -> str:
        """The file in which an element stands."""
        return self._files.get(id(node), self.file)

    def item(self, node: Node) -> Item:
        """A new item of the report for an element."""
        return self.reading.report.item(node.tag, self.title(node), self.file_of(node), node.line)

    def own_title(self, node: Node) -> str:
        """The title that an author gave it; empty for none."""
        found = node.get("display_name")
        if not found:
            entry = self.policy.get(f"{node.tag}/{node.get('url_name')}", {})
            found = str(entry.get("display_name") or "") if isinstance(entry, dict) else ""
        return " ".join(found.split())

    def title(self, node: Node) -> str:
        """The same, or its name where that can be read."""
        name = node.get("url_name")
        readable = (
            name.replace("_", " ")
            if name and not re.fullmatch(r"[0-9a-f]{20,}", name) and not node.get("display_name")
            else ""
        )
        return self.own_title(node) or (readable if "display_name" not in node.attributes else "")

    def inside(self, node: Node) -> Iterator[Node]:
        """What is inside an element, each read from its own file where it has one."""
        for child in node.nodes:
            if child.tag in _META:
                continue
            self._files.setdefault(id(child), self.file_of(node))
            found = self._resolved(child)
            key = f"{found.tag}/{found.get('url_name')}"
            if key in self._open and found.get("url_name"):
                found = Node(found.tag, {**found.attributes, "missing": "It is inside itself."}, [], found.line)
            self._open.append(key)
            yield found
            self._open.pop()

    def _resolved(self, pointer: Node) -> Node:
        """The element that a pointer means, or the element itself."""
        name = pointer.get("url_name").replace(":", "/")
        file = f"{self.base}{pointer.tag}/{name}.xml"
        if not name or pointer.nodes or not self.reading.package.has(file):
            if (
                name
                and not pointer.nodes
                and not pointer.text().strip()
                and set(pointer.attributes) <= {"url_name", "slug"}
            ):
                pointer.attributes["missing"] = f"Its file {file} is not in the package."
            return pointer
        try:
            node = read_xml(self.reading.package.read(file))
        except BrokenMarkup as error:
            reason = f"{file} is {error}."
            pointer.attributes["missing"] = reason[:300]
            self._files[id(pointer)] = file
            pointer.line = error.line
            return pointer
        node.attributes.setdefault("url_name", pointer.get("url_name"))
        for key in ("org", "course"):
            if pointer.get(key):
                node.attributes.setdefault(key, pointer.get(key))
        self._files[id(node)] = file
        return node

    def html_of(self, node: Node) -> str:
        """The HTML of an html component: in a file of its own, or right here."""
        name = node.get("filename")
        for file in (f"{self.base}html/{name}.html", f"{self.base}html/{name}"):
            if name and self.reading.package.has(file):
                self._files[id(node)] = file
                return self.reading.package.text(file)
        return as_html(node)

    def static(self, address: str) -> str | None:
        """The file that an address such as /static/heart.png means."""
        name = re.sub(r"^.*?/?(?:static/|asset-v1:[^@]+@asset\+block@|c4x/[^/]+/[^/]+/asset/)", "", address)
        name = name.partition("?")[0].partition("#")[0]
        for file in (f"{self.base}static/{name}", f"{self.base}static/{name.replace('@', '/')}"):
            if self.reading.package.has(file):
                return file
        return self._static.get(posixpath.basename(name).lower())

    def find_picture(self, address: str) -> bytes | None:
        """The bytes of a picture of the course."""
        if (
            address.startswith(("http://", "https://", "data:"))
            and "/static/" not in address
            and "asset" not in address
        ):
            return None
        file = self.static(address)
        return self.reading.package.read(file) if file else None


def _policy(package: Package, base: str, run: str) -> dict[str, Any]:
    for name in (f"{base}policies/{run}/policy.json", f"{base}policies/{run}.json"):
        if package.has(name):
            try:
                data = json.loads(package.text(name))
            except (ValueError, RecursionError):
                return {}
            return data if isinstance(data, dict) else {}
    return {}


def shown_text(text: str) -> str:
    """The words of a piece of HTML, as one line."""
    return " ".join(read_html(text).text().split())
