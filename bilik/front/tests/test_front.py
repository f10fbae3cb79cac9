"""The front door: what everybody sees first, the demonstration's sign-in, the state of the machine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bilik.front.cast import CAST
from bilik.kit.ids import new_id
from bilik.submissions import actions, runners
from runner.faults import PlatformFault

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_what_this_is_and_the_courses(small, client):
    html = client.get("/").content.decode()
    assert "Learn digital skills by doing" in html
    assert 'href="/learn/small-course/"' in html
    assert "demo/sign-in" not in html


def test_an_academy_without_courses_has_a_front_page_too(db, client):
    assert client.get("/").status_code == 200
    assert "No course is published here yet." in client.get("/learn/").content.decode()


@pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.username)
def test_each_of_the_cast_sees_home_in_their_language(small, cast, browser, actor):
    page = browser(cast[actor.username])
    response = page.get("/")
    html = response.content.decode()
    assert response.status_code == 200
    assert actor.name in html
    assert f'href="{reverse("people:organisation", args=[actor.organisation])}"' in html
    assert ("status/" in html) is (actor.role == "administrator")


def test_home_leads_on_where_one_stopped(small, leyla, give, browser):
    assert "You have not answered anything yet." in browser(leyla).get("/").content.decode()
    give(leyla, small.task("capital"), "baku")
    html = browser().get("/").content.decode()
    assert 'href="/learn/small-course/01-choices/#even-numbers"' in html
    assert "Small course" in html


@pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.username)
def test_in_a_demonstration_everybody_of_the_cast_can_come_in(cast, client, settings, actor):
    settings.DEMO = True
    assert f'value="{actor.username}"' in client.get("/").content.decode()
    assert client.post("/demo/sign-in", {"username": actor.username})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(cast[actor.username].pk)
    assert client.get("/")["Content-Language"] == actor.language


def test_outside_a_demonstration_there_is_no_such_door(cast, client):
    assert client.post("/demo/sign-in", {"username": "admin"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("username", ["", "nobody", "leyla\x00", "stranger"])
def test_the_demonstration_lets_only_its_cast_in(cast, person, client, settings, username):
    settings.DEMO = True
    person("stranger")
    assert client.post("/demo/sign-in", {"username": username}).status_code == 404
    assert client.get("/demo/sign-in").status_code == 405


def test_the_demonstrations_door_needs_a_token(cast, settings):
    settings.DEMO = True
    assert Client(enforce_csrf_checks=True).post("/demo/sign-in", {"username": "admin"}).status_code == 403


@pytest.mark.parametrize("actor", [None, *CAST], ids=lambda actor: actor.username if actor else "visitor")
def test_the_state_of_the_machine_is_for_administrators(cast, browser, actor):
    page = browser(actor and cast[actor.username])
    expected = 200 if actor and actor.role == "administrator" else 404
    assert page.get("/status/").status_code == expected


def test_the_state_of_the_machine_says_what_waits_and_what_could_not_be_checked(small, leyla, orxan, browser, now):
    def send():
        return actions.submit(
            by=leyla, now=now, task_version_id=small.task("word").version_id, seed=0, context="practice",
            key=new_id(), answer="x", language="en",
        )[0]  # fmt: skip

    given_up = send()
    for hour in range(actions.MOST_TRIES):
        then = now + timedelta(hours=hour)
        actions.claim_next(grader="g", now=then, lease_for=lambda _: timedelta(minutes=1))
        actions.record_fault(submission_id=given_up.pk, grader="g", reason="<no> sandbox", now=then)
    send()
    html = browser(orxan).get("/status/").content.decode()
    assert "The checker works" in html
    assert "<dd>1</dd>" in html
    assert f"<td>{given_up.pk}</td>" in html
    assert "&lt;no&gt; sandbox" in html


def test_the_state_of_the_machine_says_when_nothing_is_judged(orxan, browser, monkeypatch):
    class Dead:
        def run(self, job, wait_seconds):
            raise PlatformFault("this machine has no <fences>")

    monkeypatch.setattr(runners, "_pool", Dead())
    html = browser(orxan).get("/status/").content.decode()
    assert "so no code is judged" in html
    assert "this machine has no &lt;fences&gt;" in html


def test_health_answers_when_the_database_does(client, db):
    response = client.get("/health")
    assert (response.status_code, response.json()) == (200, {"ok": True})


@pytest.mark.parametrize("address", ["/no-such-page", "/status", "/learn", "/demo/"])
def test_what_is_not_there_is_a_404_or_leads_to_it(client, db, address):
    assert client.get(address).status_code in {301, 404}
