"""Things to put into an order."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded, graded_as_written, graded_form, no_run, read, spec_of
from bilik.grading.verdict import Outcome

DAY = """
[[items]]
id = "wake"
[[items]]
id = "dress"
[[items]]
id = "eat"
[[items]]
id = "leave"
[[feedback]]
first = "eat"
say = "too-early"
[[feedback]]
item = "leave"
before = "dress"
say = "not-dressed"
"""
SOME = DAY.replace('id = "dress"', 'id = "dress"\nafter = ["wake"]').replace(
    'id = "leave"', 'id = "leave"\nafter = ["dress", "eat"]'
)


def day(credit: str = "all", toml: str = DAY) -> dict[str, Any]:
    return spec_of("ordering", f'credit = "{credit}"\n{toml}')


def test_without_after_only_the_listed_order_is_right():
    right = [order for order in permutations(day()["items"]) if graded(day(), *order).outcome is Outcome.ACCEPTED]
    assert right == [("wake", "dress", "eat", "leave")]


def test_with_after_every_order_that_respects_it_is_right():
    right = {order for order in permutations(day()["items"]) if graded(day(toml=SOME), *order).outcome == "accepted"}
    assert right == {
        ("wake", "dress", "eat", "leave"),
        ("wake", "eat", "dress", "leave"),
        ("eat", "wake", "dress", "leave"),
    }


def test_what_follows_over_several_steps_is_a_pair_too():
    assert ["wake", "leave"] in day(toml=SOME)["pairs"]
    assert len(day(toml=SOME)["pairs"]) == 4
    assert len(day()["pairs"]) == 6


@pytest.mark.parametrize(
    ("credit", "order", "score"),
    [
        ("pairs", "wake dress eat leave", "3"),
        ("pairs", "dress wake eat leave", "2"),  # 5 pairs right, 1 wrong: 4 of 6
        ("pairs", "leave wake dress eat", "0"),  # 3 and 3
        ("pairs", "leave eat dress wake", "0"),
        ("all", "dress wake eat leave", "0"),
    ],
)
def test_credit_for_pairs_counts_right_pairs_less_wrong_ones(credit, order, score):
    assert graded(day(credit), *order.split()).score == Decimal(score)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("wake dress eat leave", []),
        ("eat wake dress leave", ["too-early", "order.start"]),
        ("wake leave dress eat", ["not-dressed", "order.first_right"]),
        ("wake dress leave eat", ["order.first_right"]),
        ("wake dress", ["invalid.each_once"]),
        ("wake wake dress eat leave", ["invalid.each_once"]),
        ("wake dress eat go", ["invalid.no_such_choice"]),
        ("", ["invalid.no_place"]),
    ],
)
def test_what_is_said_of_an_order(order, said):
    assert codes(graded(day(), *order.split())) == said


def test_it_is_told_how_far_the_order_is_right():
    assert graded(day(), "wake", "dress", "leave", "eat").feedback[0].data == {"count": 2}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ("2 1 3 4", ["order.start"]),
        ("1 2 3 4", []),
        ("1 20 30 400", []),
        (" 1 2 3 ٤", ["invalid.no_place"]),
        ("1 2 3 0", ["invalid.no_place"]),
        ("1 2 3 3", ["invalid.same_place"]),
        ("1 2 3", ["invalid.no_place"]),
    ],
)
def test_a_form_may_give_each_item_the_number_of_its_place(places, said):
    form = {f"answer-{name}": [place] for name, place in zip(day()["items"], places.split(), strict=False)}
    assert codes(graded_form(day(), form)) == said


def test_what_the_page_gets_is_not_in_order_and_does_not_hold_the_key():
    (control,) = KINDS["ordering"].controls(day())
    assert control.keys() == {"control", "name", "arranged", "parts"}
    assert sorted(part["block"] for part in control["parts"]) == [f"choice {name}" for name in sorted(day()["items"])]
    assert all(part["name"] == part["block"].replace("choice ", "answer-") for part in control["parts"])


@given(st.permutations(["a", "b", "c", "d", "e"]), st.integers(2, 5), st.data())
def test_the_order_that_is_shown_first_is_never_right(names, count, data):
    rows = []
    for number, name in enumerate(names[:count]):
        after = data.draw(st.lists(st.sampled_from(names[:number]), unique=True)) if number else []
        rows.append(f'[[items]]\nid = "{name}"\n' + (f"after = {after}\n" if after else ""))
    spec, problems = read("ordering", "\n".join(rows))
    assert problems == []
    (control,) = KINDS["ordering"].controls(spec)
    assert (
        graded(spec, *(part["block"].removeprefix("choice ") for part in control["parts"])).outcome
        is not Outcome.ACCEPTED
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "dress"', 'id = "wake"', "double-id"),
        ('id = "dress"', 'id = "dress"\nafter = ["eat"]', "no-item"),
        ('id = "dress"', 'id = "dress"\nafter = ["dress"]', "no-item"),
        ('id = "dress"', 'id = "dress"\nafter = []', "items"),
        ('first = "eat"', 'first = "drink"', "no-item"),
        ('before = "dress"', 'before = "shave"', "no-item"),
        ('before = "dress"', "", "missing-key"),
        (DAY, '[[items]]\nid = "a"', "items"),
    ],
)
def test_a_broken_exercise_is_reported(old, new, code):
    assert old in DAY
    assert code in {problem.code for problem in read("ordering", DAY.replace(old, new, 1))[1]}


@pytest.mark.parametrize("toml", [DAY, SOME])
def test_the_model_answer_is_right(toml):
    spec = day(toml=toml)
    assert graded_as_written(spec, KINDS["ordering"].model_answer(spec, "")).outcome is Outcome.ACCEPTED


@given(st.permutations(["wake", "dress", "eat", "leave"]), st.sampled_from([DAY, SOME]), st.integers(1, 100))
def test_any_order_scores_between_nothing_and_all_and_accepted_has_all(order, toml, points):
    spec = day("pairs", toml) | {"points": points}
    verdict = graded(spec, *order)
    assert 0 <= verdict.score <= points
    kept = all(order.index(earlier) < order.index(later) for earlier, later in spec["pairs"])
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == points) == kept


FIELD = st.sampled_from(["answer", "answer-wake", "answer-dress", "answer-eat", "answer-leave"])
TEXT = st.one_of(st.text(), st.sampled_from(["wake", "dress", "eat", "leave", "1", "2", "3", "4"]))


@given(st.dictionaries(FIELD, st.one_of(st.none(), TEXT, st.lists(TEXT), st.integers())))
def test_parsing_raises_nothing_but_invalid_answer_and_what_is_parsed_gets_a_verdict(fields):
    try:
        parsed = parse_answer(day(), fields)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
        return
    verdict = check(day(), parsed, run=no_run)
    assert verdict.outcome is not Outcome.INVALID
    assert graded_form(day(), KINDS["ordering"].fields(day(), parsed)).score == verdict.score
