from xml.etree import ElementTree

import pytest

from bilik.web import icons

WORDS = (
    "home book person menu check cross partial clock hint lock play refresh warning info "
    "arrow-left arrow-right download trash globe star code trophy pin phone eye edit plus search "
    "flag server "
)
WANTED = set(WORDS.split())


def test_every_wanted_icon_is_drawn():
    assert set(icons.SHAPES) >= WANTED


@pytest.mark.parametrize("name", icons.SHAPES)
def test_an_icon_is_valid_and_silent(name):
    tree = ElementTree.fromstring(icons.icon(name))
    assert tree.get("aria-hidden") == "true"
    assert len(icons.icon(name)) < 500
