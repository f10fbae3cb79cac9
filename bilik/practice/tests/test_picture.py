"""The fold: which answers say how much of a skill, and what becomes of a task's card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.practice.engine.memory import Rating, reviewed
from bilik.practice.engine.picture import LEVEL_CHECK, PRACTICE, REVIEW, Event, Picture, take_in
from bilik.practice.engine.tracing import PRIOR, Mastery, after, learnt

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LOOPS, TEXT = "ext:python-loops", "ext:python-strings"


def priors(_skill):
    return PRIOR


def event(n=0, *, task=1, right=True, context=PRACTICE, days=0, skills=(LOOPS,), **facts):
    at = START + timedelta(days=days, minutes=n)
    made = Event(at=at, id=n, day=at.date(), task_id=task, kind="numeric", skills=skills, context=context,
                 right=right, share=1.0 if right else 0.0)  # fmt: skip
    return replace(made, **facts)


def picture(*events):
    return take_in(Picture(), events, priors)


def mastered(*events, skill=LOOPS):
    return picture(*events).skills[skill].mastered


def test_a_first_answer_counts_in_full():
    assert mastered(event()) == learnt(after(0.2, right=True, weight=1, parameters=PRIOR), weight=1, parameters=PRIOR)


@pytest.mark.parametrize("helped", [{"hints": 1}, {"hints": 2}, {"hints": 9}])
def test_a_hint_makes_an_answer_count_for_less(helped):
    assert mastered(event()) > mastered(event(**helped)) > PRIOR.start


def test_more_hints_count_for_less_down_to_a_quarter():
    values = [mastered(event(hints=hints)) for hints in range(5)]
    assert values[0] > values[1] > values[2] == values[3] == values[4]


def test_right_after_wrong_is_less_than_right_at_once_and_more_than_wrong():
    at_once = mastered(event(task=2))
    later = mastered(event(0, right=False), event(1))
    assert mastered(event(0, right=False)) < later < at_once


def test_solving_the_same_task_again_says_nothing():
    once = picture(event(0))
    again = picture(event(0), event(1), event(2))
    assert again.skills == once.skills
    assert (again.skills[LOOPS].answers, again.tasks[1].answers) == (1, 3)


def test_three_tasks_solved_show_a_skill_and_one_task_three_times_does_not():
    assert picture(*(event(n, task=n) for n in range(3))).skills[LOOPS].mastery == Mastery.SHOWN
    assert picture(*(event(n) for n in range(3))).skills[LOOPS].mastery == Mastery.LIKELY


def test_a_right_answer_shows_all_skills_and_a_wrong_one_blames_each_less():
    both = picture(event(skills=(LOOPS, TEXT)))
    assert both.skills[LOOPS].mastered == both.skills[TEXT].mastered == mastered(event())
    assert mastered(event(right=False)) < mastered(event(right=False, skills=(LOOPS, TEXT)))


def test_what_earned_points_was_not_all_wrong():
    assert mastered(event(right=False)) < mastered(event(right=False, share=0.5)) < mastered(event())


def test_a_level_check_shows_but_teaches_nothing():
    assert mastered(event(context=LEVEL_CHECK)) == after(0.2, right=True, weight=1, parameters=PRIOR)
    assert picture(event(context=LEVEL_CHECK)).tasks[1].solved_at is None


def test_solving_makes_a_card_whose_rating_is_in_the_way_it_was_solved():
    easy_way = picture(event(0)).tasks[1]
    hard_way = picture(event(0, right=False), event(1)).tasks[1]
    assert easy_way.card == reviewed(None, Rating.Good, START)
    assert hard_way.card == reviewed(None, Rating.Hard, START + timedelta(minutes=1))
    assert picture(event(right=False)).tasks[1].card is None


def test_what_people_mark_is_evidence_and_never_comes_back():
    solved = picture(event(kind="free_text"))
    assert solved.skills[LOOPS].right == 1
    assert solved.tasks[1].solved_at == START
    assert solved.tasks[1].card is None


def test_reviews_move_the_card_and_leave_what_was_earned():
    solved = picture(event(0))
    forgot = picture(event(0), event(1, context=REVIEW, right=False, days=3))
    before, now = solved.tasks[1], forgot.tasks[1]
    assert (now.solved_at, now.first_right, now.answers) == (before.solved_at, before.first_right, before.answers)
    assert now.card.stability < before.card.stability
    assert (now.reviews, now.review_tries) == (1, 1)


def test_a_second_try_in_a_review_is_hard_and_the_next_day_begins_anew():
    first = [event(0), event(1, context=REVIEW, right=False, days=3), event(2, context=REVIEW, days=3)]
    task = picture(*first).tasks[1]
    wrong = reviewed(reviewed(None, Rating.Good, START), Rating.Again, first[1].at)
    assert task.card == reviewed(wrong, Rating.Hard, first[2].at)
    later = event(3, context=REVIEW, days=9)
    assert picture(*first, later).tasks[1].card == reviewed(task.card, Rating.Good, later.at)
    assert picture(*first, later).tasks[1].review_tries == 1


def test_a_review_on_another_day_is_evidence_in_full():
    before = mastered(event(0))
    assert mastered(event(0), event(1, context=REVIEW, days=5)) == learnt(
        after(before, right=True, weight=1, parameters=PRIOR), weight=1, parameters=PRIOR
    )


some_event = st.tuples(
    st.integers(1, 3), st.booleans(), st.sampled_from([PRACTICE, PRACTICE, REVIEW, LEVEL_CHECK]), st.integers(0, 2)
)


@given(st.lists(some_event, max_size=25), st.integers(0, 25))
def test_taking_in_a_part_and_then_the_rest_is_taking_in_all(rows, cut):
    events, solved = [], set()
    for n, (task, right, context, hints) in enumerate(rows):
        if context == REVIEW and task not in solved:
            context = PRACTICE
        if right and context == PRACTICE:
            solved.add(task)
        events.append(event(n, task=task, right=right, context=context, hints=hints, days=n, skills=(LOOPS, TEXT)))
    whole = picture(*events)
    parts = take_in(take_in(Picture(), events[:cut], priors), events[cut:], priors)
    assert parts == whole
    for trace in whole.skills.values():
        assert 0 < trace.mastered < 1
        assert trace.right <= trace.answers <= len(events)
