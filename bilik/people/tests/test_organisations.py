from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from bilik.people import actions, queries
from bilik.people.models import JournalEntry, Membership
from bilik.people.states import Role

from .cast import NOW, refused

pytestmark = pytest.mark.django_db


def names(rows):
    return [row.person.username for row in rows]


def test_roles_reach_down_only_for_managers(house):
    assert queries.has_role(house.rustam, Role.CENTRE_MANAGER)
    assert queries.has_role(house.rustam, Role.CENTRE_MANAGER, house.school)
    assert not queries.has_role(house.rustam, Role.CENTRE_MANAGER, house.urgench)
    assert not queries.has_role(house.rustam, Role.CENTRE_MANAGER, house.academy)
    assert queries.has_role(house.aysel, Role.TRAINER, house.ganja)
    assert not queries.has_role(house.aysel, Role.TRAINER, house.school)
    assert not queries.has_role(AnonymousUser(), Role.LEARNER)
    assert [(r.role, r.slug) for r in queries.roles_of(house.leyla)] == [("learner", "ganja")]


def test_a_slug_that_begins_alike_is_not_below(house, somebody):
    """ "ganja" does not reach "ganja-2": the path ends with a stroke."""
    other = actions.found_organisation(
        by=None, now=NOW, kind="centre", name="Ganja 2", slug="ganja-2", parent=house.academy
    )
    assert not queries.has_role(house.rustam, Role.CENTRE_MANAGER, other)
    assert queries.organisation_by_slug("ganja-2", house.rustam) is None


def test_who_sees_which_members(house, stranger):
    everyone = ["rustam", "leyla", "aysel"]
    for viewer in (house.rustam, house.manager, house.admin):
        assert names(queries.members_of(house.ganja, viewer)) == everyone
    assert names(queries.members_of(house.ganja, house.aysel)) == ["leyla", "aysel"]
    assert names(queries.members_of(house.ganja, house.leyla)) == ["leyla"]
    for viewer in (house.jasur, stranger, AnonymousUser(), None):
        assert queries.members_of(house.ganja, viewer) == []
    assert queries.members_of(house.urgench, house.rustam) == []


def test_who_fetches_whom(house, stranger):
    seen = {
        viewer.username: {
            person.username
            for person in (house.leyla, house.jasur, house.aysel)
            if queries.person_by_ref(person.ref, viewer)
        }
        for viewer in (
            house.leyla,
            house.jasur,
            house.aysel,
            house.rustam,
            house.manager,
            house.admin,
            stranger,
        )
    }
    assert seen == {
        "leyla": {"leyla"},
        "jasur": {"jasur"},
        "aysel": {"leyla", "aysel"},
        "rustam": {"leyla", "aysel"},
        "nigar": {"leyla", "jasur", "aysel"},
        "sabir": {"leyla", "jasur", "aysel"},
        "stranger": set(),
    }
    assert queries.person_by_ref(house.leyla.ref, AnonymousUser()) is None
    assert queries.person_by_ref("no reference", house.admin) is None


def test_a_role_that_ended_shows_nothing_any_more(house):
    membership = Membership.objects.get(person=house.aysel)
    actions.end_membership(by=house.rustam, now=NOW, membership=membership)
    assert queries.person_by_ref(house.leyla.ref, house.aysel) is None
    with refused("membership_over"):
        actions.end_membership(by=house.rustam, now=NOW, membership=membership)


def test_who_opens_the_page_of_an_organisation(house, stranger):
    def open_to(slug):
        people = (house.leyla, house.jasur, house.aysel, house.rustam, house.manager, house.admin, stranger)
        return [p.username for p in people if queries.organisation_by_slug(slug, p)]

    assert open_to("ganja") == ["leyla", "aysel", "rustam", "nigar", "sabir"]
    assert open_to("ganja-school") == ["rustam", "nigar", "sabir"]
    assert open_to("academy") == ["nigar", "sabir"]
    assert [o.slug for o in queries.children_of(house.academy, house.admin)] == ["ganja", "urgench"]


def test_who_gives_which_role(house, stranger):
    give = {"now": NOW, "person": stranger, "organisation": house.ganja}
    for by in (stranger, house.leyla, house.aysel):
        with refused("not_allowed"):
            actions.join_organisation(**give, by=by, role=Role.LEARNER)
    with refused("not_allowed"):
        actions.join_organisation(**give, by=house.rustam, role=Role.ADMINISTRATOR)
    with refused("not_allowed"):
        actions.join_organisation(
            now=NOW, person=stranger, organisation=house.urgench, by=house.rustam, role=Role.LEARNER
        )
    held = actions.join_organisation(**give, by=house.rustam, role=Role.LEARNER)
    assert actions.join_organisation(**give, by=house.rustam, role=Role.LEARNER) == held
    assert JournalEntry.objects.filter(verb="people.join_organisation", by=house.rustam).count() == 1


def test_leaving_by_oneself_and_the_last_administrator(house):
    leave = Membership.objects.get(person=house.leyla)
    assert actions.end_membership(by=house.leyla, now=NOW, membership=leave).until == NOW
    last = Membership.objects.get(person=house.admin)
    with refused("last_administrator"):
        actions.end_membership(by=house.admin, now=NOW, membership=last)
    with refused("not_allowed"):
        actions.end_membership(by=house.aysel, now=NOW, membership=Membership.objects.get(person=house.rustam))


def test_who_founds_what(house, stranger):
    found = {"now": NOW, "name": "New", "slug": "new"}
    with refused("not_allowed"):
        actions.found_organisation(**found, by=stranger, kind="employer")
    with refused("not_allowed"):
        actions.found_organisation(**found, by=house.manager, kind="academy", parent=house.academy)
    with refused("not_allowed"):
        actions.found_organisation(**found, by=house.rustam, kind="centre", parent=house.ganja)
    new = actions.found_organisation(**found, by=house.manager, kind="centre", parent=house.academy)
    assert (new.path, new.line) == ("academy/new/", ["academy", "new"])
    with refused("slug_taken"):
        actions.found_organisation(**found, by=house.admin, kind="employer")


def test_an_administrator_of_a_centre_is_not_one_of_everything(house, stranger):
    actions.join_organisation(
        by=house.admin, now=NOW, person=stranger, organisation=house.ganja, role=Role.ADMINISTRATOR
    )
    assert queries.is_administrator(house.admin)
    assert not queries.is_administrator(stranger)
    assert queries.person_by_ref(house.jasur.ref, stranger) is None


def test_names(house, stranger, django_assert_num_queries):
    jasur = house.jasur
    with django_assert_num_queries(0):
        hidden = queries.public_name(jasur, house.leyla, now=NOW)
        assert queries.public_name(jasur, jasur, now=NOW) == "Jasur Karimov"
        assert queries.public_name(house.leyla, stranger, now=NOW) == "Leyla Məmmədova"
        assert queries.public_name(jasur, AnonymousUser()) == hidden == queries.pseudonym(jasur)
    assert "Jasur" not in hidden
    assert "jasur" not in hidden
    assert hidden[-5:].isdigit()
    people = [house.leyla, jasur, house.aysel]
    assert queries.names_for(people, house.rustam, now=NOW)[jasur.pk] == hidden
    with django_assert_num_queries(2):
        assert queries.names_for(people, house.manager, now=NOW)[jasur.pk] == "Jasur Karimov"


def test_the_journal_shows_everybody_their_own(house, stranger):
    assert {e.by_id for e in queries.journal_for(stranger)} == {stranger.pk}
    about_leyla = set(queries.journal_for(house.leyla).values_list("verb", flat=True))
    assert about_leyla == {"people.register", "people.give_consent", "people.join_organisation"}
    assert queries.journal_for(house.admin).count() == JournalEntry.objects.count()
    assert queries.journal_for(house.rustam).count() < JournalEntry.objects.count()
    assert queries.journal_for(AnonymousUser()).count() == 0
    assert queries.journal_for(house.admin, verb="people.register", person=house.leyla).count() == 1
    day = NOW.date()
    assert queries.journal_for(house.admin, first=day, last=day).count() == JournalEntry.objects.count()
    assert queries.journal_for(house.admin, last=day.replace(day=1)).count() == 0
