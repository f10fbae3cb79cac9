import pytest
from django.test import RequestFactory
from django.utils import translation

from bilik.web.middleware.language import language, of_browser, offered


def ask(accept="", cookie="", session=None):
    request = RequestFactory().get("/", headers={"accept-language": accept})
    if cookie:
        request.COOKIES["bilik-language"] = cookie
    if session is not None:
        request.COOKIES["sessionid"] = "x"
        request.session = session
    return request


@pytest.mark.parametrize(
    ("accept", "spoken"),
    [
        ("uz", "uz"),
        ("uz-Latn-UZ,ru;q=0.8", "uz"),
        ("az-AZ", "az"),
        ("tr,ru;q=0.5", "ru"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("de;q=0.9, uz;q=0.1", "uz"),
    ],
)
def test_the_first_offered_language_a_browser_asks_for(accept, spoken):
    assert of_browser(ask(accept)) == spoken


def test_a_choice_on_this_browser_comes_before_its_settings():
    assert of_browser(ask("ru", cookie="uz")) == "uz"


def test_a_bad_cookie_is_nothing():
    assert of_browser(ask("ru", cookie="../../etc")) == "ru"


@pytest.mark.parametrize("code", [None, 7, "", "xx", "<script>"])
def test_what_is_not_offered(code):
    assert offered(code) is None


def test_a_missing_sentence_is_english_and_never_another_language():
    from django.conf import settings
    from django.utils.translation import trans_real

    assert settings.LANGUAGE_CODE == "en"
    uzbek = trans_real.translation("uz")
    assert uzbek._fallback is None or uzbek._fallback.language() == "en"


def test_the_person_comes_before_the_browser():
    from django.http import HttpResponse

    seen = []
    middleware = language(lambda request: seen.append(translation.get_language()) or HttpResponse())
    response = middleware(ask("ru", cookie="az", session={"language": "uz"}))
    assert seen == ["uz"]
    assert response.headers["Content-Language"] == "uz"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response.headers["Vary"].split(",")}


def test_without_a_session_cookie_the_session_is_not_read():
    from django.http import HttpResponse

    request = ask("uz")
    assert not hasattr(request, "session")
    assert language(lambda request: HttpResponse())(request).headers["Content-Language"] == "uz"


def test_the_switch_works_as_a_plain_form(browser):
    response = browser.post("/design/language/", {"language": "uz", "next": "/design/?a=1"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/design/?a=1"
    assert browser.cookies["bilik-language"].value == "uz"
    assert browser.get("/").headers["Content-Language"] == "uz"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_never_leads_away(browser, away):
    assert browser.post("/design/language/", {"language": "az", "next": away}).headers["Location"] == "/"


def test_an_unknown_language_is_refused(browser):
    assert browser.post("/design/language/", {"language": "xx"}).status_code == 400


def test_reading_never_changes_the_language(browser):
    assert browser.get("/design/language/?language=uz").status_code == 405


def test_the_switch_wants_a_token(careful_browser):
    assert careful_browser.post("/design/language/", {"language": "uz"}).status_code == 403
