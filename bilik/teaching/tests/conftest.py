"""The cast at the trainers' desk: Aysel leads a group in which Leyla and Jasur learn; Rustam manages another centre."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bilik.groups.actions import found_group, join_by_code, make_join_code
from bilik.people.actions import found_organisation, join_organisation
from bilik.teaching.actions import request_regrade, work_on_regrades
from tests.small_course import tiny_course


@pytest.fixture
def house(person, orxan, now):
    """An academy with a centre in Ganja (Aysel trains, Nigar manages the programme) and one in Urganch."""
    from bilik.people.queries import organisations_of

    academy = organisations_of(orxan).get(slug="academy")
    ganja, urganch = (
        found_organisation(by=None, now=now, kind="centre", name=slug.title(), slug=slug, parent=academy)
        for slug in ("ganja", "urganch")
    )
    people = {name: person(name) for name in ("aysel", "rustam", "nigar")}
    for name, place, role in (
        ("aysel", ganja, "trainer"),
        ("nigar", ganja, "programme_manager"),
        ("rustam", urganch, "programme_manager"),
    ):
        join_organisation(by=None, now=now, person=people[name], organisation=place, role=role)
    return SimpleNamespace(academy=academy, ganja=ganja, urganch=urganch, orxan=orxan, **people)


@pytest.fixture
def group_of(house, now):
    """Founds a group in Ganja that studies a course: `group_of("small-course", leyla, jasur)`."""

    def make(course, *learners, when=now):
        group = found_group(
            by=house.aysel, now=when, organisation=house.ganja, name="Python, autumn", kind="course_group",
            starts_on=when.date(), courses=[course],
        )  # fmt: skip
        code = make_join_code(by=house.aysel, now=when, group=group)
        for learner in learners:
            join_by_code(by=learner, now=when, code=code.code)
        return group

    return make


@pytest.fixture
def group(group_of, small, leyla, jasur):
    """The group of most tests: Leyla and Jasur, the small course."""
    return group_of("small-course", leyla, jasur)


CAPITAL = """kind = "short_text"
points = 2
skills = ["ext:python-output"]
difficulty = 1
answers = ["{}"]
"""
CAPITAL_EN = "# The capital\n\nWhich city is the capital?\n"


@pytest.fixture
def key(publish):
    """Publishes a course of one task with this right word; again with another word, and the key is mended."""

    def make(word, text=CAPITAL_EN, toml=CAPITAL, **more):
        files = {"exercise.toml": toml.format(word), "exercise.en.md": text}
        publish(tiny_course("tiny", exercise=files | more))
        from bilik.catalog.queries import forget, published_course

        forget()
        return published_course("tiny")

    return make


@pytest.fixture
def regraded(now):
    """Asks for a regrade and lets workers prepare it to its end."""

    def make(by, course, **more):
        regrade = request_regrade(by=by, now=now, course=course, reason="The key was wrong.", **more)
        finish(regrade, now)
        return regrade

    return make


def finish(regrade, now):
    """What workers do until nothing waits any more."""
    for _ in range(50):
        if not work_on_regrades(now=now):
            regrade.refresh_from_db()
            if regrade.state not in ("preparing", "applying"):
                return
    raise AssertionError(f"the regrade never ends: {regrade.state}")
