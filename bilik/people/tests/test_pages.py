"""The pages of this room: who may open them, what they do, how many queries they take."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bilik.kit.clock import utc_now
from bilik.people import actions
from bilik.people.models import Consent, Guardian, JournalEntry, Person
from bilik.web import navigation

from .cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db
OWN = ["profile", "consents", "my_data", "guardian", "journal"]


@pytest.fixture(autouse=True)
def _no_old_counts():
    from django.core.cache import cache

    cache.clear()


def queries_of(client, url):
    """What this room's page takes: other rooms' entries in the navigation are theirs to budget."""
    with navigation.only():
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", [*OWN, "export"])
def test_strangers_are_sent_to_sign_in(client, name):
    response = client.get(reverse(f"people:{name}"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OWN)
def test_own_pages_open_and_are_not_cached(signed_in, jasur, name):
    page = signed_in(jasur).get(reverse(f"people:{name}"))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_profile(signed_in, leyla):
    client = signed_in(leyla)
    data = {"display_name": "Leyla M.", "language": "ru", "region": "AZ-BAKU", "access_class": "shared"}
    assert client.post(reverse("people:profile"), data).status_code == 302
    leyla.refresh_from_db()
    assert (leyla.display_name, leyla.language, leyla.region_id) == ("Leyla M.", "ru", "AZ-BAKU")
    assert client.session["language"] == "ru"
    assert client.post(reverse("people:profile"), data | {"region": "XX"}).status_code == 200


def test_a_profile_cannot_be_used_to_become_staff(signed_in, leyla):
    data = {
        "display_name": "L", "language": "az", "region": "AZ-BAKU", "access_class": "shared", "is_staff": "1",
        "is_superuser": "1", "birth_year": "1950", "birth_month": "1", "username": "root",
    }  # fmt: skip
    signed_in(leyla).post(reverse("people:profile"), data)
    leyla.refresh_from_db()
    assert (leyla.is_staff, leyla.is_superuser, leyla.birth_year, leyla.username) == (
        False,
        False,
        2004,
        "leyla",
    )


def test_consents_page(signed_in, leyla):
    client = signed_in(leyla)
    client.post(reverse("people:give_consent", args=["research"]), {"language": "uz"})
    assert Consent.objects.open().get(person=leyla, purpose="research").language == "uz"
    client.post(reverse("people:withdraw_consent", args=["research"]))
    assert not Consent.objects.open().filter(person=leyla, purpose="research").exists()
    ask = client.get(reverse("people:withdraw_consent", args=["learning"]))
    assert ask.status_code == 200
    assert Consent.objects.open().filter(purpose="learning").exists()
    assert client.post(reverse("people:give_consent", args=["advertising"])).status_code == 404
    assert client.get(reverse("people:give_consent", args=["research"])).status_code == 405
    assert client.post(reverse("people:withdraw_consent", args=["photo"]), follow=True).status_code == 200


def test_a_minor_reads_who_decides(signed_in, jasur):
    client = signed_in(jasur)
    client.post(reverse("people:give_consent", args=["photo"]))
    assert not Consent.objects.filter(purpose="photo").exists()


def test_export_file(signed_in, leyla):
    response = signed_in(leyla).post(reverse("people:export"))
    assert response["Content-Disposition"] == 'attachment; filename="bilik-leyla.json"'
    assert json.loads(response.content)["person"]["name"] == "Leyla Məmmədova"


@pytest.mark.parametrize(
    ("typed", "password", "erased"),
    [
        ("leyla", PASSWORD, True),
        ("Leyla ", PASSWORD, True),
        ("layla", PASSWORD, False),
        ("leyla", "x", False),
    ],
)
def test_deleting_ones_account(signed_in, leyla, typed, password, erased):
    client = signed_in(leyla)
    response = client.post(reverse("people:my_data"), {"username": typed, "password": password})
    leyla.refresh_from_db()
    assert (leyla.erased_at is not None, response.status_code) == (erased, 302 if erased else 200)
    assert ("_auth_user_id" in client.session) is not erased


def test_a_letter_on_paper_and_the_answer(signed_in, client, jasur):
    signed_in(jasur)
    letter = client.post(
        reverse("people:guardian"), {"name": "Dilbar Karimova", "relation": "mother", "language": "uz"}
    )
    code, guardian = letter.context["code"], Guardian.objects.get()
    assert guardian.channel == "paper"
    assert code in letter.content.decode()
    assert "no-store" in letter["Cache-Control"]
    client.logout()
    url = reverse("people:agree", args=[guardian.token])
    page = client.get(url)
    assert page.status_code == 200
    assert "Oʻqish uchun rozilik" in page.content.decode()
    assert "Согласие на обучение" in client.get(url, {"in": "ru"}, follow=True).content.decode()
    wrong = client.post(url, {"code": "AAAAA-AAAAA", "answer": "agree"})
    assert wrong.status_code == 422
    assert "code" in wrong.context["form"].errors
    done = client.post(url, {"code": code, "answer": "agree", "research": "on"})
    back = done.context["back"]
    assert back in done.content.decode()
    assert Person.objects.get(pk=jasur.pk).guardian_consent_at
    assert back not in client.get(url).content.decode()
    client.post(url, {"code": back, "answer": "withdraw"})
    assert Person.objects.get(pk=jasur.pk).guardian_consent_at is None
    assert client.get(url).status_code == 200


def test_a_guardian_sees_what_is_kept_with_the_second_code_only_and_not_for_long(client, asked, jasur, monkeypatch):
    guardian, code = asked
    url = reverse("people:agree", args=[guardian.token])
    back = client.post(url, {"code": code, "answer": "agree"}).context["back"]
    assert jasur.username in client.get(url).content.decode()
    client.post(url, {"answer": "close"})
    assert jasur.username not in client.get(url).content.decode()
    assert client.post(url, {"code": code, "answer": "look"}).status_code == 422
    assert client.post(url, {"answer": "look"}).status_code == 422
    assert client.post(url, {"code": back, "answer": "look"}, follow=True).context["known"]
    entry = JournalEntry.objects.get(verb="people.look_as_guardian")
    assert (entry.about_id, entry.by) == (str(jasur.ref), None)
    later = utc_now() + timedelta(minutes=16)
    monkeypatch.setattr("bilik.people.views.guardian.utc_now", lambda: later)
    assert not client.get(url).context["known"]
    client.post(url, {"code": back, "answer": "look"})
    client.post(url, {"code": back, "answer": "withdraw"})
    assert not client.get(url).context["known"]
    assert client.post(url, {"code": back, "answer": "look"}).status_code == 409


def test_tries_are_counted_by_the_visitors_address_behind_our_own_web_server(client, settings):
    """nginx adds the address it sees to whatever the visitor claims; only what it added counts."""

    def tries(claimed, seen, times):
        header = {"x-forwarded-for": f"{claimed}, {seen}" if claimed else seen}
        asked = {"letter": "nosuchone"}
        return [client.post(reverse("people:letter"), asked, headers=header).status_code for _ in range(times)]

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert set(tries("", "203.0.113.1", 20)) == {422}
    assert tries("198.51.100.9", "203.0.113.1", 1) == [429]
    assert tries("203.0.113.1", "203.0.113.2", 1) == [422]


def test_a_letter_is_found_by_what_is_printed_on_it(client, asked):
    page = reverse("people:letter")
    assert client.get(page).status_code == 200
    there = reverse("people:agree", args=[asked[0].token])
    for typed in (asked[0].token, asked[0].token.upper(), f"https://academy.example{there}", f" {asked[0].token}/ "):
        assert client.post(page, {"letter": typed}).url == there
    assert client.post(page, {"letter": "abcdefgh"}).status_code == 422


def test_the_switch_of_languages_works_on_a_letters_page(client, asked):
    url = reverse("people:agree", args=[asked[0].token])
    assert "Oʻqish uchun rozilik" in client.get(url).content.decode()
    client.post(reverse("web:set_language"), {"language": "en", "next": url})
    assert "Consent to learning" in client.get(url).content.decode()
    assert client.get(url, {"in": "xx"}).status_code == 200


def test_by_email_the_code_goes_to_the_guardian_alone(signed_in, jasur):
    page = signed_in(jasur).post(
        reverse("people:guardian"),
        {"name": "Dilbar", "relation": "mother", "language": "uz", "contact": "dilbar@example.uz"},
        follow=True,
    )
    guardian = Guardian.objects.get()
    letter = mail.outbox[-1]
    assert letter.to == ["dilbar@example.uz"]
    assert f"/people/agree/{guardian.token}/" in letter.body
    code = next(word for word in letter.body.split() if len(word) == 11 and word[5] == "-")
    assert code not in page.content.decode()
    actions.confirm_guardian(now=guardian.requested_at, guardian=guardian, code=code, language="uz")


def test_a_mail_server_that_is_away_is_said(signed_in, jasur, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = signed_in(jasur).post(
        reverse("people:guardian"),
        {"name": "D", "relation": "mother", "language": "uz", "contact": "dilbar@example.uz"},
        follow=True,
    )
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_refusing_on_the_page(client, asked):
    guardian, code = asked
    client.post(reverse("people:agree", args=[guardian.token]), {"code": code, "answer": "refuse"})
    guardian.refresh_from_db()
    assert guardian.state == "refused"


def test_an_unknown_address_and_too_many_tries(client, asked):
    assert client.get(reverse("people:agree", args=["abcdefgh"])).status_code == 404
    url = reverse("people:agree", args=[asked[0].token])
    statuses = [client.post(url, {"code": "A", "answer": "agree"}).status_code for _ in range(21)]
    assert statuses[:5] == [422] * 5
    assert statuses[5] == 429
    assert statuses[-1] == 429
    assert Guardian.objects.get().wrong_codes == 5


def test_adults_have_no_guardian_page(signed_in, leyla):
    assert signed_in(leyla).get(reverse("people:guardian")).url == reverse("people:profile")


def test_organisation_page(house, signed_in, stranger):
    url = reverse("people:organisation", args=["ganja"])
    page = signed_in(house.rustam).get(url).content.decode()
    assert "Leyla Məmmədova" in page
    assert "School 1" in page
    assert "Rustam" not in signed_in(house.leyla).get(url).content.decode().split("<main")[1]
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(house.rustam).get(reverse("people:organisation", args=["urgench"])).status_code == 404


def test_organisation_page_takes_the_same_queries_for_1_and_3(house, signed_in, somebody):
    url = reverse("people:organisation", args=["urgench"])
    client = signed_in(house.manager)
    one = queries_of(client, url)
    for number in range(2):
        actions.join_organisation(
            by=None, now=NOW, person=somebody(f"new{number}"), organisation=house.urgench, role="learner"
        )
    assert (one, queries_of(client, url)) == (9, 9)


def test_journal_page_takes_the_same_queries_for_1_and_3(signed_in, somebody, stranger):
    url = reverse("people:journal")
    client = signed_in(stranger)
    for _ in range(1):
        actions.journal(by=stranger, now=NOW, verb="x.x", about=stranger)
    one = queries_of(client, url + "?verb=x.x")
    for number in range(2):
        actions.journal(by=somebody(f"new{number}"), now=NOW, verb="x.x", about=stranger)
    assert (one, queries_of(client, url + "?verb=x.x")) == (8, 8)


def test_consents_page_takes_the_same_queries_for_1_and_3(signed_in, leyla):
    url = reverse("people:consents")
    client = signed_in(leyla)
    one = queries_of(client, url)
    for purpose in ("photo", "research"):
        actions.give_consent(by=leyla, now=NOW, person=leyla, purpose=purpose)
    assert (one, queries_of(client, url)) == (3, 3)


def test_journal_page(house, signed_in):
    url = reverse("people:journal")
    mine = signed_in(house.leyla).get(url)
    assert len(mine.context["rows"]) == 3
    assert not mine.context["everything"]
    # Who is no administrator cannot look at somebody else's entries by naming them.
    assert len(signed_in(house.leyla).get(url, {"person": "rustam"}).context["rows"]) == 3
    client = signed_in(house.admin)
    assert len(client.get(url, {"person": "rustam", "verb": "people.register"}).context["rows"]) == 1
    for number in range(60):
        actions.journal(by=house.admin, now=NOW, verb="test.many", about=("test", str(number)))
    first = client.get(url, {"verb": "test.many"})
    assert len(first.context["rows"]) == 50
    assert "page=2" in first.content.decode()
    assert len(client.get(url, {"verb": "test.many", "page": 2}).context["rows"]) == 10
    assert len(client.get(url, {"first": "2026-11-23"}).context["rows"]) == 0
    assert client.get(url, {"first": "nonsense", "page": "x"}).status_code == 200


def test_the_journal_names_no_minor_to_other_learners(house, signed_in):
    actions.journal(by=house.jasur, now=NOW, verb="x.x", about=house.leyla)
    page = signed_in(house.leyla).get(reverse("people:journal")).content.decode()
    assert "Jasur" not in page


def test_the_admin_reads_and_does_not_write(client, leyla, asked):
    root = Person.objects.create_superuser("root", PASSWORD)
    client.force_login(root)
    entry, consent = JournalEntry.objects.first(), Consent.objects.first()
    for name, pk in (
        ("journalentry", entry.pk),
        ("consent", consent.pk),
        ("guardian", asked[0].pk),
        ("person", leyla.pk),
    ):
        assert client.get(reverse(f"admin:people_{name}_changelist")).status_code == 200
        page = client.get(reverse(f"admin:people_{name}_change", args=[pk]))
        assert page.status_code == 200
        assert asked[0].code_hash not in page.content.decode()
        assert client.post(reverse(f"admin:people_{name}_change", args=[pk]), {}).status_code == 403
        assert client.post(reverse(f"admin:people_{name}_delete", args=[pk]), {"post": "yes"}).status_code == 403


def test_the_checks_ask_no_database():
    """Outside `django_db` every query is an error, so this fails when starting up needs one."""
    with CaptureQueriesContext(connection) as caught:
        call_command("check")
    assert len(caught) == 0
