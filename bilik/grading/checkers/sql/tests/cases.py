"""SQL exercises for tests: a database of tickets in an invented town, and answers to them."""

from __future__ import annotations

from typing import Any

from bilik.grading.kinds import KINDS, Run
from bilik.grading.tests.helpers import graded, spec_of
from bilik.grading.verdict import Verdict

DATABASE = """
CREATE TABLE stop (id INTEGER PRIMARY KEY, name TEXT, zone INTEGER);
INSERT INTO stop VALUES (1, 'Bazar', 1), (2, 'Park', 1), (3, 'Stansiya', 2);
CREATE TABLE ticket (id INTEGER PRIMARY KEY, stop_id INTEGER, price REAL, day TEXT, note TEXT);
INSERT INTO ticket VALUES (1, 1, 0.5, '2024-05-01', NULL), (2, 1, 0.5, '2024-05-01', 'child'),
  (3, 2, 0.7, '2024-05-02', NULL), (4, 3, 1.2, '2024-05-02', 'bag');
"""
HIDDEN = DATABASE + "INSERT INTO ticket VALUES (5, 3, 9.9, '2024-05-03', NULL);"


def task(solution: str, run: Run, toml: str = "", *, hidden: str = "", **wrong: str) -> dict[str, Any]:
    """A prepared spec in which nothing is wrong."""
    files = {"database.sql": DATABASE, "solution.sql": solution, "hidden.sql": hidden}
    files |= {f"wrong/{name}.sql": text for name, text in wrong.items()}
    return dict(KINDS["sql"].prepare(spec_of("sql", toml, files=files), run))


def answered(solution: str, query: str, run: Run, toml: str = "", **more: str) -> Verdict:
    """The verdict on a query where `solution` is right."""
    return graded(task(solution, run, toml, **more), query, run=run)


def facts_of(verdict: Verdict, code: str) -> dict[str, Any]:
    """The facts of the feedback with this code."""
    return next(dict(item.data) for item in verdict.feedback if item.code == code)
