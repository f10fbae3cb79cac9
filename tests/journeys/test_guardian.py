"""A guardian comes by a letter, reads, agrees, sees how the child gets on, and takes the consent back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

SMALL_PHONE = PHONE | {"viewport": {"width": 360, "height": 740}}
WORDS = {
    "az": {
        "letter": "Valideynəm və ya qəyyumam, əlimdə məktub var.",
        "progress": "Uşaq nə qədər irəliləyib",
    },
    "en": {
        "letter": "I am a parent or guardian and have a letter.",
        "progress": "How far the child has come",
    },
}


def letter_for(trainer: Page, child: str) -> tuple[str, str]:
    """A letter for one child of the group, as the trainer prints it: its address and its code."""
    trainer.goto("/groups/")
    trainer.locator(".cards a").first.click()
    trainer.locator("a[href$='/letters/']").first.click()
    for box in trainer.locator("main input[type=checkbox]").all():
        box.uncheck()
    trainer.locator("li", has_text=child).locator("input[type=checkbox]").check()
    trainer.locator("main form button[type=submit]").last.click()
    expect(trainer.locator(".letter-code svg")).to_be_visible()
    address, code = (one.inner_text() for one in trainer.locator(".letter-code strong").all())
    return address, code


@pytest.mark.parametrize(("language", "size", "child"), [("az", SMALL_PHONE, "Emin"), ("en", DESKTOP, "Aytac")])
def test_a_guardian_comes_by_letter_agrees_looks_and_withdraws(visit, look, language, size, child):
    words = WORDS[language]
    device = "phone" if size is SMALL_PHONE else "desktop"

    def seen(name: str) -> None:
        look(guardian, f"guardian-{name}-{language}-{device}")

    trainer = visit("az", DESKTOP, sign_in="aysel")
    address, code = letter_for(trainer, child)

    guardian = visit(language, size, errors_wanted=True)
    guardian.get_by_role("link", name=words["letter"]).click()
    seen("letter")
    guardian.fill("[name=letter]", "nosuchone")
    guardian.locator("main form button").click()
    expect(guardian.locator(".errors")).to_be_visible()
    guardian.fill("[name=letter]", address)
    guardian.locator("main form button").click()
    # The letter speaks the child's language, which the guardian may change.
    expect(guardian.locator("html")).to_have_attribute("lang", "az")
    if language != "az":
        guardian.locator("main a[hreflang=en]").click()
        expect(guardian.locator("html")).to_have_attribute("lang", "en")
    seen("asked")

    guardian.check("[name=photo]")
    guardian.fill("[name=code]", "AAAAA-AAAAA")
    guardian.locator("button[value=agree]").click()
    expect(guardian.locator(".notice.bad")).to_be_in_viewport()
    expect(guardian.locator("[name=photo]")).to_be_checked()
    seen("wrong-code")
    guardian.fill("[name=code]", code.lower())
    guardian.locator("button[value=agree]").click()
    expect(guardian.locator(".notice.good")).to_be_visible()
    second = guardian.locator(".slip-code").inner_text()
    assert re.fullmatch("[2-9A-Z]{5}-[2-9A-Z]{5}", second)
    expect(guardian.locator("#kept")).to_be_visible()
    seen("agreed")

    # Another day, on another device: the address alone tells nothing of the child but where they learn.
    later = visit(language, size)
    later.goto(address)
    if language != "az":
        later.locator("main a[hreflang=en]").click()
    expect(later.locator("#kept")).to_have_count(0)
    look(later, f"guardian-later-{language}-{device}")
    later.fill("[name=code]", second)
    later.locator("button[value=look]").click()
    expect(later.locator("#kept")).to_be_visible()
    expect(later.get_by_role("heading", name=words["progress"])).to_be_visible()
    look(later, f"guardian-looks-{language}-{device}")
    later.locator("button[value=close]").click()
    expect(later.locator("#kept")).to_have_count(0)

    later.fill("[name=code]", second)
    later.locator("button[value=withdraw]").click()
    expect(later.locator(".notice.info")).to_be_visible()
    look(later, f"guardian-withdrawn-{language}-{device}")
