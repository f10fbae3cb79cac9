"""What the syntax tree of an answer says: which constructs, calls, functions and names it uses.

Computed before any learner code runs, and sent first, so that the program cannot speak for itself.
Only names are compared here; whether a name means the built-in of that name is not known.
"""

from __future__ import annotations

import ast
from typing import Any

_MOST_NAMES = 300
_NAME_CHARACTERS = 80

_CONSTRUCTS: dict[type[ast.AST], str] = {
    ast.For: "for",
    ast.AsyncFor: "async_for",
    ast.While: "while",
    ast.If: "if",
    ast.IfExp: "conditional_expression",
    ast.ListComp: "list_comprehension",
    ast.SetComp: "set_comprehension",
    ast.DictComp: "dict_comprehension",
    ast.GeneratorExp: "generator_expression",
    ast.JoinedStr: "f_string",
    ast.Lambda: "lambda",
    ast.FunctionDef: "function",
    ast.AsyncFunctionDef: "async_function",
    ast.ClassDef: "class",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.With: "with",
    ast.AsyncWith: "with",
    ast.Import: "import",
    ast.ImportFrom: "import",
    ast.Raise: "raise",
    ast.Assert: "assert",
    ast.Return: "return",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Await: "await",
    ast.Break: "break",
    ast.Continue: "continue",
    ast.Pass: "pass",
    ast.Delete: "del",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
    ast.Match: "match",
    ast.NamedExpr: "walrus",
    ast.Starred: "star",
    ast.Slice: "slice",
    ast.Subscript: "subscript",
    ast.AugAssign: "augmented_assignment",
    ast.AnnAssign: "annotation",
    ast.BoolOp: "boolean_operator",
    ast.Compare: "comparison",
    ast.BinOp: "arithmetic",
    ast.List: "list",
    ast.Tuple: "tuple",
    ast.Dict: "dict",
    ast.Set: "set",
}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def facts_of(tree: ast.Module, code: str) -> dict[str, Any]:
    """The facts as JSON; lists are sorted, without doubles, and capped."""
    nodes = list(ast.walk(tree))
    functions = [node for node in nodes if isinstance(node, _Function)]
    return {
        "constructs": _sorted(_constructs(nodes, functions)),
        "calls": _sorted(_dotted(node.func) for node in nodes if isinstance(node, ast.Call)),
        "functions": {f.name[:_NAME_CHARACTERS]: _arguments(f) for f in functions[:_MOST_NAMES]},
        "classes": _sorted(node.name for node in nodes if isinstance(node, ast.ClassDef)),
        "imports": _sorted(name for node in nodes for name in _imported(node)),
        "names": _sorted(name for node in nodes for name in _assigned(node)),
        "literals": _literals(nodes),
        "lines": len(code.splitlines()),
        "docstrings": _sorted(f.name for f in functions if ast.get_docstring(f, clean=False)),
    }


def _sorted(names: Any) -> list[str]:
    return sorted({name[:_NAME_CHARACTERS] for name in names if name})[:_MOST_NAMES]


def _constructs(nodes: list[ast.AST], functions: list[Any]) -> set[str]:
    found = {_CONSTRUCTS[type(node)] for node in nodes if type(node) in _CONSTRUCTS}
    for node in nodes:
        if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            found.add("elif")
        if isinstance(node, ast.If) and node.orelse and not isinstance(node.orelse[0], ast.If):
            found.add("else")
        if isinstance(node, _Function) and node.decorator_list:
            found.add("decorator")
        if isinstance(node, ast.Try) and node.finalbody:
            found.add("finally")
    loops = [node for node in nodes if isinstance(node, (ast.For, ast.While))]
    if any(isinstance(inner, (ast.For, ast.While)) for loop in loops for inner in _below(loop)):
        found.add("nested_loop")
    if any(_calls_itself(function) for function in functions):
        found.add("recursion")
    return found


def _below(node: ast.AST) -> list[ast.AST]:
    return [inner for child in ast.iter_child_nodes(node) for inner in ast.walk(child)]


def _calls_itself(function: Any) -> bool:
    """Whether the function calls its own name, as a plain name or as a method of self or cls."""
    own = {function.name, f"self.{function.name}", f"cls.{function.name}"}
    return any(isinstance(node, ast.Call) and _dotted(node.func) in own for node in _below(function))


def _dotted(node: ast.AST) -> str:
    """``a.b.c`` for names and attributes of names; ``.c`` for an attribute of anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    elif parts:
        parts.append("")
    return ".".join(reversed(parts))


def _arguments(function: Any) -> list[str]:
    spec = function.args
    given = [*spec.posonlyargs, *spec.args, *filter(None, [spec.vararg]), *spec.kwonlyargs]
    names = [argument.arg for argument in [*given, *filter(None, [spec.kwarg])]]
    return [name[:_NAME_CHARACTERS] for name in names[:50]]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []


def _assigned(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    return []


def _literals(nodes: list[ast.AST]) -> dict[str, int]:
    """How many literals of each kind stand in the code."""
    counts: dict[str, int] = {}
    for node in nodes:
        if isinstance(node, ast.Constant):
            kind = type(node.value).__name__
            counts[kind] = counts.get(kind, 0) + 1
    return counts
