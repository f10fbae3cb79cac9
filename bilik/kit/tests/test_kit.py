from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal, refuse
from bilik.kit.exact import plain_number, share
from bilik.kit.ids import new_id


def test_the_clock_gives_an_aware_utc_time():
    assert utc_now().utcoffset().total_seconds() == 0


def test_new_ids_are_version_7_differ_and_sort_by_time():
    ids = [new_id() for _ in range(50)]
    assert {i.version for i in ids} == {7}
    assert {i.variant for i in ids} == {"specified in RFC 4122"}
    assert len(set(ids)) == 50
    assert [i.int >> 80 for i in ids] == sorted(i.int >> 80 for i in ids)


class Closed(Refusal):
    code = "closed"
    sentence = "The door is closed."


def test_a_refusal_says_its_sentence_and_carries_facts():
    with pytest.raises(Closed) as caught:
        refuse(Closed(until=5))
    assert str(caught.value) == "The door is closed."
    assert caught.value.facts == {"until": 5}
    refuse(None)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 100))
def test_a_share_is_never_more_than_the_points_and_exact_to_a_thousandth(part, whole, of):
    part = min(part, whole)
    score = share(part, whole, of=of)
    assert 0 <= score <= of
    assert abs(Fraction(score) - Fraction(part * of, whole)) <= Fraction(1, 2000)


def test_shares_at_the_edges():
    assert share(2, 3, of=1) == Decimal("0.667")
    assert share(0, 0, of=4) == 0
    with pytest.raises(ValueError):
        share(4, 3, of=1)
    assert plain_number(Decimal("2.000")) == 2
    assert plain_number(Decimal("0.667")) == 0.667
