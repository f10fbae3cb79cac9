"""Estimates from stored answers: which answers go in, what is stored, and that repeating changes nothing."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from random import Random

import pytest

from bilik.catalog.queries import published_course
from bilik.grading.verdict import accepted, wrong
from bilik.kit.ids import new_id
from bilik.learning.actions import take_hint
from bilik.practice import actions, queries
from bilik.practice.engine.ability import authors_item
from bilik.practice.engine.tracing import PRIOR
from bilik.submissions import actions as submissions

pytestmark = pytest.mark.django_db
pytest.importorskip("mirt", reason="needs the psychometrics extra")
estimating = pytest.importorskip("bilik.practice.estimating")

SLUGS = ("capital", "even-numbers", "area", "word", "what-prints")
numbers = count()


@pytest.fixture
def answer(small, now):
    def send(person, slug, right, *, minute=0, context="practice"):
        when, task = now + timedelta(minutes=minute), small.task(slug)
        return submissions.submit(
            by=person, now=when, task_version_id=task.version_id, seed=0, context=context, key=new_id(), answer="x",
            language="en", verdict=accepted(task.points) if right else wrong(task.points),
        )[0]  # fmt: skip

    return send


@pytest.fixture
def crowd(person, answer):
    """Sixty people of different ability who answer five tasks of different difficulty."""
    rng, people = Random(4), []
    for _ in range(60):
        somebody = person(f"crowd{next(numbers)}")
        ability = rng.gauss(0, 1)
        for place, slug in enumerate(SLUGS):
            answer(somebody, slug, ability + rng.gauss(0, 1) > 0.7 * (place - 2), minute=10 * place)
        people.append(somebody)
    return people


def test_difficulties_follow_the_answers_and_pages_use_them(crowd, now, rows):
    course = published_course("small-course")
    before = queries.items_in([course])
    assert before == {task.task_id: authors_item(task.difficulty) for task in course.tasks}
    done = estimating.estimate_tasks(course, estimating.gather(now), now)
    assert (done.people, done.answers, done.fitted) == (60, 300, 5)
    assert estimating.what_became(done).endswith("(rasch) with 5 estimates")
    items = queries.items_in([course])
    by_slug = [items[next(task.task_id for task in course.tasks if task.slug == slug)] for slug in SLUGS]
    assert by_slug[0].b < by_slug[2].b < by_slug[4].b
    assert all(item.n == 60 and 0.2 < item.error < 0.6 for item in by_slug)
    alone = next(task for task in course.tasks if task.slug == "alone")
    assert items[alone.task_id] == authors_item(alone.difficulty)


def test_the_same_answers_make_no_second_version_and_new_ones_do(crowd, answer, now, rows):
    course = published_course("small-course")
    for expected in (True, False, False):
        done = estimating.estimate_tasks(course, estimating.gather(now), now)
        assert (done.estimate is not None) is expected
    assert estimating.what_became(done) == "the same as last time, nothing stored"
    answer(crowd[0], "alone", True, minute=90)
    assert estimating.estimate_tasks(course, estimating.gather(now), now).estimate is not None
    assert [(row["people"], row["answers"]) for row in rows("practice.Estimate")] == [(60, 300), (60, 301)]


def test_only_first_answers_without_help_go_in(small, leyla, answer, give, now):
    task = small.task("capital")
    answer(leyla, "area", False)
    answer(leyla, "area", True, minute=1)
    take_hint(by=leyla, now=now, task=task, shown=0)
    answer(leyla, "capital", True, minute=2)
    answer(leyla, "word", True, minute=3, context="level_check")
    answer(leyla, "area", True, minute=4, context="review")
    found = estimating.gather(now + timedelta(hours=1))
    assert found.tasks == [{small.task("area").task_id: False, small.task("word").task_id: True}]
    assert found.skills == {"ext:python-numbers": [[False]], "ext:python-output": [[True]]}


def test_too_few_answers_leave_the_authors_difficulty_and_the_priors(leyla, answer, now, rows):
    answer(leyla, "area", True)
    answers = estimating.gather(now + timedelta(hours=1))
    done = [estimating.estimate_tasks(published_course("small-course"), answers, now),
            estimating.estimate_skills(answers, now)]  # fmt: skip
    assert [one.estimate for one in done] == [None, None]
    assert estimating.what_became(done[0]) == "too few to estimate anything from"
    assert rows("practice.Estimate") == []


def test_parameters_of_skills_are_used_when_a_picture_is_next_brought_up_to_date(crowd, answer, now, rows):
    somebody, later = crowd[0], now + timedelta(days=1)
    actions.keep_up(person=somebody, now=later)
    before = queries.standing(somebody, later).picture
    done = estimating.estimate_skills(estimating.gather(later), later)
    assert done.fitted >= 1
    fitted = {row["skill_id"]: row for row in rows("practice.SkillEstimate")}
    assert all(row["people"] == 60 and row["guess"] <= 0.3 and row["slip"] <= 0.25 for row in fitted.values())
    # A page goes on with the parameters of the stored picture, so that nothing is worked out anew while somebody waits.
    assert queries.standing(somebody, later).picture == before
    assert actions.keep_up(person=somebody, now=later) == len(SLUGS)
    after = queries.standing(somebody, later).picture
    changed = {skill for skill in after.skills if after.skills[skill] != before.skills[skill]}
    assert changed == fitted.keys() & after.skills.keys()
    assert rows("practice.Picture")[0]["estimate_id"] == done.estimate.pk


def test_without_an_estimate_every_skill_has_the_priors():
    from bilik.practice.queries.pictures import parameters_of

    assert parameters_of(None)("ext:anything") == PRIOR
