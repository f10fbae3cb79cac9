"""Progress: what is stored follows from the verdicts alone, and only answers show a skill."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilik.catalog.queries import published_course
from bilik.grading.verdict import Outcome, Verdict, accepted, invalid, wrong
from bilik.kit.ids import new_id
from bilik.learning.actions import rebuild_progress
from bilik.learning.queries import course_progress, skill_progress, where_to_continue
from bilik.submissions import actions as submissions

pytestmark = pytest.mark.django_db

MADE = {
    "right": accepted(4),
    "wrong": wrong(4),
    "partial": Verdict(Outcome.PARTIAL, Decimal("1.333"), 4),
    "other points": Verdict(Outcome.PARTIAL, Decimal(1), 3),
    "small": accepted(1),
    "most": Verdict(Outcome.PARTIAL, Decimal("3.999"), 4),
    "slow": Verdict(Outcome.TIME_LIMIT, Decimal(0), 4),
    "invalid": invalid(4),
    "fault": None,
}
one_answer = st.tuples(st.sampled_from(["capital", "even-numbers"]), st.sampled_from(sorted(MADE)), st.integers(0, 3))
names = count()


def stored(person):
    model = apps.get_model("learning.Progress")
    rows = model.objects.filter(person=person).order_by("task_id").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def answer(person, task, kind, sent_at, graded_at):
    submission, _ = submissions.submit(
        by=person, now=sent_at, task_version_id=task.version_id, seed=0, context="practice", key=new_id(),
        answer="x", language="en", grader="g", lease=timedelta(seconds=9),
    )  # fmt: skip
    held = {"submission_id": submission.pk, "grader": "g", "now": graded_at}
    if MADE[kind] is None:
        submissions.record_fault(**held, reason="broken")
    else:
        submissions.record_verdict(**held, verdict=MADE[kind])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(one_answer, max_size=9))
def test_what_is_stored_equals_what_is_rebuilt(small, person, now, answers):
    somebody = person(f"somebody{next(names)}")
    for number, (slug, kind, earlier) in enumerate(answers):
        # An answer may have been sent before one that was graded before it.
        graded_at = now + timedelta(minutes=number)
        answer(somebody, small.task(slug), kind, graded_at - timedelta(minutes=earlier), graded_at)
    before = stored(somebody)
    counted = [slug for slug, kind, _ in answers if kind not in {"invalid", "fault"}]
    assert sum(row["attempts"] for row in before) == len(counted)
    rebuild_progress(person=somebody)
    assert stored(somebody) == before
    apps.get_model("learning.Progress").objects.filter(person=somebody).delete()
    rebuild_progress(person=somebody)
    assert stored(somebody) == before


@pytest.mark.parametrize(
    ("kinds", "best"),
    [
        (["partial", "other points"], (Decimal(1), 3)),
        (["other points", "partial"], (Decimal(1), 3)),
        (["right", "other points"], (Decimal(4), 4)),
        (["small", "most"], (Decimal(1), 1)),
        (["small", "right"], (Decimal(1), 1)),
        (["wrong", "invalid", "fault"], (Decimal(0), 4)),
    ],
)
def test_the_best_is_the_best_share_and_of_equal_ones_the_first(small, leyla, now, kinds, best):
    for number, kind in enumerate(kinds):
        then = now + timedelta(minutes=number)
        answer(leyla, small.task("capital"), kind, then, then)
    (progress,) = stored(leyla)
    assert (progress["best_score"], progress["of"]) == best


def test_hints_survive_rebuilding(small, leyla, now, give):
    from bilik.learning.actions import take_hint

    take_hint(by=leyla, now=now, task=small.task("capital"), shown=0)
    give(leyla, small.task("capital"), "baku")
    before = stored(leyla)
    rebuild_progress(person=leyla)
    assert stored(leyla) == before
    assert before[0]["hints"] == 1


def test_the_best_share_of_the_points_counts_and_a_later_failure_takes_nothing_back(small, leyla, give, rows):
    task = small.task("even-numbers")
    scores = []
    for choices in (["three"], ["two"], ["two", "four"], ["five"]):
        give(leyla, task, *choices)
        scores.append(rows("learning.Progress")[0]["best_score"])
    assert scores == [Decimal(1), Decimal(3), Decimal(4), Decimal(4)]
    assert rows("learning.Progress")[0]["solved_at"] is not None


def test_opening_pages_shows_no_skill_and_only_answers_do(small, leyla, browser, give):
    page = browser(leyla)
    for lesson in small.source.lessons:
        page.get(f"/learn/small-course/{lesson.slug}/")
    assert skill_progress(leyla) == []
    give(leyla, small.task("capital"), "ganja")
    assert {row.skill_id: row.solved for row in skill_progress(leyla)}["ext:reading-code"] == 0
    give(leyla, small.task("capital"), "baku")
    row = next(row for row in skill_progress(leyla) if row.skill_id == "ext:reading-code")
    assert (row.solved, row.of) == (1, 3)


def test_a_waiting_and_a_given_up_answer_show_nothing(small, leyla, now):
    answer(leyla, small.task("capital"), "fault", now, now)
    assert skill_progress(leyla) == []
    assert where_to_continue(leyla).task == small.task("capital")


def test_where_to_continue_is_the_next_unsolved_task_and_goes_round(small, leyla, give, now):
    minutes = count()

    def solve(slug, *answers):
        give(leyla, small.task(slug), *answers, now=now + timedelta(minutes=next(minutes)))
        here = where_to_continue(leyla)
        return here.task and (here.lesson.slug, here.task.slug)

    assert where_to_continue(leyla) is None
    assert solve("even-numbers", "two") == ("01-choices", "even-numbers")
    assert solve("even-numbers", "two", "four") == ("02-numbers", "area")
    assert solve("alone", "zanbaq-print") == ("01-choices", "capital")
    assert solve("capital", "baku") == ("02-numbers", "area")


def test_after_everything_is_solved_there_is_no_next_task(tiny, leyla, give):
    task = tiny("only")
    give(leyla, task, "zanbaq-print")
    here = where_to_continue(leyla)
    assert (here.course.slug, here.task) == ("only", None)
    (row,) = course_progress(leyla, [published_course("only")])
    assert (row.is_done, row.next_lesson, row.solved, row.of) == (True, None, 1, 1)


def test_ones_own_progress_is_given_as_data(small, leyla, give, now):
    from bilik.people.actions import export_my_data

    give(leyla, small.task("capital"), "baku")
    (row,) = export_my_data(by=leyla, now=now, person=leyla)["learning"]["progress"]
    assert (row["course"], row["task"], row["attempts"], row["solved_at"]) == (
        "small-course",
        "capital",
        1,
        now.isoformat(),
    )


def test_progress_of_another_person_is_another_matter(small, leyla, jasur, give):
    give(leyla, small.task("capital"), "baku")
    assert where_to_continue(jasur) is None
    (row,) = course_progress(jasur, [published_course("small-course")])
    assert (row.solved, row.started) == (0, False)
