"""What a query earns, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from bilik.grading.checkers.sql.tests.cases import DATABASE, HIDDEN, answered, facts_of, task
from bilik.grading.kinds import KINDS, Run
from bilik.grading.tests.helpers import codes, graded, read
from bilik.grading.verdict import Outcome

pytestmark = pytest.mark.sandbox
ALL = "SELECT id, price FROM ticket"


@pytest.mark.parametrize(
    ("solution", "query"),
    [
        (ALL, "select id, price from ticket order by id desc;"),
        (ALL, "-- my query\nSELECT id, price AS p FROM ticket; -- done"),
        ("SELECT sum(price) FROM ticket", "SELECT total(price) + 0.0000000001 FROM ticket"),
        ("SELECT count(*) FROM ticket", "SELECT 4.0"),
        (
            "SELECT note FROM ticket",
            "SELECT NULL UNION ALL SELECT 'child' UNION ALL SELECT NULL UNION ALL SELECT 'bag'",
        ),
        ("SELECT name FROM stop", "WITH s AS (SELECT * FROM stop) SELECT name FROM s"),
    ],
)
def test_the_same_rows_are_right(solution: str, query: str, run: Run) -> None:
    assert answered(solution, query, run).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("solution", "query", "code"),
    [
        (ALL, "SELECT id FROM ticket", "sql.columns_few"),
        (ALL, "SELECT * FROM ticket", "sql.columns_many"),
        (ALL, "SELECT price, id FROM ticket", "sql.column_order"),
        (ALL, "SELECT id, price FROM ticket WHERE id < 3", "sql.rows_few"),
        (ALL, "SELECT id, price FROM ticket UNION ALL SELECT 9, 9.0", "sql.row_extra"),
        (ALL, "SELECT id, price + 1 FROM ticket", "sql.cell"),
        (ALL, "SELECT id, CAST(price AS TEXT) FROM ticket", "sql.cell_text"),
        (ALL, "SELECT id, NULL FROM ticket", "sql.cell_null"),
        ("SELECT id, note FROM ticket", "SELECT id, coalesce(note, '') FROM ticket", "sql.cell_not_null"),
        (ALL, "SELECT id + 10, price + 10 FROM ticket", "sql.row"),
        ("SELECT DISTINCT day FROM ticket", "SELECT day FROM ticket", "sql.duplicates"),
        ("SELECT name FROM stop", "SELECT 'park' FROM stop WHERE id = 9", "sql.rows_few"),
    ],
)
def test_what_differs_is_said(solution: str, query: str, code: str, run: Run) -> None:
    verdict = answered(solution, query, run)
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0)
    assert code in codes(verdict)


def test_the_place_of_a_mistake_is_told_and_the_expected_value_only_when_allowed(run: Run) -> None:
    query = "SELECT id, CASE id WHEN 3 THEN 12 ELSE price END AS price FROM ticket"
    assert facts_of(answered(ALL, query, run), "sql.cell") == {"row": 3, "column": "price", "got": "12"}
    told = facts_of(answered(ALL, query, run, "show_expected = true"), "sql.cell_expected")
    assert told == {"row": 3, "column": "price", "got": "12", "expected": "0.7"}


def test_order_counts_only_when_the_author_says_so(run: Run) -> None:
    solution = "SELECT id FROM ticket ORDER BY id DESC"
    assert answered(solution, "SELECT id FROM ticket", run).outcome is Outcome.ACCEPTED
    verdict = answered(solution, "SELECT id FROM ticket", run, "order = true")
    assert "sql.order" in codes(verdict)


def test_names_of_columns_count_only_when_the_author_says_so(run: Run) -> None:
    solution = "SELECT count(*) AS tickets FROM ticket"
    assert answered(solution, "SELECT count(*) FROM ticket", run).outcome is Outcome.ACCEPTED
    assert "sql.column_name" in codes(answered(solution, "SELECT count(*) FROM ticket", run, "column_names = true"))
    named = answered(solution, "SELECT count(*) AS Tickets FROM ticket", run, "column_names = true")
    assert named.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(("toml", "right"), [("decimals = 1", True), ('absolute = "0.01"', False), ("", False)])
def test_rounding(toml: str, right: bool, run: Run) -> None:
    verdict = answered("SELECT avg(price) FROM ticket", "SELECT round(avg(price), 1) FROM ticket", run, toml)
    assert (verdict.outcome is Outcome.ACCEPTED) is right


def test_an_answer_written_for_these_rows_fails_on_others(run: Run) -> None:
    verdict = answered("SELECT max(price) FROM ticket", "SELECT 1.2", run, hidden=HIDDEN)
    assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0)
    assert "sql.hidden" in codes(verdict)
    assert "9.9" not in str(verdict.to_json())
    assert answered("SELECT max(price) FROM ticket", "SELECT max(price) FROM ticket", run, hidden=HIDDEN).score == 3


def test_a_requirement_that_is_not_met_leaves_half(run: Run) -> None:
    toml = '[require]\nuses = ["GROUP BY"]\nlacks = ["DISTINCT"]\nsay = { "DISTINCT" = "no-distinct" }'
    verdict = answered("SELECT day FROM ticket GROUP BY day", "SELECT DISTINCT day FROM ticket", run, toml)
    assert (verdict.outcome, str(verdict.score)) == (Outcome.PARTIAL, "1.500")
    assert codes(verdict)[:2] == ["require.uses", "no-distinct"]


@pytest.mark.parametrize(
    ("query", "kind", "suggestion"),
    [
        ("SELECT prise FROM ticket", "no_such_column", "price"),
        ("SELECT t.prise FROM ticket t", "no_such_column", "price"),
        ("SELECT * FROM tickets", "no_such_table", "ticket"),
        ("SELECT cuont(*) FROM ticket", "no_such_function", None),
        ("SELECT id FORM ticket", "syntax", None),
        ("SELECT id FROM", "incomplete", None),
        ("SELECT id FROM ticket JOIN stop", "ambiguous", None),
        ("SELECT id FROM ticket WHERE sum(price) > 1", "aggregate", None),
        ("SELECT 1 UNION SELECT 1, 2", "union", None),
        ("SELECT * FROM ticket WHERE id = (SELECT 1, 2)", "subquery", None),
        ("SELECT round()", "arguments", None),
        ("SELECT id FROM ticket WHERE day = '2024", "token", None),
        ("SELECT 1; SELECT 2", "several", None),
    ],
)
def test_errors_are_told_apart(query: str, kind: str, suggestion: str | None, run: Run) -> None:
    verdict = answered(ALL, query, run)
    assert verdict.outcome is Outcome.RUNTIME_ERROR
    assert verdict.feedback[-1].code == f"sql.error.{kind}"
    assert verdict.feedback[-1].data.get("suggestion") == suggestion


@pytest.mark.parametrize(
    ("rule", "query"),
    [
        ("rows = 2", "SELECT id, price FROM ticket WHERE id < 3"),
        ("columns = 1", "SELECT id FROM ticket"),
        ('missing = "price"', "SELECT id, note FROM ticket"),
        ('error = "no_such_column"', "SELECT id, cost FROM ticket"),
        ('uses = ["LIMIT"]', "SELECT id, price FROM ticket LIMIT 1"),
        ('same_as = "wrong/free.sql"', "SELECT id, 0 FROM ticket"),
    ],
)
def test_an_author_speaks_of_a_mistake(rule: str, query: str, run: Run) -> None:
    toml = f'[[feedback]]\n{rule}\nsay = "told"'
    assert "told" in codes(answered(ALL, query, run, toml, free="SELECT id, 0.0 FROM ticket"))
    assert "told" not in codes(answered(ALL, ALL + " WHERE id < 4", run, toml, free="SELECT id, 0.0 FROM ticket"))


def test_the_learner_sees_what_came_back(run: Run) -> None:
    shown = facts_of(answered(ALL, "SELECT id, note FROM ticket", run), "sql.result")
    assert shown["columns"] == ["id", "note"]
    assert shown["rows"][:2] == [["1", None], ["2", "child"]]
    assert (shown["count"], shown["more"]) == (4, False)


WRITES = 'writes = true\ncheck_table = "ticket"'


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("UPDATE ticket SET price = 0 WHERE stop_id = 1", ""),
        ("UPDATE ticket SET price = 0 WHERE id = 1; UPDATE ticket SET price = 0 WHERE id = 2;", ""),
        ("UPDATE ticket SET price = 0", "sql.cell"),
        ("DELETE FROM ticket WHERE stop_id = 1", "sql.rows_few"),
        ("DROP TABLE ticket", "sql.error.no_such_table"),
        ("INSERT INTO ticket VALUES (1, 1, 1, 1, 1)", "sql.error.constraint"),
        ("INSERT INTO ticket VALUES (1)", "sql.error.values"),
    ],
)
def test_a_statement_that_changes_data_is_judged_by_the_table(query: str, code: str, run: Run) -> None:
    verdict = answered("UPDATE ticket SET price = 0 WHERE stop_id = 1", query, run, WRITES)
    assert (verdict.outcome is Outcome.ACCEPTED) is (code == "")
    assert code == "" or code in codes(verdict)


def test_the_page_gets_tables_and_never_the_key(run: Run) -> None:
    controls = KINDS["sql"].controls(task("SELECT 'the key'", run, hidden=HIDDEN))
    assert [control["control"] for control in controls] == ["tables", "sql"]
    assert "the key" not in str(controls)
    stop: dict[str, Any] = controls[0]["tables"][0]
    assert (stop["name"], stop["count"]) == ("stop", 3)
    assert stop["columns"] == [["id", "INTEGER"], ["name", "TEXT"], ["zone", "INTEGER"]]
    assert stop["first"]["rows"][0] == ["1", "Bazar", "1"]


@pytest.mark.parametrize("text", ["", "   ", "-- nothing", "/* nothing */ ;"])
def test_nothing_is_no_answer(text: str, run: Run) -> None:
    assert graded(task(ALL, run), text, run=run).outcome is Outcome.INVALID


@pytest.mark.parametrize(
    ("toml", "files", "code"),
    [
        ("", {"solution.sql": "SELECT 1"}, "no-database"),
        ("", {"database.sql": DATABASE}, "no-solution"),
        ("writes = true", {}, "bad-value"),
        ('check_table = "ticket"', {}, "bad-value"),
        ("order = true", {}, "no-order"),
        ('[[feedback]]\nsame_as = "wrong/no.sql"\nsay = "x"', {}, "no-file"),
        ('[[feedback]]\nsay = "x"', {}, "missing-key"),
        ('[[feedback]]\nerror = "oops"\nsay = "x"', {}, "bad-value"),
    ],
)
def test_an_author_hears_what_is_wrong(toml: str, files: dict[str, str], code: str) -> None:
    _, problems = read("sql", toml, files=files or {"database.sql": DATABASE, "solution.sql": "SELECT 1"})
    assert code in {problem.code for problem in problems}


@pytest.mark.parametrize("solution", ["SELECT oops", "SELECT 1 WHERE 0", "SELECT x'00'", "SELECT 9e999"])
def test_a_solution_that_gives_nothing_to_compare_is_refused(solution: str, run: Run) -> None:
    with pytest.raises(ValueError, match=r"solution\.sql"):
        task(solution, run)
