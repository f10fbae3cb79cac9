"""The gallery is complete: what is not in it does not exist for those who build pages."""

import re
from pathlib import Path

import pytest

from bilik.web import icons
from bilik.web.gallery import VERDICTS
from bilik.web.templatetags.web import register

ROOM = Path(__file__).parents[1]
TEMPLATES = ROOM / "templates/web"
SOURCE = "\n".join(
    path.read_text() for path in [TEMPLATES / "gallery.html", *sorted((TEMPLATES / "gallery").glob("*.html"))]
)
# Tags that have no look of their own.
UNSEEN = {"asset", "panels"}
# Fragments that other rooms get from here; each is drawn in the gallery.
FRAGMENTS = ["trouble_fragment.html", "kept_fragment.html", "stale_form_fragment.html", "lesson_scripts.html"]
WORDS = (
    "button quiet danger small card cards row badge good warn bad info crumbs empty table steps "
    "meta hidden-label prose callout note tip warning remember try callout-title video code "
    "output task choices answer-line verdict tests hints attempts skillbar field notice progress "
    "uncertain points scroll number "
)
CLASSES = set(WORDS.split())


@pytest.fixture
def page(browser, settings):
    settings.DEMO = True
    return browser.get("/design/").content.decode()


@pytest.mark.parametrize("tag", sorted(set(register.tags) - UNSEEN))
def test_every_tag_is_in_the_gallery(tag):
    assert re.search(rf"{{% {tag}\b", SOURCE)


@pytest.mark.parametrize("name", sorted(path.stem for path in (TEMPLATES / "components").glob("*.html")))
def test_every_component_is_in_the_gallery(name):
    assert re.search(rf"{{% {name}\b|components/{name}\.html", SOURCE)


@pytest.mark.parametrize("name", sorted(path.name for path in (TEMPLATES / "gallery").glob("*.html")))
def test_every_section_is_shown(name):
    assert f"web/gallery/{name}" in SOURCE


@pytest.mark.parametrize("name", FRAGMENTS)
def test_every_fragment_is_in_the_gallery(name):
    assert f"web/{name}" in SOURCE


def test_every_icon_is_shown(page):
    for name in icons.SHAPES:
        assert f"</svg>{name}</li>" in page


def test_every_class_is_shown(page):
    used = {word for names in re.findall(r'class="([^"]*)"', page) for word in names.split()}
    assert CLASSES - used == set()


@pytest.mark.parametrize("state", [verdict[0] for verdict in VERDICTS])
def test_every_verdict_is_shown(page, state):
    assert f'class="verdict {state}"' in page


@pytest.mark.parametrize("language", ["az", "uz", "ru", "en"])
def test_the_gallery_speaks_every_language(browser, settings, language):
    settings.DEMO = True
    browser.cookies["bilik-language"] = language
    response = browser.get("/design/")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_strangers_have_no_gallery(browser, settings):
    settings.DEMO = settings.DEBUG = False
    assert browser.get("/design/").status_code == 404
