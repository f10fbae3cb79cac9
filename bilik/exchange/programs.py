"""Python of other systems as exercises of ours: what a solution needs, and which kind its tests fit."""

from __future__ import annotations

import ast
import builtins
import re
import sys
import warnings
from collections.abc import Iterable

from bilik.exchange.bodies import Body, Cell, Cells, Code
from bilik.exchange.report import Item
from bilik.exchange.scopes import Found, names_in

LIBRARIES = ("numpy", "pandas", "sklearn")
_BUILTINS = set(dir(builtins))


def parsed(source: str) -> ast.Module | None:
    """The syntax tree of a program, or None when it is no Python that this version reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def without_magic(source: str) -> str:
    """A notebook's cell without the lines that only a notebook understands."""
    if source.lstrip().startswith("%%"):
        return ""
    return "\n".join(line for line in source.split("\n") if not re.match(r"\s*[%!?]", line))


def missing_names(tree: ast.AST) -> set[str]:
    """Names that a program uses and does not define anywhere."""
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    made = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    made |= {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)}
    made |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    made |= {n.name for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler) and n.name}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return used - made - _BUILTINS


def needed_before(wanted: set[str], earlier: Iterable[ast.stmt]) -> str:
    """The statements of earlier cells that define the wanted names, and what those need in turn."""
    statements = list(earlier)
    taken: set[int] = set()
    open_names = set(wanted)
    for number in range(len(statements) - 1, -1, -1):
        made = names_in(ast.Module([statements[number]], []))
        if made & open_names:
            taken.add(number)
            open_names = (open_names - made) | missing_names(statements[number])
    return "\n".join(ast.unparse(statements[number]) for number in sorted(taken))


def libraries_of(source: str) -> tuple[list[str], list[str]]:
    """The libraries that a program imports: those that learners' programs may use, and others."""
    tree = parsed(source)
    names = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return sorted(names & set(LIBRARIES)), sorted(names - set(LIBRARIES) - set(sys.stdlib_module_names))


def program(
    starter: str, solution: str, found: Found, item: Item, *, data: dict[str, bytes] | None = None
) -> Body | None:
    """The exercise for a program and its tests: function tests where all fit, else one cell with expressions."""
    for line, why in found.left:
        item.left(f"A test: {why}", line=line)
    libraries, strange = libraries_of(solution)
    if strange:
        item.left(f"It needs {', '.join(strange)}, which learners' programs do not have.")
        return None
    whole = len(found.tests) + len(found.left)
    if not whole:
        item.left("There are no tests in it that can be read.")
        return None
    if not found.tests or len(found.tests) * 2 < whole:
        item.left(f"{len(found.tests)} of its {whole} tests could be taken over: too few to trust a verdict.")
        return None
    if found.left:
        item.changed(f"{len(found.tests)} of its {whole} tests were taken over.")
    if found.all_plain:
        return Code(starter, solution, found.tests, libraries, data or {})
    item.changed("Its tests look at more than one call, so it is a notebook of one cell (python_cells).")
    return Cells([Cell("program", "", starter, solution, found.tests)], libraries, data or {})
