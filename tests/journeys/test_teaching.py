"""A trainer's day: whom to call, one comment for the same mistake, the gradebook; on a desktop and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_groups import in_english

pytestmark = pytest.mark.browser


def test_a_trainer_calls_comments_and_takes_the_gradebook_along(visit, look):
    page = visit("en", DESKTOP, sign_in="aysel")
    in_english(page)
    page.goto("/groups/")
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="Whom to call today").click()
    look(page, "calls-en-desktop")
    first = page.locator("ol > li.card").first
    name = first.locator("h2").inner_text()
    first.get_by_label("Note").fill("Comes on Monday")
    first.get_by_role("button", name="Reached", exact=False).first.click()
    expect(page.locator(".messages .notice.good")).to_be_visible()
    expect(page.get_by_role("heading", name=name)).to_have_count(0)
    expect(page.get_by_text("Comes on Monday")).to_be_visible()

    page.goto("/groups/")
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="What goes wrong").click()
    look(page, "wrong-tasks-en-desktop")
    page.get_by_role("link", name="Read the message").click()
    look(page, "clusters-en-desktop")
    cluster = page.locator("ol > li.card").first
    cluster.get_by_label("A comment for all of them").fill("Read the last line of the message first.")
    cluster.get_by_role("button", name="Say it to all of them").click()
    expect(page.locator(".messages .notice.good")).to_be_visible()

    page.goto("/groups/")
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="Gradebook").click()
    look(page, "gradebook-en-desktop")
    with page.expect_download() as download:
        page.get_by_role("link", name="As XLSX").click()
    assert download.value.suggested_filename == "python-from-zero.xlsx"


def test_the_desk_on_a_phone_in_azerbaijani(visit, look):
    page = visit("az", PHONE, sign_in="aysel")
    look(page, "desk-home-az-phone")
    page.goto("/groups/")
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="Bu gün kimə zəng etməli").click()
    look(page, "calls-az-phone")
    page.go_back()
    page.get_by_role("link", name="Qiymət jurnalı").click()
    look(page, "gradebook-az-phone")
    region = page.locator(".gradebook")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.locator("thead a").first.click()
    look(page, "gradebook-lesson-az-phone")
