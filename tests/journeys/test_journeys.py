"""What people come to do, done in a real browser. Every page on the way is looked at: axe, width, console."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PASTE = """(element, text) => {
  const board = new DataTransfer()
  board.setData("text/plain", text)
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }))
}"""
COURSE = "/learn/python-from-zero/"
LESSONS = Path(__file__).resolve().parents[2] / "courses" / "python-from-zero" / "lessons"


def solution(lesson: str, exercise: str) -> str:
    return (LESSONS / lesson / exercise / "solution.py").read_text(encoding="utf-8")


def write_program(page: Page, task: str, program: str) -> None:
    page.locator(f"#{task}").scroll_into_view_if_needed()
    editor = page.locator(f"#{task} .cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    editor.evaluate(PASTE, program)


def check(page: Page, task: str) -> None:
    page.locator(f"#{task} form[data-draft] button.button:not(.quiet)").click()


def verdict(page: Page, task: str):
    return page.locator(f"#{task} > .verdict")


def test_a_learner_in_ganja_goes_on_with_the_course_on_a_phone_in_azerbaijani(visit, look):
    page = visit("az", PHONE, sign_in="leyla")
    expect(page.locator("html")).to_have_attribute("lang", "az")
    look(page, "home-az-phone")
    page.locator("main .card a.button").first.click()
    expect(page.locator("h1")).to_have_text("Ədədlər və adlar")
    look(page, "lesson-az-phone")

    write_program(page, "hours-and-minutes", "print(saat)\n")
    check(page, "hours-and-minutes")
    expect(verdict(page, "hours-and-minutes")).to_have_class("verdict error")
    expect(verdict(page, "hours-and-minutes").locator(".verdict-title")).to_be_in_viewport()
    told = verdict(page, "hours-and-minutes").inner_text()
    assert "NameError" in told
    assert "Traceback" not in told
    assert "saat" in told
    look(page, "error-az-phone")

    page.locator("#hours-and-minutes .hints button").click()
    expect(page.locator("#hours-and-minutes .hints li")).to_have_count(1)

    write_program(page, "hours-and-minutes", solution("02-numbers-and-names", "hours-and-minutes"))
    check(page, "hours-and-minutes")
    expect(verdict(page, "hours-and-minutes")).to_have_class("verdict accepted")
    look(page, "accepted-az-phone")

    page.reload()
    expect(page.locator("#hours-and-minutes")).to_have_class("task accepted")
    page.goto(COURSE + "02-numbers-and-names/hours-and-minutes/attempts")
    expect(page.locator("ol.attempts > li")).to_have_count(2)
    look(page, "attempts-az-phone")
    page.goto("/learn/skills/")
    look(page, "skills-az-phone")


def test_a_newcomer_signs_up_in_english_and_solves_the_first_task_by_keyboard_alone(visit, look):
    page = visit("en", DESKTOP)
    look(page, "welcome-en-desktop")
    page.goto("/account/signup/")
    look(page, "signup-en-desktop")
    page.fill("[name=username]", "kamran")
    page.fill("[name=password1]", "a-quiet-river-42")
    page.fill("[name=display_name]", "Kamran")
    page.fill("[name=birth_year]", "1999")
    page.select_option("[name=birth_month]", "5")
    page.select_option("[name=region]", "AZ-GANJA-DASHKASAN")
    page.select_option("[name=access_class]", "phone_only")
    page.locator("form[action*=signup] input[type=checkbox]").first.check()
    page.locator("form[action*=signup] button").last.click()
    expect(page.locator("h1")).to_contain_text("Kamran")
    look(page, "home-new-en-desktop")

    page.goto(COURSE)
    look(page, "course-en-desktop")
    page.locator("main a.button").first.click()
    expect(page.locator("h1")).to_have_text("First words")
    page.locator("#print-a-greeting").scroll_into_view_if_needed()
    editor = page.locator("#print-a-greeting .cm-content")
    expect(editor).to_be_visible()
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(solution("01-first-words", "print-a-greeting").strip(), delay=5)
    page.keyboard.press("Control+Enter")
    expect(verdict(page, "print-a-greeting")).to_have_class("verdict accepted")
    look(page, "accepted-en-desktop")

    with page.expect_download() as download:
        page.goto("/people/my-data/")
        page.locator("main form button").first.click()
    data = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert data["submissions"]["answers"][0]["task"] == "print-a-greeting"
    assert data["learning"]["progress"][0]["attempts"] == 1


def test_everything_works_without_javascript(visit):
    page = visit("en", DESKTOP, sign_in="jasur", javascript=False, errors_wanted=True)
    page.goto(COURSE + "03-text/")
    page.fill("#frame-for-a-name textarea", "print('nearly')")
    check(page, "frame-for-a-name")
    assert page.url.endswith("/03-text/#frame-for-a-name")
    assert page.locator("#frame-for-a-name > .verdict").count() == 1
    page.fill("#frame-for-a-name textarea", solution("03-text", "frame-for-a-name"))
    check(page, "frame-for-a-name")
    assert "accepted" in (page.locator("#frame-for-a-name > .verdict").get_attribute("class") or "")
    check(page, "letter-number-four")
    assert page.locator("#letter-number-four .verdict.invalid").count() == 1


def test_an_answer_typed_without_a_signal_is_kept_and_can_be_sent_later(visit):
    page = visit("en", PHONE, sign_in="jasur", errors_wanted=True)
    page.goto(COURSE + "03-text/")
    write_program(page, "parts-of-a-ticket", "print('typed in a tunnel')\n")
    page.context.set_offline(True)
    check(page, "parts-of-a-ticket")
    expect(page.locator("#parts-of-a-ticket [data-trouble]")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#parts-of-a-ticket .cm-content")).to_contain_text("typed in a tunnel")
    check(page, "parts-of-a-ticket")
    expect(verdict(page, "parts-of-a-ticket")).to_be_visible()


def test_a_double_click_is_one_answer(visit):
    page = visit("en", DESKTOP, sign_in="jasur")
    page.goto(COURSE + "04-asking/")
    write_program(page, "greet-by-name", "print('Salam')\n")
    page.locator("#greet-by-name form[data-draft] button.button:not(.quiet)").dblclick()
    expect(verdict(page, "greet-by-name")).to_be_visible()
    page.goto(COURSE + "04-asking/greet-by-name/attempts")
    expect(page.locator("ol.attempts > li")).to_have_count(1)


@pytest.mark.parametrize("language", ["az", "uz", "ru", "en"])
def test_the_pages_of_a_visitor_are_good_in_every_language(visit, look, language):
    page = visit(language, PHONE)
    expect(page.locator("html")).to_have_attribute("lang", language)
    look(page, f"welcome-{language}-phone")
    for name, address in (
        ("courses", "/learn/"),
        ("course", COURSE),
        ("lesson", COURSE + "01-first-words/"),
        ("signup", "/account/signup/"),
        ("login", "/account/login/"),
    ):
        page.goto(address)
        look(page, f"{name}-{language}-phone")


@pytest.mark.parametrize("who", ["aysel", "rustam", "nigar", "timur", "sevda", "admin"])
def test_everybody_of_the_cast_has_a_home(visit, look, who):
    page = visit("en", DESKTOP, sign_in=who)
    look(page, f"home-{who}-desktop")
    for address in ("/people/", "/people/consents/", "/people/my-data/", "/people/journal/"):
        page.goto(address)
        look(page, f"{who}{address.replace('/', '-')}desktop")


def test_the_administrator_sees_that_the_checker_works(visit, look):
    page = visit("en", DESKTOP, sign_in="admin")
    page.goto("/status/")
    expect(page.locator(".notice.good")).to_be_visible()
    look(page, "status-en-desktop")


def test_a_page_that_is_not_there_says_so(visit, look):
    page = visit("az", PHONE, errors_wanted=True)
    page.goto("/learn/no-such-course/")
    look(page, "missing-az-phone")


def test_the_gallery_shows_every_component_well(visit, look):
    for size, name in ((PHONE, "phone"), (DESKTOP, "desktop")):
        page = visit("en", size)
        page.goto("/design/")
        look(page, f"gallery-en-{name}")
