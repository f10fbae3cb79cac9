"""Journeys at the authors' desk: a key is mended and published at a desk, an exercise is translated on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.sandbox]
COURSE = "data-with-sql"
LESSON = "01-asking-a-table"


def start(page, course=COURSE):
    page.goto(f"/learn/{course}/")
    page.locator("a[href*='/author/?course=']").click()
    page.locator("form:has(select[name=course]) button[type=submit]").click()
    expect(page.locator("h1")).to_be_visible()
    return page.url


def test_an_author_mends_a_key_sees_the_check_and_publishes(visit, look):
    page = visit("en", DESKTOP, sign_in="admin")
    draft = start(page)
    look(page, "draft-en-desktop")
    page.locator(f"section[aria-labelledby='lesson-{LESSON}'] details", has_text="tickets-in-urgench").locator(
        "summary"
    ).click()
    page.get_by_role("link", name="solution.sql").first.click()
    editor = page.locator("textarea#text")
    wrong = "SELECT 1 AS nothing\n"
    editor.wait_for(state="attached")
    right = editor.input_value()
    put(page, wrong)
    page.locator("button[value=save]").click()
    expect(page.locator(".notice.good")).to_contain_text("Saved")
    page.get_by_role("button", name=re.compile("Check this exercise")).click()
    expect(page.locator("#check-state")).to_contain_text("error")
    look(page, "check-errors-en-desktop")
    page.goto(f"{draft}edit/lessons/{LESSON}/tickets-in-urgench/solution.sql")
    put(page, right.rstrip() + "\n-- read twice\n")
    page.locator("button[value=save]").click()
    expect(page.locator(".notice.good")).to_contain_text("Saved")
    page.get_by_role("button", name=re.compile("Check this exercise")).click()
    expect(page.locator("#check-state")).to_have_text("No errors")
    page.get_by_role("link", name="Compare and publish").first.click()
    expect(page.locator(".diff ins")).to_have_count(1)
    look(page, "publish-en-desktop")
    page.get_by_role("button", name="Check and publish").click()
    expect(page.locator("#check-state")).to_have_text("Published", timeout=120_000)
    look(page, "published-en-desktop")
    page.goto(f"/learn/{COURSE}/")
    expect(page.locator("main")).to_contain_text("Version 2")


def put(page, text):
    """Types a text into the file's field, whether the editor has drawn itself over it or not."""
    page.wait_for_timeout(300)
    page.evaluate(
        """(text) => {
            const field = document.querySelector("textarea#text")
            field.value = text
            field.dispatchEvent(new CustomEvent("bilik:value"))
            field.dispatchEvent(new Event("input", { bubbles: true }))
        }""",
        text,
    )


def test_a_preview_hears_of_a_change_and_grades_without_storing(visit, look):
    page = visit("en", DESKTOP, sign_in="admin")
    draft = start(page, "python-from-zero")
    page.get_by_role("link", name="Preview of 01-first-words").click()
    expect(page.locator(".preview-bar")).to_be_visible()
    look(page, "preview-en-desktop")
    task = page.locator("section.task").first
    task.locator("button[type=submit]").first.click()
    expect(page.locator("section.task").first.locator(".verdict")).to_be_visible()
    address = page.url
    other = page.context.new_page()
    other.goto(f"{draft}edit/lessons/01-first-words/lesson.en.md")
    put(other, "A new beginning.\n\n" + other.locator("textarea#text").input_value())
    other.locator("button[value=save]").click()
    expect(other.locator(".notice.good")).to_contain_text("Saved")
    expect(page.locator(".prose").first).to_contain_text("A new beginning")
    assert page.url == address


def test_a_translator_translates_an_exercise_on_a_phone_in_azerbaijani(visit, look):
    page = visit("az", PHONE, sign_in="aysel")
    draft = start(page, "data-with-sql")
    look(page, "draft-az-phone")
    page.goto(f"{draft}translate/uz/")
    look(page, "completeness-az-phone")
    page.locator("main a.button[href*='/translate/uz/lessons/']").first.click()
    expect(page.locator("textarea#text")).to_be_visible()
    source = page.locator("pre.source").first.inner_text()
    look(page, "translate-az-phone")
    page.fill("textarea#text", source)
    before = page.url
    page.locator("textarea#text").press("Control+Enter")
    page.wait_for_url(lambda address: address != before)
    page.goto(before)
    expect(page.locator("h1 + p .badge.good")).to_be_visible()


def test_the_desk_works_without_javascript(visit):
    page = visit("en", DESKTOP, sign_in="admin", javascript=False)
    draft = start(page)
    page.goto(f"{draft}edit/lessons/{LESSON}/lesson.en.md")
    page.fill("textarea#text", page.locator("textarea#text").input_value() + "\nOne more sentence.\n")
    page.locator("button[value=look]").click()
    expect(page.locator("section[aria-labelledby=look-title]")).to_contain_text("One more sentence.")
    page.locator("button[value=save]").click()
    expect(page.locator(".notice.good")).to_contain_text("Saved")
    page.goto(f"{draft}preview/{LESSON}/")
    expect(page.locator("main")).to_contain_text("One more sentence.")
    page.goto(draft)
    page.get_by_role("button", name="Check everything").click()
    expect(page.locator("#check-state")).to_be_visible()
