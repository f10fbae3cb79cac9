"""The database is locked, away, or the disk is full: nothing typed is lost."""

import re

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import OperationalError
from django.test import Client

from bilik.web.middleware.trouble import is_trouble

NASTY = '</textarea><script>alert(1)</script>"\nprint(1)'


class LockedSession(SessionBase):
    """A session whose table is locked."""

    def load(self):
        raise OperationalError("database is locked")

    exists = save = delete = create = load


@pytest.fixture
def locked_session(settings, monkeypatch):
    from django.contrib.sessions import middleware

    made = middleware.SessionMiddleware.__init__

    def with_locked_store(self, get_response):
        made(self, get_response)
        self.SessionStore = LockedSession

    monkeypatch.setattr(middleware.SessionMiddleware, "__init__", with_locked_store)


@pytest.mark.parametrize("address", ["/locked/", "/full/"])
def test_reading_gets_an_apology_and_a_time(browser, address):
    response = browser.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "The server needs a moment" in response.content.decode()


@pytest.mark.parametrize("address", ["/locked/", "/full/"])
def test_what_was_posted_comes_back(browser, address):
    sent = {"answer": "two\nlines", "unit": "kg", "idempotency_key": "0198-a", "tags": ["a", "b"]}
    response = browser.post(f"{address}?lesson=3", sent)
    html = response.content.decode()
    assert response.status_code == 503
    assert "nothing was stored" in html
    assert 'method="post" action="' + address + '?lesson=3"' in html
    assert 'name="answer" rows="8" spellcheck="false">\ntwo\nlines</textarea>' in html.replace("\r", "")
    assert '<input type="hidden" name="idempotency_key" value="0198-a">' in html
    assert html.count('name="tags"') == 2
    assert "Send again" in html


def test_what_was_posted_is_escaped(browser):
    html = browser.post("/locked/?<script>", {"answer": NASTY, '"><script>': NASTY}).content.decode()
    assert "<script>" not in html
    assert html.count("</textarea>") == 2


def test_a_password_is_never_shown(browser):
    html = browser.post(
        "/locked/", {"login": "leyla", "password": "s3cret-word", "csrf_token": "t0ken"}
    ).content.decode()
    assert "leyla" in html
    assert "s3cret-word" not in html
    assert "t0ken" not in html
    assert 'type="password" name="password" autocomplete="current-password"' in html


def test_what_comes_back_can_be_sent_again(careful_browser):
    page = careful_browser.get("/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    first = careful_browser.post("/locked/", {"answer": "x", "csrfmiddlewaretoken": token})
    fresh = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', first.content.decode())[1]
    assert fresh != token
    again = careful_browser.post("/design/language/", {"language": "az", "csrfmiddlewaretoken": fresh})
    assert again.status_code == 302


def test_htmx_gets_a_fragment(browser):
    response = browser.post("/locked/", {"answer": "x"}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 503
    assert "<html" not in html
    assert "data-trouble" in html
    assert 'name="answer"' in html


def test_our_own_mistakes_are_not_called_trouble(browser):
    response = browser.get("/broken/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


@pytest.mark.parametrize(
    ("exception", "trouble"),
    [
        (OperationalError("database is locked"), True),
        (OperationalError("database or disk is full"), True),
        (OperationalError('connection to server at "127.0.0.1" failed'), True),
        (OperationalError("no such column: x"), False),
        (OSError(28, "No space left on device"), True),
        (OSError(2, "No such file"), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_what_is_trouble(exception, trouble):
    assert is_trouble(exception) is trouble


@pytest.mark.usefixtures("locked_session")
def test_trouble_inside_another_middleware():
    browser = Client(raise_request_exception=False)
    browser.cookies["sessionid"] = "somebody"
    response = browser.post("/", {"answer": NASTY}, headers={"Origin": "http://testserver"})
    html = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "cannot say whether this was stored" in html
    assert "print(1)" in html
    assert "<script>" not in html
    assert "Send again" in html


@pytest.mark.usefixtures("locked_session")
def test_another_site_cannot_have_its_form_confirmed_here():
    browser = Client(raise_request_exception=False)
    browser.cookies["sessionid"] = "somebody"
    response = browser.post("/", {"answer": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 503
    assert "Send again" not in response.content.decode()
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_a_stale_form_gives_back_what_was_typed(careful_browser):
    response = careful_browser.post("/", {"answer": NASTY}, headers={"Origin": "http://testserver"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "print(1)" in html
    assert "<script>alert" not in html
    assert "Send again" in html


def test_a_stale_form_of_another_site_gets_no_button(careful_browser):
    html = careful_browser.post("/", {"answer": "x"}, headers={"Origin": "https://evil.example"}).content.decode()
    assert "Send again" not in html
