"""A class comes in, and its roll is called while the line is gone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser


def in_english(page) -> None:
    page.click(".languages button[value=en]")
    page.wait_for_load_state()


def test_a_learner_joins_by_code_on_a_phone_in_azerbaijani_with_a_new_account(visit, look):
    trainer = visit("en", DESKTOP, sign_in="aysel")
    in_english(trainer)
    trainer.goto("/groups/")
    look(trainer, "groups-en-desktop")
    trainer.locator(".cards a").first.click()
    look(trainer, "group-led-en-desktop")
    trainer.get_by_role("link", name="Let learners in with a code").click()
    trainer.get_by_role("button", name="Make a code").click()
    expect(trainer.locator(".wall-qr svg")).to_be_visible()
    look(trainer, "group-code-en-desktop")
    code = re.sub(r"\s", "", trainer.locator(".wall-code").inner_text())
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", code)

    # As if the QR code had been scanned by somebody who has no account.
    learner = visit("az", PHONE)
    learner.goto(f"/groups/join/{code.lower()}/")
    learner.locator("main a[href*=signup]").first.click()
    learner.fill("[name=username]", "gulnar")
    learner.fill("[name=password1]", "a-quiet-river-42")
    learner.fill("[name=display_name]", "Gülnar Quliyeva")
    learner.fill("[name=birth_year]", "2013")
    learner.select_option("[name=birth_month]", "5")
    learner.select_option("[name=region]", "AZ-GANJA-DASHKASAN")
    learner.select_option("[name=access_class]", "phone_only")
    learner.locator("form[action*=signup] input[type=checkbox]").first.check()
    learner.locator("form[action*=signup] button").last.click()
    expect(learner.locator("h1")).to_have_text("Python, payız qrupu")
    look(learner, "group-join-az-phone")
    learner.get_by_role("button", name="Bu qrupa qoşulun").click()
    expect(learner.locator(".messages")).to_contain_text("Qrupdasınız.")
    # She is twelve: she is in, and hears that a guardian has to agree.
    expect(learner.locator(".messages .notice.warn")).to_be_visible()
    look(learner, "group-az-phone")
    assert "Emin Nəbiyev" not in learner.content()

    trainer.goto("/groups/")
    trainer.locator(".cards a").first.click()
    expect(trainer.get_by_role("link", name="Gülnar Quliyeva")).to_be_visible()
    trainer.get_by_role("link", name="Print letters to the guardians").click()
    look(trainer, "group-letters-en-desktop")
    trainer.get_by_role("button", name="Make the letters").click()
    expect(trainer.locator("article.sheet-of-paper").first).to_be_visible()
    look(trainer, "group-letters-printed-en-desktop")


def test_a_roll_is_called_while_the_line_is_gone_and_stored_once_when_it_is_back(visit, look):
    page = visit("en", PHONE, sign_in="aysel", errors_wanted=True)
    in_english(page)
    page.goto("/groups/")
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="Call the roll").first.click()
    address = page.url
    rows = page.locator(".roll-row")
    many = rows.count()
    assert many >= 6
    look(page, "roll-en-phone")

    rows.nth(0).get_by_role("radio", name="Present").check()
    expect(rows.nth(0).locator(".roll-state")).to_have_text("Stored at the academy")

    page.context.set_offline(True)
    rows.nth(0).get_by_role("radio", name="Late").check()
    rows.nth(1).get_by_role("radio", name="Absent").check()
    page.get_by_role("button", name="Everybody else is present").click()
    for place in range(many):
        expect(rows.nth(place).locator(".roll-state")).to_have_text("Kept on this device, not sent yet")
    expect(page.locator("[data-roll-kept]")).to_contain_text(f"not stored at the academy yet: {many}")
    look(page, "roll-offline-en-phone")

    # The page is closed with the marks unsent, and opened again when the line is back.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    for place in range(many):
        expect(rows.nth(place).locator(".roll-state")).to_have_text("Stored at the academy")
    expect(page.locator("[data-roll-kept]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('bilik-roll:')).length") == 0

    # What the academy has, as the page without a script shows it.
    plain = visit("en", DESKTOP, sign_in="aysel", javascript=False)
    plain.goto(address)
    marks = plain.locator(".roll-row input:checked")
    expect(marks).to_have_count(many)
    assert [marks.nth(place).input_value() for place in range(3)] == ["late", "absent", "present"]


def test_the_roll_is_called_without_a_script_and_by_keyboard(visit):
    page = visit("en", DESKTOP, sign_in="aysel", javascript=False)
    page.goto("/groups/")
    page.locator(".cards a").first.click()
    page.locator("#meetings ~ ul a.button").first.click()
    first = page.locator(".roll-row").first
    first.locator("input[value=excused]").focus()
    page.keyboard.press("Space")
    page.locator("form.roll button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages .notice.good")).to_be_visible()
    expect(first.locator("input[value=excused]")).to_be_checked()
