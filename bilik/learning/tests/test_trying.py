"""Trying a program out beside its task: what the device gets, and a run on the server that stores nothing."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from bilik.submissions.trying import MOST_IN_A_MINUTE

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SECRETS = ("secret", "271828", "543656", "zafaran", "SECRET-EXPLANATION")


def test_a_device_gets_the_visible_tests_and_nothing_of_the_hidden_ones(small, leyla, browser):
    response = browser(leyla).get(small.url("seen", "double"))
    given = response.json()
    assert [test["call"] for test in given["spec"]["tests"]] == ["double(3)"]
    assert given["feedback"] == {"printed": "<p>Your function prints, but gives nothing back.</p>\n"}
    assert not [word for word in SECRETS if word in response.content.decode()]


def test_a_visitor_may_run_on_the_own_device_and_not_on_the_server(small):
    visitor = Client()
    assert visitor.get(small.url("seen", "double")).status_code == 200
    response = visitor.post(small.url("run", "double"), {"answer": "print(1)", "what": "run"})
    assert response.status_code == 403
    assert 'class="screen"' not in response.content.decode()


def test_other_tasks_have_nothing_to_try(small, leyla, browser):
    page = browser(leyla)
    assert page.get(small.url("seen", "capital")).status_code == 404
    assert page.post(small.url("run", "capital"), {"answer": "baku"}).status_code == 404
    assert 'class="tryout"' not in page.get(small.url("lesson", "capital")).content.decode()


@pytest.mark.sandbox
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_run_shows_what_was_printed_and_stores_nothing(small, leyla, browser, rows, headers):
    sent = {"answer": "print(input() + '<b>')", "typed": "Leyla", "what": "run", "key": "x"}
    html = browser(leyla).post(small.url("run", "double"), sent, headers=headers).content.decode()
    assert "Leyla&lt;b&gt;" in html
    assert rows("submissions.Submission") == []
    assert rows("learning.Progress") == []
    assert not [row for row in rows("people.JournalEntry") if "Leyla<b>" in json.dumps(row, default=str)]


@pytest.mark.sandbox
def test_what_was_typed_stays_in_the_form_without_a_script(small, leyla, browser):
    html = browser(leyla).post(small.url("run", "double"), {"answer": "print(nam)", "what": "run"}).content.decode()
    assert "print(nam)</textarea>" in html
    assert "NameError" in html


@pytest.mark.sandbox
def test_steps_come_as_a_record_and_in_words(small, leyla, browser):
    sent = {"answer": "a = [1]\nb = a\nprint(b)", "what": "steps"}
    html = browser(leyla).post(small.url("run", "double"), sent, headers=HTMX).content.decode()
    assert "data-record=" in html
    assert "b = list: 1" in html


@pytest.mark.parametrize("typed", ["", " \n", "x" * 64_001, "print('\x00')"])
def test_what_is_no_program_is_said_and_not_run(small, leyla, browser, typed):
    response = browser(leyla).post(small.url("run", "double"), {"answer": typed, "what": "run"}, headers=HTMX)
    assert response.status_code == 200
    assert 'class="screen"' not in response.content.decode()


@pytest.mark.sandbox
def test_somebody_who_runs_too_many_is_asked_to_wait(small, leyla, jasur, browser):
    page, sent = browser(leyla), {"answer": "print('again')", "what": "run"}
    shown = [page.post(small.url("run", "double"), sent).status_code for _ in range(MOST_IN_A_MINUTE + 2)]
    assert set(shown[:MOST_IN_A_MINUTE]) == {200}
    assert 429 in shown[MOST_IN_A_MINUTE:] or shown.count(200) > MOST_IN_A_MINUTE
    assert browser(jasur).post(small.url("run", "double"), sent).status_code == 200
