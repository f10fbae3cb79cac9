"""From the bytes of a CSV file to its rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bilik.people.roster.plain import LONGEST_CELL, MOST_ROWS, Problem, Unreadable

DELIMITERS = (",", ";", "\t")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WRITTEN = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "cp1251": "Windows-1251", "cp1254": "Windows-1254",
}  # fmt: skip


@dataclass
class Table:
    """A heading and rows under it, each with the line on which it ends."""

    file: str
    heading: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    problems: list[Problem] = field(default_factory=list)


def read_table(content: bytes, file: str) -> Table:
    """Reads one CSV file. Raises Unreadable when nothing of it can be used."""
    text, encoding = _decoded(content, file)
    first, rest = text.split("\n", 1) if "\n" in text else (text, "")
    shift, delimiter = 0, ""
    if told := re.fullmatch(r"sep=(.)\r?", first):
        # Spreadsheets of Microsoft write their delimiter down.
        text, shift, delimiter = rest, 1, told[1]
    lines = _lines(text, file, delimiter or _delimiter(text), shift)
    table = Table(file, [], [], _WRITTEN[encoding])
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not table.heading:
            table.heading = [cell.strip() for cell in cells]
            continue
        if len(table.rows) >= MOST_ROWS:
            raise Unreadable("too_many_rows", file, line, most=MOST_ROWS)
        long = next((index for index, cell in enumerate(cells) if len(cell) > LONGEST_CELL), None)
        if long is not None:
            column = table.heading[long] if long < len(table.heading) else ""
            table.problems.append(Problem("cell_too_long", file, line, column, {"most": LONGEST_CELL}))
            continue
        table.rows.append((line, [_clean(cell) for cell in cells]))
    if not table.heading:
        raise Unreadable("empty", file)
    return table


def _lines(text: str, file: str, delimiter: str, shift: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num + shift, cells
    except csv.Error:
        raise Unreadable("not_a_table", file, reader.line_num + shift) from None


def _delimiter(text: str) -> str:
    """The one that the heading has most of, outside of quotation marks."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(DELIMITERS, key=bare.count)


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    for encoding in _guesses(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Control characters are in no list of people: this is some other kind of file.
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text, encoding
    raise Unreadable("not_text", file)


def _guesses(content: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    sample = content[:4000]
    if len(sample) > 3 and sample[1::2].count(0) > len(sample) // 4:
        return ["utf-16-le"]
    if len(sample) > 3 and sample[0::2].count(0) > len(sample) // 4:
        return ["utf-16-be"]
    cyrillic = ["cp1251", "cp1254"]
    return ["utf-8", *(cyrillic if _looks_cyrillic(content) else reversed(cyrillic))]


def _looks_cyrillic(content: bytes) -> bool:
    """In Cyrillic nearly all letters of a word lie above 127, in Turkish and Azerbaijani one here and there."""
    high = re.findall(rb"[\x80-\xff]+", content[:100_000])
    together = sum(len(run) for run in high if len(run) > 1)
    return together * 2 > sum(map(len, high))


def _clean(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())
