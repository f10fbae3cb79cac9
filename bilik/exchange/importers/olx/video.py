"""A video of Open edX: a link, with the words that are spoken."""

from __future__ import annotations

import json
import re

from bilik.exchange.importers.olx.tree import Tree
from bilik.exchange.markup import Node
from bilik.exchange.prose import escaped, is_address, safe_address
from bilik.exchange.report import Item

_TIME = re.compile(r"^\d+$|-->|^WEBVTT|^NOTE\b|^(?:Kind|Language):")


def video_block(node: Node, item: Item, tree: Tree) -> str:
    """The `::: video` block; empty, with the reason noted, when there is no address."""
    address = _address(node)
    if not address:
        item.left("It names no address that leads to the web.")
        return ""
    title = re.sub(r"\s+", " ", tree.own_title(node))
    words = _transcript(node, tree)
    if not words:
        item.changed("The words of the video are not in the package: write them where the lesson says so.")
        words = tree.reading.word("no_transcript")
    extra = [child for child in node.nodes if child.tag == "handout"] or node.get("start_time") not in ("", "00:00:00")
    if extra:
        item.left("Where the video starts and ends, and what is handed out with it.")
    return f"::: video {safe_address(address)} {title}".rstrip() + f"\n{words}\n:::"


def _address(node: Node) -> str:
    ids = [node.get("youtube_id_1_0"), *re.findall(r"1\.00?:([\w-]+)", node.get("youtube"))]
    for name in ids:
        if re.fullmatch(r"[\w-]{6,20}", name):
            return f"https://www.youtube.com/watch?v={name}"
    sources = [
        node.get("source"),
        *(child.get("src") or child.get("url") for child in node.within("source", "encoded_video")),
    ]
    sources += re.findall(r"https?://[^\s\"'\]]+", node.get("html5_sources"))
    return next((address for address in sources if is_address(address) and address.startswith("http")), "")


def _transcript(node: Node, tree: Tree) -> str:
    """The spoken words from a subtitle file of the package, in the course's language if there is one."""
    names = [
        child.get("src")
        for child in sorted(node.within("transcript"), key=lambda c: c.get("language") != tree.reading.language)
    ]
    if node.get("sub"):
        names += [f"subs_{node.get('sub')}.srt.sjson"]
    for name in filter(None, names):
        file = tree.static(name)
        if file and (words := _words(tree.reading.package.text(file), file)):
            return words
    return ""


def _words(text: str, file: str) -> str:
    if file.endswith(".sjson"):
        try:
            found = json.loads(text)
            lines = [str(line) for line in found["text"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            return ""
    else:
        lines = [line for line in text.split("\n") if not _TIME.search(line.strip())]
    plain = " ".join(" ".join(re.sub(r"<[^>]+>", "", line) for line in lines).split())
    return _paragraphs(escaped(plain))


def _paragraphs(text: str) -> str:
    """Five sentences at a time, so that it can be read."""
    sentences = re.split(r"(?<=[.?!]) (?=\S)", text)
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)).strip()
