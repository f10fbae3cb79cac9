"""The author's side of a code exercise: tests, requirements, rules, limits, from TOML to a spec."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from bilik.grading.outputs import COMPARISONS
from bilik.grading.problems import Table
from runner import values
from runner.job import FILE_NAME, Limits

MOST_TESTS = 100
MOST_FILES = Limits().files
LIBRARIES = ("numpy", "pandas", "sklearn")


def read_spec(table: Table, files: Any) -> dict[str, Any]:
    """Everything a code exercise says beyond what all kinds say."""
    tests = [_read_test(row, number) for number, row in enumerate(table.tables("tests"), 1)]
    if not 1 <= len(tests) <= MOST_TESTS:
        table.problem("tests", f"There must be 1 to {MOST_TESTS} [[tests]].", code="tests")
    modes = {test["mode"] for test in tests}
    if len(modes) > 1:
        table.problem("tests", "Tests with `call` and tests with `input`/`output` are not mixed.", code="mixed-tests")
    names = [test["name"] for test in tests]
    for name in {name for name in names if names.count(name) > 1}:
        table.problem("tests", f"Two tests are called {name!r}.", code="double-test")
    libraries = read_libraries(table)
    if not files.text("solution.py").strip():
        table.problem("", "There is no solution.py: a task needs a model solution.", code="no-solution")
    return {
        "mode": next(iter(modes), "program"),
        "tests": tests,
        "require": read_requirements(table),
        "feedback": [_read_rule(row, names, modes) for row in table.tables("feedback")],
        "libraries": libraries,
        "limits": read_limits(table.table("limits"), bool(libraries)),
        "files": read_files(table, files),
        "writes": table.flag("writes", bool(files.data)),
    }


def read_libraries(table: Table) -> list[str]:
    """`libraries`: those beyond the standard library that a program may import."""
    libraries = table.texts("libraries", ())
    for library in set(libraries) - set(LIBRARIES):
        table.problem("libraries", f"There is no library {library!r}; there are {', '.join(LIBRARIES)}.")
    return [library for library in libraries if library in LIBRARIES]


def _read_test(row: Table, number: int) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": row.text("name", f"test-{number}"),
        "hidden": row.flag("hidden"),
        "weight": row.whole("weight", 1, low=1, high=100),
        "absolute": "0",
        "relative": "0",
    }
    test |= _read_call(row) if row.has("call") else _read_program_test(row)
    if test["compare"] in ("close", "numbers"):
        test |= {key: str(row.exact(key, "0") or 0) for key in ("absolute", "relative")}
    row.leave_no_rest()
    return test


def _read_call(row: Table) -> dict[str, Any]:
    test: dict[str, Any] = {
        "mode": "calls",
        "call": row.text("call"),
        "expect": row.text("expect", "None"),
        "prints": row.text("prints", "") if row.has("prints") else None,
        "compare": row.one_of("compare", ("equal", "close"), "equal"),
        "strict": row.flag("strict"),
    }
    if parse_call(test["call"]) is None:
        row.problem("call", "`call` is one call of a function with literal arguments, such as area(3, 4).")
    if not is_literal(test["expect"]):
        row.problem("expect", '`expect` is a Python literal in quotes, such as "12" or "\'Leyla\'".')
    if test["compare"] == "close" and not row.has("absolute") and not row.has("relative"):
        row.problem("compare", "`close` needs `absolute` or `relative`.")
    if not row.has("expect") and not row.has("prints"):
        row.problem("", "A test needs `expect` or `prints`.", code="missing-key")
    return test


def _read_program_test(row: Table) -> dict[str, Any]:
    lines = row.texts("input", ())
    output = row.text("output")
    test = {
        "mode": "program",
        "input": "".join(line + "\n" for line in lines),
        "output": output.removeprefix("\n"),
        "compare": row.one_of("compare", COMPARISONS, "lines"),
    }
    if test["compare"] == "contains" and not test["output"].strip():
        row.problem("output", "Every output contains an empty text.")
    return test


def parse_call(source: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
    """`area(3, height=4)` as (name, arguments, named arguments); None when it is anything but that."""
    try:
        call = ast.parse(source.strip(), mode="eval").body
        if not isinstance(call, ast.Call):
            return None
        args = tuple(ast.literal_eval(argument) for argument in call.args)
        named = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg}
        name = ast.unparse(call.func)
        is_plain = all(part.isidentifier() for part in name.split(".")) and len(named) == len(call.keywords)
        return (name, args, named) if is_plain and _can_be_sent([args, named]) else None
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None


def _can_be_sent(value: Any) -> bool:
    """Whether a value reaches the sandbox as it is: `...` does not, nor a list of a million items."""
    return not values.holds_opaque(values.encode(value))


def is_literal(source: str) -> bool:
    """Whether a text is a Python literal."""
    try:
        return _can_be_sent(ast.literal_eval(source))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return False


def read_files(table: Table, files: Any) -> dict[str, str]:
    """What lies beside the learner's program. The sandbox takes plain names in one folder."""
    texts: dict[str, str] = {}
    for name, data in files.data.items():
        if not FILE_NAME.fullmatch(name):
            message = f"files/{name}: a name takes letters of English, digits, dots, dashes and spaces; no folders."
            table.problem("", message, code="file-name")
        try:
            texts[name] = data.decode("utf-8")
        except UnicodeDecodeError:
            table.problem("", f"files/{name} is not UTF-8 text.", code="encoding")
    if len(files.data) > MOST_FILES:
        table.problem("", f"There are more than {MOST_FILES} files in files/.", code="too-many")
    return texts


def read_requirements(table: Table) -> dict[str, Any]:
    """`[require]`: what a program is made of."""
    require = table.table("require")
    found: dict[str, Any] = {
        "uses": list(require.texts("uses", ())),
        "lacks": list(require.texts("lacks", ())),
        "functions": list(require.texts("functions", ())),
        "say": require.mapping("say"),
    }
    for token in found["say"]:
        if token not in found["uses"] + found["lacks"] + found["functions"]:
            require.problem("say", f"`say` speaks of {token!r}, which is neither required nor forbidden.")
    require.leave_no_rest()
    return found


def _read_rule(row: Table, names: list[str], modes: set[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"say": row.text("say")}
    for key in ("test", "got", "printed", "error"):
        if row.has(key):
            rule[key] = row.text(key)
    for key in ("uses", "lacks"):
        if row.has(key):
            rule[key] = list(row.texts(key))
    if row.flag("returned_nothing"):
        rule["returned_nothing"] = True
    if "test" in rule and rule["test"] not in names:
        row.problem("test", f"There is no test called {rule['test']!r}.", code="no-test")
    if modes == {"program"}:
        for key in rule.keys() & {"returned_nothing", "printed"}:
            row.problem(key, f"`{key}` is for function tests. What a program printed is `got`.")
    elif "got" in rule and not is_literal(rule["got"]):
        row.problem("got", '`got` is a Python literal in quotes, such as "12" or "\'Leyla\'".')
    if len(rule) == 1:
        row.problem("", "A feedback rule needs a condition.", code="missing-key")
    row.leave_no_rest()
    return rule


def read_limits(table: Table, with_libraries: bool) -> Mapping[str, Any]:
    """`[limits]`: processor seconds, memory, output; more of each with libraries."""
    limits = {
        "cpu_seconds": table.whole("cpu_seconds", 10 if with_libraries else 2, low=1, high=30),
        "memory_mb": table.whole("memory_mb", 1024 if with_libraries else 128, low=16, high=2048),
        "output_kb": table.whole("output_kb", 64, low=1, high=96),
    }
    table.leave_no_rest()
    return limits
