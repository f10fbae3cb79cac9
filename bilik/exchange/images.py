"""The size of a picture, from its first bytes; nothing is ever drawn."""

from __future__ import annotations

import re
import struct

_SVG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_STARTS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of(raw: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG, WebP or SVG in its own points; None when they cannot be found."""
    try:
        if raw[:8] == b"\x89PNG\r\n\x1a\n":
            return _sane(*struct.unpack(">II", raw[16:24]))
        if raw[:4] == b"GIF8":
            return _sane(*struct.unpack("<HH", raw[6:10]))
        if raw[:2] == b"\xff\xd8":
            return _jpeg(raw)
        if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            return _webp(raw)
        return _svg(raw)
    except (struct.error, ValueError, IndexError):
        return None


def _sane(width: float, height: float) -> tuple[int, int] | None:
    return (round(width), round(height)) if 0 < width <= 4_000 and 0 < height <= 4_000 else None


def _jpeg(raw: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(raw) and raw[at] == 0xFF:
        if raw[at + 1] in _STARTS:
            height, width = struct.unpack(">HH", raw[at + 5 : at + 9])
            return _sane(width, height)
        at += 2 + struct.unpack(">H", raw[at + 2 : at + 4])[0]
    return None


def _webp(raw: bytes) -> tuple[int, int] | None:
    if raw[12:16] == b"VP8X":
        return _sane(1 + int.from_bytes(raw[24:27], "little"), 1 + int.from_bytes(raw[27:30], "little"))
    if raw[12:16] == b"VP8L":
        bits = int.from_bytes(raw[21:25], "little")
        return _sane(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = struct.unpack("<HH", raw[26:30])
    return _sane(width & 0x3FFF, height & 0x3FFF)


def _svg(raw: bytes) -> tuple[int, int] | None:
    tag = _SVG.search(raw[:20_000])
    if tag is None:
        return None
    found = [
        re.search(rb"\b" + name + rb"\s*=\s*[\"']\s*([\d.]+)(?:px)?\s*[\"']", tag[0]) for name in (b"width", b"height")
    ]
    if found[0] and found[1]:
        return _sane(float(found[0][1]), float(found[1][1]))
    box = re.search(rb"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)", tag[0])
    return _sane(float(box[1]), float(box[2])) if box else None
