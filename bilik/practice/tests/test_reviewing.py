"""Spaced review: what comes back when, what an answer does to it, and what it never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bilik.catalog.queries import published_courses
from bilik.kit.ids import new_id
from bilik.learning.actions import seed_of
from bilik.practice import actions, queries
from bilik.practice.rules import DAILY_REVIEWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(now):
    """The names of the tasks that are due on a day, in their order."""

    def read(person, *, day):
        when = now + timedelta(days=day)
        picture = queries.standing(person, when).picture
        return [one.at.task.slug for one in queries.reviews(picture, queries.places(published_courses()), when).due]

    return read


def test_what_was_solved_comes_back_after_days_and_not_before(leyla, practise, due):
    practise(leyla, "capital")
    assert [due(leyla, day=day) for day in range(4)] == [[], [], ["capital"], ["capital"]]


def test_what_was_not_solved_does_not_come_back(leyla, practise, due):
    practise(leyla, "capital", right=False)
    assert due(leyla, day=30) == []


def test_due_is_a_day_of_the_academy_from_its_midnight_on(leyla, practise, now):
    practise(leyla, "capital")
    card = queries.standing(leyla, now + timedelta(days=1)).picture.tasks.popitem()[1].card
    local = timezone.localtime(card.due_at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    for moment, expected in ((midnight - timedelta(seconds=1), 0), (midnight, 1)):
        picture = queries.standing(leyla, moment).picture
        assert len(queries.reviews(picture, queries.places(published_courses()), moment).due) == expected


def test_a_right_review_moves_it_further_away_and_a_wrong_one_to_tomorrow(leyla, jasur, practise, review, due):
    for person in (leyla, jasur):
        practise(person, "capital")
    review(leyla, "capital", day=3)
    review(jasur, "capital", day=3, right=False)
    assert due(leyla, day=4) == []
    assert due(jasur, day=3) == []
    assert due(jasur, day=4) == ["capital"]
    assert due(leyla, day=40) == ["capital"]


def test_the_likeliest_forgotten_comes_first_and_ten_a_day_are_enough(small, leyla, practise, due):
    practise(leyla, "area", right=False)
    practise(leyla, "area", minute=1)
    practise(leyla, "capital", minute=2)
    practise(leyla, "word", day=5)
    assert due(leyla, day=9) == ["area", "capital", "word"]
    assert DAILY_REVIEWS == 10


def test_more_than_ten_wait_and_those_done_today_count(publish, leyla, give, now):
    from tests.small_course import WORD, WORD_EN, tiny_course

    files = tiny_course("many")
    lesson = "lessons/04-one"
    for number in range(13):
        files |= {f"{lesson}/t{number}/exercise.toml": WORD, f"{lesson}/t{number}/exercise.en.md": WORD_EN}
    files[f"{lesson}/lesson.en.md"] += "".join(f"\n\n::: exercise t{number}\n:::\n" for number in range(13))
    publish(files)
    (course,) = published_courses()
    for task in course.tasks:
        give(leyla, task, "zanbaq-print")
    when, where = now + timedelta(days=4), queries.places([course])
    found = queries.reviews(queries.standing(leyla, when).picture, where, when)
    assert (len(found.due), found.waiting, found.done_today) == (10, 4, 0)
    task = found.due[0].at.task
    actions.answer_review(
        by=leyla, now=when, task=task, trace=queries.standing(leyla, when).picture.tasks[task.task_id],
        fields={"answer": ["zanbaq-print"]}, key=new_id(), language="en", wait_seconds=1.0, shown_at=None,
    )  # fmt: skip
    found = queries.reviews(queries.standing(leyla, when).picture, where, when)
    assert (len(found.due), found.waiting, found.done_today) == (9, 4, 1)


def test_a_quick_answer_is_easier_than_a_slow_one_and_a_hint_makes_it_hard(
    small, leyla, jasur, person, practise, review, picture, now
):
    third = person("third")
    task = small.task("capital")
    for one in (leyla, jasur, third):
        practise(one, "capital")
    review(leyla, "capital", day=3, shown_seconds=5)
    review(jasur, "capital", day=3, shown_seconds=500)
    when = now + timedelta(days=3)
    trace = queries.standing(third, when).picture.tasks[task.task_id]
    assert actions.take_review_hint(by=third, now=when, task=task, trace=trace, shown=0) == 1
    review(third, "capital", day=3, shown_seconds=5)
    quick, slow, helped = (picture(one, day=3).tasks[task.task_id].card.stability for one in (leyla, jasur, third))
    assert quick > slow > helped


def test_asking_twice_from_the_same_page_gives_one_hint_and_they_run_out(small, leyla, practise, now, refused):
    practise(leyla, "capital")
    when, task = now + timedelta(days=3), small.task("capital")
    trace = queries.standing(leyla, when).picture.tasks[task.task_id]
    facts = {"by": leyla, "now": when, "task": task, "trace": trace}
    shown = [actions.take_review_hint(**facts, shown=shown) for shown in (0, 0, 1, 1)]
    assert shown == [1, 1, 2, 2]
    with refused("no_more_review_hints"):
        actions.take_review_hint(**facts, shown=2)
    assert queries.hints_shown(leyla, task.task_id, timezone.localdate(when)) == 2
    assert queries.hints_shown(leyla, task.task_id, timezone.localdate(when + timedelta(days=1))) == 0


def test_what_was_earned_in_the_lesson_stays_whatever_a_review_says(leyla, practise, review, rows):
    practise(leyla, "capital")
    before = rows("learning.Progress")
    for minute in range(3):
        review(leyla, "capital", day=3, right=False, minute=minute)
    assert rows("learning.Progress") == before


def test_what_is_not_due_is_refused_and_a_second_try_on_the_day_is_not(leyla, practise, review, refused, rows):
    practise(leyla, "capital")
    with refused("not_due"):
        review(leyla, "capital", day=1)
    with refused("not_due"):
        review(leyla, "area", day=3)
    review(leyla, "capital", day=3, right=False)
    review(leyla, "capital", day=3, minute=2)
    assert [row["context"] for row in rows("submissions.Submission")] == ["practice", "review", "review"]


def test_the_same_key_is_one_review_and_what_is_no_answer_is_none(leyla, practise, review, picture, rows):
    practise(leyla, "area")
    key = new_id()
    first = review(leyla, "area", day=3, key=key)
    assert review(leyla, "area", day=3, right=False, key=key).pk == first.pk
    practise(leyla, "word")
    assert review(leyla, "word", day=3, answer=[""]) is None
    assert len(rows("practice.ReviewNote")) == 1


def test_a_minor_without_a_guardian_is_refused(small, kamran, now, refused):
    with refused("guardian_needed"):
        actions.answer_review(
            by=kamran, now=now, task=small.task("capital"), trace=None, fields={"answer": ["baku"]}, key=new_id(),
            language="en", wait_seconds=1.0, shown_at=None,
        )  # fmt: skip


def test_a_review_asks_another_variant_than_the_lesson_and_the_same_all_day(small, person, now):
    task, day = small.task("boxes"), timezone.localdate(now)
    for number in range(8):
        one = person(f"learner{number}")
        seeds = {queries.review_seed(one, task, day + timedelta(days=n)) for n in range(20)}
        assert seed_of(one, task) not in seeds
        assert len(seeds) > 2
        assert all(0 <= seed < task.variants for seed in seeds)
        assert queries.review_seed(one, task, day) == queries.review_seed(one, task, day)
    assert queries.review_seed(one, small.task("capital"), day) == 0
