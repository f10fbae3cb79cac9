"""The queue: moves, order, leases, and that one submission has one verdict."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from decimal import Decimal

import pytest

from bilik.grading.verdict import Outcome, Verdict, accepted, wrong
from bilik.submissions import actions, handlers
from bilik.submissions.models import Submission
from bilik.submissions.queries import given_up, has_waiting, place_in_queue, queue_length
from bilik.submissions.states import MOVES, State

from .conftest import LEASE

pytestmark = pytest.mark.django_db
LATER = LEASE + timedelta(seconds=1)
RIGHT = accepted(1)
# Answers that people mark never queue; test_marks.py is about them.
IN_QUEUE = [state for state in State if state not in (State.MARKING, State.WITHDRAWN)]


def in_state(submission, state, grader="g"):
    """Brings a fresh submission into a state through the real verbs."""
    held = {"submission_id": submission.pk, "grader": grader}
    now = submission.received_at
    if state != State.QUEUED:
        actions.claim_next(grader=grader, now=now, lease_for=lambda _: LEASE)
    if state == State.GRADED:
        actions.record_verdict(**held, verdict=RIGHT, now=now)
    if state == State.FAULT:
        Submission.objects.filter(pk=submission.pk).update(tries=actions.MOST_TRIES - 1)
        actions.record_fault(**held, reason="broken", now=now)
    submission.refresh_from_db()
    assert submission.state == state
    return submission


def move(submission, target, now):
    """The verb that leads to a state, by the grader that holds the submission."""
    held = {"submission_id": submission.pk, "grader": "g"}
    if target == State.GRADING:
        actions.claim_next(grader="other", now=now, lease_for=lambda _: LEASE)
    elif target == State.GRADED:
        actions.record_verdict(**held, verdict=wrong(1), now=now)
    elif target == State.QUEUED and submission.state == State.FAULT:
        actions.retry_fault(submission_id=submission.pk, by=None, now=now)
    elif target == State.QUEUED:
        actions.put_back(**held)
    else:
        Submission.objects.filter(pk=submission.pk).update(tries=actions.MOST_TRIES - 1)
        actions.record_fault(**held, reason="broken", now=now)


@pytest.mark.parametrize("target", IN_QUEUE)
@pytest.mark.parametrize("start", IN_QUEUE)
def test_only_the_moves_in_the_table_happen(small, leyla, send, now, start, target):
    submission = in_state(send(leyla, small.task("word")), start)
    if start == target:
        return
    with contextlib.suppress(actions.IllegalMove):
        move(submission, target, now)
    submission.refresh_from_db()
    assert submission.state == (target if target in MOVES[start] else start)


def test_every_state_has_its_moves_and_a_verdict_is_for_ever():
    assert set(MOVES) == set(State)
    assert MOVES[State.GRADED] == ()


def test_the_oldest_is_taken_first_and_each_once(small, leyla, jasur, send, claim):
    sent = [send(leyla, small.task("word")), send(jasur, small.task("word")), send(leyla, small.task("area"), "1")]
    assert [claim("g").pk for _ in sent] == [one.pk for one in sent]
    assert claim("g") is None


def test_places_in_the_queue_count_what_is_graded_before(small, leyla, send, claim):
    first, second, third = (send(leyla, small.task("word")) for _ in range(3))
    assert [place_in_queue(one) for one in (first, second, third)] == [1, 2, 3]
    claim("g")
    first.refresh_from_db()
    assert [place_in_queue(one) for one in (first, second)] == [0, 2]
    assert queue_length() == 3
    assert has_waiting(leyla, small.task("word").task_id)


def test_a_lease_that_has_not_run_out_is_respected(small, leyla, send, claim, now):
    send(leyla, small.task("word"))
    assert claim("first") is not None
    assert claim("second", now + LEASE) is None


def test_when_a_lease_runs_out_another_takes_it_and_the_first_ones_verdict_is_ignored(
    small, leyla, send, claim, now, rows
):
    sent = send(leyla, small.task("word"))
    claim("first")
    taken = claim("second", now + LATER)
    assert (taken.pk, taken.lease_by, taken.tries) == (sent.pk, "second", 1)
    with pytest.raises(actions.IllegalMove):
        actions.record_verdict(submission_id=sent.pk, grader="first", verdict=RIGHT, now=now + LATER)
    actions.record_verdict(submission_id=sent.pk, grader="second", verdict=wrong(1), now=now + LATER)
    late = actions.record_verdict(submission_id=sent.pk, grader="first", verdict=RIGHT, now=now + LATER)
    assert late.outcome == "wrong"
    assert [row["attempts"] for row in rows("learning.Progress")] == [1]


def test_what_a_lost_grader_reports_later_changes_nothing(small, leyla, send, claim, now):
    sent = send(leyla, small.task("word"))
    claim("first")
    claim("second", now + LATER)
    actions.put_back(submission_id=sent.pk, grader="first")
    actions.record_fault(submission_id=sent.pk, grader="first", reason="late", now=now + LATER)
    sent.refresh_from_db()
    assert (sent.state, sent.lease_by, sent.tries, sent.fault) == (State.GRADING, "second", 1, "")


def test_a_verdict_is_recorded_once_and_its_handler_hears_of_the_answer_and_of_the_verdict_once(
    small, leyla, send, claim, now, monkeypatch
):
    heard = []
    monkeypatch.setitem(handlers._HANDLERS, "practice", lambda one, when: heard.append((one.pk, one.outcome, when)))
    sent = send(leyla, small.task("word"))
    claim("g")
    for verdict in (RIGHT, wrong(1)):
        actions.record_verdict(submission_id=sent.pk, grader="g", verdict=verdict, now=now)
    assert heard == [(sent.pk, "", now), (sent.pk, "accepted", now)]
    sent.refresh_from_db()
    assert (sent.outcome, sent.lease_by, sent.lease_until) == ("accepted", "", None)


def test_when_the_handler_fails_the_verdict_is_not_stored_either(small, leyla, send, claim, now, monkeypatch):
    def broken(submission, when):
        raise RuntimeError("the projection is broken")

    sent = send(leyla, small.task("word"))
    claim("g")
    monkeypatch.setitem(handlers._HANDLERS, "practice", broken)
    with pytest.raises(RuntimeError):
        actions.record_verdict(submission_id=sent.pk, grader="g", verdict=RIGHT, now=now)
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (State.GRADING, "")


def test_a_context_has_one_handler():
    with pytest.raises(ValueError, match="practice"):
        handlers.register("practice", lambda submission, when: None, lambda submission, when: None)


def test_a_verdict_is_stored_exactly(small, leyla, send, claim, now):
    sent = send(leyla, small.task("even-numbers"), ["two"])
    claim("g")
    verdict = Verdict(Outcome.PARTIAL, Decimal("1.333"), 4, evidence={"checker": "x/1"}, ms=7)
    actions.record_verdict(submission_id=sent.pk, grader="g", verdict=verdict, now=now)
    sent.refresh_from_db()
    assert (sent.score, sent.of, sent.evidence, sent.ms) == (Decimal("1.333"), 4, {"checker": "x/1"}, 7)
    assert given_up().count() == 0


def test_workers_at_once_never_hold_the_same_submission(small, leyla, send, together, now, rows):
    sent = [send(leyla, small.task("word")) for _ in range(24)]

    def worker(name):
        taken = []
        while (one := actions.claim_next(grader=name, now=now, lease_for=lambda _: LEASE)) is not None:
            taken.append(one.pk)
            actions.record_verdict(submission_id=one.pk, grader=name, verdict=RIGHT, now=now)
        return taken

    taken = together(*(lambda name=name: worker(name) for name in ("a", "b", "c")))
    assert sorted(pk for one in taken for pk in one) == [one.pk for one in sent]
    assert [row["attempts"] for row in rows("learning.Progress")] == [24]
