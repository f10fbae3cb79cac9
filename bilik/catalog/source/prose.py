"""Markdown with directives to safe HTML: callouts, folded parts, videos with transcript, code, maths as MathML."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from math_core import LatexToMathML
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

CALLOUTS = ("note", "tip", "warning", "remember", "try")
_EXERCISE = re.compile(r'<hr data-exercise="([^"]*)"\s*/?>')
_PLACE = re.compile(r"\[\[([a-z0-9-]+)\]\]")
# A word that Markdown and the colouring of programs leave alone.
_MARK = "bilikplace"
_MARKED = re.compile(rf"{_MARK}(\d+)x")
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')

_MATHML = (
    "math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
    "munderover mtable mtr mtd mpadded mphantom mstyle mmultiscripts mprescripts merror"
).split()
_MATH_ATTRIBUTES = {
    "display", "stretchy", "fence", "separator", "form", "lspace", "rspace", "mathvariant", "columnalign", "width",
    "height", "depth", "linethickness", "accent", "accentunder", "symmetric", "largeop", "movablelimits", "minsize",
    "maxsize", "scriptlevel", "displaystyle", "encoding", "xmlns", "class",
}  # fmt: skip
_TAGS = {
    *"p br hr em strong code pre blockquote ul ol li h2 h3 h4 table thead tbody tr th td a img div span".split(),
    *"details summary figure figcaption section sup sub kbd del".split(),
    *_MATHML,
}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "hr": {"data-exercise"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "span": {"class"},
    "pre": {"class", "tabindex"},
    "code": {"class"},
    "p": {"class"},
    "section": {"class"},
    "figure": {"class"},
    "sup": {"class", "id"},
    "li": {"class", "id"},
    "ol": {"class", "start"},
    "th": {"class", "scope"},
    "td": {"class"},
    **dict.fromkeys(_MATHML, _MATH_ATTRIBUTES),
}


@dataclass(frozen=True)
class Part:
    """A piece of a lesson: HTML to read, or the place of an exercise. Exactly one of the two is set."""

    html: str = ""
    exercise: str = ""

    def to_json(self) -> dict[str, str]:
        return {"exercise": self.exercise} if self.exercise else {"html": self.html}


@dataclass(frozen=True)
class Links:
    """What a text points at, as written, with the line: pictures and links for the checker."""

    pictures: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, int], ...]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _word(name: str, language: str) -> str:
    return _words()[name].get(language) or _words()[name]["en"]


def _maths(tex: str, *, display: bool) -> str:
    try:
        return LatexToMathML().convert_with_local_state(tex, displaystyle=display)
    except Exception:
        # A formula that cannot be read stays visible as its author wrote it.
        return f'<code class="maths-source">{html.escape(tex)}</code>'


def _code(code: str, language: str, *, reading_language: str) -> str:
    """A code block with syntax colours, or a program's output in a block of its own look."""
    if language == "output":
        label = html.escape(_word("output", reading_language))
        return f'<p class="hidden-label">{label}</p><pre class="output" tabindex="0">{html.escape(code)}</pre>'
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    inner = highlight(code, lexer, HtmlFormatter(nowrap=True, classprefix="hl-"))
    return f'<pre class="code" tabindex="0"><code>{inner}</code></pre>'


def colour_code(code: str, language: str) -> str:
    """Source in a programming language as a highlighted block, for model solutions and programs to read."""
    return nh3.clean(_code(code, language, reading_language="en"), tags=_TAGS, attributes=_ATTRIBUTES)


def _add_callouts(md: MarkdownIt, language: str) -> None:
    for kind in CALLOUTS:
        md.use(container_plugin, kind, render=_callout_renderer(kind, language))
    md.use(container_plugin, "details", render=_details_renderer(language))
    md.use(container_plugin, "video", render=_video_renderer(language))
    md.use(container_plugin, "exercise", render=_exercise_renderer)


_Renderer = Callable[[Any, Sequence[Token], int, Any, Any], str]


def _callout_renderer(kind: str, language: str) -> _Renderer:
    def render(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        if tokens[index].nesting != 1:
            return "</div>\n"
        title = tokens[index].info.strip()[len(kind) :].strip() or _word(kind, language)
        return f'<div class="callout {kind}"><p class="callout-title">{html.escape(title)}</p>\n'

    return render


def _details_renderer(language: str) -> _Renderer:
    def render(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        if tokens[index].nesting != 1:
            return "</details>\n"
        title = tokens[index].info.strip()[len("details") :].strip() or _word("details", language)
        return f"<details><summary>{html.escape(title)}</summary>\n"

    return render


def _video_renderer(language: str) -> _Renderer:
    def render(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        if tokens[index].nesting != 1:
            return "</details></figure>\n"
        address, _, title = tokens[index].info.strip()[len("video") :].strip().partition(" ")
        shown = html.escape(title or _word("video", language))
        transcript = html.escape(_word("transcript", language))
        return (
            f'<figure class="video"><figcaption><a href="{html.escape(address)}">{shown}</a></figcaption>'
            f"<details><summary>{transcript}</summary>\n"
        )

    return render


def _exercise_renderer(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    if tokens[index].nesting != 1:
        return ""
    return f'<hr data-exercise="{html.escape(_slug_in(tokens[index]))}">\n'


def _slug_in(token: Token) -> str:
    """The folder's name that an exercise block speaks of."""
    return token.info.strip()[len("exercise") :].strip()


def _no_inside(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return ""


@cache
def _parser(language: str) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
    md.options["highlight"] = None
    md.use(footnote_plugin).use(dollarmath_plugin, double_inline=True, allow_digits=False, allow_space=False)
    _add_callouts(md, language)

    def fence(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        return _code(token.content, token.info.strip().partition(" ")[0], reading_language=language) + "\n"

    def heading(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        # The page has its own first heading; a lesson's headings start below it.
        level = max(2, min(4, int(tokens[index].tag[1:])))
        return f"<{'/' if tokens[index].nesting == -1 else ''}h{level}>" + ("\n" if tokens[index].nesting == -1 else "")

    def image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        source = str(tokens[index].attrs.get("src", ""))
        source = env.get("pictures", {}).get(unquote(source), source)
        return f'<img src="{html.escape(source)}" alt="{html.escape(tokens[index].content)}" loading="lazy">'

    def table(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        # Wider than a phone, it moves within a frame that a keyboard reaches, called by its headings.
        end = next(i for i in range(index, len(tokens)) if tokens[i].type == "thead_close")
        texts = ("".join(part.content for part in one.children or ()).strip() for one in tokens[index:end])
        cells = [text for text in texts if text]
        name = html.escape(": ".join([_word("table", language), ", ".join(cells)][: 1 + bool(cells)]))
        return f'<div class="scroll" tabindex="0" role="group" aria-label="{name}"><table>\n'

    md.add_render_rule("table_open", table)
    md.add_render_rule("table_close", lambda s, t, i, o, e: "</table></div>\n")
    md.add_render_rule("fence", fence)
    md.add_render_rule("heading_open", heading)
    md.add_render_rule("heading_close", heading)
    md.add_render_rule("image", image)
    md.add_render_rule("math_inline", lambda s, t, i, o, e: _maths(t[i].content, display=False))
    md.add_render_rule("math_inline_double", lambda s, t, i, o, e: _maths(t[i].content, display=True))
    md.add_render_rule("math_block", lambda s, t, i, o, e: f"<p>{_maths(t[i].content, display=True)}</p>\n")
    return md


def render(source: str, *, language: str, pictures: Mapping[str, str] | None = None) -> str:
    """Safe HTML for one text. `pictures` turns a picture's relative name into the address it is served from."""
    return _clean(_raw(source, language, pictures))


def render_inline(source: str, *, language: str) -> str:
    """The same for words that stand inside a label or a line, where a lone paragraph has no place."""
    made = render(source, language=language).strip()
    if made.startswith("<p>") and made.count("<p>") == 1 and made.endswith("</p>"):
        return made[3:-4]
    return made


def _raw(source: str, language: str, pictures: Mapping[str, str] | None) -> str:
    html_made = str(_parser(language).render(source, {"pictures": pictures or {}}))
    # The empty corner of a table heads nothing.
    return html_made.replace("<th></th>", "<td></td>")


def _clean(raw: str) -> str:
    return nh3.clean(
        raw, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer"
    )


def render_parts(source: str, *, language: str, pictures: Mapping[str, str] | None = None) -> tuple[Part, ...]:
    """A lesson as pieces: HTML and places of exercises, in order. Every piece of HTML closes what it opens."""
    pieces = _EXERCISE.split(_raw(source, language, pictures))
    parts = []
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append(Part(exercise=html.unescape(piece)))
        elif cleaned := _clean(piece).strip():
            parts.append(Part(html=cleaned))
    return tuple(part for part in parts if part.html or part.exercise)


def render_places(source: str, places: Collection[str], *, language: str) -> list[dict[str, str]]:
    """Safe HTML cut at its places `[[id]]`: pieces {"html": …} and {"place": id}, in order, to be put together again.

    Places may stand anywhere in text, code included. A piece alone may leave a tag open that a later one closes.
    """
    ids = sorted(places)
    marked = _PLACE.sub(lambda m: f"{_MARK}{ids.index(m[1])}x" if m[1] in ids else m[0], source)
    # Something put into the middle of a tag (the words of a picture) would break the page.
    whole = _TAG.sub(lambda m: _MARKED.sub("…", m[0]), render(marked, language=language))
    pieces = _MARKED.split(whole)
    return [{"place": ids[int(piece)]} if index % 2 else {"html": piece} for index, piece in enumerate(pieces)]


def links_in(source: str) -> Links:
    """The pictures and links of a text, with the line of the paragraph they stand in."""
    pictures: list[tuple[str, int]] = []
    links: list[tuple[str, int]] = []
    for block in _parser("en").parse(source):
        line = block.map[0] + 1 if block.map else 0
        if block.type == "container_video_open":
            links.append((block.info.strip()[len("video") :].strip().partition(" ")[0], line))
        for token in block.children or ():
            if token.type == "image":
                pictures.append((unquote(str(token.attrs.get("src", ""))), line))
            elif token.type == "link_open":
                links.append((str(token.attrs.get("href", "")), line))
    return Links(tuple(pictures), tuple(links))


def folded_exercises(source: str) -> tuple[tuple[str, int], ...]:
    """The exercises that do not stand in the lesson itself but inside another block, with their lines."""
    return tuple(
        (_slug_in(block), block.map[0] + 1 if block.map else 0)
        for block in _parser("en").parse(source)
        if block.type == "container_exercise_open" and block.level
    )
