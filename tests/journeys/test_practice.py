"""Practice as people meet it: a review on a phone in Azerbaijani, a level check on a desktop in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

CHECK = "/practice/level-check/python-from-zero/"


def test_a_learner_reviews_on_a_phone_in_azerbaijani(visit, look):
    page = visit("az", PHONE, sign_in="leyla")
    page.goto("/practice/")
    expect(page.locator("h1")).to_have_text("Məşq")
    expect(page.locator(".evidence .badge.good").first).to_be_visible()
    look(page, "practice-az-phone")

    page.goto("/practice/review/")
    expect(page.locator("main .task")).to_have_count(1)
    look(page, "review-az-phone")
    # A hint is shown, and the page comes back at it.
    page.locator("#hints button").click()
    expect(page.locator("#hints li")).to_have_count(1)
    # The first one due asks for the rest of a division; another number than that is wrong, and nothing is lost by it.
    page.locator("main .task input[name=answer]").fill("77777")
    page.locator("main .task form[data-draft] button.button:not(.quiet)").click()
    expect(page.locator(".verdict.wrong")).to_be_in_viewport()
    expect(page.locator("main .task")).to_contain_text("Heç nə itmir")
    look(page, "review-wrong-az-phone")

    numbers = page.locator("main .task .prose code").first.inner_text().strip().removeprefix("print(").removesuffix(")")
    one, other = (int(part) for part in numbers.split("%"))
    page.locator("main .task input[name=answer]").fill(str(one % other))
    page.locator("main .task form[data-draft] button.button:not(.quiet)").click()
    expect(page.locator(".verdict.accepted")).to_be_in_viewport()
    look(page, "review-right-az-phone")
    page.locator("main .task a.button").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto("/learn/python-from-zero/")
    look(page, "course-practice-az-phone")


def test_somebody_who_knows_a_little_checks_their_level_on_a_desktop_in_english(visit, look):
    page = visit("en", DESKTOP, sign_in="sevda")
    page.goto("/practice/")
    look(page, "practice-new-en-desktop")
    page.goto("/learn/python-from-zero/")
    page.locator("a.button", has_text="To the level check").click()
    look(page, "level-check-en-desktop")
    page.locator("main button", has_text="Begin the level check").click()
    expect(page.locator("main")).to_contain_text("Exercise 1 of at most 12")
    look(page, "level-question-en-desktop")
    # Left and found again.
    page.goto("/practice/")
    page.locator("main a.button").first.click()
    for number in range(1, 6):
        expect(page.locator("main")).to_contain_text(f"Exercise {number} of at most 12")
        expect(page.locator(".verdict")).to_have_count(0)
        page.locator("main button", has_text="I do not know this yet").click()
    expect(page.locator("main")).to_contain_text("0 right of 5 exercises")
    expect(page.locator("main")).to_contain_text("Begin with: First words")
    look(page, "level-result-en-desktop")
