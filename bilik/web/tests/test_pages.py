import pytest
from django.template.loader import render_to_string

from bilik.web import navigation
from bilik.web.navigation import Entry


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503", "kept", "stale_form"])
def test_an_error_page_needs_no_request(name):
    html = render_to_string(f"web/{name}.html", {"status": name})
    assert html.count("<h1>") == 1
    assert '<main id="content"' in html


def test_a_page_has_its_landmarks_and_one_current_entry(browser):
    with navigation.only(Entry(order=1, label="Home", url="home"), Entry(order=2, label="Gallery", url="web:gallery")):
        html = browser.get("/").content.decode()
    for landmark in ('href="#content"', "<header", '<nav class="main-nav"', "<main", "<footer"):
        assert landmark in html
    assert html.count('aria-current="page"') == 1


def test_a_page_offers_every_language_in_its_own_words(browser):
    html = browser.get("/").content.decode()
    for name in ("Azərbaycanca", "Oʻzbekcha", "Русский", "English"):
        assert name in html
    assert '<input type="hidden" name="next" value="/">' in html


def test_a_page_is_small(browser):
    assert len(browser.get("/").content) < 6000


@pytest.mark.parametrize(("address", "status"), [("/nothing/", 404), ("/broken/", 500)])
def test_htmx_gets_a_notice_and_no_page(browser, address, status):
    response = browser.get(address, headers={"HX-Request": "true"})
    assert response.status_code == status
    assert response.content.decode().lstrip().startswith('<div class="notice bad"')
