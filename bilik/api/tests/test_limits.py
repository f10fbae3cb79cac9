"""How often somebody may call."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.api import limits, signing
from bilik.api.limits import Limit

waits = st.lists(st.floats(0, 30), max_size=60)


@given(st.integers(1, 20), st.integers(1, 60), waits)
def test_never_more_than_twice_the_number_in_any_window_and_always_after_the_wait(most, seconds, pauses):
    limit, now, passed = Limit(most, seconds), 100.0, []
    for pause in pauses:
        now += pause
        left = limit.take("a", now)
        if left.passes:
            passed.append(now)
        else:
            assert left.wait >= 1
            assert Limit.left(limit, "a", now + left.wait).passes
        assert 0 <= left.calls <= most
        assert 0 <= left.full_in <= seconds
        window = [moment for moment in passed if moment > now - seconds]
        # A full bucket, and what it regains meanwhile.
        assert len(window) <= 2 * most


@given(st.integers(1, 30))
def test_a_full_bucket_gives_all_it_holds_at_once(most):
    limit = Limit(most, 60)
    assert [limit.take("a", 5.0).passes for _ in range(most + 1)] == [True] * most + [False]
    assert limit.take("b", 5.0).passes
    assert limit.left("a", 66.0).calls == most


def test_names_that_were_not_seen_for_long_are_forgotten(monkeypatch):
    monkeypatch.setattr(limits, "MOST_NAMES", 3)
    limit = Limit(1, 60)
    for name in "abcd":
        limit.take(name, 0.0)
    assert len(limit._full_at) == 3
    assert limit.take("a", 0.0).passes


@pytest.mark.django_db
def test_who_calls_too_often_is_told_how_long_to_wait(leyla, caller, monkeypatch):
    monkeypatch.setattr(signing, "TOKENS", Limit(2, 60))
    program = caller(leyla, "profile:read")
    first, second, third = (program.get("me") for _ in range(3))
    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert third.json()["code"] == "too_many_calls"
    assert 1 <= int(third["Retry-After"]) <= 30
    assert third["RateLimit"].startswith('"token";r=0;t=')
    assert caller(leyla, "profile:read").get("me").status_code == 200


@pytest.mark.django_db
def test_an_address_is_stopped_before_anybody_is_looked_up(leyla, caller, counted, monkeypatch):
    monkeypatch.setattr(signing, "ADDRESSES", Limit(1, 60))
    program = caller(leyla, "profile:read")
    assert program.get("me").status_code == 200
    with counted() as seen:
        assert program.get("me").status_code == 429
    assert seen.sql == []
