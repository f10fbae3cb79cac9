"""How much two programs have in common: winnowing, after Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms
for Document Fingerprinting", SIGMOD 2003. Pure.

A program becomes a row of tokens without names and values; every k tokens in a row give a number; of every window of w
numbers the least is kept, of equal ones the rightmost. Every match of at least w + k - 1 tokens is found, none shorter
than k.
"""

from __future__ import annotations

import hashlib
import io
import keyword
import tokenize
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

K, WINDOW = 12, 6
_SKIPPED = (tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER)
_NAMED = {tokenize.NAME: "N", tokenize.NUMBER: "0", tokenize.STRING: "S"}


@dataclass(frozen=True)
class Token:
    """One token without its name or value, and the line it stands in, from 1."""

    text: str
    line: int


@dataclass(frozen=True)
class Match:
    """Lines of one program and of another that are alike: both ends are counted."""

    left: tuple[int, int]
    right: tuple[int, int]


@dataclass(frozen=True)
class Likeness:
    """`share` is the part of the smaller program's fingerprints that the other one has as well, between 0 and 1."""

    share: float
    matches: tuple[Match, ...]


def tokens_of(source: str) -> list[Token]:
    """The tokens of a Python program as far as it can be read."""
    found: list[Token] = []
    try:
        for one in tokenize.generate_tokens(io.StringIO(source).readline):
            if one.type in _SKIPPED:
                continue
            known = one.type == tokenize.NAME and keyword.iskeyword(one.string)
            blank = one.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
            text = one.string if known else tokenize.tok_name[one.type] if blank else _NAMED.get(one.type, one.string)
            found.append(Token(text, one.start[0]))
    except (tokenize.TokenError, SyntaxError, ValueError):  # It breaks off; what was read counts.
        pass
    return found


def winnow(numbers: Sequence[int], window: int = WINDOW) -> list[tuple[int, int]]:
    """The kept numbers with their places: of every window the least, of equal ones the rightmost."""
    if not numbers:
        return []
    window = min(window, len(numbers))
    kept: list[tuple[int, int]] = []
    for start in range(len(numbers) - window + 1):
        part = numbers[start : start + window]
        least = min(part)
        place = start + window - 1 - part[::-1].index(least)
        if not kept or kept[-1][1] != place:
            kept.append((least, place))
    return kept


def prints_of(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The fingerprints of a program, with the places of their first tokens."""
    texts = [token.text for token in tokens]
    return winnow([_number(texts[at : at + K]) for at in range(len(texts) - K + 1)])


def _number(texts: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b("\x00".join(texts).encode(), digest_size=8).digest(), "big")


def baseline(sources: Iterable[str]) -> frozenset[int]:
    """All that stands in texts everybody has (what the author starts with, the model answer): it proves nothing."""
    known: set[int] = set()
    for source in sources:
        texts = [token.text for token in tokens_of(source)]
        known |= {_number(texts[at : at + K]) for at in range(len(texts) - K + 1)}
    return frozenset(known)


def compare(left: str, right: str, ignored: Collection[int] = frozenset()) -> Likeness:
    """How much two programs have in common, and where."""
    sides = tokens_of(left), tokens_of(right)
    prints = [[one for one in prints_of(side) if one[0] not in ignored] for side in sides]
    sets = [{number for number, _ in side} for side in prints]
    shared = sets[0] & sets[1]
    if not shared:
        return Likeness(0.0, ())
    places = [[(number, at) for number, at in side if number in shared] for side in prints]
    return Likeness(len(shared) / min(map(len, sets)), tuple(_matches(sides, places)))


def _matches(sides: Sequence[Sequence[Token]], places: Sequence[Sequence[tuple[int, int]]]) -> list[Match]:
    """Places with equal fingerprints, those that follow on each other joined."""
    first: dict[int, int] = {}
    for number, at in places[1]:
        first.setdefault(number, at)
    found: list[Match] = []
    for number, at in places[0]:
        match = Match(_lines(sides[0], at), _lines(sides[1], first[number]))
        if found and _touches(found[-1], match):
            last = found[-1]
            match = Match(_joined(last.left, match.left), _joined(last.right, match.right))
            found[-1] = match
        else:
            found.append(match)
    return found


def _lines(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    return tokens[at].line, tokens[min(at + K, len(tokens)) - 1].line


def _touches(one: Match, other: Match) -> bool:
    near = [
        other_side[0] <= one_side[1] + 1 and other_side[1] >= one_side[0] - 1
        for one_side, other_side in ((one.left, other.left), (one.right, other.right))
    ]
    return all(near)


def _joined(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])
