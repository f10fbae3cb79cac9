"""Signing up, in and out; what strangers can learn or do there."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from bilik.people.models import Consent, JournalEntry, Person

from .cast import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_UP, SIGN_IN = reverse("account_signup"), reverse("account_login")


@pytest.fixture(autouse=True)
def _no_old_counts():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def filled(regions):
    return {
        "username": "Nodira", "password1": PASSWORD, "display_name": "Nodira Aliyeva", "birth_year": "1999",
        "birth_month": "7", "language": "uz", "region": "UZ-XO", "access_class": "phone_only",
        "email": "nodira@example.uz", "consent": "on",
    }  # fmt: skip


def test_sign_up(client, filled):
    page = client.get(SIGN_UP, headers={"accept-language": "uz"}).content.decode()
    assert "Oʻqish uchun rozilik" in page
    assert "Xorazm viloyati" in page
    response = client.post(SIGN_UP, filled, headers={"accept-language": "uz"})
    assert (response.status_code, response.url) == (302, "/")
    person = Person.objects.get(username="nodira")
    assert (person.display_name, person.birth_year, person.birth_month) == ("Nodira Aliyeva", 1999, 7)
    assert (person.country, person.region_id, person.language) == ("UZ", "UZ-XO", "uz")
    assert person.check_password(PASSWORD)
    consent = Consent.objects.get(person=person)
    assert (consent.language, consent.version, len(consent.text_digest)) == ("uz", 2, 64)
    assert client.session["language"] == "uz"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert EmailAddress.objects.get(user=person).verified is False
    assert "nodira@example.uz" not in str(JournalEntry.objects.values())


def test_a_minor_goes_on_to_the_guardian(client, filled):
    response = client.post(SIGN_UP, filled | {"birth_year": "2012", "email": ""})
    assert response.url == reverse("people:guardian")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consent": ""}, "consent"), ({"birth_year": ""}, "birth_year"),
        ({"birth_month": ""}, "birth_month"),
        ({"birth_year": "2024"}, "birth_year"), ({"birth_year": "2031"}, "birth_year"),
        ({"region": "XX"}, "region"), ({"access_class": ""}, "access_class"),
        ({"language": "xx"}, "language"),
        ({"password1": "12345678"}, "password1"), ({"username": "n@dira"}, "username"),
        ({"username": "ab"}, "username"), ({"display_name": ""}, "display_name"),
    ],
)  # fmt: skip
def test_sign_up_refuses(client, filled, change, field):
    response = client.post(SIGN_UP, filled | change)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.exists()


def test_a_taken_username_in_other_case(client, filled, leyla):
    response = client.post(SIGN_UP, filled | {"username": "LeYla"})
    assert list(response.context["form"].errors) == ["username"]


def test_the_button_pressed_twice(client, filled, monkeypatch):
    """Both requests pass the form before the first is stored: the second is no error page."""
    client.post(SIGN_UP, filled)
    client.logout()
    monkeypatch.setattr("bilik.people.adapter.AccountAdapter.clean_username", lambda self, name, **_: name)
    response = client.post(SIGN_UP, filled | {"email": ""})
    assert (response.status_code, response.url) == (302, SIGN_IN)


def test_sign_up_does_not_tell_which_addresses_are_known(client, filled, somebody):
    known = somebody("known", email="known@example.uz")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    answers = []
    for username, email in (("first", "known@example.uz"), ("second", "unknown@example.uz")):
        response = client.post(SIGN_UP, filled | {"username": username, "email": email})
        told = [str(message).replace(email, "*").replace(username, "*") for message in _messages(response)]
        answers.append((response.status_code, response.url, told))
        client.logout()
    assert answers[0] == answers[1]


def _messages(response):
    from django.contrib.messages import get_messages

    return list(get_messages(response.wsgi_request))


def test_a_borrowed_address_does_not_open_the_account_of_its_owner(client, filled, somebody):
    known = somebody("known", email="known@example.uz")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    client.post(SIGN_UP, filled | {"username": "borrower", "email": "known@example.uz", "password1": "other-pass-9x"})
    client.logout()
    client.post(SIGN_IN, {"login": "known@example.uz", "password": "other-pass-9x"})
    assert "_auth_user_id" not in client.session
    client.post(SIGN_IN, {"login": "known@example.uz", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize("login", ["leyla", "LEYLA", "leyla@example.az", "Leyla@Example.az"])
def test_sign_in_by_username_or_email(client, somebody, login):
    person = somebody("leyla", email="leyla@example.az", language="az")
    response = client.post(SIGN_IN, {"login": login, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session["language"] == "az"


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, somebody):
    somebody("leyla")
    pages = [
        client.post(SIGN_IN, {"login": name, "password": "wrong"}).context["form"].errors
        for name in ("leyla", "nobody")
    ]
    assert pages[0] == pages[1] != {}


def test_password_reset_answers_everybody_alike(client, somebody):
    somebody("leyla", email="leyla@example.az")
    url = reverse("account_reset_password")
    answers = [client.post(url, {"email": email}) for email in ("leyla@example.az", "nobody@example.az")]
    assert {(one.status_code, one.url) for one in answers} == {(302, reverse("account_reset_password_done"))}
    assert client.get(answers[0].url).status_code == 200


def test_a_password_is_reset_by_the_link_once(client, somebody):
    person = somebody("leyla", email="leyla@example.az")
    client.post(reverse("account_reset_password"), {"email": "leyla@example.az"})
    path = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = client.get(path, follow=True)
    assert page.status_code == 200
    done = client.post(page.redirect_chain[-1][0], {"password1": "new-star-tile-42", "password2": "new-star-tile-42"})
    assert done.status_code == 302
    assert client.get(done.url).status_code == 200
    person.refresh_from_db()
    assert person.check_password("new-star-tile-42")
    assert JournalEntry.objects.filter(verb="people.set_password", by=person).count() == 1
    client.logout()
    assert client.get(path, follow=True).context["token_fail"]


@pytest.mark.parametrize("page", [SIGN_IN, SIGN_UP])
@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_elsewhere(client, filled, leyla, page, evil):
    data = {"login": "leyla", "password": PASSWORD} if page == SIGN_IN else filled
    response = client.post(page, data | {"next": evil})
    assert (response.status_code, response.url) == (302, "/")


def test_next_leads_on_within_the_site(client, leyla):
    response = client.post(SIGN_IN, {"login": "leyla", "password": PASSWORD, "next": "/people/journal/"})
    assert response.url == "/people/journal/"


def test_sign_in_takes_a_new_session(client, leyla):
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.post(SIGN_IN, {"login": "leyla", "password": PASSWORD})
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(leyla.pk)


def test_signing_out_asks_first_and_empties_the_session(client, leyla):
    client.force_login(leyla)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert "language" not in client.session


def test_guessing_passwords_is_stopped(client, somebody):
    somebody("leyla")
    for _ in range(5):
        client.post(SIGN_IN, {"login": "leyla", "password": "wrong"})
    client.post(SIGN_IN, {"login": "leyla", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_changing_the_password_ends_other_sessions(client, leyla):
    from django.test import Client

    other = Client()
    other.force_login(leyla)
    client.force_login(leyla)
    new = "star-of-eight-points-8"
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.status_code == 302
    assert other.get(reverse("people:profile")).status_code == 302
    assert client.get(reverse("people:profile")).status_code == 200


def test_an_email_is_added_confirmed_and_removed(client, leyla):
    client.force_login(leyla)
    url = reverse("account_email")
    client.post(url, {"action_add": "", "email": "l@example.az"})
    address = EmailAddress.objects.get(user=leyla)
    assert address.verified is False
    path = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    assert "l@example.az" in client.get(path).content.decode()
    client.post(path)
    address.refresh_from_db()
    assert address.verified is True
    assert "l@example.az" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
        "account_email_verification_sent", "account_inactive", "account_reset_password_from_key_done",
    ],
)  # fmt: skip
def test_pages_for_everybody(client, regions, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "<main" in page.content.decode()
    assert "web/base.html" in [t.name for t in page.templates]


@pytest.mark.parametrize(
    "name", ["account_logout", "account_email", "account_change_password", "account_reauthenticate"]
)
def test_pages_for_the_signed_in(client, leyla, name):
    client.post(SIGN_IN, {"login": "leyla", "password": PASSWORD})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "web/base.html" in [t.name for t in page.templates]


def test_broken_links_say_so(client):
    for path in ("/account/password/reset/key/1-set-password/", "/account/confirm-email/nonsense/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "web/base.html" in [t.name for t in page.templates]


def test_an_account_without_a_password_chooses_one(client, somebody):
    person = somebody("leyla")
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert client.get(reverse("account_set_password")).status_code == 200
