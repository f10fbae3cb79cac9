from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.people import actions, queries
from bilik.people.models import Consent, Guardian, JournalEntry, Person

from .cast import NOW, refused

pytestmark = pytest.mark.django_db


def again(person):
    return Person.objects.get(pk=person.pk)


def test_a_minor_waits_for_the_guardian(jasur, asked):
    guardian, code = asked
    assert queries.why_not_learn(jasur, NOW).code == "guardian_needed"
    back = actions.confirm_guardian(
        now=NOW, guardian=guardian, code=code.lower().replace("-", " "), language="ru", also=["photo", "x"]
    )
    assert queries.why_not_learn(again(jasur), NOW) is None
    given = Consent.objects.filter(guardian=guardian)
    assert {(one.purpose, one.language) for one in given} == {("learning", "ru"), ("photo", "ru")}
    assert back.replace("-", "") not in str(Guardian.objects.values())
    row = {r.purpose.value: r for r in queries.consents_of(jasur, NOW)}["photo"]
    assert row.given
    assert row.by_guardian
    assert not row.outdated


def test_the_code_is_nowhere_in_the_database(asked):
    guardian, code = asked
    for letters in (code, code.replace("-", "")):
        assert letters not in str(Guardian.objects.values()) + str(JournalEntry.objects.values())
    assert len(guardian.code_hash) == 64


def test_the_code_works_once(asked):
    guardian, code = asked
    actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
    with refused("link_answered"):
        actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
    with refused("link_answered"):
        actions.refuse_guardian(now=NOW, guardian=guardian, code=code)
    with refused("wrong_code"):
        actions.withdraw_guardian(now=NOW, guardian=guardian, code=code)


def test_wrong_codes_are_counted_and_lock_the_link(asked):
    guardian, code = asked
    for _ in range(5):
        with refused("wrong_code"):
            actions.confirm_guardian(now=NOW, guardian=guardian, code="AAAAA-AAAAA", language="uz")
    with refused("link_locked"):
        actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")


def test_a_code_of_another_letter_does_not_fit(asked, somebody):
    guardian, _code = asked
    other = somebody("umid", born=(2011, 1))
    _link, foreign = actions.request_guardian(
        by=other, now=NOW, person=other, name="A", relation="father", language="uz"
    )
    with refused("wrong_code"):
        actions.confirm_guardian(now=NOW, guardian=guardian, code=foreign, language="uz")


def test_the_letter_expires(asked):
    guardian, code = asked
    with refused("link_expired"):
        actions.confirm_guardian(now=NOW + timedelta(days=30), guardian=guardian, code=code, language="uz")


def test_a_guardian_may_refuse_and_be_asked_again(jasur, asked):
    guardian, code = asked
    assert actions.refuse_guardian(now=NOW, guardian=guardian, code=code).state == "refused"
    assert queries.why_not_learn(again(jasur), NOW).code == "guardian_needed"
    newer, code = actions.request_guardian(
        by=jasur, now=NOW, person=jasur, name="Dilbar", relation="mother", language="uz"
    )
    assert queries.guardian_link_of(jasur) == newer
    actions.confirm_guardian(now=NOW, guardian=newer, code=code, language="uz")
    assert queries.why_not_learn(again(jasur), NOW) is None


def test_only_the_newest_letter_counts(jasur, asked):
    older, code = asked
    actions.request_guardian(by=jasur, now=NOW, person=jasur, name="D", relation="mother", language="uz")
    with refused("link_answered"):
        actions.confirm_guardian(now=NOW, guardian=older, code=code, language="uz")


def test_asking_has_limits(jasur, leyla, asked):
    guardian, code = asked
    ask = {"by": jasur, "now": NOW, "person": jasur, "name": "D", "relation": "mother", "language": "uz"}
    for _ in range(4):
        guardian, code = actions.request_guardian(**ask)
    with refused("too_many_requests"):
        actions.request_guardian(**ask)
    actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
    with refused("guardian_confirmed"):
        actions.request_guardian(**ask)
    with refused("not_a_minor"):
        actions.request_guardian(**ask | {"by": leyla, "person": leyla})
    with refused("not_yours"):
        actions.request_guardian(**ask | {"by": leyla})


def test_the_guardian_takes_it_back_with_the_second_code(jasur, asked):
    guardian, code = asked
    back = actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz", also=["research"])
    with refused("wrong_code"):
        actions.withdraw_guardian(now=NOW, guardian=guardian, code="ZZZZZ-ZZZZZ")
    assert actions.withdraw_guardian(now=NOW, guardian=guardian, code=back).state == "withdrawn"
    assert queries.why_not_learn(again(jasur), NOW).code == "guardian_needed"
    assert not Consent.objects.open().filter(given_by="guardian").exists()
    with refused("not_in_force"):
        actions.withdraw_guardian(now=NOW, guardian=guardian, code=back)


def test_an_administrator_takes_it_back_for_the_guardian_and_others_do_not(house, asked):
    guardian, code = asked
    actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
    for other in (house.jasur, house.rustam):
        with refused("wrong_code"):
            actions.withdraw_guardian(now=NOW, guardian=guardian, by=other)
    assert actions.withdraw_guardian(now=NOW, guardian=guardian, by=house.admin).state == "withdrawn"


def test_withdrawing_ones_own_consent_ends_the_guardians_too(jasur, asked):
    guardian, code = asked
    actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
    actions.withdraw_consent(by=jasur, now=NOW, person=again(jasur), purpose="learning")
    guardian.refresh_from_db()
    assert guardian.state == "withdrawn"
    actions.give_consent(by=jasur, now=NOW, person=again(jasur), purpose="learning")
    assert queries.why_not_learn(again(jasur), NOW).code == "guardian_needed"


def test_nobody_answers_for_an_adult(asked, jasur):
    guardian, code = asked
    Person.objects.filter(pk=jasur.pk).update(birth_year=2000)
    with refused("not_a_minor"):
        actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz")
