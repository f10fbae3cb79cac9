"""When the platform fails: nothing is lost, nothing is counted, and after several times a person looks at it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.submissions import actions, grading, runners
from bilik.submissions.models import Submission
from bilik.submissions.queries import given_up, submission_of
from bilik.submissions.states import State
from runner.faults import Busy, PlatformFault

pytestmark = pytest.mark.django_db
LONG = timedelta(hours=1)


def dead(wait_seconds):
    """At the boundary of the pool: what its `run` does when there is no sandbox, or when all places are taken."""

    def run(job):
        raise PlatformFault("no namespaces here \x00")

    return run


def busy(wait_seconds):
    def run(job):
        raise Busy("all 2 places were taken")

    return run


@pytest.fixture
def sent(small, leyla, send):
    return send(leyla, small.task("say-salam"), "print('salam')")


def test_a_fault_puts_the_answer_back_and_the_next_try_waits_a_little(sent, work, now, monkeypatch):
    monkeypatch.setattr(runners, "runner", dead)
    failed = work()
    assert (failed.state, failed.tries) == (State.QUEUED, 1)
    assert "no namespaces here" in failed.fault
    assert work() is None
    monkeypatch.undo()
    graded = work(now + LONG)
    assert (graded.pk, graded.outcome, graded.fault) == (sent.pk, "accepted", "")


def test_after_five_faults_it_is_given_up_and_no_attempt_is_counted(sent, work, now, leyla, rows, monkeypatch):
    monkeypatch.setattr(runners, "runner", dead)
    states = [work(now + LONG * number).state for number in range(actions.MOST_TRIES)]
    assert states == [State.QUEUED] * 4 + [State.FAULT]
    assert work(now + LONG * 9) is None
    assert list(given_up()) == [sent]
    assert [row["attempts"] for row in rows("learning.Progress")] == [0]
    assert submission_of(leyla, sent.pk).answer == "print('salam')"
    assert [row["verb"] for row in rows("people.JournalEntry")].count("submissions.gave_up") == 1


def test_what_was_given_up_is_graded_once_a_person_puts_it_back(sent, work, now, rows, monkeypatch):
    monkeypatch.setattr(runners, "runner", dead)
    for number in range(actions.MOST_TRIES):
        work(now + LONG * number)
    monkeypatch.undo()
    actions.retry_fault(submission_id=sent.pk, by=None, now=now)
    assert work().outcome == "accepted"
    assert [row["attempts"] for row in rows("learning.Progress")] == [1]
    with pytest.raises(actions.IllegalMove):
        actions.retry_fault(submission_id=sent.pk, by=None, now=now)


def test_while_no_runner_is_free_it_waits_and_no_try_is_counted(sent, work, now, monkeypatch):
    monkeypatch.setattr(runners, "runner", busy)
    for _ in range(actions.MOST_TRIES + 2):
        waiting = work()
        assert (waiting.state, waiting.tries, waiting.lease_until) == (State.QUEUED, 0, None)
    monkeypatch.undo()
    assert work().outcome == "accepted"


def test_a_grader_that_goes_away_every_time_ends_in_a_fault_and_the_next_in_line_is_served(
    small, leyla, send, sent, claim, now, rows
):
    after = send(leyla, small.task("word"))
    for number in range(actions.MOST_TRIES):
        assert claim(f"g{number}", now + LONG * number).pk == sent.pk
    taken = claim("g9", now + LONG * 9)
    assert taken.pk == after.pk
    assert list(given_up()) == [sent]
    assert [row["verb"] for row in rows("people.JournalEntry")].count("submissions.gave_up") == 1


def test_a_checker_that_stumbles_is_our_fault_and_takes_no_worker_with_it(sent, work, monkeypatch):
    def stumble(spec, answer, *, run):
        raise RecursionError("too deep")

    monkeypatch.setattr(grading, "check", stumble)
    failed = work()
    assert (failed.state, failed.tries, failed.fault) == (State.QUEUED, 1, "RecursionError: too deep")


@pytest.mark.parametrize(
    "program",
    ["print('sal\\x00am')", "print('\\ud83d')", "raise ValueError('\\x00\\udc00')", "print(chr(0x10ffff) + '\\u0000')"],
)
def test_what_a_program_prints_can_always_be_stored(small, leyla, send, work, program):
    send(leyla, small.task("say-salam"), program)
    graded = work()
    assert graded.state == State.GRADED
    graded.refresh_from_db()
    assert graded.outcome in {"wrong", "runtime_error"}


def test_a_broken_sandbox_is_seen_in_its_state_and_not_as_an_error(monkeypatch, settings):
    class Broken:
        def run(self, job, wait_seconds):
            raise PlatformFault("no sandbox on this machine")

    assert runners.state_of_sandbox().works
    monkeypatch.setattr(runners, "_pool", Broken())
    state = runners.state_of_sandbox()
    assert (state.works, state.reason) == (False, "no sandbox on this machine")


def test_a_kind_without_programs_never_reaches_a_runner(small, leyla, send, work, monkeypatch):
    monkeypatch.setattr(runners, "runner", dead)
    send(leyla, small.task("word"))
    assert work().outcome == "accepted"
    with pytest.raises(PlatformFault):
        runners.no_runner(None)


def test_a_lease_is_longer_than_the_longest_run_of_its_task(small):
    for task in ("double", "word"):
        submission = Submission(task_version_id=small.task(task).version_id, seed=0)
        assert grading.lease_for(submission) >= timedelta(seconds=20)
