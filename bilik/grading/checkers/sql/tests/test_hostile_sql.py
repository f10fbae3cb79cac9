"""Statements that want something else than rows: each is stopped, and the next answer is graded as ever."""

from __future__ import annotations

import pytest

from bilik.grading.checkers.sql.tests.cases import HIDDEN, answered
from bilik.grading.kinds import Run
from bilik.grading.tests.helpers import codes
from bilik.grading.verdict import Outcome

pytestmark = pytest.mark.sandbox
ALL = "SELECT id, price FROM ticket"
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "


@pytest.mark.parametrize(
    "query",
    [
        _ENDLESS + "SELECT count(*) FROM n",
        _ENDLESS + "SELECT i FROM n WHERE i < 0",
        "SELECT count(*) FROM ticket a, ticket b, ticket c, ticket d, ticket e, ticket f, ticket g, ticket h, "
        "ticket i, ticket j, ticket k, ticket l, ticket m, ticket n, ticket o, ticket p",
    ],
)
def test_a_query_without_end_is_stopped(query: str, run: Run) -> None:
    verdict = answered(ALL, query, run, "limits = { cpu_seconds = 1 }")
    assert verdict.outcome is Outcome.TIME_LIMIT
    assert codes(verdict) == ["sql.time_limit"]


def test_a_query_that_hoards_memory_is_stopped(run: Run) -> None:
    query = _ENDLESS + "SELECT i, printf('%.*c', 100000, 'x') AS t FROM n ORDER BY t"
    verdict = answered(ALL, query, run, "limits = { memory_mb = 32, cpu_seconds = 10 }")
    assert verdict.outcome is Outcome.MEMORY_LIMIT


def test_a_result_without_end_is_cut(run: Run) -> None:
    assert "sql.too_many_rows" in codes(answered(ALL, _ENDLESS + "SELECT i, i FROM n", run))
    assert "sql.too_many_rows" in codes(answered(ALL, _ENDLESS + "SELECT i, printf('%.*c', 1900, 'я') FROM n", run))


@pytest.mark.parametrize(
    ("query", "action"),
    [
        ("ATTACH 'x.db' AS other", "ATTACH"),
        ("ATTACH ':memory:' AS other", "ATTACH"),
        ("DETACH main", "DETACH"),
        ("PRAGMA writable_schema = 1", "PRAGMA"),
        ("PRAGMA table_info(ticket)", "PRAGMA"),
        ("SELECT load_extension('x')", "LOAD_EXTENSION"),
        ("DROP TABLE ticket", "DROP TABLE"),
        ("DELETE FROM ticket", "DELETE"),
        ("INSERT INTO ticket (id) VALUES (9)", "INSERT"),
        ("UPDATE ticket SET price = 0", "UPDATE"),
        ("CREATE TABLE t (a)", "CREATE TABLE"),
        ("CREATE TEMP TABLE t (a)", "CREATE TABLE"),
        ("VACUUM INTO 'x.db'", "VACUUM"),
        ("CREATE VIRTUAL TABLE t USING fts5(a)", "CREATE VIRTUAL"),
        ("REPLACE INTO ticket (id) VALUES (1)", "REPLACE"),
    ],
)
def test_a_query_may_only_read(query: str, action: str, run: Run) -> None:
    verdict = answered(ALL, query, run)
    assert verdict.outcome is Outcome.RUNTIME_ERROR
    assert verdict.score == 0
    assert verdict.feedback[-1].code == "sql.error.not_allowed"
    assert verdict.feedback[-1].data["action"] == action


@pytest.mark.parametrize("query", ["ATTACH 'x' AS o", "PRAGMA writable_schema = 1", "SELECT load_extension('x')"])
def test_a_task_that_changes_data_opens_no_other_door(query: str, run: Run) -> None:
    toml = 'writes = true\ncheck_table = "ticket"'
    verdict = answered("DELETE FROM ticket WHERE id = 1", query, run, toml)
    assert verdict.feedback[-1].code == "sql.error.not_allowed"


@pytest.mark.parametrize("query", ["UPDATE sqlite_master SET sql = 'x'", "DELETE FROM sqlite_master"])
def test_the_schema_itself_cannot_be_changed(query: str, run: Run) -> None:
    toml = 'writes = true\ncheck_table = "ticket"'
    assert answered("DELETE FROM ticket WHERE id = 1", query, run, toml).outcome is Outcome.RUNTIME_ERROR


def test_nothing_of_the_hidden_rows_is_told(run: Run) -> None:
    hidden = HIDDEN.replace("'bag'", "'secret'")
    query = "SELECT id, CASE WHEN count(*) OVER () > 4 THEN abs(-9223372036854775807 - 1) ELSE price END FROM ticket"
    verdict = answered(ALL, query, run, hidden=hidden)
    assert "sql.hidden" in codes(verdict)
    assert "secret" not in str(verdict.to_json())
    assert "overflow" not in str(verdict.to_json())


def test_several_statements_are_one_too_many(run: Run) -> None:
    assert codes(answered(ALL, ALL + "; DROP TABLE ticket", run)) == ["sql.error.several"]
    # A semicolon in a text or in a comment parts nothing.
    assert answered("SELECT ';' AS a", "SELECT ';' -- ;\n/* ; */", run).outcome is Outcome.ACCEPTED
