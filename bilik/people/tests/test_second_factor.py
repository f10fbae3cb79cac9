"""Second factors: set up, used, lost, required; no page of allauth's own; sessions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, reverse

from bilik.people import actions, queries, rules
from bilik.people.models import JournalEntry, Person
from bilik.people.states import SecondFactorWish

from .cast import NOW, PASSWORD, refused

pytestmark = pytest.mark.django_db


def code_of(secret, at=None):
    """RFC 6238 with SHA-1, six digits, half a minute; computed here and not by the library that checks it."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def protected(entered, leyla, django_capture_on_commit_callbacks):
    """Leyla has an app with codes; gives the browser, the app's key and her recovery codes."""
    client = entered(leyla)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    codes = client.get(done.url).context["unused_codes"]
    client.logout()
    return client, secret, codes


def sign_in(client, username="leyla"):
    return client.post(reverse("account_login"), {"login": username, "password": PASSWORD})


def test_codes_of_an_app(protected, leyla):
    client, secret, _codes = protected
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("people:profile")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.context["form"].errors
    done = client.post(reverse("mfa_authenticate"), {"code": code_of(secret, time.time() + 30)})
    assert done.url == "/"
    assert client.session["_auth_user_id"] == str(leyla.pk)
    entry = JournalEntry.objects.get(verb="people.change_sign_in", by=leyla)
    assert entry.data == {"change": "totp_activated"}


def test_a_code_works_once(protected):
    client, secret, _codes = protected
    code = code_of(secret, time.time() + 30)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.logout()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_works_once(protected):
    client, _secret, codes = protected
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/"
    client.logout()
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_codes_is_stopped(protected):
    client, secret, _codes = protected
    sign_in(client)
    for _ in range(6):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, time.time() + 30)})
    assert "_auth_user_id" not in client.session


def test_secrets_are_encrypted_in_the_database_and_unreadable_with_another_key(protected, settings, leyla):
    _client, secret, codes = protected
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert codes[0] not in stored
    text = Authenticator.objects.get(type="totp").data["secret"]
    assert get_adapter().decrypt(text) == secret
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert get_adapter().decrypt(text) not in (secret, get_adapter().decrypt(text))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert get_adapter().decrypt(text) == secret


def test_the_journal_and_the_export_know_of_it_but_not_the_secret(protected, leyla):
    _client, secret, codes = protected
    made = str(actions.export_my_data(by=leyla, now=NOW, person=leyla))
    assert "totp" in made
    assert secret not in made
    assert codes[0] not in made


def test_setting_up_asks_is_it_you(client, leyla):
    sign_in(client)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))


def test_an_administrator_helps_who_lost_everything(protected, house):
    client, _secret, _codes = protected
    with refused("not_allowed"):
        actions.reset_second_factor(by=house.rustam, now=NOW, person=house.leyla)
    assert actions.reset_second_factor(by=house.admin, now=NOW, person=house.leyla) == 2
    assert sign_in(client).url == "/"
    assert JournalEntry.objects.filter(verb="people.reset_second_factor", by=house.admin).exists()


@pytest.mark.parametrize(
    ("roles", "having", "wish"),
    [
        (["learner"], False, "none"), (["administrator"], False, "required"), (["learner", "trainer"], False, "asked"),
        (["administrator"], True, "none"), ([], False, "none"),
    ],
)  # fmt: skip
def test_the_rule(roles, having, wish):
    found = rules.second_factor_wish(roles, having=having, asked={"trainer"}, required={"administrator"})
    assert found == wish


def test_who_is_asked_reads_it_when_signing_in_and_on_the_profile(client, house, settings):
    settings.SECOND_FACTOR_ASKED = frozenset({"administrator"})
    page = client.post(reverse("account_login"), {"login": "sabir", "password": PASSWORD}, follow=True)
    assert "warning" in [message.level_tag for message in page.context["messages"]]
    assert client.get(reverse("people:profile")).context["wish"] == SecondFactorWish.ASKED
    client.logout()
    page = sign_in(client)
    assert queries.second_factor_wish(house.leyla) == SecondFactorWish.NONE


def test_who_must_have_one_can_do_nothing_else_before(entered, house, settings):
    settings.SECOND_FACTOR_REQUIRED = frozenset({"administrator"})
    client = entered(house.admin)
    for name in ("people:profile", "people:journal"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.get("/").url == reverse("mfa_index")
    for name in ("mfa_index", "mfa_activate_totp", "account_logout", "account_email"):
        assert client.get(reverse(name)).status_code == 200
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.get(reverse("people:profile")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(reverse("people:profile")).url == reverse("mfa_index")


def test_others_are_not_held_up_and_pay_no_query_the_second_time(client, house, settings, django_assert_num_queries):
    settings.SECOND_FACTOR_REQUIRED = frozenset({"administrator"})
    client.force_login(house.leyla)
    assert client.get(reverse("people:consents")).status_code == 200
    with django_assert_num_queries(3):
        client.get(reverse("people:consents"))


def test_the_admin_has_no_door_beside_the_second_factor(client):
    root = Person.objects.create_superuser("root", PASSWORD)
    page = client.post("/admin/login/", {"username": "root", "password": PASSWORD})
    assert page.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session
    client.force_login(root)
    assert client.get("/admin/").status_code == 200


# Pages ----------------------------------------------------------------------------------------------------------------

# Answers that have no page: a file, JSON for the script, or what only another site leads to.
WITHOUT_PAGE = {"mfa_download_recovery_codes", "mfa_login_webauthn", "openid_connect_login", "openid_connect_callback"}


def names_of_allauth(patterns, found):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            if one.namespace:
                continue
            names_of_allauth(one.url_patterns, found)
        elif one.name and one.name.startswith(("account_", "mfa_", "usersessions_", "socialaccount_", "openid_")):
            found.add(one.name)
    return found


def test_every_address_of_allauth_answers_in_our_own_look(entered, leyla, regions):
    names = names_of_allauth(get_resolver().url_patterns, set())
    assert {"mfa_index", "usersessions_list", "socialaccount_connections", "account_login"} <= names
    arguments = {
        "account_confirm_email": ["x"], "account_reset_password_from_key": ["1", "set-password"],
    }  # fmt: skip
    keyed = {"mfa_remove_webauthn", "mfa_edit_webauthn"}
    for visitor in (Client(), entered(leyla)):
        for name in sorted(names - WITHOUT_PAGE - keyed):
            is_ours(name, visitor.get(reverse(name, args=arguments.get(name, []))))
    data = {"name": "Phone", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=leyla, type="webauthn", data=data)
    for name in keyed:
        page = entered(leyla).get(reverse(name, args=[key.pk]))
        assert page.status_code == 200
        is_ours(name, page)


def is_ours(name, page):
    if page.status_code in (302, 404):
        return
    used = [one.name for one in page.templates if one.name]
    assert "web/base.html" in used, name
    assert not [one for one in used if one.startswith("allauth/")], name
    assert "<style" not in page.content.decode(), name


# Sessions -------------------------------------------------------------------------------------------------------------


def test_signing_out_everywhere_else(leyla):
    here, there = Client(), Client()
    for browser, agent in ((here, "Phone"), (there, "Computer")):
        browser.post(reverse("account_login"), {"login": "leyla", "password": PASSWORD}, headers={"user-agent": agent})
    page = here.get(reverse("usersessions_list"))
    assert {one.user_agent for one in page.context["sessions"]} == {"Phone", "Computer"}
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("people:profile")).status_code == 302
    assert here.get(reverse("people:profile")).status_code == 200
