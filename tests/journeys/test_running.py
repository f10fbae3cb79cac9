"""A learner runs programs beside a task: on the device, stopped in an endless loop, step by step; or on the server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_data_journeys import write as write_cell
from tests.journeys.test_journeys import check, solution, verdict, write_program

pytestmark = [pytest.mark.browser, pytest.mark.sandbox]
LESSON = "/learn/python-from-zero/02-numbers-and-names/"
TASK = "hours-and-minutes"
# Starting Python takes seconds, and on a busy machine many of them.
PATIENCE = 120_000
LOOP = "minutes = [1, 2]\nother = minutes\nfor n in range(2):\n    other.append(n)\nprint(minutes)\n"


def fetch_python(page: Page) -> None:
    """Presses Run, reads how large Python is, and agrees."""
    page.locator(f"#{TASK} button[value=run]").click()
    offer = page.locator(f"#{TASK} .ran .notice")
    expect(offer).to_contain_text("MB")
    offer.locator("button").first.click()


def as_learner(visit, language: str, size: dict) -> Page:
    """A learner of Ganja, who reads in Azerbaijani until she chooses another language."""
    page = visit(language, size, sign_in="leyla")
    page.locator(f"footer button[value={language}]").click()
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


@pytest.mark.parametrize(("language", "size", "name"), [("az", PHONE, "az-phone"), ("en", DESKTOP, "en-desktop")])
def test_cells_are_run_on_the_device(visit, look, language: str, size: dict, name: str) -> None:
    page, task = as_learner(visit, language, size), "tickets-from-a-file"
    page.goto("/learn/data-with-sql/05-changing-and-taking-along/")
    cells = page.locator(f"#{task} .cell")
    write_cell(page, task, 'rows = [{"city": "Ganja"}]\nprint("one")', 0)
    write_cell(page, task, 'print(rows[0]["city"])\nprint(row)', 1)
    cells.nth(1).locator("button[value=run]").click()
    cells.nth(1).locator(".ran .notice button").first.click()
    ran = cells.nth(1).locator(".ran")
    expect(ran.locator(".screen-box .screen")).to_have_text("Ganja\n", timeout=PATIENCE)
    expect(ran).to_contain_text("NameError")
    expect(ran).to_contain_text("Xana 2, sətir 2" if language == "az" else "Cell 2, line 2")
    expect(cells.nth(1).locator(".cm-line.marked")).to_have_text("print(row)")
    expect(cells.nth(0).locator(".cm-line.marked")).to_have_count(0)
    cells.nth(0).locator("button[value=run]").click()
    expect(cells.nth(0).locator(".screen-box .screen")).to_have_text("one\n", timeout=PATIENCE)
    page.locator(f"#{task} button[value=tests]").click()
    expect(page.locator(f"#{task} .verdict.on-device")).to_contain_text("NameError", timeout=PATIENCE)
    look(page, f"cells-run-{name}")


@pytest.mark.parametrize(("language", "size", "name"), [("az", PHONE, "az-phone"), ("en", DESKTOP, "en-desktop")])
def test_a_learner_runs_a_program_on_the_device(visit, look, language: str, size: dict, name: str) -> None:
    page = as_learner(visit, language, size)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(LESSON)
    assert not [url for url in loaded if "/static/python/" in url], "Python came without being asked for"

    ran = page.locator(f"#{TASK} .ran")
    write_program(page, TASK, "name = input('? ')\nprint(name)\nprint(nam)\n")
    page.locator(f"#{TASK} .typed summary").click()
    page.locator(f"#{TASK} [name=typed]").fill("Jasur")
    fetch_python(page)
    expect(ran.locator(".screen")).to_contain_text("? Jasur", timeout=PATIENCE)
    expect(ran).to_contain_text("NameError", timeout=PATIENCE)
    expect(page.locator(f"#{TASK} .cm-line.marked")).to_have_text("print(nam)")
    look(page, f"run-{name}")

    write_program(page, TASK, "while True:\n    print('salam')\n    for n in range(10 ** 6):\n        pass\n")
    page.locator(f"#{TASK} button[value=run]").click()
    expect(ran.locator(".screen")).to_contain_text("salam", timeout=PATIENCE)
    page.locator(f"#{TASK} [data-stop]").click()
    expect(page.locator(f"#{TASK} [data-stop]")).to_be_hidden()
    expect(ran.locator(".screen")).to_contain_text("salam")

    write_program(page, TASK, solution("02-numbers-and-names", TASK))
    page.locator(f"#{TASK} button[value=tests]").click()
    expect(ran.locator(".verdict.accepted")).to_be_visible(timeout=PATIENCE)
    look(page, f"tests-{name}")
    assert sent == [], "what a device computed was sent"
    expect(verdict(page, TASK)).to_have_count(0)


@pytest.mark.parametrize(("language", "size", "name"), [("en", PHONE, "en-phone"), ("az", DESKTOP, "az-desktop")])
def test_a_learner_steps_through_a_program_by_keyboard(visit, look, language: str, size: dict, name: str) -> None:
    page = as_learner(visit, language, size)
    page.goto(LESSON)
    write_program(page, TASK, LOOP)
    page.locator(f"#{TASK} button[value=steps]").focus()
    page.keyboard.press("Enter")
    page.locator(f"#{TASK} .ran .notice button").first.press("Enter")
    stepper = page.locator(f"#{TASK} .stepper")
    expect(stepper).to_be_visible(timeout=PATIENCE)
    current = stepper.locator(".step-code [aria-current=step]")
    expect(current).to_have_text("minutes = [1, 2]")
    forward = stepper.locator("button").nth(2)
    for _ in range(4):
        forward.press("Enter")
    expect(current).to_have_text("for n in range(2):")
    expect(stepper.locator("caption").nth(1)).to_contain_text("minutes, other")
    page.keyboard.press("ArrowLeft")
    expect(current).to_have_text("    other.append(n)")
    look(page, f"steps-{name}")
    page.keyboard.press("End")
    expect(stepper.locator(".screen")).to_have_text("[1, 2, 0, 1]")
    expect(forward).to_have_attribute("aria-disabled", "true")


def test_a_device_that_cannot_carry_python_runs_on_the_server(visit, look) -> None:
    page = visit("en", PHONE, sign_in="jasur")
    page.add_init_script("Object.defineProperty(navigator, 'deviceMemory', { value: 0.5 })")
    page.goto(LESSON)
    write_program(page, TASK, LOOP)
    page.locator(f"#{TASK} button[value=run]").click()
    ran = page.locator(f"#{TASK} .ran")
    expect(ran.locator(".screen")).to_have_text("[1, 2, 0, 1]")
    page.locator(f"#{TASK} button[value=steps]").click()
    expect(ran.locator(".step-code [aria-current=step]")).to_have_text("minutes = [1, 2]")
    look(page, "steps-from-the-server-en-phone")


def test_without_javascript_a_program_runs_on_the_server_and_is_checked_only_by_check(visit, look) -> None:
    page = visit("az", PHONE, sign_in="jasur", javascript=False)
    page.goto(LESSON)
    page.locator(f"#{TASK} textarea.code").fill(LOOP)
    page.locator(f"#{TASK} button[value=run]").click()
    page.wait_for_load_state()
    expect(page.locator(f"#{TASK} .ran .screen")).to_have_text("[1, 2, 0, 1]")
    page.locator(f"#{TASK} button[value=steps]").click()
    page.wait_for_load_state()
    expect(page.locator(f"#{TASK} .step-list li").first).to_be_visible()
    check(page, TASK)
    page.wait_for_load_state()
    expect(verdict(page, TASK)).to_be_visible()
