"""Other people's Markdown as that of our lessons: no raw HTML, pictures of our own, links that lead to the web."""

from __future__ import annotations

import re
from functools import partial

from bilik.exchange.prose import Prose, escaped, is_address, one_line, safe_address

_FENCE = re.compile(r"^( {0,3}|\s*[-*+]\s+|\s*\d+[.)]\s+|\s+)(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WHOLE = re.compile(r"<(table|pre|script|style|iframe|video|svg|math)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.I)
_BLOCK = re.compile(
    r"^ {0,3}<(div|p|center|ul|ol|dl|details|figure|blockquote|h[1-6]|section)\b[^>]*>"
    r"(?:(?!\n\s*\n|</?\1\b).)*</\1\s*>",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_SPAN = re.compile(
    r"<(a|b|i|em|strong|code|sub|sup|kbd|samp|var|tt|q|s|del)\b[^>]*>(?:(?!<\1\b)[^`])*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ALONE = re.compile(r"<(img|br|hr|source|embed)\b[^>]*?/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(div|span|p|font|center|u|small|big|mark|ins|abbr|section|article|details|summary|table|tbody|thead|tr|td|th|ul|ol"
    r"|li|h[1-6]|a|b|i|em|strong|sub|sup|img|br|hr|figure|figcaption|label|input|button|form|nav|main|dl|dt|dd|iframe|"
    r"script|style|video|audio|object|blockquote|pre|code|kbd|s|del|cite|aside|header|footer)\b[^<>]*>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(\s*<?([^)\s>]*(?:\([^)\s]*\)[^)\s>]*)?)>?(?:\s+=?[\"'(]?[^)]*)?\)")
_PICTURE_BY_NAME = re.compile(r"!\[([^\]]*)\]\[([^\]]*)\]")
_LINK = re.compile(
    r"(?<!!)\[((?:\\.|[^\]\[\\]|\[[^\]]*\](?!\())*)\]\(\s*<?([^)\s>]*(?:\([^)\s]*\)[^)\s>]*)?)>?((?:\s+[\"'(][^)]*)?)\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[ \t]*<?(\S+?)>?(?:[ \t]+.*)?$", re.MULTILINE)
_STASH = re.compile("\ue100(\\d+)\ue101")


class _Kept:
    """Pieces that are finished and must not be looked at again."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def keep(self, piece: str) -> str:
        self.pieces.append(piece)
        return f"\ue100{len(self.pieces) - 1}\ue101"

    def back(self, text: str) -> str:
        while _STASH.search(text):
            text = _STASH.sub(lambda m: self.pieces[int(m[1])] if int(m[1]) < len(self.pieces) else "", text)
        return text


def tidy(text: str, prose: Prose, *, line: int = 0) -> str:
    """A Markdown text as ours. Notes on the item of `prose` what had to change; `line` is where the text begins."""
    kept = _Kept()
    clean = re.sub("[\ue100\ue101]", "", text.replace("\r\n", "\n"))
    body = "\n".join(_without_fences(clean, kept))
    body = _CODE.sub(lambda m: kept.keep(m[0]), body)
    body = _COMMENT.sub("", body)
    for pattern, inline in ((_WHOLE, False), (_BLOCK, False), (_SPAN, True), (_ALONE, True)):
        body = pattern.sub(partial(_html, prose=prose, kept=kept, body=body, line=line, inline=inline), body)
    if found := _TAG.search(body):
        prose.item.changed(
            "HTML tags in the text are gone, their words are kept.", line=_line(body, found.start(), line)
        )
        body = _TAG.sub("", body)
    body = _linked(body, prose, kept, line)
    return kept.back(body).strip()


def _line(body: str, position: int, first: int) -> int:
    return first + body.count("\n", 0, position) if first else 0


def _without_fences(text: str, kept: _Kept) -> list[str]:
    """The lines of a text, with each block of code as one piece that is finished, and no line that looks like ours."""
    lines: list[str] = []
    block: list[str] = []
    fence = ""
    for each in text.split("\n"):
        opened = _FENCE.match(each)
        if fence:
            block.append(each)
            if opened and opened[2].startswith(fence) and not each.strip().strip(fence[0]):
                lines.append(kept.keep("\n".join(block)))
                fence, block = "", []
        elif opened:
            fence, block = opened[2], [each]
        else:
            lines.append(re.sub(r"^(\s*):::", r"\1\\:::", each))
    if block:
        lines.append(kept.keep("\n".join([*block, fence])))
    return lines


def _html(match: re.Match[str], *, prose: Prose, kept: _Kept, body: str, line: int, inline: bool) -> str:
    markdown = prose.html(kept.back(match[0]), line=_line(body, match.start(), line))
    if match[1].lower() == "br":
        return "\\\n"
    if match[1].lower() == "a" and not markdown:
        return ""
    return kept.keep(one_line(markdown)) if inline else f"\n\n{kept.keep(markdown)}\n\n"


def _linked(body: str, prose: Prose, kept: _Kept, line: int) -> str:
    """Pictures under our own names, and links only where they lead somewhere."""
    defined = {name.lower(): address for name, address in _DEFINITION.findall(body)}

    def picture(alt: str, address: str, position: int) -> str:
        plain = re.sub(r"\\(.)", r"\1", alt)
        return kept.keep(prose.picture(address, plain, line=_line(body, position, line)))

    body = _PICTURE_BY_NAME.sub(
        lambda m: (
            picture(m[1], defined.get((m[2] or m[1]).lower(), ""), m.start())
            if (m[2] or m[1]).lower() in defined
            else m[0]
        ),
        body,
    )
    body = _PICTURE.sub(lambda m: picture(m[1], m[2], m.start()), body)
    body = _LINK.sub(lambda m: _link(m, prose, kept, _line(body, m.start(), line)), body)
    bad = {name for name, address in defined.items() if not is_address(address)}
    if not bad:
        return body
    prose.item.left("Links to files of the package; their words are kept.")
    body = _DEFINITION.sub(lambda m: "" if m[1].lower() in bad else m[0], body)
    return _bare(body, bad)


def _bare(body: str, names: set[str]) -> str:
    """The words of links by name whose address is gone."""

    def words(match: re.Match[str]) -> str:
        return match[1] if (match[2] or match[1]).lower() in names else match[0]

    body = re.sub(r"\[([^\]\[]+)\]\[([^\]\[]*)\]", words, body)
    return re.sub(r"\[([^\]\[]+)\](?![\[(:])()", words, body)


def _link(match: re.Match[str], prose: Prose, kept: _Kept, line: int) -> str:
    words, address = match[1], match[2]
    if is_address(address):
        return f"[{words}]({safe_address(address)}{match[3]})"
    prose.item.left(f"A link into the other system, {address[:80]!r}; its words are kept.", line=line)
    return words or kept.keep(escaped(address))
