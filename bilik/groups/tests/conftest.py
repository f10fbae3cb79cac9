"""The cast in their group: Aysel trains, Leyla and Jasur learn, Kamran is thirteen, Rustam manages another centre."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from bilik.groups import actions
from bilik.people.actions import found_organisation, join_organisation


@pytest.fixture
def house(person, orxan, now):
    """An academy with two centres: Ganja with a trainer and a manager, Urganch with a manager of its own."""
    from bilik.people.queries import organisations_of

    academy = organisations_of(orxan).get(slug="academy")
    ganja, urganch = (
        found_organisation(by=None, now=now, kind="centre", name=slug.title(), slug=slug, parent=academy)
        for slug in ("ganja", "urganch")
    )
    people = {name: person(name) for name in ("aysel", "elnur", "rustam", "nigar")}
    for name, place, role in (
        ("aysel", ganja, "trainer"),
        ("elnur", ganja, "trainer"),
        ("nigar", ganja, "centre_manager"),
        ("rustam", urganch, "centre_manager"),
    ):
        join_organisation(by=None, now=now, person=people[name], organisation=place, role=role)
    return SimpleNamespace(academy=academy, ganja=ganja, urganch=urganch, orxan=orxan, **people)


@pytest.fixture
def group(house, small, now):
    """A group in Ganja that studies the small course, founded by its trainer."""
    return actions.found_group(
        by=house.aysel, now=now, organisation=house.ganja, name="Python, autumn", kind="course_group",
        starts_on=now.date(), courses=["small-course"],
    )  # fmt: skip


@pytest.fixture
def come_in(house, group, now):
    """Lets people in with a code, as a class does."""

    def enter(*people, when=now):
        code = actions.make_join_code(by=house.aysel, now=when, group=group)
        return [actions.join_by_code(by=person, now=when, code=code.code) for person in people]

    return enter


@pytest.fixture
def meeting(house, group, now):
    """A meeting that began a quarter of an hour ago."""
    return actions.plan_meeting(
        by=house.aysel, now=now - timedelta(days=1), group=group, starts_at=now - timedelta(minutes=15), minutes=90
    )
