"""What is known while tests in Python are read, and what was found in them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection
from dataclasses import dataclass, field

from bilik.exchange.bodies import Test
from bilik.grading.checkers.python_code.reading import parse_call

_KNOWN_MODULES = set(sys.stdlib_module_names) - {"unittest", "os", "subprocess", "__main__"}


@dataclass
class Found:
    """The tests that were taken over, and those that were not: line and reason."""

    tests: list[Test] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)

    @property
    def all_plain(self) -> bool:
        """Whether every test is one call with literal arguments, as python_code wants it."""
        return all(parse_call(test.call) is not None for test in self.tests)


@dataclass
class Scope:
    """What is known while a test is read: values of names, names that were touched, and what the program defines.

    `ignored` are names that belong to something that was left and said already, such as a caught error.
    """

    defined: Collection[str]
    modules: Collection[str] = ()
    values: dict[str, ast.expr] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    ignored: set[str] = field(default_factory=set)
    hidden: bool = False

    def inner(self) -> Scope:
        """A copy for a function of its own."""
        return Scope(self.defined, self.modules, dict(self.values), set(self.touched), set(self.ignored), self.hidden)

    def learn_imports(self, body: list[ast.stmt]) -> None:
        """Names that the tests import from Python's own library stand for what they mean, wherever they are used."""
        for node in body:
            if isinstance(node, ast.Import):
                names = [(alias.asname or alias.name, f"__import__({alias.name!r})") for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [(a.asname or a.name, f"__import__({node.module!r}).{a.name}") for a in node.names]
            else:
                continue
            for name, meaning in names:
                module = meaning.split("'")[1]
                if module in _KNOWN_MODULES and "*" not in meaning:
                    self.values[name] = ast.parse(meaning, mode="eval").body


def names_in(tree: ast.AST) -> set[str]:
    """The names that a piece of code defines on its first level: functions, classes, imports, assignments."""
    found: set[str] = set()
    for node in getattr(tree, "body", []):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            found |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return found
