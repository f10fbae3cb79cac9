from types import SimpleNamespace

import pytest

from bilik.web import navigation
from bilik.web.checks import navigation_leads_somewhere
from bilik.web.navigation import Entry

HOME = Entry(order=1, label="Home", url="home", icon="home")
GALLERY = Entry(order=2, label="Gallery", url="web:gallery", icon="star")
LANGUAGE = Entry(order=3, label="Language", url="web:set_language")
STAFF = Entry(order=0, label="Staff", url="locked", shown=lambda user: user.is_staff)
NOBODY = SimpleNamespace(is_staff=False)


@pytest.fixture(autouse=True)
def _entries():
    with navigation.only(GALLERY, STAFF, LANGUAGE, HOME):
        yield


def labels(path="/", user=NOBODY, place="main"):
    return [link.label for link in navigation.links(user=user, path=path, place=place)]


def current(path):
    return [link.label for link in navigation.links(user=NOBODY, path=path) if link.current]


def test_entries_come_in_their_order():
    assert labels() == ["Home", "Gallery", "Language"]


def test_entries_are_shown_to_those_they_are_for():
    assert labels(user=SimpleNamespace(is_staff=True))[0] == "Staff"


def test_the_same_address_again_replaces_the_entry():
    navigation.add(Entry(order=9, label="Start", url="home"))
    assert labels() == ["Gallery", "Language", "Start"]


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", ["Home"]),
        ("/design/", ["Gallery"]),
        ("/design/other/", ["Gallery"]),
        ("/design/language/", ["Language"]),
        ("/designer/", []),
        ("/elsewhere/", []),
    ],
)
def test_the_nearest_entry_is_current(path, marked):
    assert current(path) == marked


def test_an_entry_that_leads_nowhere_is_left_out_and_reported():
    navigation.add(Entry(order=9, label="Ghost", url="ghosts:all"))
    assert "Ghost" not in labels()
    assert [message.id for message in navigation_leads_somewhere()] == ["web.E001"]


def test_places_are_apart():
    navigation.add(Entry(order=1, label="Profile", url="full", place="person"))
    assert labels(place="person") == ["Profile"]
    assert "Profile" not in labels()


def test_an_unknown_place_is_refused():
    with pytest.raises(ValueError):
        Entry(order=1, label="x", url="home", place="roof")
