"""A statement of SQL, run on a small database in the sandbox; the rows that come out are compared here."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bilik.grading import verdict
from bilik.grading.answers import InvalidAnswer, fields_of, one_text
from bilik.grading.checkers.limits import OUTCOMES
from bilik.grading.checkers.sql.asking import error_facts, job_for, job_for_tables, reply_of
from bilik.grading.checkers.sql.comparing import difference, how_of, shown
from bilik.grading.checkers.sql.reading import read_spec
from bilik.grading.checkers.sql.statements import holds, statements, words
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Outcome, Verdict

VERSION = 1
NEEDS_SANDBOX = True
BLOCKS: Mapping[str, Block] = {}
LONGEST_QUERY = 10_000
_ROWS_SHOWN = 5
_RESULT_ROWS = 20
_RESULT_COLUMNS = 12
_MOST_EXPECTED = 500


def read(table: Table, files: Any) -> dict[str, Any]:
    """`order`, `column_names`, `decimals`, `[require]`, `[[feedback]]`, `writes`, `check_table`, `[limits]`."""
    return read_spec(table, files)


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """The tables to show, and the rows that the solution gives on each database. Raises ValueError."""
    tables = run(job_for_tables(spec["database"], _ROWS_SHOWN))
    error = tables.runs[0].error if tables.runs else None
    if error is not None:
        raise ValueError(f"database.sql stopped with: {error.message}")
    found = tables.runs[0].returned() if tables.runs else None
    if not isinstance(found, list):
        raise ValueError(f"database.sql could not be laid: {tables.ended}")
    made = {**spec, "tables": [_table_shown(table) for table in found]}
    made["expected"] = _expected(made, "solution.sql", spec["solution"], spec["database"], run)
    made["hidden_expected"] = None
    if spec["hidden"]:
        made["hidden_expected"] = _expected(made, "solution.sql on hidden.sql", spec["solution"], spec["hidden"], run)
    rules = []
    for rule in spec["feedback"]:
        if "same_as" in rule:
            rows = _expected(made, "the file of same_as", rule["same_as"], spec["database"], run, least=0)
            rule = {**rule, "same_as": rows}
        rules.append(rule)
    return {**made, "feedback": rules}


def _table_shown(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table for the page: its columns with their types, how many rows it has, and the first of them."""
    columns = [list(column) for column in table["columns"]]
    rows = _as_shown(table["rows"])
    first = {"columns": [name for name, _ in columns], "rows": rows, "more": table["count"] > len(rows)}
    return {"name": table["name"], "columns": columns, "count": table["count"], "first": first}


def _expected(
    spec: Mapping[str, Any], what: str, query: str, database: str, run: Any, *, least: int = 1
) -> dict[str, Any]:
    result = run(job_for(spec, statements(query), database))
    error = result.runs[0].error if result.runs else None
    if result.ended != "finished" or error is not None:
        raise ValueError(f"{what} did not finish: {error.message if error else result.ended}")
    reply = reply_of(result)
    if "error" in reply:
        raise ValueError(f"{what} stopped with: {reply['message']}")
    rows, columns = reply["rows"], reply["columns"]
    if reply["more"] or len(rows) > _MOST_EXPECTED:
        raise ValueError(f"{what} gives more than {_MOST_EXPECTED} rows, or too much text")
    if len(rows) < least and not spec["writes"]:
        raise ValueError(f"{what} gives no rows, so an answer could not be told from a mistake")
    if any(isinstance(value, bytes) or (isinstance(value, float) and math.isinf(value)) for r in rows for value in r):
        raise ValueError(f"{what} gives a blob or an infinite number")
    return {"columns": list(columns), "rows": [list(row) for row in rows], "more": False}


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback of rules and of requirements."""
    return {rule["say"] for rule in spec["feedback"]} | set(spec["require"]["say"].values())


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """No blocks of its own."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The tables to look at, and an editor."""
    return [
        {"control": "tables", "tables": spec.get("tables", [])},
        {"control": "sql", "name": "answer", "language": "sql", "longest": LONGEST_QUERY},
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    """The text of the query; one statement, unless the task changes data."""
    text = one_text(fields, longest=LONGEST_QUERY)
    if not statements(text):
        raise InvalidAnswer("invalid.no_statement")
    return text


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One text."""
    return fields_of(answer)


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """solution.sql."""
    return str(spec["solution"])


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The words of the statement."""
    return " ".join(str(answer).casefold().rstrip("; \n").split())


def check(spec: Mapping[str, Any], answer: str, run: Any) -> Verdict:
    """Runs the query on the database that the learner sees and then, in a process of its own, on the hidden one.

    All or nothing: rows that fit by chance are worth nothing. A right query that is not made as required has half.
    """
    asked, found = statements(answer), words(answer)
    if len(asked) > 1 and not spec["writes"]:
        return _broken(spec, {"kind": "several", "message": ""}, found)
    result = run(job_for(spec, asked, spec["database"]))
    if result.ended in OUTCOMES:
        facts = {"seconds": spec["limits"]["cpu_seconds"], "memory_mb": spec["limits"]["memory_mb"]}
        code = f"sql.{result.ended}" if result.ended in ("time_limit", "memory_limit") else f"limit.{result.ended}"
        return Verdict(OUTCOMES[result.ended], Decimal(0), spec["points"], (Feedback(code, facts),), _proof(result))
    reply = reply_of(result)
    if "error" in reply:
        return _broken(spec, error_facts(reply, spec["tables"]), found)
    made = _judged(spec, reply, found, asked, run)
    return Verdict(made.outcome, made.score, made.of, made.feedback, _proof(result))


def _judged(
    spec: Mapping[str, Any], reply: Mapping[str, Any], found: Sequence[str], asked: Sequence[str], run: Any
) -> Verdict:
    """The verdict on rows that came back."""
    points, missing = spec["points"], _unmet(spec["require"], found)
    if not reply["columns"]:
        return verdict.wrong(points, *_author(spec, reply, found), Feedback("sql.no_result"))
    result = _result_shown(reply)
    if said := difference(reply, spec["expected"], how_of(spec)):
        return verdict.wrong(points, *_author(spec, reply, found), *missing, *said, result)
    if spec["hidden"] and not _holds_on_hidden(spec, asked, run):
        rule = next((rule for rule in spec["feedback"] if rule.get("hidden") and _words_fit(rule, found)), None)
        said = [verdict.author(rule["say"])] if rule else []
        return verdict.wrong(points, *said, *missing, Feedback("sql.hidden"), result)
    if missing:
        return Verdict(Outcome.PARTIAL, verdict.part_of(1, 2, of=points), points, (*missing, result))
    return verdict.accepted(points, result)


def _holds_on_hidden(spec: Mapping[str, Any], asked: Sequence[str], run: Any) -> bool:
    result = run(job_for(spec, asked, spec["hidden"]))
    if result.ended in OUTCOMES:
        return False
    reply = reply_of(result)
    return "error" not in reply and not difference(reply, spec["hidden_expected"], how_of(spec))


def _broken(spec: Mapping[str, Any], facts: Mapping[str, Any], found: Sequence[str]) -> Verdict:
    """The verdict on a statement that SQLite, or we, refused to run."""
    rule = next((r for r in spec["feedback"] if r.get("error") == facts["kind"] and _words_fit(r, found)), None)
    said = [verdict.author(rule["say"])] if rule else []
    said.append(Feedback(f"sql.error.{facts['kind']}", facts))
    return Verdict(Outcome.RUNTIME_ERROR, Decimal(0), spec["points"], tuple(said))


def _author(spec: Mapping[str, Any], reply: Mapping[str, Any], found: Sequence[str]) -> list[Feedback]:
    """The first feedback rule of the author that speaks of this result."""
    for rule in spec["feedback"]:
        if "error" not in rule and "hidden" not in rule and _fits(rule, spec, reply, found):
            return [verdict.author(rule["say"])]
    return []


def _fits(rule: Mapping[str, Any], spec: Mapping[str, Any], reply: Mapping[str, Any], found: Sequence[str]) -> bool:
    if not _words_fit(rule, found):
        return False
    if "rows" in rule and (reply["more"] or len(reply["rows"]) != rule["rows"]):
        return False
    if "columns" in rule and len(reply["columns"]) != rule["columns"]:
        return False
    if "missing" in rule and rule["missing"].casefold() in (name.casefold() for name in reply["columns"]):
        return False
    return "same_as" not in rule or not difference(reply, rule["same_as"], how_of(spec))


def _words_fit(rule: Mapping[str, Any], found: Sequence[str]) -> bool:
    return all(holds(token, found) for token in rule.get("uses", ())) and not any(
        holds(token, found) for token in rule.get("lacks", ())
    )


def _unmet(require: Mapping[str, Any], found: Sequence[str]) -> list[Feedback]:
    """What the query should be made of and is not, with the author's words or with ours."""
    unmet = [(token, "require.uses") for token in require["uses"] if not holds(token, found)]
    unmet += [(token, "require.lacks") for token in require["lacks"] if holds(token, found)]
    return [
        verdict.author(require["say"][token]) if token in require["say"] else Feedback(code, {"token": token})
        for token, code in unmet
    ]


def _as_shown(rows: Sequence[Sequence[Any]]) -> list[list[str | None]]:
    return [[None if value is None else shown(value) for value in row] for row in rows]


def _result_shown(reply: Mapping[str, Any]) -> Feedback:
    """The learner's own rows, the first of them, for the page."""
    rows = [row[:_RESULT_COLUMNS] for row in reply["rows"][:_RESULT_ROWS]]
    return Feedback(
        "sql.result",
        {
            "columns": [shown(name) for name in reply["columns"][:_RESULT_COLUMNS]],
            "rows": _as_shown(rows),
            "count": len(reply["rows"]),
            "more": bool(reply["more"] or len(reply["rows"]) > _RESULT_ROWS),
        },
    )


def _proof(result: Any) -> dict[str, Any]:
    return {
        "ended": result.ended,
        "cpu_ms": result.cpu_ms,
        "memory_kb": result.memory_kb,
        "mechanisms": list(result.mechanisms),
    }
