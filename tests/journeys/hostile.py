"""The hostile programs of hostile.toml, and the two tasks that they answer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

# So little memory that it ends well before the time: what meets both limits must not depend on how busy the machine is.
_LIMITS = {"cpu_seconds": 2, "memory_mb": 32, "output_kb": 64}


def _spec(mode: str, tests: list[dict[str, Any]]) -> dict[str, Any]:
    common = {"weight": 1, "absolute": "0", "relative": "0", "mode": mode}
    return {
        "kind": "python_code", "checker": 1, "points": 2, "mode": mode, "tests": [common | test for test in tests],
        "require": {"uses": [], "lacks": [], "functions": [], "say": {}}, "feedback": [], "libraries": [],
        "limits": _LIMITS, "files": {}, "writes": False,
    }  # fmt: skip


def _call(name: str, call: str, expect: str, *, hidden: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "hidden": hidden,
        "call": call,
        "expect": expect,
        "prints": None,
        "compare": "equal",
        "strict": False,
    }


def _program(name: str, typed: str, output: str, *, hidden: bool = False) -> dict[str, Any]:
    return {"name": name, "hidden": hidden, "input": typed, "output": output, "compare": "lines"}


CALLS = _spec(
    "calls",
    [
        _call("two", "double(2)", "4"),
        _call("text", "double('ab')", "'abab'"),
        _call("h", "double(7)", "14", hidden=True),
    ],
)
PROGRAM = _spec(
    "program", [_program("two", "2\n", "4"), _program("nine", "9\n", "18"), _program("h", "7\n", "14", hidden=True)]
)


def programs() -> dict[str, tuple[dict[str, Any], str]]:
    """By name: the spec of the task and the program for it. `seconds` is a limit that a program meets sooner."""
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    specs = {"calls": CALLS, "program": PROGRAM}
    return {
        program["name"]: (_limited(specs[mode], program.get("seconds")), program["code"])
        for mode, table in tables.items()
        for program in table
    }


def _limited(spec: dict[str, Any], seconds: int | None) -> dict[str, Any]:
    return spec if seconds is None else spec | {"limits": _LIMITS | {"cpu_seconds": seconds}}
