"""Values that are written out in a program, worked out without running it."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from typing import Any

_LARGEST = 100_000
_OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip


class Unknown(Exception):
    """The value cannot be known without running the program."""


def constant(node: ast.expr) -> Any:
    """The value of literals, small sums of them, and of zip, enumerate, range over them. Raises Unknown."""
    try:
        value = _value(node)
    except (ValueError, TypeError, ArithmeticError, SyntaxError, MemoryError, RecursionError, KeyError) as error:
        raise Unknown(str(error)) from error
    return value


def literal(value: Any) -> ast.expr | None:
    """A value as an expression that gives it; None when there is no literal for it."""
    try:
        text = repr(value)
        if len(text) > _LARGEST:
            return None
        node = ast.parse(text, mode="eval").body
        same = _value(node)
    except (SyntaxError, ValueError, TypeError, ArithmeticError, MemoryError, RecursionError, KeyError, Unknown):
        return None
    return node if same == value else None


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        made = {ast.Tuple: tuple, ast.List: list, ast.Set: set}[type(node)]
        return made(_value(each) for each in node.elts)
    if isinstance(node, ast.Dict):
        if any(key is None for key in node.keys):
            raise Unknown("**")
        return {_value(key): _value(each) for key, each in zip(node.keys, node.values, strict=True) if key is not None}
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd | ast.Not):
        value = _value(node.operand)
        return not value if isinstance(node.op, ast.Not) else -value if isinstance(node.op, ast.USub) else +value
    if isinstance(node, ast.BinOp):
        return _worked_out(node)
    if isinstance(node, ast.Call):
        return _called(node)
    raise Unknown(type(node).__name__)


def _worked_out(node: ast.BinOp) -> Any:
    left, right = _value(node.left), _value(node.right)
    if isinstance(node.op, ast.Pow):
        if not (isinstance(left, int) and isinstance(right, int) and 0 <= right <= 200 and abs(left) <= 10**6):
            raise Unknown("**")
        return left**right
    if isinstance(node.op, ast.Mult):
        sizes = [len(side) for side in (left, right) if isinstance(side, str | list | tuple)]
        times = [side for side in (left, right) if isinstance(side, int)]
        if sizes and times and sizes[0] * times[0] > _LARGEST:
            raise Unknown("*")
    if isinstance(node.op, ast.Mod) and isinstance(left, str):
        raise Unknown("%")
    return _OPERATORS[type(node.op)](left, right)


def _called(node: ast.Call) -> Any:
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("items", "keys", "values") and not node.args:
        found = _value(node.func.value)
        if isinstance(found, dict):
            return list(getattr(found, node.func.attr)())
    if not isinstance(node.func, ast.Name):
        raise Unknown("call")
    args = [_value(each) for each in node.args]
    named = {str(key.arg): _value(key.value) for key in node.keywords}
    name = node.func.id
    if name == "range" and all(isinstance(each, int) and abs(each) <= _LARGEST for each in args):
        return range(*args)
    if name == "enumerate" and len(args) >= 1:
        start = named.get("start", args[1] if len(args) > 1 else 0)
        return list(enumerate(_listed(args[0]), int(start)))
    if name == "zip":
        return list(zip(*(_listed(each) for each in args), strict=False))
    if name in ("list", "tuple", "set", "dict", "sorted", "frozenset") and not named and len(args) <= 1:
        made: dict[str, Callable[..., Any]] = {
            "list": list,
            "tuple": tuple,
            "set": set,
            "dict": dict,
            "sorted": sorted,
            "frozenset": frozenset,
        }
        return made[name](*args)
    raise Unknown(name)


def _listed(value: Any) -> Iterable[Any]:
    if not isinstance(value, str | list | tuple | range | dict | set):
        raise Unknown("not a list")
    return list(value)
