from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.people import ages, rules
from bilik.people.states import GUARDIAN_MOVES, AgeBand, GuardianState, Purpose, Role, may_move

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def somebody(**facts):
    usual = {
        "pk": 1, "is_authenticated": True, "is_active": True, "erased_at": None, "birth_year": 2000,
        "birth_month": 1, "learning_consent_at": NOW, "guardian_consent_at": None,
    }  # fmt: skip
    return SimpleNamespace(**(usual | facts))


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("year", "month", "age", "band"),
    [
        (2008, 10, 18, AgeBand.ADULT),
        (2008, 11, 17, AgeBand.FROM_16),
        (2010, 11, 15, AgeBand.FROM_14),
        (2010, 10, 16, AgeBand.FROM_16),
        (2012, 11, 13, AgeBand.FROM_10),
        (2016, 11, 9, AgeBand.FROM_6),
        (2020, 11, 5, AgeBand.UNDER_6),
        (2000, None, None, AgeBand.UNKNOWN),
        (None, None, None, AgeBand.UNKNOWN),
    ],
)
def test_bands(year, month, age, band):
    assert (ages.age_at(year, month, NOW), ages.band_at(year, month, NOW)) == (age, band)


@given(
    st.datetimes(min_value=datetime(1930, 1, 1), max_value=datetime(2026, 11, 1)),
    st.datetimes(min_value=datetime(2026, 11, 2), max_value=datetime(2050, 1, 1)),
)
def test_nobody_is_called_older_than_they_are(born, now):
    """The stored month makes no child an adult: the age is true or, in the birth month, one less."""
    had_birthday = (now.month, now.day) >= (born.month, born.day)
    true_age = now.year - born.year - (0 if had_birthday else 1)
    age = ages.age_at(born.year, born.month, now)
    assert age == (true_age - 1 if had_birthday and now.month == born.month else true_age)


@given(st.integers(1900, 2050), st.integers(1, 12), st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)))
def test_adult_since_is_where_the_band_changes(year, month, now):
    grown = ages.adult_since(year, month, now)
    assert ages.band_at(year, month, grown) is AgeBand.ADULT
    assert ages.band_at(year, month, grown - timedelta(seconds=1)) is not AgeBand.ADULT
    assert (ages.band_at(year, month, now) is AgeBand.ADULT) == (now >= grown)


@given(st.integers(1900, 2030), st.integers(1, 12), st.integers(0, 4000))
def test_bands_only_go_up(year, month, days):
    order = list(AgeBand)
    later = NOW + timedelta(days=days)
    assert order.index(ages.band_at(year, month, NOW)) <= order.index(ages.band_at(year, month, later))


@pytest.mark.parametrize(
    ("year", "month", "refused"),
    [
        (1990, 5, None), (2020, 10, None), (2020, 11, "too_young"), (2026, 12, "birth_impossible"),
        (1905, 1, "birth_impossible"), (1990, 13, "birth_impossible"), (1990, 0, "birth_impossible"),
    ],
)  # fmt: skip
def test_why_not_register(year, month, refused):
    assert code(rules.why_not_register(year, month, NOW)) == refused


MINOR = {"birth_year": 2012, "birth_month": 1}


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({}, None),
        ({"is_authenticated": False}, "sign_in_needed"),
        ({"is_active": False}, "account_closed"),
        ({"erased_at": NOW}, "account_closed"),
        ({"birth_year": None, "birth_month": None}, "birth_needed"),
        ({"learning_consent_at": None}, "consent_needed"),
        (MINOR, "guardian_needed"),
        (MINOR | {"guardian_consent_at": NOW}, None),
        ({"birth_year": 2008, "birth_month": 10, "learning_consent_at": NOW - timedelta(days=60)}, None),
        (
            {"birth_year": 2008, "birth_month": 6, "learning_consent_at": NOW - timedelta(days=900)},
            "consent_again",
        ),
        ({"birth_year": 2008, "birth_month": 6, "learning_consent_at": NOW - timedelta(days=2)}, None),
    ],
)
def test_why_not_learn(facts, refused):
    assert code(rules.why_not_learn(somebody(**facts), NOW)) == refused


def test_consent_is_asked_for_again_at_18_from_the_first_day():
    grown = somebody(birth_year=2008, birth_month=10, learning_consent_at=NOW - timedelta(days=60))
    assert rules.consent_due_again(grown, NOW)
    assert not rules.consent_due_again(somebody(**MINOR), NOW)
    assert not rules.consent_due_again(somebody(), NOW)
    assert not rules.consent_due_again(somebody(learning_consent_at=None), NOW)


@pytest.mark.parametrize("purpose", Purpose.values)
def test_adults_may_agree_to_everything(purpose):
    assert rules.why_not_consent(somebody(), purpose, NOW) is None


@pytest.mark.parametrize(
    ("purpose", "refused"),
    [
        ("learning", None), ("follow_up", "guardian_decides"), ("research", "guardian_decides"),
        ("photo", "guardian_decides"), ("employer_sharing", "adults_only"), ("register_match", "adults_only"),
        ("advertising", "purpose_unknown"),
    ],
)  # fmt: skip
def test_minors_agree_only_to_learning(purpose, refused):
    assert code(rules.why_not_consent(somebody(**MINOR), purpose, NOW)) == refused


def test_own_account_only():
    mine, other = somebody(), somebody(pk=2)
    assert rules.why_not_act_for(mine, mine, administrator=False) is None
    assert rules.why_not_act_for(None, mine, administrator=False) is None
    assert rules.why_not_act_for(other, mine, administrator=True) is None
    assert code(rules.why_not_act_for(other, mine, administrator=False)) == "not_yours"
    assert code(rules.why_not_act_for(None, somebody(erased_at=NOW), administrator=False)) == "account_closed"


def test_the_table_of_guardian_states():
    assert set(GUARDIAN_MOVES) == set(GuardianState)
    legal = {(a, b) for a in GuardianState for b in GuardianState if may_move(a, b)}
    assert legal == {
        ("requested", "confirmed"), ("requested", "refused"), ("requested", "withdrawn"),
        ("confirmed", "withdrawn"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("own", "role", "allowed"),
    [
        (Role.CENTRE_MANAGER, Role.LEARNER, True),
        (Role.CENTRE_MANAGER, Role.TRAINER, True),
        (Role.CENTRE_MANAGER, Role.CENTRE_MANAGER, False),
        (Role.PROGRAMME_MANAGER, Role.CENTRE_MANAGER, True),
        (Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, False),
        (Role.ADMINISTRATOR, Role.ADMINISTRATOR, True),
        (Role.TRAINER, Role.LEARNER, False),
    ],
)
def test_who_may_grant_what(own, role, allowed):
    assert (rules.why_not_grant({own}, role, administrator=False) is None) == allowed
