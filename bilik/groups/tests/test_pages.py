"""Every page opens for those it is for, writes nothing, and costs the same with one row and with three."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.groups import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now_is_now(monkeypatch, now):
    """Pages ask the clock; the group lives in the moment of the tests."""
    from bilik.groups.views import due, entering, meetings, members, mine, page

    for module in (due, entering, meetings, members, mine, page):
        monkeypatch.setattr(module, "utc_now", lambda: now)


def leaders_pages(group, meeting, person):
    below = ("", "change/", "archive/", "codes/", "invitations/", "people/add/", "letters/", "dates/", "meetings/")
    return [
        "/groups/", "/groups/found/", *(f"/groups/{group.ref}/{one}" for one in below),
        f"/groups/{group.ref}/meetings/{meeting.ref}/roll/", f"/groups/{group.ref}/people/{person.ref}/",
    ]  # fmt: skip


def test_pages_open_for_leaders_and_nobody_else_and_write_nothing(
    house, group, meeting, come_in, leyla, jasur, browser, client, counted
):
    come_in(leyla)
    addresses = leaders_pages(group, meeting, leyla)
    page = browser(house.aysel)
    with counted() as seen:
        assert {address: page.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    assert seen.writes == []
    for other, open_to in ((leyla, {"/groups/", f"/groups/{group.ref}/"}), (jasur, {"/groups/"})):
        page = browser(other)
        statuses = {address: page.get(address).status_code for address in addresses}
        assert {address for address, status in statuses.items() if status == 200} == open_to
        assert {status for address, status in statuses.items() if address not in open_to} == {404}
    client.logout()
    assert {client.get(address).status_code for address in addresses} == {302}


def test_the_trainers_posts_are_closed_to_learners(house, group, meeting, come_in, leyla, jasur, browser, now):
    come_in(leyla, jasur)
    code = queries.codes_of(group, now)[0]
    page = browser(leyla)
    for below in (
        f"people/{jasur.ref}/end/", f"codes/{code.ref}/revoke/", f"meetings/{meeting.ref}/cancel/", "archive/",
        "dates/", "codes/", "letters/",
    ):  # fmt: skip
        assert page.post(f"/groups/{group.ref}/{below}", {}).status_code == 404
    assert queries.learners_of(group) == [jasur, leyla]


@pytest.mark.parametrize("who", ["aysel", "learner"])
def test_pages_cost_the_same_with_one_and_with_three(
    house, group, small, meeting, come_in, leyla, jasur, person, kamran, browser, counted, now, who
):
    def more(number, *people):
        come_in(*people)
        plan = {"by": house.aysel, "now": now, "group": group, "minutes": 60}
        past = actions.plan_meeting(**plan, starts_at=now - timedelta(days=number + 1))
        actions.plan_meeting(**plan, starts_at=now + timedelta(days=number + 1))
        taps = [actions.Tap(one.ref, one.ref, "present", now) for one in people]
        actions.take_roll(by=house.aysel, now=now, meeting=past, taps=taps)
        lesson = small.source.lessons[number].slug
        actions.set_deadline(
            by=house.aysel, now=now, group=group, course_slug="small-course", matter="lesson", slug=lesson,
            due_at=now + timedelta(days=number + 1),
        )  # fmt: skip
        return past

    past = more(1, leyla, kamran)
    page = browser(house.aysel if who == "aysel" else leyla)
    addresses = ["/groups/", f"/groups/{group.ref}/"]
    if who == "aysel":
        addresses += [f"/groups/{group.ref}/{one}" for one in ("codes/", "letters/", "dates/", "meetings/")]
        addresses.append(f"/groups/{group.ref}/meetings/{past.ref}/roll/")

    def costs():
        found = []
        for address in addresses:
            page.get(address)
            with counted() as seen:
                assert page.get(address).status_code == 200
            found.append(len(seen.sql))
        return found

    before = costs()
    more(2, jasur, person("aytac", born=(2012, 3)))
    more(0, person("emin", born=(2012, 3)))
    assert costs() == before


def test_the_wall_shows_code_and_qr_code_without_inline_style(house, group, browser, now):
    code = actions.make_join_code(by=house.aysel, now=now, group=group)
    page = browser(house.aysel).get(f"/groups/{group.ref}/codes/{code.ref}/").content.decode()
    assert code.code[:3] in page
    assert code.code[3:] in page
    assert "<svg" in page
    assert "style=" not in page


def test_a_form_that_is_refused_gives_back_what_was_typed(house, group, come_in, leyla, browser, now):
    page = browser(house.aysel)
    answer = page.post(f"/groups/{group.ref}/dates/", {"what": "small-course/", "day": "2020-01-01"})
    assert answer.status_code == 422
    assert 'value="2020-01-01"' in answer.content.decode()
    answer = page.post(f"/groups/{group.ref}/people/add/", {"username": "nobody-here", "part": "learner"})
    assert answer.status_code == 422
    assert "nobody-here" in answer.content.decode()


def test_the_way_of_a_trainer_through_the_forms(house, small, leyla, browser, now):
    page = browser(house.aysel)
    page.post("/groups/found/", {"organisation": "ganja", "name": "5-B", "kind": "class", "starts_on": "2026-11-22",
                                 "courses": ["small-course"]})  # fmt: skip
    group = queries.groups_of(house.aysel).get()
    at = f"/groups/{group.ref}/"
    page.post(at + "codes/", {"days": "3", "most_uses": "5"})
    code = queries.codes_of(group, now)[0]
    browser(leyla).post("/groups/join/", {"code": code.code, "yes": "1"})
    page = browser(house.aysel)
    page.post(at + "dates/", {"what": "small-course/", "day": "2026-12-01"})
    page.post(at + "meetings/", {"starts_at": "2026-12-01T10:00", "minutes": "90", "times": "3", "topic": "Loops"})
    assert queries.meetings_of(group).count() == 3
    deadline = queries.deadlines_of(group).get()
    learner = f"{at}people/{leyla.ref}/"
    page.post(learner, {"form": "extension", "extension-deadline": str(deadline.ref), "extension-day": "2026-12-09",
                        "extension-reason": "ill"})  # fmt: skip
    page.post(learner, {"form": "more_time", "more_time-percent": "25", "more_time-reason": "reads slowly"})
    assert queries.due_for(leyla, "small-course")[None].date().isoformat() == "2026-12-09"
    assert queries.extra_time_of(leyla, now) == pytest.approx(1.25)
    page.post(at + "archive/")
    assert queries.group_for(group.ref, house.aysel).archived_at == now
