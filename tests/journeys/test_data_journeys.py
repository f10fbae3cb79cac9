"""Queries, notebooks and tables, answered in a real browser: on a phone, at a desk, and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_journeys import PASTE, check, verdict

pytestmark = pytest.mark.browser

COURSE = "/learn/data-with-sql/"
LESSONS = Path(__file__).resolve().parents[2] / "courses" / "data-with-sql" / "lessons"
TAKING = "05-changing-and-taking-along"


def file_of(lesson: str, exercise: str, name: str) -> str:
    return (LESSONS / lesson / exercise / name).read_text(encoding="utf-8")


def write(page: Page, task: str, text: str, cell: int | None = None) -> None:
    """Types into the editor of a task, or into one of its cells. An editor comes when its field comes near."""
    field = page.locator(f"#{task}") if cell is None else page.locator(f"#{task} .cell").nth(cell)
    field.scroll_into_view_if_needed()
    editor = field.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    editor.evaluate(PASTE, text)


def solve_notebook(page: Page, task: str, cells: tuple[str, ...], wrong: str = "") -> None:
    for place, cell in enumerate(cells):
        write(page, task, file_of(TAKING, task, wrong if wrong and place == 1 else f"solution/{cell}.py"), place)
    check(page, task)


def test_a_query_and_a_notebook_on_a_phone_in_azerbaijani(visit, look):
    page = visit("az", PHONE, sign_in="leyla")
    page.goto(COURSE + "01-asking-a-table/")
    expect(page.locator("h1")).to_have_text("Cədvələ sual vermək")
    task = "under-one-manat"
    write(page, task, "SELECT name FROM bread WHERE price <= 1")
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict wrong")
    expect(verdict(page, task).locator("table.rows tbody tr")).to_have_count(4)
    assert "1-dən *azdırmı*" not in verdict(page, task).inner_text()
    assert "azdırmı" in verdict(page, task).inner_text()
    look(page, "sql-wrong-az-phone")
    write(page, task, file_of("01-asking-a-table", task, "solution.sql"))
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict accepted")
    look(page, "sql-accepted-az-phone")

    page.goto(COURSE + TAKING + "/")
    task, cells = "tickets-from-a-file", ("load", "takings", "best")
    solve_notebook(page, task, cells, wrong="wrong/takings--key.py")
    expect(verdict(page, task)).to_have_class("verdict error")
    assert "KeyError" in verdict(page, task).inner_text()
    expect(page.locator(f"#{task} .cell.pass")).to_have_count(1)
    expect(page.locator(f"#{task} .cell.fail")).to_have_count(2)
    look(page, "cells-error-az-phone")
    write(page, task, file_of(TAKING, task, "solution/takings.py"), 1)
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict accepted")
    expect(page.locator(f"#{task} .cell.pass")).to_have_count(3)
    look(page, "cells-accepted-az-phone")
    page.goto(f"{COURSE}{TAKING}/{task}/attempts")
    expect(page.locator("ol.attempts > li")).to_have_count(2)
    look(page, "cells-attempts-az-phone")


def test_a_query_a_notebook_and_a_file_at_a_desk_in_english(visit, look):
    page = visit("en", DESKTOP)
    page.goto("/design/")
    look(page, "gallery-en-desktop")
    page = visit("en", DESKTOP, sign_in="jasur")
    page.locator("footer button:has-text('English')").click()
    page.goto(COURSE + "04-joining-tables/")
    expect(page.locator("h1")).to_have_text("Joining tables")
    task = "ticket-with-line"
    write(page, task, "SELECT ticket.id, lines.name FROM ticket JOIN lines ON ticket.line = lines.number")
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict error")
    assert "Did you mean line?" in verdict(page, task).inner_text()
    look(page, "sql-error-en-desktop")
    write(page, task, file_of("04-joining-tables", task, "solution.sql"))
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict accepted")

    page.goto(COURSE + TAKING + "/")
    solve_notebook(page, "sql-from-python", ("base", "cheap", "mean"))
    expect(verdict(page, "sql-from-python")).to_have_class("verdict accepted")
    task = "takings-as-a-table"
    page.set_input_files(f"#{task} input[type=file]", LESSONS / TAKING / task / "wrong/shared-equally.csv")
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict partial")
    expect(verdict(page, task).locator("table.rows tbody tr")).to_have_count(2)
    look(page, "table-partial-en-desktop")
    page.set_input_files(f"#{task} input[type=file]", LESSONS / TAKING / task / "expected.csv")
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict accepted")
    page.locator(f"#{task} details.solution").click()
    look(page, "data-accepted-en-desktop")


def test_data_exercises_work_without_javascript(visit):
    page = visit("en", DESKTOP, sign_in="jasur", javascript=False, errors_wanted=True)
    page.goto(COURSE + "02-order-and-gaps/")
    page.fill("#not-measured textarea", file_of("02-order-and-gaps", "not-measured", "solution.sql"))
    check(page, "not-measured")
    expect(verdict(page, "not-measured")).to_have_class("verdict accepted")
    page.goto(COURSE + TAKING + "/")
    page.fill("#takings-as-a-table textarea", file_of(TAKING, "takings-as-a-table", "expected.csv"))
    check(page, "takings-as-a-table")
    expect(verdict(page, "takings-as-a-table")).to_have_class("verdict accepted")
    task = "tickets-from-a-file"
    for place, cell in enumerate(("load", "takings", "best")):
        page.locator(f"#{task} textarea").nth(place).fill(file_of(TAKING, task, f"solution/{cell}.py"))
    page.locator(f"#{task} .cell").nth(2).locator("button[value=run]").click()
    expect(page.locator(f"#{task} .cell").nth(2).locator(".ran .screen")).to_have_text("Ganja\n")
    expect(page.locator(f"#{task} .ran .screen")).to_have_count(1)
    check(page, task)
    expect(verdict(page, task)).to_have_class("verdict accepted")
