"""Tokens: made by whom, shown once, stored how, ended when."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bilik.api import actions, rules
from bilik.api.models import Token
from bilik.api.states import OF_TRAINERS, Scope
from bilik.api.token_text import LETTERS, PATTERN, check_of, digest_of, name_of, new_token
from bilik.kit.clock import utc_now
from bilik.people.actions import erase_person, export_my_data, reset_second_factor

pytestmark = pytest.mark.django_db
READ = "profile:read"
PASSWORD = "a long enough password"


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    return person


# What a token looks like ----------------------------------------------------------------------------------------------


def test_a_token_can_be_recognised_by_scanners_and_is_never_made_twice():
    made = {new_token() for _ in range(200)}
    assert len(made) == 200
    for name, text in made:
        assert re.fullmatch(r"bilik_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}", text)
        assert name_of(text) == name


@given(st.integers(0, len("bilik_12345678_") + 37), st.sampled_from(LETTERS))
def test_a_slip_of_the_hand_is_no_token(at, letter):
    _name, text = new_token()
    slip = text[:at] + letter + text[at + 1 :]
    assert (name_of(slip) is not None) is (slip == text)


@given(st.text(max_size=120))
def test_whatever_else_somebody_sends_is_no_token(text):
    assert name_of(text) is None


def test_the_check_is_the_one_that_is_documented():
    # zlib.crc32(b"bilik_AAAAAAAA_" + b"B" * 32) in base 62, most significant digit first.
    body = "bilik_AAAAAAAA_" + "B" * 32
    number = 0
    for letter in check_of(body):
        number = number * 62 + LETTERS.index(letter)
    import zlib

    assert number == zlib.crc32(body.encode())


# Making ---------------------------------------------------------------------------------------------------------------


def test_only_a_digest_is_stored(leyla, caller, rows):
    program = caller(leyla, READ)
    stored = rows("api.Token")[0]
    assert program.text not in str(stored)
    assert PATTERN.fullmatch(program.text)[2] not in str(stored)
    assert stored["digest"] == digest_of(program.text)
    assert program.text not in str(rows("people.JournalEntry"))


def test_a_token_lives_ninety_days_and_a_year_at_most(leyla, now, refused):
    token, _text = actions.make_token(by=leyla, now=now, name="x", scopes=[READ])
    assert token.expires_at - token.made_at == timedelta(days=90)
    actions.make_token(by=leyla, now=now, name="x", scopes=[READ], life=timedelta(days=365))
    for life in (timedelta(days=366), timedelta(0), timedelta(days=-1)):
        with refused("expiry_impossible"):
            actions.make_token(by=leyla, now=now, name="x", scopes=[READ], life=life)


def test_scopes_are_offered_by_role_and_nothing_else_is_taken(leyla, house, now, refused):
    for wrong, code in ((["trainer:read"], "scope_not_offered"), (["root"], "scope_not_offered"), ([], "no_scopes")):
        with refused(code):
            actions.make_token(by=leyla, now=now, name="x", scopes=wrong)
    token, _text = actions.make_token(by=house.aysel, now=now, name="x", scopes=list(OF_TRAINERS))
    assert set(token.allowed) == OF_TRAINERS


def test_nobody_has_more_than_twenty_and_revoked_ones_do_not_count(leyla, now, refused):
    made = [actions.make_token(by=leyla, now=now, name="x", scopes=[READ])[0] for _ in range(rules.MOST_TOKENS)]
    with refused("too_many_tokens"):
        actions.make_token(by=leyla, now=now, name="x", scopes=[READ])
    actions.revoke_token(by=leyla, now=now, token=made[0])
    actions.make_token(by=leyla, now=now, name="x", scopes=[READ])


def test_a_role_that_needs_a_second_factor_needs_it_for_tokens_too(house, caller, settings, refused):
    before = caller(house.aysel, READ)
    settings.SECOND_FACTOR_REQUIRED = frozenset({"trainer"})
    with refused("second_factor_needed"):
        caller(house.aysel, READ)
    assert before.get("me").json()["code"] == "second_factor_needed"


def test_a_closed_account_makes_none(leyla, now, refused):
    leyla.is_active = False
    with refused("account_closed"):
        actions.make_token(by=leyla, now=now, name="x", scopes=[READ])


# Using ----------------------------------------------------------------------------------------------------------------


def test_a_token_opens_what_its_scopes_say(leyla, caller):
    program = caller(leyla, READ)
    assert program.get("me").json()["username"] == "leyla"
    refusal = program.get("courses")
    assert refusal.status_code == 403
    assert refusal.json()["code"] == "scope_needed"
    assert "courses:read" in refusal.json()["detail"]
    assert refusal["WWW-Authenticate"] == 'Bearer realm="bilik", error="insufficient_scope", scope="courses:read"'


def test_when_it_was_used_is_written_once_an_hour(leyla, caller, counted):
    program = caller(leyla, READ)
    program.get("me")
    first = Token.objects.get().used_at
    with counted() as seen:
        program.get("me")
    assert seen.writes == []
    Token.objects.update(used_at=first - rules.USE_NOTED_EACH)
    program.get("me")
    assert Token.objects.get().used_at >= first


@pytest.mark.parametrize("end", ["expired", "revoked", "closed", "unknown", "other secret"])
def test_a_token_that_is_no_good_says_no_more_than_that(leyla, caller, end):
    program = caller(leyla, READ)
    token, code = Token.objects.get(), "token_unknown"
    if end == "expired":
        token.made_at, token.expires_at = token.made_at - timedelta(days=100), utc_now()
        token.save()
        code = "token_expired"
    elif end == "revoked":
        actions.revoke_token(by=leyla, now=utc_now(), token=token)
    elif end == "closed":
        leyla.is_active = False
        leyla.save()
    elif end == "unknown":
        program.text = new_token()[1]
    else:
        body = program.text[:15] + new_token()[1][15:-6]
        program.text = body + check_of(body)
    response = program.get("me")
    assert (response.status_code, response.json()["code"]) == (401, code)
    assert 'error="invalid_token"' in response["WWW-Authenticate"]
    assert "leyla" not in response.content.decode()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic bGV5bGE6eA==", "bilik_x", "Bearer ə", "Bearer a b"])
def test_a_header_that_holds_no_token_asks_for_one(db, client, header):
    response = client.get("/api/v1/me", headers={"authorization": header} if header else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith('Bearer realm="bilik"')
    assert response["Content-Type"] == "application/problem+json"


def test_a_session_does_not_open_the_interface(leyla, browser):
    assert browser(leyla).get("/api/v1/me").status_code == 401


def test_who_loses_a_role_loses_it_in_tokens_at_once(house, group, caller):
    from bilik.people.actions import end_membership
    from bilik.people.queries import members_of, membership_in

    program = caller(house.aysel)
    address = f"groups/{group.ref}/members"
    assert program.get(address).status_code == 200
    row = next(one for one in members_of(house.ganja, house.orxan) if one.person == house.aysel)
    membership = membership_in(house.ganja, row.membership_id, house.orxan)
    end_membership(by=house.orxan, now=utc_now(), membership=membership)
    assert program.get(address).status_code == 404


# Ending ---------------------------------------------------------------------------------------------------------------


def test_a_new_password_ends_them_all(leyla, caller, browser, rows):
    program = caller(with_password(leyla), READ)
    page = browser(leyla)
    response = page.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": PASSWORD + "2", "password2": PASSWORD + "2"},
    )
    assert response.status_code == 302
    assert program.get("me").status_code == 401
    assert {"why": "sign_in"} in [
        row["data"] for row in rows("people.JournalEntry") if row["verb"] == "api.revoke_token"
    ]


def test_a_lost_second_factor_ends_them_all(leyla, orxan, caller):
    program = caller(leyla, READ)
    reset_second_factor(by=orxan, now=utc_now(), person=leyla)
    assert program.get("me").status_code == 401


def test_a_deleted_account_leaves_no_token(leyla, caller, rows):
    program = caller(with_password(leyla), READ, name="Leyla's laptop")
    erase_person(by=leyla, now=utc_now(), person=leyla, password=PASSWORD)
    assert program.get("me").status_code == 401
    assert rows("api.Token") == []


def test_ones_data_hold_ones_tokens_without_what_opens_anything(leyla, caller):
    program = caller(leyla, READ, name="my laptop")
    data = export_my_data(by=leyla, now=utc_now(), person=leyla)["api"]["tokens"]
    assert [(one["name"], one["scopes"]) for one in data] == [("my laptop", [READ])]
    assert program.text not in str(data)
    assert digest_of(program.text) not in str(data)


# The page -------------------------------------------------------------------------------------------------------------


def form(**changed):
    return {"name": "laptop", "scopes": [READ], "days": "30"} | changed


def test_a_token_is_made_on_the_page_shown_once_and_revoked(leyla, browser, client):
    page, address = browser(leyla), reverse("api:tokens")
    assert reverse("api:tokens") in page.get(reverse("people:profile")).content.decode()
    made = page.post(address, form()).content.decode()
    text = PATTERN.search(made)[0]
    assert text not in page.get(address).content.decode()
    assert client.get("/api/v1/me", headers={"authorization": f"Bearer {text}"}).json()["username"] == "leyla"
    page.post(reverse("api:revoke", args=[Token.objects.get().ref]))
    assert client.get("/api/v1/me", headers={"authorization": f"Bearer {text}"}).status_code == 401
    assert "laptop" not in page.get(address).content.decode().partition("<main")[2]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["trainer:read"]}, {"days": "9999"}])
def test_what_does_not_fit_comes_back_with_what_was_typed(leyla, browser, wrong):
    response = browser(leyla).post(reverse("api:tokens"), form(**wrong))
    assert response.status_code == 422
    assert 'value="profile:read"' in response.content.decode()
    assert not Token.objects.exists()


def test_making_one_asks_for_the_password_and_reading_does_not(leyla, browser):
    page = browser(with_password(leyla))
    assert page.get(reverse("api:tokens")).status_code == 200
    response = page.post(reverse("api:tokens"), form())
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not Token.objects.exists()


def test_nobody_revokes_anothers_tokens(leyla, jasur, caller, browser):
    program = caller(leyla, READ)
    assert browser(jasur).post(reverse("api:revoke", args=[program.token.ref])).status_code == 404
    browser(jasur).post(reverse("api:revoke_all"))
    assert program.get("me").status_code == 200


def test_the_page_costs_the_same_with_one_and_with_three(leyla, caller, browser, counted):
    costs, page = [], browser(leyla)
    for _ in range(3):
        caller(leyla, READ)
        with counted() as seen:
            assert page.get(reverse("api:tokens")).status_code == 200
        costs.append(len(seen.sql))
    assert costs[0] == costs[2]


def test_the_page_about_the_interface_names_every_scope_and_call(db, client):
    from bilik.api import v1
    from bilik.api.document import operations_in

    html = client.get(reverse("api:about")).content.decode()
    for scope in Scope:
        assert f">{scope.value}<" in html
    for path, method, operation in operations_in(v1.document()):
        assert f'id="{operation["operationId"]}"' in html
        assert f"{method.upper()} {path}".replace("&", "&amp;") in html
