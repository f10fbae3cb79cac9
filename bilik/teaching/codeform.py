"""The normal form of a Python program: what is left when names and values are taken out. Pure."""

from __future__ import annotations

import ast
import builtins
import re
from typing import Any

_BUILTIN = frozenset(dir(builtins))
_SPACE = re.compile(r"\s+")


def code_form(source: str) -> str:
    """A text that is equal for programs that differ only in the names they choose, in the values they write down, in
    layout, comments and documentation. Programs that cannot be parsed come to their words without spaces and comments.
    """
    try:
        tree = ast.parse(source)
        return ast.dump(_Anonymous(_own_names(tree)).visit(tree), annotate_fields=False)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = (line.partition("#")[0] for line in source.splitlines())
        return "unread:" + _SPACE.sub("", "".join(lines))


def _own_names(tree: ast.AST) -> dict[str, str]:
    """The names that the program gives itself, each with its number in the order in which they first stand there."""
    given: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            given.add(node.id)
        elif isinstance(node, ast.arg):
            given.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            given.add(node.name)
        elif isinstance(node, ast.ExceptHandler):
            given.add(node.name or "")
    order: dict[str, str] = {}
    for node in _in_order(tree):
        for name in _names_at(node):
            if name in given and name not in order:
                order[name] = f"v{len(order)}"
    return order


def _in_order(node: ast.AST) -> Any:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _names_at(node: ast.AST) -> list[str]:
    found = [getattr(node, field, None) for field in ("id", "arg", "name")]
    return [name for name in found if isinstance(name, str)]


class _Anonymous(ast.NodeTransformer):
    """Puts numbers in the place of own names, and the type in the place of a value."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("id", "arg", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str) and name in self._names:
                setattr(node, field, self._names[name])
        if isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self._names.get(name, name) for name in node.names]
        if hasattr(node, "body") and isinstance(node.body, list):
            node.body = _without_words(node.body)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(value=node.value if node.value is None else type(node.value).__name__)


def _without_words(body: list[Any]) -> list[Any]:
    """Without lone strings (documentation), which do nothing."""
    return [
        one
        for one in body
        if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and one.value.value == "str")
    ]
