"""Programs that differ in nothing but layout."""

from __future__ import annotations

import ast


def program_form(source: str) -> str:
    """A program as its syntax tree prints it: without comments, layout and needless brackets.

    One that cannot be read stays as it is, without the white space at line ends and without empty lines.
    """
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "\n".join(line.rstrip() for line in source.strip().splitlines() if line.strip())
