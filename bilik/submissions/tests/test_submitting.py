"""Storing an answer: once for each key, for good, with a journal entry that holds no answer."""

from __future__ import annotations

import pytest

from bilik.kit.ids import new_id
from bilik.submissions import actions
from bilik.submissions.errors import KeyOfAnother
from bilik.submissions.queries import submission_by_key, submission_of, submissions_to_task
from bilik.submissions.states import State

pytestmark = pytest.mark.django_db


def submit(by, task, now, key, answer="x", **more):
    return actions.submit(
        by=by, now=now, task_version_id=task.version_id, seed=0, context="practice", key=key, answer=answer,
        language="en", **more,
    )  # fmt: skip


def test_the_same_key_twice_is_one_submission_and_keeps_the_first_answer(small, leyla, now, rows):
    key = new_id()
    first, is_new = submit(leyla, small.task("word"), now, key, "first")
    again, is_new_again = submit(leyla, small.task("word"), now, key, "second")
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert [row["answer"] for row in rows("submissions.Submission")] == ["first"]
    assert [row["verb"] for row in rows("people.JournalEntry")].count("submissions.submitted") == 1


def test_a_key_of_another_task_is_refused(small, leyla, now, refused, rows):
    key = new_id()
    submit(leyla, small.task("word"), now, key)
    with refused("key_of_another"):
        submit(leyla, small.task("area"), now, key)
    assert len(rows("submissions.Submission")) == 1


def test_two_people_may_use_the_same_key(small, leyla, jasur, now, rows):
    key = new_id()
    submit(leyla, small.task("word"), now, key)
    assert submit(jasur, small.task("word"), now, key)[1]
    assert {row["person_id"] for row in rows("submissions.Submission")} == {leyla.pk, jasur.pk}


def test_four_requests_with_one_key_at_once_are_one_submission(small, leyla, now, together, rows):
    key, task = new_id(), small.task("word")
    done = together(*[lambda: submit(leyla, task, now, key)] * 4)
    assert len({submission.pk for submission, _ in done}) == 1
    assert sorted(is_new for _, is_new in done) == [False, False, False, True]
    assert len(rows("submissions.Submission")) == 1


def test_one_key_for_two_tasks_at_once_is_one_submission_and_one_refusal(small, leyla, now, together, rows):
    key, tasks = new_id(), [small.task("word"), small.task("area")]
    done = together(*(lambda task=task: submit(leyla, task, now, key) for task in tasks))
    assert sum(isinstance(one, KeyOfAnother) for one in done) == 1
    assert len(rows("submissions.Submission")) == 1


def test_a_new_answer_waits_unless_its_request_grades_it(small, leyla, now):
    from datetime import timedelta

    waiting, _ = submit(leyla, small.task("word"), now, new_id())
    held, _ = submit(leyla, small.task("word"), now, new_id(), grader="web/1", lease=timedelta(seconds=9))
    assert (waiting.state, waiting.lease_until) == (State.QUEUED, None)
    assert (held.state, held.lease_by, held.lease_until) == (State.GRADING, "web/1", now + timedelta(seconds=9))


def test_the_journal_holds_no_answer(small, leyla, now, rows):
    submit(leyla, small.task("word"), now, new_id(), "my secret diary")
    assert "diary" not in str(rows("people.JournalEntry"))


def test_fetching_gives_people_their_own_submissions_only(small, leyla, jasur, send):
    sent = send(leyla, small.task("word"))
    assert submission_of(leyla, sent.pk) == sent
    assert submission_of(jasur, sent.pk) is None
    assert submission_by_key(jasur, sent.key) is None
    assert list(submissions_to_task(jasur, small.task("word").task_id)) == []


def test_a_persons_answers_are_given_to_them_and_erased_with_them(small, leyla, jasur, give, now, rows):
    from bilik.people.actions import erase_person, export_my_data

    leyla.set_password("tilework-and-saffron-7")
    leyla.save()
    give(leyla, small.task("word"), "my secret diary")
    give(leyla, small.task("even-numbers"), "two", "five")
    give(jasur, small.task("word"), "his own")
    answers = export_my_data(by=leyla, now=now, person=leyla)["submissions"]["answers"]
    assert [one["answer"] for one in answers] == ["my secret diary", ["two", "five"]]
    assert [one["verdict"] for one in answers] == ["wrong", "partial"]

    erase_person(by=leyla, now=now, person=leyla, password="tilework-and-saffron-7")
    stored = rows("submissions.Submission")
    assert [row["answer"] for row in stored] == ["", "", "his own"]
    assert [row["feedback"] for row in stored][:2] == [[], []]
    assert [row["outcome"] for row in stored] == ["wrong", "partial", "wrong"]
