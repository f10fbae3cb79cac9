from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bilik.people import actions, queries
from bilik.people.models import Consent, JournalEntry, Person, Region
from bilik.people.models.journal import AppendOnlyError

from .cast import NOW, PASSWORD, refused

pytestmark = pytest.mark.django_db


def test_register(leyla):
    leyla.refresh_from_db()
    assert leyla.check_password(PASSWORD)
    assert (leyla.country, leyla.region_id, leyla.age(NOW)) == ("AZ", "AZ-GANJA-DASHKASAN", 22)
    consent = Consent.objects.get(person=leyla)
    assert (consent.purpose, consent.language, consent.given_by) == ("learning", "az", "person")
    assert leyla.learning_consent_at == NOW
    verbs = JournalEntry.objects.filter(about_id=str(leyla.ref)).values_list("verb", "by_id")
    assert set(verbs) == {("people.register", leyla.pk), ("people.give_consent", leyla.pk)}


def test_usernames_are_unique_whatever_the_case(leyla, somebody):
    with refused("username_taken"):
        somebody("LEYLA")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(username="Leyla", joined_at=NOW)
    assert Person.objects.get_by_natural_key("LeYlA") == leyla
    assert queries.person_by_username(" LEYLA", leyla) == leyla


@pytest.mark.parametrize("username", ["ləman", "a b", "", "-a", "a\n", "a@b.az"])
def test_usernames_can_be_typed_on_any_keyboard(somebody, username):
    if username == "a\n":
        assert somebody(username).username == "a"
        return
    with refused("username_shape"):
        somebody(username)


def test_the_too_young_are_not_registered(somebody):
    with refused("too_young"):
        somebody("baby", born=(2023, 1))
    assert not Person.objects.exists()


def test_change_profile_writes_only_what_changed(leyla):
    actions.change_profile(
        by=leyla, now=NOW, person=leyla, display_name="Leyla M.", language="az", access_class="shared",
        region=Region.objects.get(pk="UZ-XO"),
    )  # fmt: skip
    leyla.refresh_from_db()
    assert (leyla.display_name, leyla.country, leyla.access_class) == ("Leyla M.", "UZ", "shared")
    entry = JournalEntry.objects.filter(verb="people.change_profile").get()
    assert set(entry.data["fields"]) == {"display_name", "region", "country", "access_class"}
    actions.change_profile(by=leyla, now=NOW, person=leyla, language="az")
    assert JournalEntry.objects.filter(verb="people.change_profile").count() == 1


def test_a_profile_is_changed_by_its_owner_or_an_administrator(house, stranger):
    for other in (stranger, house.aysel, house.rustam, house.manager):
        with refused("not_yours"):
            actions.change_profile(by=other, now=NOW, person=house.leyla, display_name="X")
    actions.change_profile(by=house.admin, now=NOW, person=house.leyla, display_name="X")
    assert Person.objects.get(pk=house.leyla.pk).display_name == "X"


def test_the_birth_month_is_told_once(leyla):
    with refused("birth_fixed"):
        actions.change_profile(by=leyla, now=NOW, person=leyla, birth_year=2000, birth_month=1)
    root = Person.objects.create_superuser("Root", "x")
    assert queries.why_not_learn(root, NOW).code == "birth_needed"
    actions.change_profile(by=root, now=NOW, person=root, birth_year=1980, birth_month=1)
    root.refresh_from_db()
    assert (root.username, root.birth_year) == ("root", 1980)


def test_consents_are_given_and_withdrawn(leyla):
    given = actions.give_consent(by=leyla, now=NOW, person=leyla, purpose="research", language="ru")
    assert actions.give_consent(by=leyla, now=NOW, person=leyla, purpose="research") == given
    rows = {row.purpose.value: row.given for row in queries.consents_of(leyla, NOW)}
    assert rows == {
        "learning": True, "follow_up": False, "register_match": False, "employer_sharing": False,
        "research": True, "photo": False,
    }  # fmt: skip
    actions.withdraw_consent(by=leyla, now=NOW, person=leyla, purpose="research")
    given.refresh_from_db()
    assert given.withdrawn_at == NOW
    assert queries.why_not_learn(leyla, NOW) is None
    with refused("not_in_force"):
        actions.withdraw_consent(by=leyla, now=NOW, person=leyla, purpose="research")


def test_withdrawing_learning_stops_learning_until_it_is_given_again(leyla):
    actions.withdraw_consent(by=leyla, now=NOW, person=leyla, purpose="learning")
    assert queries.why_not_learn(Person.objects.get(pk=leyla.pk), NOW).code == "consent_needed"
    actions.give_consent(by=leyla, now=NOW, person=leyla, purpose="learning")
    assert queries.why_not_learn(Person.objects.get(pk=leyla.pk), NOW) is None


def test_consent_is_ones_own(leyla, stranger):
    with refused("not_yours"):
        actions.give_consent(by=stranger, now=NOW, person=leyla, purpose="photo")
    with refused("not_yours"):
        actions.withdraw_consent(by=stranger, now=NOW, person=leyla, purpose="learning")


def test_at_18_consent_is_given_anew(somebody):
    young = somebody("young", born=(2008, 12))
    later = NOW + timedelta(days=200)
    assert queries.consent_due_again(young, later)
    assert queries.why_not_learn(young, later).code == "consent_again"
    actions.give_consent(by=young, now=later, person=young, purpose="learning")
    assert not queries.consent_due_again(young, later)
    assert queries.why_not_learn(young, later) is None
    assert Consent.objects.filter(person=young).count() == 2


def test_what_is_stored_twice_can_be_rebuilt(leyla, jasur, asked):
    guardian, code = asked
    actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
    for person in Person.objects.all():
        stored = (person.learning_consent_at, person.guardian_consent_at)
        Person.objects.filter(pk=person.pk).update(learning_consent_at=None, guardian_consent_at=None)
        rebuilt = actions.rebuild_standing(person=Person.objects.get(pk=person.pk))
        assert (rebuilt.learning_consent_at, rebuilt.guardian_consent_at) == stored


def test_the_journal_is_one_insert_and_is_never_touched(leyla, django_assert_num_queries):
    with django_assert_num_queries(1):
        entry = actions.journal(by=leyla, now=NOW, verb="test.verb", about=("course", "python"), data={"n": 1})
    assert (entry.about_type, entry.about_id) == ("course", "python")
    entry.verb = "other"
    for attempt in (
        entry.save,
        lambda: entry.save(update_fields=["verb"]),
        entry.delete,
        lambda: JournalEntry.objects.update(verb="x"),
        lambda: JournalEntry.objects.all().delete(),
        lambda: JournalEntry.objects.filter(pk=entry.pk).update(verb="x"),
        lambda: JournalEntry.objects.bulk_update([entry], ["verb"]),
        lambda: JournalEntry.objects.update_or_create(pk=entry.pk, defaults={"verb": "x"}),
        lambda: JournalEntry._base_manager.filter(pk=entry.pk).update(verb="x"),
        lambda: JournalEntry.objects.bulk_create([entry], update_conflicts=True),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            attempt()
    assert JournalEntry.objects.get(pk=entry.pk).verb == "test.verb"


def test_regions_are_loaded_once(regions):
    assert actions.load_reference_data(now=NOW) == 0
    assert JournalEntry.objects.filter(verb="people.load_regions").count() == 1
    assert [Region.objects.filter(country=c).count() for c in ("AZ", "UZ")] == [14, 14]
    assert set(Region.objects.filter(is_capital=True).values_list("pk", flat=True)) == {"AZ-BAKU", "UZ-TK"}
    Region.objects.filter(pk="UZ-XO").update(names={"en": "?"})
    assert actions.load_regions(now=NOW) == 1
