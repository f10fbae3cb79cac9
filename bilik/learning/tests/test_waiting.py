"""When the verdict is not there at once: all runners busy, the sandbox broken, the database locked, the disk full."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from bilik.kit.clock import utc_now
from bilik.kit.ids import new_id
from bilik.submissions import grading, runners
from bilik.submissions.states import State
from runner.faults import PlatformFault
from runner.host import Pool
from tests.small_course import NUMPY

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
PROGRAM = "print('salam')  # <mine>"


@pytest.fixture
def all_places_taken(settings):
    """As many programs as may run are running; they end when the test says so."""
    settings.RUNNER_WAIT_SECONDS = 0.01
    places, size = runners.pool()._places, runners.pool().size
    taken = [places.acquire() for _ in range(size)]

    def give_back():
        while taken:
            taken.pop()
            places.release()

    yield give_back
    give_back()


@pytest.fixture
def no_libraries(monkeypatch):
    """The academy's sandbox as it is where the learners' libraries were never installed."""
    pool = Pool(size=1, library_path="/nowhere")
    monkeypatch.setattr(runners, "_pool", pool)
    yield
    pool.close()


def send(page, small, slug="wait-long", program=PROGRAM, **more):
    return page.post(small.url("answer", slug), {"answer": program, "key": str(new_id())}, **more)


def test_an_answer_that_waits_shows_its_place_and_follows_it_until_the_verdict_is_there(
    small, leyla, browser, all_places_taken, rows
):
    page = browser(leyla)
    html = send(page, small, headers=HTMX).content.decode()
    address = small.url("task", "wait-long")
    assert "Your answer is stored and waits for a checker." in html
    assert "Place in the queue: 1." in html
    assert f'hx-get="{address}" hx-trigger="every 1500ms"' in html
    assert [row["attempts"] for row in rows("learning.Progress")] == [0]

    all_places_taken()
    assert grading.grade_next().outcome == "accepted"
    html = page.get(address, headers=HTMX).content.decode()
    assert "Right!" in html
    assert "hx-trigger" not in html


def test_who_leaves_and_comes_back_finds_the_answer_waiting(small, leyla, browser, all_places_taken):
    page = browser(leyla)
    response = send(page, small)
    assert response.status_code == 302
    html = page.get(response["Location"]).content.decode()
    assert "Place in the queue: 1." in html
    assert "hx-trigger" in html
    assert PROGRAM in unescape(html)
    assert "Place in the queue: 1." in page.get(small.url("attempts", "wait-long")).content.decode()


def test_places_count_everybody_who_came_before(small, leyla, jasur, browser, all_places_taken):
    send(browser(leyla), small)
    assert "Place in the queue: 2." in send(browser(jasur), small, headers=HTMX).content.decode()


def test_where_attempts_are_counted_the_next_answer_waits_for_the_verdict_and_is_kept(
    small, leyla, browser, all_places_taken, rows
):
    page = browser(leyla)
    send(page, small, "say-salam")
    response = send(page, small, "say-salam", "print('second thought')", headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Your last answer is still being checked." in html
    assert "print('second thought')" in unescape(html)
    assert "hx-trigger" not in html
    assert len(rows("submissions.Submission")) == 1


def test_a_solved_task_that_is_answered_again_follows_its_verdict_too(small, leyla, give, browser, all_places_taken):
    all_places_taken()
    give(leyla, small.task("wait-long"), PROGRAM)
    taken = [runners.pool()._places.acquire() for _ in range(runners.pool().size)]
    try:
        html = send(browser(leyla), small, headers=HTMX).content.decode()
    finally:
        for _ in taken:
            runners.pool()._places.release()
    assert "hx-trigger" in html
    assert "Solved" in html


def test_without_its_libraries_an_answer_is_stored_and_the_page_says_so(
    tiny, small, leyla, browser, no_libraries, rows
):
    if not (Path(django_settings.LEARNER_LIBRARIES) / "numpy").is_dir():
        pytest.skip("the learners' libraries are not installed here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runners, "_pool", Pool(size=1))
        tiny("tables", NUMPY)
        runners._pool.close()
    page = browser(leyla)
    address = small.url("answer", "alone", "tables")
    sent = {"answer": NUMPY["solution.py"], "key": str(new_id())}
    html = page.post(address, sent, headers=HTMX).content.decode()
    assert "Your answer is stored and waits for a checker." in html
    (row,) = rows("submissions.Submission")
    assert (row["state"], row["tries"]) == (State.QUEUED, 1)
    assert "numpy for learners is not installed" in row["fault"]
    assert [row["attempts"] for row in rows("learning.Progress")] == [0]

    for number in range(1, 5):
        later = utc_now() + timedelta(hours=number)
        grading.grade_next(clock=lambda later=later: later)
    html = page.get(small.url("lesson", "alone", "tables")).content.decode()
    assert "That is our fault, and it costs you nothing." in html
    assert "nowhere" not in html


def test_with_a_dead_sandbox_other_kinds_are_graded_as_always(small, leyla, browser, monkeypatch):
    class Dead:
        def run(self, job, wait_seconds):
            raise PlatformFault("no sandbox")

    monkeypatch.setattr(runners, "_pool", Dead())
    page = browser(leyla)
    assert "waits for a checker" in send(page, small, headers=HTMX).content.decode()
    html = page.post(small.url("answer", "capital"), {"answer": "baku"}, headers=HTMX).content.decode()
    assert "Right!" in html


@pytest.fixture
def locked(transactional_db):
    """Somebody else holds the database, and we wait a twentieth of a second only."""
    other = connection.copy()

    def lock():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50" if sqlite() else "SET lock_timeout = '50ms'")
        other.set_autocommit(True)
        with other.cursor() as cursor:
            cursor.execute("BEGIN EXCLUSIVE" if sqlite() else "BEGIN")
            if not sqlite():
                cursor.execute("LOCK TABLE submissions_submission IN ACCESS EXCLUSIVE MODE")

    yield lock
    with other.cursor() as cursor:
        cursor.execute("ROLLBACK")
    other.close()
    connection.close()


def sqlite():
    return connection.vendor == "sqlite"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_while_the_database_is_locked_what_was_typed_is_kept(small, leyla, browser, locked, headers):
    page = browser(leyla)
    locked()
    response = send(page, small, "word", "typed <words>", headers=headers)
    html = response.content.decode()
    assert response.status_code == 503
    assert "typed &lt;words&gt;" in html
    assert f'action="{small.url("answer", "word")}"' in html
    assert "Retry-After" in response.headers


def test_after_the_lock_the_kept_form_can_be_sent_again(small, leyla, browser, rows):
    sent = {"answer": "zanbaq-print", "key": str(new_id())}
    for _ in range(2):
        assert browser(leyla).post(small.url("answer", "word"), sent).status_code == 302
    assert len(rows("submissions.Submission")) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite can be told how large its file may get")
def test_on_a_full_disk_what_was_typed_is_kept(small, leyla, browser, rows):
    page = browser(leyla)
    program = "# " + "long " * 11_000
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        response = send(page, small, "double", program)
    finally:
        connection.close()
    assert response.status_code == 503
    assert program in response.content.decode()
    assert rows("submissions.Submission") == []
