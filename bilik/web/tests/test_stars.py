from xml.etree import ElementTree

import pytest

from bilik.web.stars import star

NAMES = [f"course-{number}" for number in range(300)] + ["", "ə ğ ı <>&\"'", "x" * 5000]


@pytest.mark.parametrize("name", NAMES[::10] + NAMES[-3:])
def test_a_tile_is_small_valid_and_needs_nothing(name):
    drawing = star(name)
    assert len(drawing.encode()) <= 1500
    tree = ElementTree.fromstring(drawing)
    assert tree.tag == "svg"
    attributes = {key for element in tree.iter() for key in element.attrib}
    assert not attributes & {"style", "id", "href", "onload"}


def test_the_same_name_is_always_the_same_tile():
    first = star("python-from-zero")
    star.cache_clear()
    assert star("python-from-zero") == first


def test_other_names_are_other_tiles():
    assert len({star(name) for name in NAMES[:100]}) > 90
