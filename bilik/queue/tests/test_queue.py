"""The queue: who is served when, and what happens when workers or the platform fail."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilik.queue import actions, queries, works
from bilik.queue.actions import LEASE, MOST_TRIES, PAUSES
from bilik.queue.models import Job, Line
from bilik.queue.states import JobState, Lane
from bilik.queue.working import work_next

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def served(now, worker="w"):
    """Subjects in the order in which workers take them, each ended at once."""
    found = []
    while (job := actions.take(worker=worker, now=now)) is not None:
        actions.end(job_id=job.pk, worker=worker, now=now, store=lambda _: None)
        found.append(job.subject)
    return found


class TestOrder:
    def test_one_party_is_served_in_its_order(self, put, now):
        for subject in (3, 1, 2):
            put(subject)
        assert served(now) == [3, 1, 2]

    def test_a_team_that_floods_makes_another_wait_for_one(self, put, now):
        for subject in range(50):
            put(subject, party="flood")
        put(100, party="quiet")
        put(101, party="quiet")
        order = served(now)
        assert order.index(100) <= 1
        assert order.index(101) <= 3

    def test_a_competition_that_floods_makes_another_wait_for_one(self, put, now):
        for subject in range(50):
            put(subject, "big", party=f"team {subject}")
        put(100, "small")
        put(101, "small")
        order = served(now)
        assert order.index(100) <= 1
        assert order.index(101) <= 3

    def test_nobody_saves_turns_up(self, put, now):
        """A line that was empty for long is not served alone until it has caught up."""
        for subject in range(40):
            put(subject, "busy")
        for _ in range(20):
            actions.end(job_id=actions.take(worker="w", now=now).pk, worker="w", now=now, store=lambda _: None)
        for subject in range(100, 110):
            put(subject, "late")
        first = served(now)[:10]
        assert Counter("late" if subject >= 100 else "busy" for subject in first) == {"late": 5, "busy": 5}

    def test_contest_before_practice_before_rescore(self, put, now):
        put(1, "a", lane=Lane.RESCORE)
        put(2, "a", lane=Lane.PRACTICE)
        put(3, "a", lane=Lane.CONTEST)
        assert served(now) == [3, 2, 1]

    def test_a_worker_for_some_lanes_takes_no_other(self, put, now):
        put(1, lane=Lane.RESCORE)
        assert actions.take(worker="w", now=now, lanes=[Lane.CONTEST, Lane.PRACTICE]) is None
        assert actions.take(worker="w", now=now, lanes=[Lane.RESCORE]).subject == 1

    def test_a_subject_has_one_open_job(self, put, now):
        first = put(1)
        assert put(1).pk == first.pk
        assert served(now) == [1]
        assert put(1).pk != first.pk


ARRIVALS = st.lists(
    st.tuples(st.sampled_from(list(Lane)), st.sampled_from("xyz"), st.sampled_from("abc"), st.booleans()), max_size=25
)


class TestPlace:
    @given(arrivals=ARRIVALS)
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_the_place_that_is_shown_is_the_order_in_which_jobs_are_taken(self, put, now, arrivals):
        Job.objects.all().delete()
        Line.objects.all().delete()
        for subject, (lane, line, party, take_one) in enumerate(arrivals):
            put(subject, line, party, lane)
            if take_one:
                job = actions.take(worker="w", now=now)
                actions.end(job_id=job.pk, worker="w", now=now, store=lambda _: None)
        waiting = Job.objects.filter(state=JobState.WAITING).values_list("subject", flat=True)
        said = {subject: queries.standing_of("test.work", subject, now).place for subject in waiting}
        assert [said[subject] for subject in served(now)] == list(range(1, len(said) + 1))

    def test_expected_time_comes_from_the_last_jobs_and_the_workers_seen(self, put, now):
        put(1)
        assert queries.standing_of("test.work", 1, now).expected is None
        for subject, worker in ((1, "one"), (2, "two")):
            put(subject)
            job = actions.take(worker=worker, now=now)
            actions.end(job_id=job.pk, worker=worker, now=now + 4 * SECOND, store=lambda _: None)
        put(3)
        put(4)
        later = now + 5 * SECOND
        assert queries.standing_of("test.work", 4, later) == queries.Standing(JobState.WAITING, 2, 4 * SECOND)
        assert queries.standing_of("test.work", 1, later) == queries.Standing(JobState.DONE, 0, None)
        assert queries.standing_of("test.work", 99, later) is None

    def test_an_organiser_sees_the_lines(self, put, now):
        put(1, "cup")
        put(2, "cup", at=now + SECOND)
        put(3, "night", lane=Lane.RESCORE)
        actions.take(worker="w", now=now)
        assert queries.lines_now() == [
            queries.LineNow(Lane.CONTEST, "cup", 1, 1, now + SECOND),
            queries.LineNow(Lane.RESCORE, "night", 1, 0, now),
        ]


class TestFaults:
    def test_a_worker_without_a_sign_of_life_loses_the_job_and_its_result(self, put, now, refused):
        put(1)
        job = actions.take(worker="dead", now=now)
        assert actions.take(worker="other", now=now + LEASE) is None
        again = actions.take(worker="other", now=now + LEASE + SECOND)
        assert (again.pk, again.tries) == (job.pk, 1)
        stored = []
        with refused("lease_lost"):
            actions.end(job_id=job.pk, worker="dead", now=now, store=stored.append)
        assert stored == []
        assert not actions.beat(job_id=job.pk, worker="dead", now=now)

    def test_signs_of_life_keep_the_job(self, put, now):
        put(1)
        job = actions.take(worker="w", now=now)
        assert actions.beat(job_id=job.pk, worker="w", now=now + LEASE)
        assert actions.take(worker="other", now=now + LEASE + SECOND) is None

    def test_the_third_fault_gives_it_up_and_tells_who_must_not_pay(self, put, told, now):
        put(1)
        at = now
        for number in range(MOST_TRIES):
            job = actions.take(worker="w", now=at)
            job = actions.record_fault(job_id=job.pk, worker="w", reason="no disk", now=at)
            if number < MOST_TRIES - 1:
                assert actions.take(worker="w", now=at + PAUSES[number] - SECOND) is None
                at += PAUSES[number]
        assert (job.state, job.fault, told.given_up) == (JobState.FAULT, "no disk", [1])
        assert list(queries.given_up()) == [job]

    def test_a_worker_that_dies_again_and_again_gives_it_up_too(self, put, told, now):
        put(1)
        at = now
        for _ in range(MOST_TRIES):
            assert actions.take(worker="w", now=at) is not None
            at += LEASE + SECOND
        assert actions.take(worker="w", now=at) is None
        assert told.given_up == [1]

    def test_what_was_given_up_can_be_put_back_once(self, put, told, now):
        put(1)
        for _ in range(MOST_TRIES):
            job = actions.take(worker="w", now=now)
            actions.record_fault(job_id=job.pk, worker="w", reason="x", now=now - timedelta(hours=1))
        assert actions.retry(job_id=job.pk, now=now).state == JobState.WAITING
        assert actions.retry(job_id=job.pk, now=now).pk == job.pk
        assert served(now) == [1]

    def test_what_fails_to_be_stored_leaves_the_job_with_its_worker(self, put, now):
        put(1)
        job = actions.take(worker="w", now=now)

        def store(_):
            Line.objects.create(lane=Lane.RESCORE, name="half stored")
            raise ValueError

        with pytest.raises(ValueError):
            actions.end(job_id=job.pk, worker="w", now=now, store=store)
        job.refresh_from_db()
        assert job.state == JobState.RUNNING
        assert not Line.objects.filter(name="half stored").exists()


class TestWorking:
    def test_a_step_does_the_job_and_stores_once(self, put, told):
        put(7)
        assert work_next().state == JobState.DONE
        assert (told.done, told.stored) == ([7], [7])
        assert work_next() is None

    def test_a_stumble_is_a_fault_and_no_dead_worker(self, put, told):
        put(7)

        def stumble(_):
            raise ZeroDivisionError("by zero")

        told.does = stumble
        job = work_next()
        assert (job.state, job.fault, job.tries) == (JobState.WAITING, "ZeroDivisionError: by zero", 1)
        assert told.stored == []

    def test_a_worker_that_is_told_to_stop_lets_go(self, put, told):
        job = put(7)

        def stop(_):
            raise SystemExit(0)

        told.does = stop
        with pytest.raises(SystemExit):
            work_next()
        job.refresh_from_db()
        assert (job.state, job.tries, job.lease_by) == (JobState.WAITING, 0, "")

    def test_a_database_that_is_away_is_raised(self, put, told):
        put(7)

        def away(_):
            raise OperationalError("locked")

        told.does = away
        with pytest.raises(OperationalError):
            work_next()

    def test_a_result_that_comes_too_late_is_dropped(self, put, told, now):
        job = put(7)
        told.does = lambda _: Job.objects.filter(pk=job.pk).update(lease_by="another")
        work_next()
        assert told.stored == []

    def test_work_that_this_worker_does_not_know_waits_for_one_that_does(self, put, told, now):
        unknown = put(1)
        Job.objects.filter(pk=unknown.pk).update(work="of a newer version")
        put(2)
        assert served(now) == [2]
        unknown.refresh_from_db()
        assert (unknown.state, unknown.tries) == (JobState.WAITING, 0)

    def test_a_name_is_registered_once(self, told):
        works.register(told.work)
        with pytest.raises(ValueError, match="already"):
            works.register(works.Work("test.work", lambda _: lambda _: None, lambda *_: None, 1.0))


class TestTogether:
    def test_two_workers_never_take_the_same_job(self, put, together, now):
        for subject in range(6):
            put(subject, line="xy"[subject % 2])
        found = together(*[lambda n=n: actions.take(worker=f"w{n}", now=now) for n in range(6)])
        assert sorted(job.subject for job in found) == [0, 1, 2, 3, 4, 5]

    def test_the_same_subject_put_in_at_once_is_one_job(self, put, together, now):
        found = together(*[lambda: put(1) for _ in range(4)])
        assert len({job.pk for job in found}) == 1
