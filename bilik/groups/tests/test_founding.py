from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from bilik.groups import actions, queries
from bilik.people.actions import end_membership as end_role
from bilik.people.models import JournalEntry, Membership

pytestmark = pytest.mark.django_db


def facts(now, **more):
    return {
        "name": "5-B",
        "kind": "class",
        "starts_on": now.date(),
        "ends_on": None,
        "capacity": None,
        "courses": [],
    } | more


def test_trainers_and_managers_found_groups_where_their_role_reaches(house, leyla, now, refused):
    for founder in (house.aysel, house.nigar, house.orxan):
        actions.found_group(by=founder, now=now, organisation=house.ganja, **facts(now))
    for stranger in (leyla, house.rustam):
        with refused("may_not_found_group"):
            actions.found_group(by=stranger, now=now, organisation=house.ganja, **facts(now))
    assert [one.slug for one in queries.places_to_found(house.aysel)] == ["ganja"]
    assert queries.places_to_found(leyla) == []


def test_a_founder_who_trains_is_the_first_trainer_and_a_manager_is_not(house, now):
    own = actions.found_group(by=house.aysel, now=now, organisation=house.ganja, **facts(now))
    managed = actions.found_group(by=house.nigar, now=now, organisation=house.ganja, **facts(now))
    assert queries.trainers_of(own) == [house.aysel]
    assert queries.trainers_of(managed) == []
    assert list(queries.groups_of(house.aysel)) == [own]
    assert set(queries.groups_led_by(house.nigar)) == {own, managed}


def test_fetching_is_the_permission(house, group, come_in, leyla, jasur):
    come_in(leyla)
    for leader in (house.aysel, house.nigar, house.orxan):
        assert queries.group_for(group.ref, leader) == group
        assert queries.group_view(group.ref, leader).leads
    # A trainer of the centre who is not named in it, a manager of another centre, a learner, a stranger, a visitor.
    for other in (house.elnur, house.rustam, leyla, jasur, AnonymousUser()):
        assert queries.group_for(group.ref, other) is None
    assert not queries.group_view(group.ref, leyla).leads
    for other in (house.elnur, house.rustam, jasur, AnonymousUser()):
        assert queries.group_view(group.ref, other) is None
    assert queries.group_for("not-an-id", house.orxan) is None


def test_a_trainer_whose_role_has_ended_leads_no_more(house, group, now, refused):
    end_role(by=None, now=now, membership=Membership.objects.get(person=house.aysel))
    assert queries.group_for(group.ref, house.aysel) is None
    assert not queries.groups_of(house.aysel).exists()
    with refused("not_your_group"):
        actions.make_join_code(by=house.aysel, now=now, group=group)


def test_a_change_is_journalled_by_the_names_of_fields(house, group, now):
    actions.change_group(
        by=house.aysel, now=now, group=group, **facts(now, name="Another", courses=["small-course"], capacity=7)
    )
    entry = JournalEntry.objects.filter(verb="groups.change_group").get()
    assert entry.data == {"fields": ["name", "kind", "capacity"]}
    group.refresh_from_db()
    assert (group.name, group.capacity) == ("Another", 7)


def test_what_cannot_be(house, group, come_in, leyla, jasur, now, refused):
    come_in(leyla, jasur)
    change = {"by": house.aysel, "now": now, "group": group}
    with refused("dates_impossible"):
        actions.change_group(**change, **facts(now, ends_on=now.date() - timedelta(days=1)))
    with refused("capacity_too_small"):
        actions.change_group(**change, **facts(now, capacity=1))
    with refused("no_such_course"):
        actions.change_group(**change, **facts(now, courses=["nothing"]))


def test_an_archived_group_can_be_read_and_not_changed(house, group, come_in, leyla, now, refused):
    come_in(leyla)
    code = actions.make_join_code(by=house.aysel, now=now, group=group)
    actions.invite(by=house.aysel, now=now, group=group, email="somebody@example.org", language="az")
    actions.archive_group(by=house.aysel, now=now, group=group)
    assert queries.group_view(group.ref, house.aysel).leads
    assert not queries.group_view(group.ref, leyla).leads
    assert not queries.groups_learnt_in(leyla).exists()
    assert queries.codes_of(group, now) == []
    assert not queries.invitations_of(group).exists()
    with refused("group_archived"):
        actions.make_join_code(by=house.aysel, now=now, group=group)
    with refused("join_code_over"):
        actions.join_by_code(by=house.rustam, now=now, code=code.code)
