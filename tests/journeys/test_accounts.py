"""How people come in: with a second factor, with a passkey, by a list and a slip. Every page is looked at."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
PASSWORD = "a-quiet-river-42"
# A device that has a finger on its sensor all the time.
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def code_of(secret: str, later: int = 0) -> str:
    """RFC 6238: what an app shows now, or half a minute `later`."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def at_localhost(page: Page, academy: str) -> None:
    """Passkeys belong to a name, and 127.0.0.1 is none."""
    page.goto(academy.replace("127.0.0.1", "localhost") + "/account/signup/")


def sign_up(page: Page, username: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=display_name]", username.title())
    page.fill("[name=birth_year]", "1999")
    page.select_option("[name=birth_month]", "5")
    page.select_option("[name=region]", "AZ-GANJA-DASHKASAN")
    page.select_option("[name=access_class]", "phone_only")
    page.locator("form[action*=signup] input[type=checkbox]").first.check()
    page.locator("form[action*=signup] button").last.click()
    expect(page.locator("h1")).to_contain_text(username.title())


def visit_page(page: Page, path: str) -> None:
    root = page.evaluate("() => location.origin")
    page.goto(root + path)


def is_it_you(page: Page) -> None:
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()


def sign_out(page: Page) -> None:
    visit_page(page, "/account/logout/")
    page.locator("main form button").click()


def test_a_passkey_on_a_phone_in_azerbaijani(visit, look, academy):
    page = visit("az", PHONE)
    at_localhost(page, academy)
    sign_up(page, "tarana")
    visit_page(page, "/account/second-factor/")
    look(page, "safety-az-phone")
    page.locator("a[href*='webauthn/add']").click()
    look(page, "is-it-you-az-phone")
    is_it_you(page)
    expect(page.locator("form[data-passkey=create] button")).to_be_enabled()
    look(page, "add-passkey-az-phone")

    # Looking at a page with axe takes the device away, so from here to the last ceremony nothing is looked at.
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.locator("form[data-passkey=create] button").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    sign_out(page)
    visit_page(page, "/account/login/")
    page.locator("form[data-passkey=sign-in] button").click()
    expect(page.locator("h1")).to_contain_text("Tarana")
    # The password alone is not enough any more; the passkey is the second step.
    second_step(page)
    page.locator("form[data-passkey=get] button").click()
    expect(page.locator("h1")).to_contain_text("Tarana")

    # Signed in by password and passkey a moment ago, and still asked: by the password or by the passkey.
    visit_page(page, "/account/second-factor/recovery-codes/")
    is_it_you(page)
    expect(page.locator("ul.codes li")).to_have_count(10)
    for path, name in (
        ("second-factor/recovery-codes/", "recovery-codes"), ("second-factor/webauthn/", "passkeys"),
        ("sessions/", "sessions"), ("second-factor/", "safe"), ("providers/", "providers"),
        ("second-factor/webauthn/reauthenticate/", "is-it-you-passkey"),
    ):  # fmt: skip
        visit_page(page, f"/account/{path}")
        look(page, f"{name}-az-phone")
    second_step(page)
    look(page, "second-step-az-phone")


def second_step(page: Page) -> None:
    sign_out(page)
    visit_page(page, "/account/login/")
    page.fill("[name=login]", "tarana")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    expect(page.locator("form[data-passkey=get] button")).to_be_enabled()


def test_codes_of_an_app_and_a_recovery_code(visit, look, academy):
    page = visit("en", DESKTOP)
    page.goto("/account/login/")
    look(page, "login-en-desktop")
    page.goto("/account/signup/")
    sign_up(page, "rauf")
    visit_page(page, "/account/second-factor/totp/activate/")
    is_it_you(page)
    look(page, "app-en-desktop")
    secret = page.locator(".slip-code").inner_text()
    page.fill("[name=code]", code_of(secret))
    page.locator("main form button").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    recovery = page.locator("ul.codes li").first.inner_text()

    for code in (code_of(secret, later=1), recovery):
        sign_out(page)
        page.goto("/account/login/")
        page.fill("[name=login]", "rauf")
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button").first.click()
        page.fill("[name=code]", code)
        page.locator("main form button").first.click()
        expect(page.locator("h1")).to_contain_text("Rauf")


LIST = """Xarici ID;Ad, soyad;Doğum ili;Doğum ayı;Dil;Sinif;Rol
1;Ayla Əhmədova;2013;4;az;7A;şagird
2;Tural Quliyev;2012;11;az;7A;şagird
3;Mirzə Həsən;1980;2;az;;administrator
"""


def test_a_class_comes_by_a_list_and_signs_in_by_slips(visit, look, tmp_path):
    file = tmp_path / "7a.csv"
    file.write_text(LIST, encoding="utf-8")
    page = visit("en", DESKTOP, sign_in="nigar")
    page.goto("/people/organisations/ganja-hub/")
    look(page, "organisation-en-desktop")
    page.locator("a[href$='/roles/']").click()
    look(page, "roles-en-desktop")
    page.goto("/people/organisations/ganja-hub/import/")
    look(page, "import-en-desktop")
    page.set_input_files("[name=file]", str(file))
    page.locator("form[enctype] button").click()
    classes, people = page.locator("table").all()
    expect(classes.locator("tbody tr")).to_have_count(1)
    expect(people.locator("tbody tr")).to_have_count(3)
    look(page, "dry-run-en-desktop")
    page.locator("button[value=import]").click()
    expect(page.locator(".messages .notice.good").first).to_be_visible()
    # The class of the list is a group now.
    page.goto("/groups/")
    page.get_by_role("link", name="7A").click()
    expect(page.locator("main .table tbody tr")).not_to_have_count(0)

    page.goto("/people/organisations/ganja-hub/slips/")
    look(page, "slips-en-desktop")
    for box in page.locator("[name=person]:not([disabled])").all():
        box.set_checked("ayla" in (box.locator("xpath=..").inner_text().lower()))
    page.locator("main form button").click()
    expect(page.locator(".slips > li")).to_have_count(1)
    look(page, "slips-print-en-desktop")
    username, code = page.locator(".slip-code").all_inner_texts()

    pupil = visit("az", PHONE)
    pupil.goto("/people/first-sign-in/")
    look(pupil, "first-sign-in-az-phone")
    pupil.fill("[name=username]", username)
    pupil.fill("[name=code]", code.lower())
    pupil.fill("[name=password]", PASSWORD)
    pupil.locator("main form button").click()
    expect(pupil.locator("h1")).to_contain_text("Ayla")
    # Consent comes first, whoever brought the list.
    pupil.goto("/people/")
    look(pupil, "imported-profile-az-phone")


@pytest.mark.parametrize(("language", "size", "name"), [("az", PHONE, "az-phone"), ("en", DESKTOP, "en-desktop")])
def test_a_program_is_let_in_with_a_token_and_shut_out_again(visit, look, academy, language, size, name):
    page = visit(language, size, sign_in="leyla")
    visit_page(page, "/account/tokens/")
    page.fill("[name=name]", "Evdəki kompüter")
    page.check("[name=scopes][value='profile:read']")
    page.locator("main form button[type=submit]").last.click()
    token = page.locator("#made").input_value()
    look(page, f"token-{name}")

    program = page.context.browser.new_context(base_url=academy).request
    sent = {"headers": {"Authorization": f"Bearer {token}"}}
    assert program.get("/api/v1/me", **sent).json()["username"] == "leyla"
    refused = program.get("/api/v1/courses", **sent)
    assert (refused.status, refused.json()["code"]) == (403, "scope_needed")

    visit_page(page, "/account/tokens/")
    assert token not in page.content()
    page.locator("form[action*=revoke] button").first.click()
    expect(page.locator("main .card strong")).to_have_count(0)
    assert program.get("/api/v1/me", **sent).status == 401
