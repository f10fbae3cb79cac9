"""One question of Moodle: its texts in four formats, its answers with their shares."""

from __future__ import annotations

from dataclasses import dataclass

from bilik.exchange import quiz
from bilik.exchange.bodies import Body
from bilik.exchange.markdown import tidy
from bilik.exchange.markup import Node, read_html
from bilik.exchange.prose import Prose, one_line
from bilik.exchange.reading import Reading
from bilik.exchange.report import Item


@dataclass(frozen=True)
class Made:
    """What came of a question: the task, the body, and what was said to right answers."""

    task: str
    body: Body
    said: str = ""


@dataclass
class Question:
    """The element of a question, with everything needed to read it."""

    node: Node
    item: Item
    prose: Prose
    reading: Reading

    def text(self, tag: str) -> str:
        """The Markdown of a text right inside the question."""
        node = self.node.first(tag)
        return self.of(node) if node else ""

    def of(self, node: Node) -> str:
        """The Markdown of an element that holds a `text` in the format it names."""
        inner = node.first("text")
        raw = inner.text() if inner else ""
        return self.markdown(raw, node)

    def markdown(self, raw: str, node: Node) -> str:
        """The Markdown of a raw text in the format that its element names."""
        kind = node.get("format") or self._own_format()
        if not raw.strip():
            return ""
        if kind == "plain_text":
            return self.prose.plain(raw)
        if kind == "markdown":
            return tidy(raw, self.prose, line=node.line)
        if kind == "moodle_auto_format" and "<" not in raw:
            return self.prose.plain(raw)
        return self.prose.html(raw, line=node.line)

    def line_of(self, node: Node) -> str:
        """The same on one line."""
        return one_line(self.of(node))

    def raw(self, tag: str) -> str:
        """The raw text of an element right inside."""
        node = self.node.first(tag)
        inner = node.first("text") if node else None
        return inner.text() if inner else (node.text() if node else "")

    def setting(self, tag: str) -> str:
        """A small value right inside: `1`, `true`, `abc`."""
        return self.node.line_of(tag).lower()

    def is_set(self, tag: str) -> bool:
        """Whether a value right inside means yes."""
        return self.setting(tag) in ("1", "true", "yes")

    def answers(self, *, typed: bool = False) -> list[quiz.Answer]:
        """The answers. Those that are typed are plain text."""
        return [self._answer(node, typed) for node in self.node.all("answer")]

    def _answer(self, node: Node, typed: bool) -> quiz.Answer:
        inner = node.first("text")
        feedback = node.first("feedback")
        raw = inner.text() if inner else ""
        text = read_html(raw).text() if typed and "&" in raw else raw
        return quiz.Answer(
            text.strip() if typed else self.line_of(node),
            quiz.share_of(node.get("fraction")),
            self.of(feedback) if feedback else "",
            node.line_of("tolerance"),
        )

    def _own_format(self) -> str:
        text = self.node.first("questiontext")
        return (text.get("format") if text else "") or "html"
