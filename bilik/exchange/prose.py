"""HTML into the Markdown of our lessons. What has no place there is noted on the item that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bilik.exchange.markup import Node, read_html
from bilik.exchange.maths import as_dollars, split_maths, tex_of
from bilik.exchange.pictures import NoPicture, Pictures
from bilik.exchange.report import Item

_BLOCKS = set(
    "address article aside blockquote body center dd details div dl dt fieldset figure figcaption footer form h1 h2 h3 "
    "h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption prompt label description".split()
)
_DROPPED = {
    "script": "a script", "style": "a style sheet", "link": "a style sheet", "object": "an embedded object",
    "embed": "an embedded object", "canvas": "a drawing made by a script", "input": "a form field",
    "select": "a form field", "textarea": "a form field", "button": "a button", "svg": "a drawing inside the text",
    "applet": "an embedded program", "audio": "a sound",
}  # fmt: skip
_SILENT = {"head", "meta", "title", "base", "template", "noscript", "col", "colgroup", "source", "track", "param"}
_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_MARKS = re.compile(r"([\\`*\[\]<$|~])|(?<![^\W_])(_)|(_)(?![^\W_])|(&)(?=#?\w+;)")
_LINE_MARKS = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|:{3,}|={3,}|-{3,}|(\d{1,9})(?=[.)](?:\s|$)))")
_NEXT = ("https://", "http://", "mailto:", "#")
_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*)([A-Za-z0-9+#-]+)")
_SHOWN = re.compile(r"\\([\\`*_\[\]<$|~&#>+:-])|[*`]+|!?\[([^\]]*)\]\([^)]*\)")
BREAK = "\\\n"


def escaped(text: str) -> str:
    """Plain text so that Markdown shows it as it is."""
    marked = _MARKS.sub(lambda m: "\\" + m[0], text)
    return "\n".join(escaped_start(line) for line in marked.split("\n"))


def escaped_start(line: str) -> str:
    """A line that is text and neither a heading nor a list nor a block."""
    match = _LINE_MARKS.match(line)
    if match is None:
        return line
    if match[3]:
        end = match.end()
        return f"{line[:end]}\\{line[end:]}"
    return f"{match[1]}\\{line[len(match[1]) :]}"


def fenced(code: str, language: str = "") -> str:
    """A block of code, in a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code.strip(chr(10))}\n{fence}"


def code_words(text: str) -> str:
    """A piece of code inside a line."""
    plain = " ".join(text.split())
    if not plain:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    marks = "`" * (longest + 1)
    space = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{marks}{space}{plain}{space}{marks}"


def one_line(markdown: str) -> str:
    """Blocks of Markdown as one line, for places that take inline Markdown only: the words of a choice."""
    parts = []
    for block in re.split(r"\n{2,}", markdown.strip()):
        if fence := re.match(r"(`{3,})[^\n]*\n(.*)\n\1$", block, re.DOTALL):
            parts += [code_words(line) for line in fence[2].split("\n")]
        else:
            parts.append(re.sub(r"(?:\\|  )?\n\s*", " ", re.sub(r"^#{1,6} ", "", block)))
    return " ".join(part for part in parts if part).strip()


def plain_words(markdown: str, *, most: int = 60) -> str:
    """The first words of a Markdown text without its marks, for a title."""
    text = " ".join(_SHOWN.sub(lambda m: m[1] or m[2] or "", markdown.replace(":::", " ")).split())
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0].rstrip(",;:.-– ") + " …" if " " in text[:most] else text[:most]


@dataclass
class Prose:
    """Turns the texts of one item into Markdown. `top` is the level of the highest heading, 2 to 4."""

    item: Item
    pictures: Pictures = field(default_factory=Pictures)
    top: int = 2
    special: Callable[[Node], str | None] = lambda node: None
    """For elements that a format gives a meaning of its own: the Markdown for it, or None to go on as usual."""

    def html(self, text: str, *, line: int = 0) -> str:
        """The Markdown of a piece of HTML."""
        return self.blocks(read_html(text, line=line).children)

    def plain(self, text: str) -> str:
        """The Markdown of text without any marks; empty lines are borders of paragraphs."""
        paragraphs = re.split(r"\n\s*\n", text.strip())
        return "\n\n".join(self._words(" ".join(paragraph.split())) for paragraph in paragraphs if paragraph.strip())

    def inline(self, text: str, *, line: int = 0) -> str:
        """The Markdown of a piece of HTML on one line."""
        return one_line(self.html(text, line=line))

    def blocks(self, children: Iterable[Node | str]) -> str:
        """The Markdown of what stands inside an element."""
        return "\n\n".join(self._blocks(children)).strip()

    def _blocks(self, children: Iterable[Node | str]) -> list[str]:
        found: list[str] = []
        run: list[Node | str] = []

        def flush() -> None:
            if text := self._line(run):
                found.append(text)
            run.clear()

        for child in children:
            if isinstance(child, Node) and self._is_block(child):
                flush()
                found += [block for block in self._block(child) if block.strip()]
            else:
                run.append(child)
        flush()
        return found

    def _is_block(self, node: Node) -> bool:
        if node.tag in _BLOCKS or (node.tag == "math" and node.get("display") == "block"):
            return True
        return node.tag not in _DROPPED and any(inner.tag in _BLOCKS for inner in node.walk())

    def _block(self, node: Node) -> list[str]:
        if (own := self.special(node)) is not None:
            return [own]
        if node.tag in _DROPPED or node.tag in _SILENT:
            self._drop(node)
            return []
        if re.fullmatch("h[1-6]", node.tag):
            return self._heading(node)
        return self._writers().get(node.tag, lambda each: self._blocks(each.children))(node)

    def _writers(self) -> Mapping[str, Callable[[Node], list[str]]]:
        """How the blocks are written that are more than their content."""
        return {
            "ul": lambda node: [self._list(node)],
            "ol": lambda node: [self._list(node)],
            "dl": self._definitions,
            "table": self._table,
            "pre": self._code,
            "blockquote": self._quote,
            "hr": lambda node: ["* * *"],
            "details": self._details,
            "math": lambda node: [self._math(node, display=True)],
        }

    def _heading(self, node: Node) -> list[str]:
        words = one_line(self._line(node.children))
        return ["#" * max(self.top, min(4, int(node.tag[1]))) + " " + words] if words else []

    def _code(self, node: Node) -> list[str]:
        return [fenced(node.text().replace("\xa0", " "), _language(node))] if node.text().strip() else []

    def _quote(self, node: Node) -> list[str]:
        return ["\n".join(f"> {line}".rstrip() for line in self.blocks(node.children).split("\n"))]

    def _details(self, node: Node) -> list[str]:
        summary = node.first("summary")
        title = re.sub(r"[\\`*]", "", one_line(self._line(summary.children))) if summary else ""
        body = self.blocks(child for child in node.children if child is not summary)
        return [f"::: details {title}".rstrip() + f"\n{body}\n:::"] if body else []

    def _list(self, node: Node) -> str:
        start = node.get("start")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        lines = []
        for child in node.nodes:
            inside = self._blocks(child.children if child.tag == "li" else [child])
            mark = f"{number}." if node.tag == "ol" else "-"
            number += 1
            body = _in_item(inside)
            indent = " " * (len(mark) + 1)
            lines.append(f"{mark} " + body.replace("\n", "\n" + indent) if body else "")
        return re.sub(r"[ \t]+\n", "\n", "\n".join(line for line in lines if line))

    def _definitions(self, node: Node) -> list[str]:
        found = []
        for child in node.nodes:
            inside = self._blocks(child.children)
            found += [f"**{one_line(' '.join(inside))}**"] if child.tag == "dt" and inside else inside
        return found

    def _table(self, node: Node) -> list[str]:
        rows = [row for row in node.within("tr") if not _is_in_inner_table(node, row)]
        cells = [row.all("td", "th") for row in rows]
        if any(
            cell.get("colspan") not in ("", "1") or cell.get("rowspan") not in ("", "1")
            for row in cells
            for cell in row
        ):
            self.item.changed("Cells of a table that were joined stand apart.", line=node.line)
        width = max((len(row) for row in cells), default=0)
        if width < 2 or node.within("table"):
            # A table that only lays things out.
            return [block for row in cells for cell in row for block in self._blocks(cell.children)]
        texts = [[_cell(self.blocks(cell.children)) for cell in row] for row in cells]
        texts = [row + [""] * (width - len(row)) for row in texts if any(row)]
        if not texts:
            return []
        lines = ["| " + " | ".join(row) + " |" for row in texts]
        if not cells[0] or not all(cell.tag == "th" for cell in cells[0]):
            # Tables of Markdown have a first line of headings.
            lines.insert(0, "|" + "   |" * width)
        lines.insert(1, "|" + " --- |" * width)
        caption = node.first("caption")
        return ([self._line(caption.children)] if caption else []) + ["\n".join(lines)]

    def _line(self, children: Iterable[Node | str]) -> str:
        """Inline content as one paragraph."""
        text = "".join(self._span(child) for child in children)
        lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n")]
        joined = "\n".join(line for line in lines if line and line != "\\")
        joined = re.sub(r"(?:\\\n?)+$", "", joined) if joined.endswith("\\") and not joined.endswith("\\\\") else joined
        return "\n".join(line if _is_marked(line) else escaped_start(line) for line in joined.split("\n"))

    def _words(self, text: str) -> str:
        parts = []
        for kind, piece in split_maths(text):
            parts.append(
                _MARKS.sub(lambda m: "\\" + m[0], piece)
                if kind == "text"
                else as_dollars(piece, display=kind == "display")
            )
        return "".join(parts)

    def _span(self, child: Node | str) -> str:
        if isinstance(child, str):
            return self._words(re.sub(r"\s+", " ", child))
        if (own := self.special(child)) is not None:
            return own
        if child.tag == "br":
            return BREAK
        if child.tag == "img":
            return self._picture(child)
        if child.tag == "math":
            return self._math(child, display=False)
        if child.tag in ("iframe", "video"):
            return self._framed(child)
        if child.tag in _DROPPED or child.tag in _SILENT:
            self._drop(child)
            return ""
        if child.tag in ("code", "tt", "kbd", "samp", "var"):
            return code_words(child.text())
        return self._marked(child, "".join(self._span(inner) for inner in child.children))

    def _marked(self, node: Node, inside: str) -> str:
        if node.tag == "a":
            return self._link(node, inside)
        marks = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "del": "~~", "s": "~~"}
        if node.tag in marks and inside.strip() and BREAK not in inside:
            mark, body = marks[node.tag], inside.strip()
            if body.startswith("*") or body.endswith("*"):
                return inside
            return f"{' ' if inside[0].isspace() else ''}{mark}{body}{mark}{' ' if inside[-1].isspace() else ''}"
        if node.tag in ("sup", "sub"):
            return _raised(inside, node.tag)
        if node.tag == "q":
            return f"“{inside}”"
        return inside

    def _link(self, node: Node, inside: str) -> str:
        address = node.get("href")
        if not address or not inside.strip():
            return inside
        if not is_address(address):
            self.item.left(f"A link into the other system, {address[:80]!r}; its words are kept.", line=node.line)
            return inside
        return f"[{inside.strip()}]({safe_address(address)})" + (" " if inside[-1].isspace() else "")

    def _picture(self, node: Node) -> str:
        return self.picture(node.get("src"), node.get("alt"), line=node.line)

    def picture(self, address: str, alt: str, *, line: int = 0) -> str:
        """The Markdown of a picture; its words alone where it cannot be taken over."""
        words = " ".join(alt.split())
        try:
            name = self.pictures.take(address)
        except NoPicture as why:
            if is_address(address) and not address.startswith("#"):
                self.item.changed("A picture from elsewhere became a link: pages load nothing from outside.", line=line)
                return f"[{escaped(words or 'picture')}]({safe_address(address)})"
            self.item.left(f"The picture {address[:80]!r} {why}.", line=line)
            return escaped(words)
        if not words:
            self.item.changed("A picture has no words for those who do not see it: write them.", line=line)
        marked = re.sub(r"([\[\]])", r"\\\1", words)
        return f"![{marked}]({name})"

    def _framed(self, node: Node) -> str:
        source = node.first("source")
        address = node.get("src") or (source.get("src") if source else "")
        address = "https:" + address if address.startswith("//") else address
        if not is_address(address):
            self.item.left("A frame or video that lies in the other system.", line=node.line)
            return ""
        self.item.changed("A frame with a page or video from elsewhere became a link.", line=node.line)
        words = node.get("title") or urlsplit(address).hostname or "link"
        return f"[{escaped(words)}]({safe_address(address)})"

    def _math(self, node: Node, *, display: bool) -> str:
        tex = tex_of(node)
        if tex is None:
            self.item.changed("A formula in MathML that could not be turned into LaTeX stands as text.", line=node.line)
            return escaped(" ".join(node.text().split()))
        return as_dollars(tex, display=display)

    def _drop(self, node: Node) -> None:
        if node.tag in _DROPPED:
            self.item.left(f"{_DROPPED[node.tag].capitalize()} in the text (<{node.tag}>).", line=node.line)


def is_address(text: str) -> bool:
    """Whether a link may stand in a lesson: it leads to the web, to a letter, or within the page."""
    try:
        return text.strip().startswith(_NEXT) and (
            urlsplit(text.strip()).scheme in ("", "mailto") or bool(urlsplit(text).netloc)
        )
    except ValueError:
        return False


def safe_address(address: str) -> str:
    """An address that can stand between the brackets of a Markdown link."""
    marks = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "", "\t": "", "`": "%60"}
    return "".join(marks.get(letter, letter) for letter in address.strip())


def _in_item(blocks: list[str]) -> str:
    """The blocks of an item of a list: a list within it follows at once, anything else after an empty line."""
    body = blocks[0] if blocks else ""
    for block in blocks[1:]:
        body += ("\n" if re.match(r"(?:-|\d+\.) ", block) else "\n\n") + block
    return body


def _cell(markdown: str) -> str:
    """The words of a cell of a table, on one line; items of a list behind dots."""
    return one_line(re.sub(r"^\s*(?:[-*]|\d+\.) ", "• ", markdown, flags=re.MULTILINE)).replace("\n", " ")


def _language(node: Node) -> str:
    for inner in node.walk():
        if match := _LANGUAGE.search(inner.get("class")):
            return match[1].lower()
    return ""


def _is_in_inner_table(table: Node, row: Node) -> bool:
    return any(row in inner.walk() for inner in table.within("table"))


def _is_marked(line: str) -> bool:
    """Whether a paragraph's line begins with a mark that we have put there ourselves."""
    return line.startswith(("**", "![", "[", "`", "$", "~~"))


def _raised(text: str, tag: str) -> str:
    letters = _SUPER if tag == "sup" else _SUB
    if text and all(ord(letter) in letters for letter in text):
        return text.translate(letters)
    return text and ("^" if tag == "sup" else "\\_") + (text if len(text) == 1 else f"({text})")
