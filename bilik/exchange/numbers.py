"""Numbers as other systems write them, worked out exactly: 1/3, 10^-4, 2e5, 3*10^2. Nothing is ever run."""

from __future__ import annotations

import ast
import operator
import re
from fractions import Fraction

_LONGEST = 60
_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluated(text: str) -> Fraction | None:
    """The exact value, or None when the text is not a number or a small sum of numbers."""
    plain = re.sub(r"\s+", "", text).replace("−", "-").replace("^", "**")
    if not plain or len(plain) > _LONGEST:
        return None
    try:
        if re.fullmatch(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?", plain, re.ASCII):
            return Fraction(plain.replace(",", "."))
        return _value(ast.parse(plain, mode="eval").body, plain)
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError, MemoryError, RecursionError, LookupError):
        return None


def _value(node: ast.AST, source: str) -> Fraction:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        # The text and not the float, so that 0.1 stays 0.1.
        return Fraction(source[node.col_offset : node.end_col_offset])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _value(node.operand, source)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        base, power = _value(node.left, source), _value(node.right, source)
        if power.denominator != 1 or abs(power) > 40:
            raise ValueError(source)
        return base ** int(power)
    if isinstance(node, ast.BinOp):
        return Fraction(_OPERATORS[type(node.op)](_value(node.left, source), _value(node.right, source)))
    raise ValueError(source)
