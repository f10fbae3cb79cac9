"""What a text of SQL is made of, without running it: its statements and its words outside of texts and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(
    r"""
    (?P<comment> --[^\n]* | /\*.*?(?:\*/|\Z) )
  | (?P<quoted>  '(?:[^']|'')*(?:'|\Z) | "(?:[^"]|"")*(?:"|\Z) | `(?:[^`]|``)*(?:`|\Z) | \[[^\]]*(?:\]|\Z) )
  | (?P<word>    [^\W\d]\w* )
  | (?P<number>  \d[\w.]* )
  | (?P<space>   \s+ )
  | (?P<sign>    <> | != | <= | >= | \|\| | == | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def statements(source: str) -> list[str]:
    """The statements between semicolons, without those that are only comments. Each is as its author typed it."""
    found, start, has_words = [], 0, False
    for part in _PARTS.finditer(source):
        if part["sign"] == ";":
            if has_words:
                found.append(source[start : part.start()].strip())
            start, has_words = part.end(), False
        elif not (part["comment"] or part["space"]):
            has_words = True
    return [*found, source[start:].strip()] if has_words else found


def words(source: str) -> list[str]:
    """Words in capital letters, signs and numbers as they are; quoted texts and names are one blank word each."""
    found = []
    for part in _PARTS.finditer(source):
        if part["quoted"]:
            found.append("")
        elif text := part["word"] or part["number"] or part["sign"]:
            found.append(text.upper())
    return found


def holds(token: str, found: Sequence[str]) -> bool:
    """Whether the words have the token: "JOIN", "GROUP BY" (words next to each other), "COUNT()" (a function)."""
    wanted = words(token.removesuffix(")"))
    return bool(wanted) and any(
        list(found[place : place + len(wanted)]) == wanted for place in range(len(found) - len(wanted) + 1)
    )
