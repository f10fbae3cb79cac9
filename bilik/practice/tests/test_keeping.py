"""Pictures: what is stored follows from the answers, and whatever a page shows is the same with it and without."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilik.grading.verdict import Outcome, Verdict, accepted, invalid, wrong
from bilik.kit.ids import new_id
from bilik.learning.actions import take_hint
from bilik.practice import actions, queries
from bilik.practice.engine.tracing import Mastery
from bilik.submissions import actions as submissions

pytestmark = pytest.mark.django_db

READING, NUMBERS = "ext:reading-code", "ext:python-numbers"
MADE = {
    "right": accepted(4),
    "wrong": wrong(4),
    "partial": Verdict(Outcome.PARTIAL, 1, 4),
    "invalid": invalid(4),
    "waiting": None,
}
names = count()


def stored(person):
    rows = {}
    for table in ("SkillMastery", "TaskMemory", "Picture"):
        found = apps.get_model(f"practice.{table}").objects.filter(person=person).order_by("pk").values()
        rows[table] = sorted(([(name, value) for name, value in row.items() if name != "id"] for row in found), key=str)
    return rows


def send(person, task, kind, context, sent_at, graded_at):
    submission, _ = submissions.submit(
        by=person, now=sent_at, task_version_id=task.version_id, seed=0, context=context, key=new_id(), answer="x",
        language="en", grader="g", lease=timedelta(hours=9),
    )  # fmt: skip
    if MADE[kind] is None:
        return []
    submissions.record_verdict(submission_id=submission.pk, grader="g", verdict=MADE[kind], now=graded_at)
    return [(submission.pk, graded_at)]


one_answer = st.tuples(
    st.sampled_from(["capital", "even-numbers", "area"]),
    st.sampled_from(sorted(MADE)),
    st.sampled_from(["practice", "practice", "review"]),
    st.integers(0, 60),
    st.integers(0, 40),
    st.booleans(),
    # Which of the verdicts so far is replaced afterwards, if any.
    st.one_of(st.none(), st.integers(0, 5)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(one_answer, max_size=14))
def test_stored_step_by_step_equals_rebuilt_and_every_page_sees_the_same(small, person, now, rows):
    somebody, when = person(f"somebody{next(names)}"), now
    graded = []
    for slug, kind, context, gap, late, keeping, replaced in rows:
        when += timedelta(minutes=gap)
        # A verdict may come later than that on a later answer.
        graded += send(somebody, small.task(slug), kind, context, when, when + timedelta(minutes=late))
        if keeping:
            actions.keep_up(person=somebody, now=when)
        if replaced is not None and replaced < len(graded):
            # After all that has happened so far, as clocks have it.
            latest = max([when, *(graded_at for _, graded_at in graded)])
            submissions.replace_verdict(
                submission_id=graded[replaced][0], by=None, verdict=MADE["partial"], reason="regraded", now=latest
            )
    end = when + timedelta(hours=2)
    seen = queries.standing(somebody, end).picture
    actions.keep_up(person=somebody, now=end)
    assert queries.standing(somebody, end).picture == seen
    before = stored(somebody)
    actions.rebuild_picture(person=somebody, now=end)
    assert stored(somebody) == before
    assert queries.standing(somebody, end).picture == seen
    assert queries.standing(somebody, end).fresh == 0


def test_whoever_only_opens_pages_shows_no_skill(small, leyla, browser, picture, rows):
    page = browser(leyla)
    for lesson in small.source.lessons:
        page.get(f"/learn/small-course/{lesson.slug}/")
    for address in ("/practice/", "/practice/review/", "/practice/level-check/small-course/", "/learn/small-course/"):
        assert page.get(address).status_code == 200
    assert picture(leyla).skills == {}
    for table in ("Picture", "SkillMastery", "TaskMemory", "LevelCheck", "Wish", "ReviewHint"):
        assert rows(f"practice.{table}") == []


def test_only_answers_show_a_skill(leyla, practise, picture):
    practise(leyla, "capital", right=False)
    assert picture(leyla).skills[READING].mastery == Mastery.LOW
    for day, slug in enumerate(("capital", "even-numbers", "what-prints"), 1):
        practise(leyla, slug, day=day)
    assert picture(leyla, day=4).skills[READING].mastery == Mastery.LIKELY


def test_a_verdict_counts_on_the_next_page_though_nothing_was_stored(leyla, practise, picture, rows):
    practise(leyla, "capital")
    assert picture(leyla).skills[READING].right == 1
    assert rows("practice.Picture") == []


def test_a_hint_counts_only_for_answers_after_it(small, leyla, jasur, practise, picture, now):
    task = small.task("capital")
    take_hint(by=leyla, now=now, task=task, shown=0)
    practise(leyla, "capital", minute=1)
    practise(jasur, "capital", minute=1)
    take_hint(by=jasur, now=now + timedelta(minutes=2), task=task, shown=0)
    with_hint, without = (picture(one).skills[READING].mastered for one in (leyla, jasur))
    assert with_hint < without
    assert picture(leyla).tasks[task.task_id].first_right is False
    assert picture(jasur).tasks[task.task_id].first_right is True


def test_a_verdict_of_this_moment_is_not_stored_yet_because_an_earlier_one_may_still_come(leyla, practise, now, rows):
    practise(leyla, "capital")
    assert actions.keep_up(person=leyla, now=now + timedelta(minutes=4)) == 0
    assert actions.keep_up(person=leyla, now=now + timedelta(minutes=6)) == 1
    assert actions.keep_up(person=leyla, now=now + timedelta(minutes=9)) == 0
    assert len(rows("practice.SkillMastery")) == 1


def test_catching_up_goes_through_everybody_once(leyla, jasur, practise, now, rows):
    for person in (leyla, jasur):
        practise(person, "capital")
        practise(person, "area", minute=1)
    later = now + timedelta(minutes=30)
    assert [actions.catch_up(now=later, most=3) for _ in range(3)] == [2, 1, 0]
    assert {row["person_id"] for row in rows("practice.Picture")} == {leyla.pk, jasur.pk}
    assert len(rows("practice.TaskMemory")) == 4


def test_a_verdict_that_is_replaced_changes_what_was_stored_with_it(leyla, practise, picture, now, rows):
    first = practise(leyla, "capital", right=False)
    practise(leyla, "even-numbers", minute=1)
    actions.keep_up(person=leyla, now=now + timedelta(hours=1))
    assert picture(leyla, day=1).skills[READING].right == 1
    later = now + timedelta(days=2)
    submissions.replace_verdict(
        submission_id=first.pk, by=None, verdict=accepted(1), reason="the key was wrong", now=later
    )
    seen = picture(leyla, day=3)
    assert (seen.skills[READING].right, seen.skills[READING].answers) == (2, 2)
    actions.keep_up(person=leyla, now=later + timedelta(days=1))
    assert picture(leyla, day=4) == seen
    # It keeps its place among the answers: the first of them, two days before its new verdict.
    assert seen.tasks[first.task_version.task_id].solved_at == first.graded_at


def test_what_is_one_persons_is_not_anothers(leyla, jasur, practise, picture):
    practise(leyla, "capital")
    assert picture(jasur).tasks == {}


def test_two_processes_that_catch_up_at_once_count_an_answer_once(small, leyla, practise, now, together, rows):
    for number, slug in enumerate(("capital", "area", "word")):
        practise(leyla, slug, minute=number)
    later = now + timedelta(minutes=30)
    together(*[lambda: actions.keep_up(person=leyla, now=later)] * 3)
    assert {row["skill_id"]: row["answers"] for row in rows("practice.SkillMastery")} == {
        READING: 1, NUMBERS: 1, "ext:python-output": 1,
    }  # fmt: skip


def test_a_picture_is_given_as_data_and_forgotten(leyla, practise, review, now, rows):
    from bilik.people.actions import erase_person, export_my_data

    leyla.set_password("a-quiet-river-42")
    leyla.save()
    practise(leyla, "capital")
    review(leyla, "capital", day=4, shown_seconds=7)
    actions.hide_streak(by=leyla, now=now, hide=True)
    actions.keep_up(person=leyla, now=now + timedelta(days=5))
    data = export_my_data(by=leyla, now=now, person=leyla)["practice"]
    assert [(row["skill"], row["answers"]) for row in data["skills"]] == [(READING, 2)]
    assert [(row["task"], row["reviews"]) for row in data["tasks"]] == [("capital", 1)]
    assert data["reviews"][0]["seconds"] == 7
    assert data["streak_hidden"] is True
    erase_person(by=leyla, now=now, person=leyla, password="a-quiet-river-42")
    for table in ("Picture", "SkillMastery", "TaskMemory", "Wish"):
        assert rows(f"practice.{table}") == []
    assert [row["seconds"] for row in rows("practice.ReviewNote")] == [None]
