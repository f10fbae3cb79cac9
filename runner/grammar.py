"""An older Python's grammar, read by a newer one: what the interpreter whose verdict counts would refuse is refused.

The browser's Python may be newer than the sandbox's. ``ast.parse`` can be told of statements that are too new, but not
of f-strings, which 3.12 reads more freely (PEP 701): the same quotes inside, backslashes, comments, new lines.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable

_FREE_F_STRINGS = (3, 12)
_START = getattr(tokenize, "FSTRING_START", -1)
_MIDDLE = getattr(tokenize, "FSTRING_MIDDLE", -1)
_END = getattr(tokenize, "FSTRING_END", -1)
_BREAKS = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE)


def reader(version: tuple[int, int]) -> Callable[[str, str], ast.Module]:
    """A function that parses as Python `version` does. It raises SyntaxError, as ``ast.parse`` does."""

    def read(code: str, file: str) -> ast.Module:
        tree = ast.parse(code, file, feature_version=version)
        if version < _FREE_F_STRINGS and _START != -1:
            place = _too_free(code)
            if place is not None:
                line, column, source, message = place
                raise SyntaxError(message, (file, line, column + 1, source))
        return tree

    return read


def _too_free(code: str) -> tuple[int, int, str, str] | None:
    """Where the first f-string stands that only 3.12 and later can read: line, column, text, message."""
    open_quotes: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        own_text = token.type in (_MIDDLE, _END)
        around = open_quotes[:-1] if own_text else open_quotes
        if around and _breaks_out(token, around):
            broken = token.type in _BREAKS or "\n" in token.string
            message = "unterminated string literal" if broken else "f-string: invalid syntax"
            return token.start[0], token.start[1], token.line.partition("\n")[0], message
        if token.type == _START:
            open_quotes.append(token.string.lstrip("rRfF"))
        elif token.type == _END:
            open_quotes.pop()
    return None


def _breaks_out(token: tokenize.TokenInfo, around: list[str]) -> bool:
    """Whether a token inside a replacement field would have ended the string, or was not allowed there."""
    if "\\" in token.string or token.type == tokenize.COMMENT:
        return True
    single = any(len(quote) == 1 for quote in around)
    if single and (token.type in _BREAKS or "\n" in token.string):
        return True
    return any(quote in token.string for quote in around)
