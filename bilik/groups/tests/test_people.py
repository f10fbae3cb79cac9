"""Names, guardians, one's own data."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bilik.groups import actions, queries
from bilik.groups.models import Accommodation, Deadline, GroupMember, Invitation
from bilik.people.actions import confirm_guardian, erase_person, export_my_data, request_guardian
from bilik.people.models import Guardian, JournalEntry
from bilik.people.queries import pseudonym

pytestmark = pytest.mark.django_db


def test_learners_meet_minors_under_a_pseudonym_and_trainers_read_the_name(
    house, group, come_in, leyla, jasur, kamran, browser
):
    come_in(leyla, jasur, kamran)
    seen = browser(leyla).get(f"/groups/{group.ref}/").content.decode()
    assert "Jasur Rahimov" in seen
    assert pseudonym(kamran) in seen
    assert "Kamran" not in seen
    led = browser(house.aysel).get(f"/groups/{group.ref}/").content.decode()
    assert "Kamran" in led


def test_a_learner_sees_no_reason_of_anybody_else(house, group, come_in, leyla, jasur, browser, now):
    come_in(leyla, jasur)
    actions.grant_accommodation(
        by=house.aysel, now=now, group=group, person=jasur, factor=Fraction(5, 4), reason="cannot see well"
    )
    for address in (f"/groups/{group.ref}/", "/groups/"):
        assert "cannot see well" not in browser(leyla).get(address).content.decode()
    assert browser(leyla).get(f"/groups/{group.ref}/people/{jasur.ref}/").status_code == 404
    assert "cannot see well" in browser(house.aysel).get(f"/groups/{group.ref}/people/{jasur.ref}/").content.decode()


def test_letters_are_made_once_for_the_children_that_are_ticked(house, group, come_in, person, kamran, browser):
    other = person("aytac", born=(2012, 3))
    come_in(kamran, other)
    page, address = browser(house.aysel), f"/groups/{group.ref}/letters/"
    shown = page.get(address).content.decode()
    assert str(kamran.ref) in shown
    assert Guardian.objects.count() == 0
    printed = page.post(address, {"child": [str(kamran.ref)]})
    link = Guardian.objects.get()
    assert (link.minor, link.channel, link.state) == (kamran, "paper", "requested")
    code = printed.context["letters"][0]["code"]
    assert code in printed.content.decode()
    assert code not in page.get(address).content.decode()
    entry = JournalEntry.objects.get(verb="people.request_guardian")
    assert (entry.by, entry.data["channel"]) == (house.aysel, "paper")
    # With the printed code the guardian agrees, and is told in which group the child learns.
    agree = f"/people/agree/{link.token}/"
    assert "Python, autumn" in page.get(agree).content.decode()
    confirm_guardian(now=link.requested_at, guardian=link, code=code, language="en")
    assert str(kamran.ref) not in page.get(address).content.decode()


def test_only_staff_who_see_the_child_have_letters_made_and_only_on_paper(
    house, group, come_in, leyla, kamran, now, refused
):
    come_in(leyla, kamran)
    ask = {"now": now, "person": kamran, "name": "Parent", "relation": "other", "language": "az"}
    for by, channel in ((leyla, "paper"), (house.rustam, "paper"), (house.aysel, "web")):
        with refused("not_yours"):
            request_guardian(by=by, channel=channel, **ask)
    request_guardian(by=house.aysel, channel="paper", **ask)


def test_a_guardian_is_told_the_group_and_nobody_elses_name(house, group, come_in, leyla, kamran, client, now):
    come_in(leyla, kamran)
    link, code = request_guardian(by=kamran, now=now, person=kamran, name="Parent", relation="mother", language="en")
    Guardian.objects.update(expires_at="2100-01-01T00:00:00Z")
    page = client.get(f"/people/agree/{link.token}/").content.decode()
    assert "Python, autumn at Ganja" in page
    assert "Leyla" not in page
    confirm_guardian(now=now, guardian=link, code=code, language="en")
    Guardian.objects.update(state="withdrawn")
    assert "Python, autumn" not in client.get(f"/people/agree/{link.token}/").content.decode()


def test_ones_own_data_are_given_and_forgotten(house, group, come_in, leyla, meeting, now):
    (member,) = come_in(leyla)
    deadline = actions.set_deadline(
        by=house.aysel, now=now, group=group, course_slug="small-course", matter="course",
        due_at=now.replace(year=2027),
    )  # fmt: skip
    actions.extend_deadline(
        by=house.aysel, now=now, deadline=deadline, person=leyla, due_at=now.replace(year=2028), reason="was ill"
    )
    actions.grant_accommodation(
        by=house.aysel, now=now, group=group, person=leyla, factor=Fraction(5, 4), reason="reads slowly"
    )
    tap = actions.Tap(member.group.ref, leyla.ref, "late", now, 30)
    actions.take_roll(by=house.aysel, now=now, meeting=meeting, taps=[tap])
    leyla.email = "leyla@example.org"
    leyla.set_password("tilework-7")
    leyla.save()
    actions.invite(by=house.aysel, now=now, group=group, email="leyla@example.org", language="az")

    part = export_my_data(by=leyla, now=now, person=leyla)["groups"]
    assert part["groups"][0]["group"] == "Python, autumn"
    assert part["extensions"][0]["reason"] == "was ill"
    assert part["more_time_in_exams"][0] == {
        "factor": "5/4", "reason": "reads slowly", "since": now.isoformat(), "until": None,
    }  # fmt: skip
    assert (part["attendance"][0]["mark"], part["attendance"][0]["minutes"]) == ("late", 30)
    assert len(part["invitations"]) == 1

    erase_person(by=leyla, now=now, person=leyla, password="tilework-7")
    assert GroupMember.objects.get(person=leyla).until == now
    assert set(Deadline.objects.filter(person=leyla).values_list("reason", "lifted_at")) == {("", now)}
    assert set(Accommodation.objects.values_list("reason", "until")) == {("", now)}
    assert set(Invitation.objects.values_list("email", "state")) == {("", "revoked")}
    # That somebody was there stays for the figures.
    assert len(queries.attendance_of(group)) == 1
