"""The talk with the sandbox: a database and statements go in, rows or an error come out, read as plain data."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bilik.grading.answers import storable
from bilik.grading.checkers.limits import limits_for
from bilik.grading.checkers.sql.statements import words
from bilik.grading.verdict import PlatformFault
from runner.job import Call, Job
from runner.result import Result

# A value of a job may have 200 000 characters as JSON writes them, six for a letter outside ASCII.
_PIECE = 30_000

_FORMS = tuple(
    (kind, re.compile(pattern, re.DOTALL | re.IGNORECASE))
    for kind, pattern in (
        ("no_such_column", r"no such column: (?P<name>.*)"),
        ("no_such_table", r"no such table: (?P<name>.*)"),
        ("no_such_function", r"no such function: (?P<name>.*)"),
        ("syntax", r'near "(?P<near>.*)": syntax error'),
        ("incomplete", r"incomplete input"),
        ("ambiguous", r"ambiguous column name: (?P<name>.*)"),
        ("aggregate", r"misuse of (?:aggregate|window function).*"),
        ("arguments", r"wrong number of arguments to function (?P<name>.*)"),
        ("union", r"SELECTs to the left and right of .* do not have the same number of result columns"),
        ("subquery", r"(?:sub-select|row value|only a single result|sub-query).*"),
        ("constraint", r"(?P<constraint>.*) constraint failed.*"),
        ("values", r".*(?:has \d+ columns but \d+ values|\d+ values for \d+ columns).*"),
        ("token", r'unrecognized token: "(?P<near>.*)"'),
    )
)


@cache
def _harness() -> str:
    return Path(__file__).with_name("harness.py").read_text(encoding="utf-8")


def pieces(text: str) -> list[str]:
    """A long text in parts that each fit into one value of a job."""
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]


def job_for(spec: Mapping[str, Any], statements: Sequence[str], database: str) -> Job:
    """What the sandbox is asked: lay the database, run the statements, give back rows. Expected rows stay here."""
    then = f'SELECT * FROM "{spec["check_table"]}"' if spec["writes"] else ""  # noqa: S608 - a name checked by reading
    return Job(
        mode="calls",
        code=_harness(),
        calls=(Call("ask", (list(statements), spec["writes"], then, *pieces(database))),),
        limits=limits_for(spec["limits"]),
    )


def job_for_tables(database: str, shown: int) -> Job:
    """What the page shows of a database."""
    return Job(mode="calls", code=_harness(), calls=(Call("tables", (shown, *pieces(database))),))


def reply_of(result: Result) -> dict[str, Any]:
    """What our program in the sandbox returned. Raises PlatformFault when it failed, which no SQL can bring about."""
    value = result.runs[0].returned() if result.runs and result.runs[0].error is None else None
    if not isinstance(value, dict) or not ("error" in value or {"columns", "rows", "more"} <= value.keys()):
        error = (result.load.error if result.load else None) or (result.runs[0].error if result.runs else None)
        raise PlatformFault(f"the SQL harness gave no reply: {error.type if error else result.ended}")
    return value


def error_facts(reply: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """SQLite's error as a kind with facts, a suggestion where a name was nearly right, and its own message."""
    message = storable(str(reply["message"]))
    if reply["refused"]:
        return {"kind": "not_allowed", "action": _action(str(reply["refused"])), "message": message}
    for kind, form in _FORMS:
        if match := form.fullmatch(message):
            facts = {key: value for key, value in match.groupdict().items() if value is not None}
            return {"kind": kind, "message": message, **facts, "suggestion": _nearest(kind, facts, tables)}
    return {"kind": "other", "message": message}


def _action(statement: str) -> str:
    """What a statement was about to do, in its own words: "DROP TABLE", "PRAGMA"."""
    found = [word for word in words(statement) if word not in ("TEMP", "TEMPORARY", "UNIQUE")]
    if found[0] in ("CREATE", "DROP", "ALTER"):
        return " ".join(found[:2])
    if found[0] in ("SELECT", "WITH", "VALUES"):
        return next((word for word in found if word in ("LOAD_EXTENSION", "INSERT", "UPDATE", "DELETE")), found[0])
    return found[0]


def _nearest(kind: str, facts: Mapping[str, str], tables: Sequence[Mapping[str, Any]]) -> str | None:
    if kind == "no_such_table":
        known = [table["name"] for table in tables]
    elif kind == "no_such_column":
        known = [name for table in tables for name, _ in table["columns"]]
    else:
        return None
    wanted = facts["name"].rpartition(".")[2].strip("\"'").casefold()
    lower = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wanted, lower, n=1, cutoff=0.6)
    return lower[close[0]] if close else None
