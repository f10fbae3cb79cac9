"""Tests written as Python, read from their syntax tree: an expression and the literal that it must give.

Nothing is run here. Names that a test gives a value are put in where they are used, loops over written-out values are
unrolled; what needs several steps, or expects an error, is left with the reason.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Mapping
from typing import Any

from bilik.exchange.bodies import Test
from bilik.exchange.constants import Unknown, constant, literal
from bilik.exchange.scopes import Found, Scope
from bilik.grading.checkers.python_code.reading import is_literal, parse_call

MOST_TESTS = 100
_BUILTINS = set(dir(builtins))
_LONGEST = 4_000


class _CannotSay(Exception):
    """Why a test cannot be taken over."""


def read_tests(body: list[ast.stmt], scope: Scope, found: Found) -> None:
    """Reads statements in order and adds what they test to `found`."""
    for statement in body:
        if scope.ignored & {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)}:
            continue
        try:
            _statement(statement, scope, found)
        except _CannotSay as why:
            found.left.append((statement.lineno, str(why)))
        except RecursionError:
            found.left.append((statement.lineno, "It is nested too deeply."))
    if len(found.tests) > MOST_TESTS:
        found.left.append((0, f"{len(found.tests) - MOST_TESTS} tests beyond the first {MOST_TESTS}."))
        del found.tests[MOST_TESTS:]


def _statement(node: ast.stmt, scope: Scope, found: Found) -> None:
    if isinstance(node, ast.Assert):
        found.tests.append(_assertion(node.test, scope))
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        _assign(node.targets[0], node.value, scope)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        _assign(node.target, node.value, scope)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        _called(node.value, scope, found)
    elif isinstance(node, ast.For):
        _loop(node, scope, found)
    elif isinstance(node, ast.With):
        _with(node, scope, found)
    elif isinstance(node, ast.Import | ast.ImportFrom | ast.Pass | ast.Expr):
        pass
    else:
        _touch(node, scope)
        if any(isinstance(inner, ast.Assert) for inner in ast.walk(node)):
            raise _CannotSay(f"A test inside of `{_word_of(node)}`.")


def _word_of(node: ast.stmt) -> str:
    words = {ast.If: "if", ast.While: "while", ast.Try: "try", ast.FunctionDef: "def", ast.ClassDef: "class"}
    return words.get(type(node), type(node).__name__.lower())


def _assign(target: ast.expr, value: ast.expr, scope: Scope) -> None:
    if isinstance(target, ast.Name):
        scope.values[target.id] = _filled(value, scope)
        scope.touched.discard(target.id)
    elif (
        isinstance(target, ast.Tuple | ast.List)
        and isinstance(value, ast.Tuple | ast.List)
        and len(target.elts) == len(value.elts)
    ):
        for one, each in zip(target.elts, value.elts, strict=True):
            _assign(one, each, scope)
    else:
        _touch(target, scope)


def _touch(node: ast.AST, scope: Scope) -> None:
    """Names whose value is not known any more."""
    for inner in ast.walk(node):
        if (isinstance(inner, ast.Name) and inner.id in scope.values) or (
            isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        ):
            scope.touched.add(inner.id)


def _loop(node: ast.For, scope: Scope, found: Found) -> None:
    """A loop over values that are written out is done turn by turn."""
    try:
        turns = list(constant(_filled(node.iter, scope)))
    except (Unknown, TypeError):
        _touch(node.target, scope)
        if any(isinstance(inner, ast.Assert | ast.Call) for inner in ast.walk(node)):
            raise _CannotSay("A loop over values that are not written out.") from None
        return
    for turn in turns[: MOST_TESTS + 1]:
        _bind(node.target, turn, scope)
        read_tests(node.body, scope, found)


def _bind(target: ast.expr, value: Any, scope: Scope) -> None:
    if isinstance(target, ast.Name):
        written = literal(value)
        if written is None:
            scope.touched.add(target.id)
        else:
            scope.values[target.id] = written
            scope.touched.discard(target.id)
    elif (
        isinstance(target, ast.Tuple | ast.List) and isinstance(value, tuple | list) and len(target.elts) == len(value)
    ):
        for one, each in zip(target.elts, value, strict=True):
            _bind(one, each, scope)
    else:
        _touch(target, scope)


def _with(node: ast.With, scope: Scope, found: Found) -> None:
    used = " ".join(ast.unparse(item.context_expr) for item in node.items)
    if "subTest" in used:
        read_tests(node.body, scope, found)
        return
    _touch(node, scope)
    if "aises" in used:
        for item in node.items:
            if item.optional_vars is not None:
                scope.ignored |= {n.id for n in ast.walk(item.optional_vars) if isinstance(n, ast.Name)}
        raise _CannotSay("It expects an error to be raised.")
    raise _CannotSay("A test inside of `with`.")


def _called(call: ast.Call, scope: Scope, found: Found) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _UNITTEST:
        found.tests.append(_UNITTEST[name](call.args, call.keywords, scope))
    elif name.lower().startswith("assert"):
        raise _CannotSay(f"`{name}` has no counterpart.")
    elif name not in ("print", "display"):
        # The call may change what it is called on.
        _touch(call, scope)


def _filled(node: ast.expr, scope: Scope) -> ast.expr:
    """An expression with the values of names put in."""

    class Fill(ast.NodeTransformer):
        def visit_Name(self, name: ast.Name) -> ast.AST:
            if name.id in scope.touched:
                raise _CannotSay(f"`{name.id}` changes on the way: it takes several steps.")
            return copy.deepcopy(scope.values[name.id]) if name.id in scope.values else name

        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            own = isinstance(node.value, ast.Name) and node.value.id not in scope.values
            if own and isinstance(node.value, ast.Name) and node.value.id in scope.modules:
                return ast.copy_location(ast.Name(node.attr, ast.Load()), node)
            return self.generic_visit(node)

    filled = Fill().visit(copy.deepcopy(node))
    assert isinstance(filled, ast.expr)
    return filled


def _written(node: ast.expr, scope: Scope) -> str:
    """An expression as text, when all its names are there in the learner's program."""
    known = set(scope.defined) | _BUILTINS
    for inner in ast.walk(node):
        if isinstance(inner, ast.comprehension | ast.Lambda):
            known |= {n.id for n in ast.walk(inner) if isinstance(n, ast.Name)} | _arguments(inner)
    unknown = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id not in known]
    if unknown:
        raise _CannotSay(f"It uses `{unknown[0]}`, which the solution does not define.")
    if any(isinstance(inner, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr) for inner in ast.walk(node)):
        raise _CannotSay("It does more than look at a value.")
    text = ast.unparse(ast.fix_missing_locations(node))
    if len(text) > _LONGEST:
        raise _CannotSay("It is too long.")
    return text


def _arguments(node: ast.AST) -> set[str]:
    return {argument.arg for argument in node.args.args} if isinstance(node, ast.Lambda) else set()


def _is_constant(node: ast.expr) -> bool:
    try:
        constant(node)
    except Unknown:
        return False
    return True


def _literal_text(node: ast.expr) -> str | None:
    try:
        written = literal(constant(node))
    except Unknown:
        return None
    text = ast.unparse(written) if written is not None else ""
    return text if text and len(text) <= _LONGEST and is_literal(text) else None


def _equal(first: ast.expr, second: ast.expr, scope: Scope, *, absolute: str = "", relative: str = "") -> Test:
    """That two expressions have one value: one of them is best a literal."""
    one, other = _filled(first, scope), _filled(second, scope)
    if _is_constant(one) and not _is_constant(other):
        one, other = other, one
    expected = _literal_text(other)
    if _is_constant(one):
        raise _CannotSay("It tests a value that is written out and not the program.")
    if expected is not None:
        return Test(_written(one, scope), expected, hidden=scope.hidden, absolute=absolute, relative=relative)
    if absolute or relative:
        raise _CannotSay("It compares two numbers that are both worked out.")
    text = f"({_written(one, scope)}) == ({_written(other, scope)})"
    return Test(text, "True", hidden=scope.hidden)


def _truth(node: ast.expr, scope: Scope, *, wanted: bool) -> Test:
    """That an expression holds, or does not."""
    filled = _filled(node, scope)
    if _is_constant(filled):
        raise _CannotSay("It tests a value that is written out and not the program.")
    text = _written(filled, scope)
    is_sure = isinstance(filled, ast.Compare) or parse_call(text) is not None
    return Test(text if is_sure else f"bool({text})", str(wanted), hidden=scope.hidden)


def _assertion(node: ast.expr, scope: Scope) -> Test:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _truth(node.operand, scope, wanted=False)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, operator, right = node.left, node.ops[0], node.comparators[0]
        if isinstance(operator, ast.Eq):
            if (near := _approx(right)) is not None:
                return _equal(left, near, scope, relative="1e-6", absolute="1e-12")
            return _equal(left, right, scope)
        if isinstance(operator, ast.Is) and isinstance(right, ast.Constant):
            return _equal(left, right, scope)
        if isinstance(operator, ast.Lt | ast.LtE) and (pair := _difference(left)) is not None:
            tolerance = _literal_text(_filled(right, scope))
            if tolerance is not None:
                return _equal(pair[0], pair[1], scope, absolute=tolerance)
    if isinstance(node, ast.Call) and (near_test := _close(node, scope)) is not None:
        return near_test
    return _truth(node, scope, wanted=True)


def _close(node: ast.Call, scope: Scope) -> Test | None:
    """math.isclose, numpy.isclose and numpy.allclose against a literal, with the tolerances that they have."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in ("isclose", "allclose") or len(node.args) < 2 or not _literal_text(_filled(node.args[1], scope)):
        return None
    given = {str(key.arg): _literal_text(key.value) or "" for key in node.keywords}
    of_math = "math" in ast.unparse(node.func)
    relative = given.get("rel_tol") or given.get("rtol") or ("1e-9" if of_math else "1e-5")
    absolute = given.get("abs_tol") or given.get("atol") or ("" if of_math else "1e-8")
    return _equal(node.args[0], node.args[1], scope, relative=relative, absolute=absolute)


def _approx(node: ast.expr) -> ast.expr | None:
    """The number inside pytest.approx(…)."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("pytest.approx", "approx") and len(node.args) == 1:
        return node.args[0]
    return None


def _difference(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """The two numbers of abs(a - b)."""
    is_abs = (
        isinstance(node, ast.Call) and ast.unparse(node.func) in ("abs", "np.abs", "math.fabs") and len(node.args) == 1
    )
    inner = node.args[0] if is_abs and isinstance(node, ast.Call) else None
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub):
        return inner.left, inner.right
    return None


_Args = list[ast.expr]
_Keys = list[ast.keyword]


def _two(args: _Args) -> tuple[ast.expr, ast.expr]:
    if len(args) < 2:
        raise _CannotSay("It has not the two values that it compares.")
    return args[0], args[1]


def _almost(args: _Args, keys: _Keys, scope: Scope) -> Test:
    first, second = _two(args)
    named: Mapping[str, str] = {str(key.arg): _literal_text(key.value) or "" for key in keys}
    places = _literal_text(args[2]) if len(args) > 2 else named.get("places")
    delta = named.get("delta")
    # unittest: round(a - b, places) == 0, so half a unit of the last place (7 by default).
    digits = int(places) if places and places.isdigit() else 7
    return _equal(first, second, scope, absolute=delta or f"{'0.' + '0' * digits + '5'}")


def _same_items(args: _Args, keys: _Keys, scope: Scope) -> Test:
    first, second = _two(args)
    ordered = [ast.Call(ast.Name("sorted", ast.Load()), [each], []) for each in (first, second)]
    try:
        values = ast.parse(repr(sorted(constant(_filled(second, scope)))), mode="eval").body
    except (Unknown, TypeError, SyntaxError):
        return _equal(ordered[0], ordered[1], scope)
    return _equal(ordered[0], values, scope)


def _contains(wanted: bool) -> Callable[[_Args, _Keys, Scope], Test]:
    def read(args: _Args, keys: _Keys, scope: Scope) -> Test:
        first, second = _two(args)
        return _truth(ast.Compare(first, [ast.In()], [second]), scope, wanted=wanted)

    return read


def _ordered(operator: ast.cmpop) -> Callable[[_Args, _Keys, Scope], Test]:
    def read(args: _Args, keys: _Keys, scope: Scope) -> Test:
        first, second = _two(args)
        return _truth(ast.Compare(first, [operator], [second]), scope, wanted=True)

    return read


def _one(args: _Args) -> ast.expr:
    if not args:
        raise _CannotSay("It has no value to look at.")
    return args[0]


def _not_none(args: _Args, keys: _Keys, scope: Scope) -> Test:
    return _truth(ast.Compare(_one(args), [ast.IsNot()], [ast.Constant(None)]), scope, wanted=True)


def _plain_equal(args: _Args, keys: _Keys, scope: Scope) -> Test:
    return _equal(*_two(args), scope)


_UNITTEST: Mapping[str, Callable[[_Args, _Keys, Scope], Test]] = {
    "assertEqual": _plain_equal, "assertEquals": _plain_equal, "assertIs": _plain_equal, "assert_equal": _plain_equal,
    "assertListEqual": _plain_equal, "assertDictEqual": _plain_equal, "assertTupleEqual": _plain_equal,
    "assertSetEqual": _plain_equal, "assertMultiLineEqual": _plain_equal, "assertSequenceEqual": _plain_equal,
    "assert_equals": _plain_equal, "assert_list_equal": _plain_equal, "eq_": _plain_equal,
    "assertTrue": lambda args, keys, scope: _truth(_one(args), scope, wanted=True),
    "assertFalse": lambda args, keys, scope: _truth(_one(args), scope, wanted=False),
    "assert_true": lambda args, keys, scope: _truth(_one(args), scope, wanted=True),
    "assert_false": lambda args, keys, scope: _truth(_one(args), scope, wanted=False),
    "assertIsNone": lambda args, keys, scope: _equal(_one(args), ast.Constant(None), scope),
    "assertIsNotNone": _not_none,
    "assertAlmostEqual": _almost, "assert_almost_equal": _almost,
    "assertCountEqual": _same_items, "assert_count_equal": _same_items,
    "assertIn": _contains(True), "assertNotIn": _contains(False), "assert_in": _contains(True),
    "assertNotEqual": _ordered(ast.NotEq()), "assertGreater": _ordered(ast.Gt()), "assertLess": _ordered(ast.Lt()),
    "assertGreaterEqual": _ordered(ast.GtE()), "assertLessEqual": _ordered(ast.LtE()),
    "assertIsNot": _ordered(ast.IsNot()),
}  # fmt: skip
