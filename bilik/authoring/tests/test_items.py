"""Figures on tasks: against values worked out by hand, as properties, and from answers given through the real verbs."""

from __future__ import annotations

import math
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from bilik.authoring import figuring, items
from bilik.authoring.items import TaskInfo, discrimination, in_words, wilson
from bilik.catalog.queries import published_course
from bilik.submissions.queries import AnswerFacts


def test_wilson_by_hand():
    # 8 of 10 at z = 2: centre (0.8 + 0.2) / 1.4 = 5/7; half 2/1.4 * sqrt(0.016 + 0.01) = 0.230349...
    found = wilson(8, 10, z=2.0)
    assert found.value == 0.8
    assert found.low == pytest.approx(5 / 7 - 2 / 1.4 * math.sqrt(0.026))
    assert found.high == pytest.approx(5 / 7 + 2 / 1.4 * math.sqrt(0.026))
    # Published: 0 of 10 at 95 % goes up to z²/(n + z²) = 3.8415 / 13.8415.
    assert wilson(0, 10).high == pytest.approx(0.27753, abs=1e-5)
    assert wilson(0, 10).low == 0


@examples(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_lies_within_bounds_and_is_symmetrical(case):
    part, whole = case
    found, other = wilson(part, whole), wilson(whole - part, whole)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low == pytest.approx(1 - other.high)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 3), (4, 3)])
def test_wilson_wants_a_share(part, whole):
    with pytest.raises(ValueError, match="share"):
        wilson(part, whole)


def test_discrimination_by_hand():
    # x = 0 0 1 1, y = 1 2 3 4: r = 2 / sqrt(1 * 5); artanh r = 1.4436, width z / sqrt(1).
    found = discrimination([(0, 1), (0, 2), (1, 3), (1, 4)], z=1.0)
    assert found.value == pytest.approx(2 / math.sqrt(5))
    assert found.low == pytest.approx(math.tanh(math.atanh(2 / math.sqrt(5)) - 1))
    assert discrimination([(1, 1), (1, 2), (1, 3), (1, 4)]) is None
    assert discrimination([(0, 1), (1, 2)]) is None
    assert discrimination([(0, 0), (0, 0), (1, 1), (1, 1)]).value == 1


@examples(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.floats(0, 1)), min_size=4, max_size=30))
def test_turning_right_into_wrong_turns_the_sign(pairs):
    found, turned = discrimination(pairs), discrimination([(1 - x, y) for x, y in pairs])
    assert (found is None) == (turned is None)
    if found is not None:
        assert found.value == pytest.approx(-turned.value, abs=1e-9)
        assert -1 <= found.low <= found.value <= found.high <= 1


SPEC = {"kind": "short_text", "ignore": ["case", "spaces"]}
TASKS = [TaskInfo(n, 100 + n, f"task-{n}", "short_text", "one", SPEC) for n in range(1, 5)]
CHOICE = TaskInfo(5, 105, "choice", "single_choice", "one", {}, ("a", "b"), ("a",))
ORDER = TaskInfo(6, 106, "order", "ordering", "one", {"kind": "ordering"})


def answers(start, people, *, tasks=(1, 2, 3, 4), right=lambda person, task: True, text=lambda person, task: "x"):
    rows = []
    for person in range(people):
        for place, task in enumerate(tasks):
            ok = right(person, task)
            rows.append(
                AnswerFacts(
                    len(rows), person, task, 100 + task, 0, text(person, task), "accepted" if ok else "wrong",
                    Decimal(int(ok)), 1, start + timedelta(seconds=60 * place), [],
                )
            )  # fmt: skip
    return rows


def item(rows, slug, tasks=TASKS, hints=None):
    found = items.figures(tasks, rows, hints or {})
    return next(one for one in found["items"] if one["slug"] == slug)


def test_nothing_is_shown_of_few_people(now):
    rows = answers(now, items.LEAST_PEOPLE - 1)
    found = item(rows, "task-2")
    assert found["people"] == items.LEAST_PEOPLE - 1
    assert found["facility"] is found["discrimination"] is found["seconds"] is None
    assert item(answers(now, items.LEAST_PEOPLE), "task-2")["facility"]["value"] == 1


def test_only_first_attempts_at_the_present_version_count(now):
    rows = answers(now, 12, right=lambda person, task: person < 6)
    again = [row._replace(pk=1000 + row.pk, outcome="accepted", score=Decimal(1)) for row in rows]
    found = item(rows + again, "task-1")
    assert (found["people"], found["answers"]) == (12, 24)
    assert found["facility"]["value"] == 0.5
    assert found["solved"]["value"] == 1
    older = [row._replace(version_id=1) for row in rows]
    found = item(older + again, "task-1")
    assert (found["people"], found["earlier"]) == (0, 12)


def test_time_is_from_the_answer_before_without_long_pauses(now):
    rows = answers(now, 12)
    assert item(rows, "task-1")["seconds"] is None
    assert item(rows, "task-2")["seconds"] == 60
    late = [row._replace(received_at=row.received_at + timedelta(hours=2 * (row.task_id == 4))) for row in rows]
    assert item(late, "task-4")["timed"] == 0


def test_a_task_that_the_good_get_wrong_is_flagged(now):
    def right(person, task):
        strong = person % 2
        return (not strong) if task == 4 else bool(strong)

    found = item(answers(now, 40, right=right), "task-4")
    assert found["discrimination"]["value"] == -1
    assert found["flags"] == ["key_doubtful", "given_up"] or "key_doubtful" in found["flags"]
    assert "key_doubtful" not in item(answers(now, 40, right=right), "task-1")["flags"]


def test_a_wrong_choice_that_is_preferred_is_flagged(now):
    rows = answers(
        now, 20, tasks=(5,), right=lambda person, task: person < 5, text=lambda person, task: "a" if person < 5 else "b"
    )
    found = item(rows, "choice", [CHOICE])
    assert found["options"] == [{"name": "a", "right": True, "people": 5}, {"name": "b", "right": False, "people": 15}]
    assert "wrong_preferred" in found["flags"]
    assert found["wrong"] == []


def test_a_wrong_answer_is_shown_when_several_gave_it(now):
    texts = ["Print", "print ", "PRINT", "show", "Nigar's phone is 050 000 00 00"]
    rows = answers(
        now, 15, right=lambda person, task: person >= 5,
        text=lambda person, task: texts[person] if person < 5 else "echo",
    )  # fmt: skip
    assert item(rows, "task-1")["wrong"] == [{"answer": "print", "people": 3}]


def test_other_orders_are_other_answers(now):
    orders = [["c", "a", "b"]] * 4 + [["b", "a", "c"]] * 3
    rows = answers(
        now, 12, tasks=(6,), right=lambda person, task: person >= 7,
        text=lambda person, task: orders[person] if person < 7 else ["a", "b", "c"],
    )  # fmt: skip
    assert item(rows, "order", [ORDER])["wrong"] == [
        {"answer": "c, a, b", "people": 4},
        {"answer": "b, a, c", "people": 3},
    ]


def test_normal_forms_in_words():
    assert in_words({"b": ["x", "y"], "a": "1"}) == "a: 1\nb: x, y"
    assert in_words([["2", "0"], ["1", "1"]]) == "2 0, 1 1"


def test_what_people_write_in_their_own_words_is_never_shown(now):
    essay = [TaskInfo(1, 101, "essay", "free_text", "one", {})]
    rows = answers(now, 12, tasks=(1,), right=lambda person, task: False)
    assert item(rows, "essay", essay)["wrong"] == []


@pytest.mark.django_db
@pytest.mark.sandbox
def test_figures_of_real_answers_are_the_same_when_they_are_worked_out_anew(small, person, give, now, rows):
    word = "zanbaq-print"
    for number in range(12):
        learner = person(f"pupil{number}", born=(2013, 3) if number == 11 else (1999, 1))
        if number == 11:
            continue
        give(learner, small.task("capital"), "ganja" if number < 5 else "baku")
        give(learner, small.task("alone"), "wrong words" if number % 2 else word)
    course = published_course("small-course")
    kept = figuring.refresh(by=None, now=now, course=course)
    capital = next(one for one in kept.figures["items"] if one["slug"] == "capital")
    assert capital["people"] == 11
    assert {one["name"]: one["people"] for one in capital["options"]} == {"baku": 6, "ganja": 5, "sheki": 0}
    assert capital["said"] == [{"code": "author", "name": "not-ganja", "people": 5}]
    assert figuring.work_out(course) == kept.figures
    assert "pupil" not in str(kept.figures)
    figuring.refresh(by=None, now=now, course=course)
    assert len(rows("authoring.ItemFigures")) == 1


@pytest.mark.django_db
def test_too_many_answers_for_a_request_are_refused(small, leyla, give, now, refused):
    give(leyla, small.task("capital"), "baku")
    with refused("too_many_answers"):
        figuring.refresh(by=None, now=now, course=published_course("small-course"), most=0)
