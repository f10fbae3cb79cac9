"""Answers that people mark: they wait, a newer one takes their place, files stay, verdicts can be replaced."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest

from bilik.grading.uploads import Upload
from bilik.grading.verdict import Outcome, Verdict, accepted, wrong
from bilik.kit.ids import new_id
from bilik.submissions import actions, queries
from bilik.submissions.models import AttachedContent, Attachment, EarlierVerdict, Submission
from bilik.submissions.states import State
from tests.small_course import ESSAY, PROJECT

pytestmark = pytest.mark.django_db
HALF = Verdict(Outcome.PARTIAL, Decimal(2), 4)
CODE = Upload("rain.py", b"print(1)\n")


@pytest.fixture
def essay(tiny):
    return tiny("essay-course", ESSAY)


@pytest.fixture
def project(tiny):
    return tiny("project-course", PROJECT)


@pytest.fixture
def hand_in(now):
    def send(by, task, answer="My village lies on a river.", **more):
        facts = {"now": now, "key": new_id(), "context": "practice", "language": "en", "seed": 0} | more
        return actions.submit_for_marking(by=by, task_version_id=task.version_id, answer=answer, **facts)

    return send


def work(*files, text="See the files."):
    return {"text": text, "link": "", "files": [json.loads(file.description()) for file in files]}


def progress(person, rows):
    return [
        (row["attempts"], row["best_score"], bool(row["solved_at"]))
        for row in rows("learning.Progress")
        if row["person_id"] == person.pk
    ]


def test_an_answer_waits_for_people_and_no_worker_takes_it(essay, leyla, hand_in, claim, rows):
    sent, is_new = hand_in(leyla, essay)
    assert (sent.state, is_new, sent.is_waiting) == (State.MARKING, True, False)
    assert claim("g") is None
    assert progress(leyla, rows) == [(0, 0, False)]


def test_the_same_key_again_is_the_same_answer(essay, leyla, hand_in):
    key = new_id()
    first, _ = hand_in(leyla, essay, key=key)
    again, is_new = hand_in(leyla, essay, "Something else altogether", key=key)
    assert (again.pk, is_new, again.state) == (first.pk, False, State.MARKING)


def test_a_newer_answer_takes_the_place_of_one_that_nobody_has_marked(
    essay, leyla, jasur, hand_in, now, rows, rebuilt_equals_stored
):
    first, _ = hand_in(leyla, essay)
    other, _ = hand_in(jasur, essay)
    second, _ = hand_in(leyla, essay, "My village lies in the mountains.", now=now + timedelta(hours=1))
    states = {row["id"]: row["state"] for row in rows("submissions.Submission")}
    assert states == {first.pk: "withdrawn", other.pk: "marking", second.pk: "marking"}
    rebuilt_equals_stored(leyla)


def test_a_marked_answer_stays_when_a_newer_one_comes(essay, leyla, hand_in, now, rows):
    first, _ = hand_in(leyla, essay)
    actions.record_marks(submission_id=first.pk, by=None, verdict=HALF, now=now)
    hand_in(leyla, essay, "A second try at the essay.")
    assert [row["state"] for row in rows("submissions.Submission")] == ["graded", "marking"]
    assert progress(leyla, rows) == [(1, 2, False)]


def test_marks_are_recorded_once(essay, leyla, hand_in, now, rows):
    sent, _ = hand_in(leyla, essay)
    actions.record_marks(submission_id=sent.pk, by=None, verdict=HALF, now=now)
    again = actions.record_marks(submission_id=sent.pk, by=None, verdict=accepted(4), now=now)
    assert (again.outcome, again.score) == ("partial", 2)
    assert progress(leyla, rows) == [(1, 2, False)]


def test_what_does_not_wait_to_be_marked_cannot_be_marked(small, leyla, send, now, refused):
    queued = send(leyla, small.task("word"))
    with refused("illegal_move"):
        actions.record_marks(submission_id=queued.pk, by=None, verdict=HALF, now=now)
    with refused("illegal_move"):
        actions.replace_verdict(submission_id=queued.pk, by=None, verdict=HALF, reason="x", now=now)


def test_a_replaced_verdict_is_kept_with_its_reason_and_progress_follows(
    essay, leyla, kamran, hand_in, now, rows, rebuilt_equals_stored
):
    sent, _ = hand_in(leyla, essay)
    actions.record_marks(submission_id=sent.pk, by=kamran, verdict=accepted(4), now=now)
    assert progress(leyla, rows) == [(1, 4, True)]
    later = now + timedelta(days=1)
    actions.replace_verdict(submission_id=sent.pk, by=kamran, verdict=wrong(4), reason="Copied.", now=later)
    assert progress(leyla, rows) == [(1, 0, False)]
    (kept,) = EarlierVerdict.objects.all()
    assert (kept.outcome, kept.score, kept.graded_at, kept.replaced_at) == ("accepted", 4, now, later)
    assert (kept.replaced_by, kept.reason) == (kamran, "Copied.")
    sent.refresh_from_db()
    assert (sent.outcome, sent.score, sent.graded_at, sent.state) == ("wrong", 0, later, "graded")
    rebuilt_equals_stored(leyla)
    assert rows("people.JournalEntry")[-1]["data"] == {"from": "4.000", "to": "0", "reason": "Copied."}


def test_files_are_kept_once_and_stay_with_their_answers(project, leyla, jasur, hand_in):
    mine, _ = hand_in(leyla, project, work(CODE), files=[CODE])
    theirs, _ = hand_in(jasur, project, work(CODE), files=[CODE])
    digest = hashlib.sha256(CODE.content).hexdigest()
    assert queries.attachment_of(mine, digest) == queries.attachment_of(theirs, digest) == ("rain.py", CODE.content)
    assert AttachedContent.objects.count() == 1
    assert queries.attachment_of(mine, "0" * 64) is None


def test_a_file_handed_in_before_need_not_come_again(project, leyla, hand_in):
    hand_in(leyla, project, work(CODE), files=[CODE])
    again, _ = hand_in(leyla, project, work(CODE, text="Now with words."))
    assert [file.name for file in again.attachments.all()] == ["rain.py"]


def test_a_file_of_somebody_else_cannot_be_had_by_its_digest(project, leyla, jasur, hand_in, refused):
    hand_in(leyla, project, work(CODE), files=[CODE])
    with refused("file_missing"):
        hand_in(jasur, project, work(CODE))
    assert Submission.objects.filter(person=jasur).count() == 0


def test_erasing_a_person_forgets_files_that_nobody_else_has(project, leyla, jasur, hand_in, now):
    from bilik.submissions.data import erase, export

    own = Upload("own.py", b"print('mine')\n")
    hand_in(leyla, project, work(CODE, own), files=[CODE, own])
    hand_in(jasur, project, work(CODE), files=[CODE])
    assert export(leyla)["answers"][0]["files"] == ["rain.py", "own.py"]
    erase(leyla, now)
    assert [file.submission.person for file in Attachment.objects.all()] == [jasur]
    assert [bytes(kept.content) for kept in AttachedContent.objects.all()] == [CODE.content]
