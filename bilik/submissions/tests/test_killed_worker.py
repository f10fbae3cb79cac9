"""A worker is killed in the middle of a program: really, with SIGKILL. Nothing is lost and one attempt is counted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection

from bilik.kit.clock import utc_now
from bilik.submissions import grading
from bilik.submissions.models import Submission
from bilik.submissions.states import State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
PATIENCE_SECONDS = 60
SLOW = "import time\ntime.sleep(3)\nprint('salam')\n"


@pytest.fixture
def bilik_process():
    """The `bilik` program in a process of its own, on the database of the tests."""
    name = connection.settings_dict["NAME"]
    # The tests' database has another name than the academy's, and no setting says so.
    program = (
        "import sys, django; from django.conf import settings; "
        f"settings.DATABASES['default']['NAME'] = {str(name)!r}; "
        "from bilik.config.cli import main; sys.argv = ['bilik', *sys.argv[1:]]; main()"
    )
    started = []

    def start(*arguments):
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bilik.config.settings"}
        command = [sys.executable, "-c", program, *arguments]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_for(condition, process):
    """Until the condition holds; a worker that ended without it is an error with its words."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert process.poll() is None, process.communicate()[0].decode()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_killed_worker_loses_nothing(small, leyla, send, bilik_process, rows):
    sent = send(leyla, small.task("wait-long"), SLOW, now=utc_now())
    killed = bilik_process("worker")
    wait_for(lambda: Submission.objects.filter(pk=sent.pk, state=State.GRADING).exists(), killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (State.GRADING, "")
    assert grading.grade_next() is None

    later = utc_now() + timedelta(minutes=10)
    graded = grading.grade_next(clock=lambda: later)
    assert (graded.pk, graded.outcome, graded.tries) == (sent.pk, "accepted", 1)
    assert graded.answer == SLOW
    assert [row["attempts"] for row in rows("learning.Progress")] == [1]


def test_a_worker_that_is_asked_to_stop_finishes_what_it_holds(small, leyla, send, bilik_process):
    sent = send(leyla, small.task("wait-long"), SLOW, now=utc_now())
    asked = bilik_process("worker")
    wait_for(lambda: Submission.objects.filter(pk=sent.pk, state=State.GRADING).exists(), asked)
    asked.send_signal(signal.SIGTERM)
    assert asked.wait(PATIENCE_SECONDS) == 0
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (State.GRADED, "accepted")


def test_once_grades_what_waits_and_what_was_given_up_can_be_put_back(small, leyla, jasur, send, bilik_process):
    for person in (leyla, jasur):
        send(person, small.task("double"), "def double(n):\n    return 2 * n", now=utc_now())
        send(person, small.task("word"), now=utc_now())
    Submission.objects.filter(task_version=small.task("word").version_id).update(state=State.FAULT, tries=5)
    assert bilik_process("worker", "--once").wait(PATIENCE_SECONDS) == 0
    assert Submission.objects.filter(state=State.GRADED).count() == 2
    assert bilik_process("retry-faults").wait(PATIENCE_SECONDS) == 0
    assert bilik_process("worker", "--once").wait(PATIENCE_SECONDS) == 0
    assert set(Submission.objects.values_list("state", "outcome")) == {(State.GRADED, "accepted")}
