"""Exams: what is drawn, the clock, extra time, handing in by person and by clock, and an exact result."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.catalog.queries import published_course
from bilik.catalog.source.check import check_course
from bilik.catalog.source.course import read_course
from bilik.exams import actions, queries
from bilik.exams.models import Sitting
from bilik.exams.rules import GRACE, drawn, has_passed, length_of
from bilik.grading.verdict import wrong
from bilik.skills.vocabulary import read_vocabulary
from bilik.submissions import runners
from bilik.submissions.actions import replace_verdict
from bilik.submissions.grading import grade_next
from tests.small_course import write

from .conftest import course_with_exam

pytestmark = pytest.mark.django_db


def pools(*sizes):
    """An exam with pools of these (pick, size), all tasks different."""
    made, number = [], 0
    for pick, size in sizes:
        made.append(SimpleNamespace(pick=pick, tasks=tuple(SimpleNamespace(task_id=number + n) for n in range(size))))
        number += size
    return SimpleNamespace(pools=made)


@given(st.lists(st.integers(1, 5).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))), max_size=4), st.text())
def test_each_pool_gives_as_many_as_it_should_and_the_same_lot_draws_the_same(sizes, lot):
    exam = pools(*sizes)
    tasks = drawn(exam, lot)
    assert tasks == drawn(exam, lot)
    assert len({task.task_id for task in tasks}) == len(tasks) == sum(pick for pick, _ in sizes)
    for pool in exam.pools:
        assert sum(task in pool.tasks for task in tasks) == pool.pick


def test_a_task_in_two_pools_is_drawn_once():
    shared = SimpleNamespace(task_id=1)
    exam = SimpleNamespace(pools=[SimpleNamespace(pick=1, tasks=(shared,)), SimpleNamespace(pick=1, tasks=(shared,))])
    assert drawn(exam, "x") == [shared]


def test_different_people_have_different_exams():
    assert len({tuple(task.task_id for task in drawn(pools((3, 10)), str(n))) for n in range(30)}) > 20


@pytest.mark.parametrize(
    ("minutes", "extra", "seconds"), [(30, "1", 1800), (30, "5/4", 2250), (1, "4/3", 80), (7, "10/9", 467)]
)
def test_extra_time_is_exact_and_rounded_for_the_person(minutes, extra, seconds):
    assert length_of(minutes, Fraction(extra)) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("score", "of", "cut", "passed"),
    [("6", 10, 60, True), ("5.999", 10, 60, False), ("0", 0, 50, False), ("0.333", 1, 34, False), ("1", 1, 100, True)],
)
def test_nobody_is_rounded_over_the_cut_score(score, of, cut, passed):
    assert has_passed(Decimal(score), of, cut) is passed


def test_an_exam_from_begin_to_result(final, leyla, begun, type_in, now):
    sitting = begun(leyla)
    assert sitting.ends_at == now + timedelta(minutes=30)
    names = [task.version.task.slug for task in queries.tasks_of(sitting)]
    assert len(names) == 4
    assert names[2:] == ["double", "secret-word"]
    type_in(leyla, sitting, secret_word="no idea")
    sitting = actions.hand_in(by=leyla, now=now + timedelta(minutes=9), ref=sitting.ref)
    assert (sitting.state, sitting.score) == ("handed_in", None), "a program waits for a checker"
    while grade_next() is not None:
        pass
    sitting.refresh_from_db()
    secret = next(task for task in queries.tasks_of(sitting) if task.version.task.slug == "secret-word")
    assert secret.submission.score == 0
    assert (sitting.state, sitting.score) == ("finished", sitting.of - secret.version.points)
    assert queries.is_passed(sitting)
    assert actions.hand_in(by=leyla, now=now, ref=sitting.ref).handed_in_at == now + timedelta(minutes=9)


def test_an_exams_answers_are_no_practice(final, leyla, begun, type_in, now, rows):
    sitting = begun(leyla)
    type_in(leyla, sitting)
    actions.hand_in(by=leyla, now=now, ref=sitting.ref)
    assert {row["context"] for row in rows("submissions.Submission")} == {"exam"}
    assert rows("learning.Progress") == []


def test_what_is_typed_is_kept_whatever_it_is_and_earns_nothing_when_it_is_no_answer(final, leyla, begun, now):
    sitting = begun(leyla)
    # Two of three are drawn; anything is an answer to the word, so it is typed into one of the others.
    at = next(task.position for task in queries.tasks_of(sitting) if task.version.task.slug in ("capital", "area"))
    said = actions.save_answer(by=leyla, now=now, ref=sitting.ref, position=at, fields={"answer": ["\x00 <b>?</b>"]})
    assert said is not None
    assert queries.tasks_of(sitting)[at - 1].fields == {"answer": ["\ufffd <b>?</b>"]}
    assert actions.hand_in(by=leyla, now=now, ref=sitting.ref).score == 0


def test_the_clock_ends_it_and_what_was_saved_counts(final, leyla, begun, type_in, now, refused):
    sitting = begun(leyla)
    over = sitting.ends_at + GRACE
    type_in(leyla, sitting, over, double="no program")
    with refused("time_over"):
        type_in(leyla, sitting, over + timedelta(seconds=1))
    assert actions.hand_in_overdue(now=over) == 0
    assert actions.hand_in_overdue(now=over + timedelta(seconds=1)) == 1
    sitting.refresh_from_db()
    assert sitting.handed_in_at == sitting.ends_at
    with refused("handed_in"):
        type_in(leyla, sitting)


def test_a_sitting_that_stumbles_keeps_no_other_from_its_end(final, leyla, jasur, begun, type_in, monkeypatch, caplog):
    caplog.set_level("ERROR")
    broken, sound = begun(leyla), begun(jasur)
    submitted = actions._submitted

    def stumble(sitting, task, now):
        if sitting.person_id == leyla.pk:
            raise KeyError("broken")
        return submitted(sitting, task, now)

    monkeypatch.setattr(actions, "_submitted", stumble)
    assert actions.hand_in_overdue(now=sound.ends_at + GRACE + timedelta(seconds=1)) == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, sound.state) == ("running", "finished")
    assert str(broken.ref) in caplog.text


def test_extra_time_by_accommodation(final, leyla, cast_with_extra_time, begun, now):
    sitting = begun(leyla)
    assert sitting.ends_at == now + timedelta(minutes=45)
    assert sitting.extra_time == "3/2"


@pytest.fixture
def cast_with_extra_time(leyla, now):
    """Leyla has half as much time again: her group grants it."""
    from bilik.groups.actions import add_member, found_group, grant_accommodation
    from bilik.people.actions import found_organisation

    centre = found_organisation(by=None, now=now, kind="academy", name="Hub", slug="hub")
    group = found_group(by=None, now=now, organisation=centre, name="Evening", kind="class", starts_on=now.date())
    add_member(by=None, now=now, group=group, person=leyla, part="learner")
    grant_accommodation(by=None, now=now, group=group, person=leyla, factor=Fraction(3, 2), reason="Reads slowly")


def test_one_at_a_time_and_as_often_as_it_may_be_taken(final, leyla, jasur, begun, now, refused):
    first = begun(leyla)
    with refused("already_running"):
        begun(leyla)
    begun(jasur)
    actions.hand_in(by=leyla, now=now, ref=first.ref)
    second = begun(leyla, now + timedelta(days=1))
    actions.hand_in(by=leyla, now=now, ref=second.ref)
    with refused("no_sittings_left"):
        begun(leyla, now + timedelta(days=2))
    assert Sitting.objects.filter(person=leyla).count() == 2


def test_two_clicks_at_the_same_moment_begin_one(publish, person, together, now):
    publish(course_with_exam())
    course, leyla = published_course("exam-course"), person("leyla")

    def begin():
        return actions.begin(by=leyla, now=now, course=course, exam=course.exam("final"))

    results = together(begin, begin)
    assert sorted(type(one).__name__ for one in results) == ["AlreadyRunning", "Sitting"]


def test_without_consent_nobody_begins(final, kamran, begun, refused):
    with refused("guardian_needed"):
        begun(kamran)


def test_another_persons_exam_cannot_be_touched(final, leyla, jasur, begun, type_in, now, refused):
    sitting = begun(leyla)
    with refused("no_such_sitting"):
        type_in(jasur, sitting)
    with refused("no_such_sitting"):
        actions.hand_in(by=jasur, now=now, ref=sitting.ref)
    assert queries.sitting_of(jasur, sitting.ref) is None


def test_a_replaced_verdict_changes_the_result_and_rebuilt_equals_stored(final, leyla, begun, type_in, now):
    sitting = begun(leyla)
    type_in(leyla, sitting, double="")
    sitting = actions.hand_in(by=leyla, now=now, ref=sitting.ref)
    answered = next(task for task in queries.tasks_of(sitting) if task.submission)
    of = answered.submission.of
    replace_verdict(submission_id=answered.submission_id, by=None, verdict=wrong(of), reason="Mended", now=now)
    before = sitting.score
    sitting.refresh_from_db()
    assert sitting.score == before - of
    assert actions.rebuild_result(sitting=sitting, now=now).score == sitting.score


def test_the_best_of_several_sittings(final, leyla, begun, type_in, now):
    for at, wrong_word in ((0, "no idea"), (1, "zanbaq-print")):
        sitting = begun(leyla, now + timedelta(days=at))
        type_in(leyla, sitting, now + timedelta(days=at), double="", secret_word=wrong_word)
        actions.hand_in(by=leyla, now=now + timedelta(days=at), ref=sitting.ref)
    finished = queries.results_of(type(leyla).objects.all(), final.course.course_id)
    best = queries.best_results(finished)
    assert list(best) == [(leyla.pk, "final")]
    assert best[leyla.pk, "final"].score == max(one.score for one in finished)


def test_ones_exams_are_given_and_forgotten(final, leyla, begun, type_in, now):
    from bilik.exams.data import erase, export

    sitting = begun(leyla)
    type_in(leyla, sitting, double="")
    actions.hand_in(by=leyla, now=now, ref=sitting.ref)
    assert export(leyla)["exams"][0]["exam"] == "final"
    erase(leyla, now)
    assert {str(task.fields) for task in queries.tasks_of(sitting)} == {"{}"}


@pytest.mark.parametrize(
    ("exam", "code"),
    [
        ("minutes = 0\n[[pools]]\npick = 1\ntasks = ['capital', 'secret-word']", "bad-value"),
        ("minutes = 9", "no-pools"),
        ("minutes = 9\n[[pools]]\npick = 3\ntasks = ['capital', 'secret-word']", "small-pool"),
        ("minutes = 9\n[[pools]]\npick = 1\ntasks = ['capital', 'nowhere', 'secret-word']", "no-exercise"),
        ("minutes = 9\n[[pools]]\npick = 1\ntasks = ['capital']", "placing"),
        ("minutes = 9\n[[pools]]\npick = 1\nskill = 'ext:reading-code'\ntasks = ['secret-word']", "pool"),
        ("minutes = 9\n[[pools]]\npick = 1\ndifficulty = '3-2'\ntasks = ['secret-word']", "bad-value"),
        ("minutes = 9\nlength = 3\n[[pools]]\npick = 1\ntasks = ['secret-word']", "unknown-key"),
        ("minutes = ", "no-exam"),
    ],
)
def test_what_an_author_gets_wrong_is_said(tmp_path, exam, code):
    problems = []
    course = read_course(write(tmp_path / "c", course_with_exam(exam)), problems=problems)
    findings = check_course(
        course, run=runners.pool().run, known_skills=read_vocabulary(), problems=problems, progress=lambda _: None
    )
    assert code in {problem.code for problem in findings.problems}
