"""The cast with tokens: Leyla and Jasur learn in Aysel's group, Rustam manages another centre."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from bilik.api import signing
from bilik.api.actions import make_token
from bilik.api.models import Token
from bilik.api.queries import offered_scopes
from bilik.catalog import queries as catalog
from bilik.groups import actions as groups
from bilik.kit.clock import utc_now
from bilik.people.actions import found_organisation, join_organisation


@pytest.fixture(autouse=True)
def _no_old_calls(monkeypatch):
    """Every test begins with full buckets; and on a slow machine nobody asks again which version is published."""
    signing.ADDRESSES.forget()
    signing.TOKENS.forget()
    monkeypatch.setattr(catalog, "PUBLISHED_SECONDS", 3600.0)


class Caller:
    """A program with a token: `caller.get("courses")` calls and gives the response."""

    def __init__(self, text: str, token: Token | None) -> None:
        self.text, self.token = text, token
        self._client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One call; `body` is JSON unless it is bytes."""
        address = path if path.startswith("/") else f"/api/v1/{path}"
        given = {"headers": {"authorization": f"Bearer {self.text}"} | headers} if self.text else {"headers": headers}
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            given |= {"data": content, "content_type": headers.pop("content_type", "application/json")}
        return self._client.generic(method, address, **given)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)


@pytest.fixture
def caller() -> Callable[..., Caller]:
    """A program of a person: with all scopes that are offered to them, with some, or (`caller(None)`) without token."""

    def make(person: Any, *scopes: str, **facts: Any) -> Caller:
        if person is None:
            return Caller("", None)
        facts = {"now": utc_now(), "name": "test"} | facts
        token, text = make_token(by=person, scopes=scopes or offered_scopes(person), **facts)
        return Caller(text, token)

    return make


@pytest.fixture
def house(person, orxan, now):
    """An academy with a centre in Ganja (Aysel trains) and one in Urganch (Rustam manages)."""
    from bilik.people.queries import organisations_of

    academy = organisations_of(orxan).get(slug="academy")
    ganja, urganch = (
        found_organisation(by=None, now=now, kind="centre", name=slug.title(), slug=slug, parent=academy)
        for slug in ("ganja", "urganch")
    )
    people = {name: person(name) for name in ("aysel", "rustam")}
    join_organisation(by=None, now=now, person=people["aysel"], organisation=ganja, role="trainer")
    join_organisation(by=None, now=now, person=people["rustam"], organisation=urganch, role="centre_manager")
    return SimpleNamespace(academy=academy, ganja=ganja, urganch=urganch, orxan=orxan, **people)


@pytest.fixture
def group_of(house, small):
    """Founds a group in Ganja that studies the small course: `group_of(leyla, jasur)`."""

    def make(*learners: Any, name: str = "Python, autumn", by: Any = None, organisation: Any = None) -> Any:
        now, lead = utc_now(), by or house.aysel
        group = groups.found_group(
            by=lead, now=now, organisation=organisation or house.ganja, name=name, kind="course_group",
            starts_on=now.date(), courses=["small-course"],
        )  # fmt: skip
        code = groups.make_join_code(by=lead, now=now, group=group)
        for learner in learners:
            groups.join_by_code(by=learner, now=now, code=code.code)
        return group

    return make


@pytest.fixture
def group(group_of, leyla, jasur):
    return group_of(leyla, jasur)


@pytest.fixture
def meeting(house, group):
    """A meeting that began a quarter of an hour ago."""
    now = utc_now()
    return groups.plan_meeting(
        by=house.aysel, now=now - timedelta(days=1), group=group, starts_at=now - timedelta(minutes=15), minutes=90
    )


@pytest.fixture
def deadline(house, group):
    now = utc_now()
    return groups.set_deadline(
        by=house.aysel, now=now, group=group, course_slug="small-course", matter="lesson", slug="01-choices",
        due_at=now + timedelta(days=7),
    )  # fmt: skip


@pytest.fixture
def join_code(house, group):
    return groups.make_join_code(by=house.aysel, now=utc_now(), group=group).code
