"""What a file really is, by its first bytes. Its name is never asked."""

from __future__ import annotations

import re

from bilik.scoring.findings import refused

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x93NUMPY", "NumPy (.npy)"),
    (b"\x89HDF", "HDF5"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"#!", "script"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"SQLite format 3", "SQLite"),
    (b"ARROW1", "Arrow / Feather"),
    (b"\xd0\xcf\x11\xe0", "Excel (.xls)"),
    (b"ORC", "ORC"),
    (b"Obj\x01", "Avro"),
)
_SOMETHING = re.compile(rb"[^\x00 \t\r\n\xef\xbb\xbf]")
_PICKLES = tuple(b"\x80" + bytes([protocol]) for protocol in range(2, 6))
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"{", b"[")


def kind_of(raw: bytes) -> str:
    """csv, parquet, zip or gzip. Raises SubmissionRefused with the name of anything else that is known."""
    if not _SOMETHING.search(raw):
        raise refused("file.empty")
    if raw.startswith(b"PAR1"):
        return "parquet"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if raw.startswith(b"\x1f\x8b"):
        return "gzip"
    if raw.startswith(_PICKLES):
        raise refused("file.kind", kind="pickle")
    for beginning, name in _BEGINNINGS:
        if raw.startswith(beginning):
            raise refused("file.kind", kind=name)
    if raw[257:262] == b"ustar":
        raise refused("file.kind", kind="tar")
    begun = raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begun.startswith(_MARKUP):
        raise refused("file.kind", kind="JSON" if begun[:1] in (b"{", b"[") else "HTML / XML")
    return "csv"


def decoded(raw: bytes) -> str:
    """The text of a CSV, which must be UTF-8; a mark at its beginning is taken off. Raises SubmissionRefused."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(raw):
        raise refused("file.utf16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        if guess := _guess(raw[max(0, error.start - 1000) : error.start + 1000]):
            raise refused("file.encoding_guess", line=line, guess=guess) from None
        raise refused("file.encoding", line=line) from None
    if (at := text.find("\x00")) >= 0:
        raise refused("file.nul", line=text.count("\n", 0, at) + 1)
    return text


def _looks_like_utf16(raw: bytes) -> bool:
    begun = raw[:200]
    half = len(begun) // 2
    return half > 3 and max(begun[0::2].count(0), begun[1::2].count(0)) > half * 0.8


def _guess(raw: bytes) -> str:
    """The encoding that bytes beyond ASCII look like: Cyrillic of Windows, or Turkic Latin of Windows."""
    high = [byte for byte in raw if byte >= 0x80]
    if high and sum(byte >= 0xC0 or byte in (0xA8, 0xB8, 0xB9) for byte in high) == len(high):
        turkic = sum(byte in (0xC7, 0xD6, 0xDC, 0xDD, 0xDE, 0xE7, 0xF6, 0xFC, 0xFD, 0xFE, 0xF0, 0xD0) for byte in high)
        return "Windows-1254" if turkic * 2 > len(high) else "Windows-1251"
    return ""
