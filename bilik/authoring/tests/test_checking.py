"""Checks: by a worker, for one exercise, taken back, and those that publish."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.authoring import actions, checking, queries
from bilik.authoring.models import CheckRun
from bilik.authoring.states import CheckState, DraftState, Purpose
from bilik.catalog.queries import files_of, published_course
from tests.small_course import CODE, ONE

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]
TOML = f"lessons/{ONE}/alone/exercise.toml"


def test_a_worker_checks_what_was_asked_for(tiny_draft, checked):
    done = checked(tiny_draft)
    assert done.row.state == CheckState.DONE
    assert done.ok
    assert (done.row.done, done.row.of) == (1, 1)
    assert checking.check_next() is None


def test_a_mistake_is_named_with_its_line(tiny_draft, text, checked):
    text(tiny_draft, TOML, lambda old: old.replace("points", "pionts"))
    done = checked(tiny_draft)
    assert not done.ok
    line = queries.content_of(tiny_draft, TOML)[1].decode().split("\n").index("pionts = 1") + 1
    assert ("error", line) in {(one["level"], one["line"]) for one in queries.problems_in(tiny_draft, TOML)}


def test_one_exercise_is_checked_alone(draft, text, checked):
    text(draft, f"lessons/{CODE}/double/solution.py", lambda old: "def double(n):\n    return n\n")
    done = checked(draft, exercise="double")
    assert done.row.of == 1
    assert [one["code"] for one in done.problems if one["level"] == "error"] == ["solution"]
    other = checked(draft, exercise="capital")
    assert other.ok


def test_a_check_that_was_asked_for_again_is_done_once(tiny_draft, text, cast, now):
    first = actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    assert actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft) == first
    text(tiny_draft, TOML, lambda old: old + "# more\n")
    second = actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    assert second != first
    assert list(CheckRun.objects.all()) == [second]


def test_a_check_whose_draft_is_checked_anew_meanwhile_leaves_no_trace(tiny_draft, text, cast, now):
    first = actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    held = checking.claim()
    text(tiny_draft, TOML, lambda old: old + "# more\n")
    second = actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    checking.perform(held, wait_seconds=5)
    assert not CheckRun.objects.filter(pk=first.pk).exists()
    second.refresh_from_db()
    assert second.state == CheckState.QUEUED


def test_a_check_whose_worker_died_is_taken_by_another(tiny_draft, cast, now):
    actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    assert checking.claim(clock=lambda: now) is not None
    assert checking.claim(clock=lambda: now + timedelta(seconds=1)) is None
    later = now + checking.LEASE + timedelta(seconds=1)
    assert checking.claim(clock=lambda: later).tries == 2


def test_a_check_is_given_up_in_the_end(tiny_draft, cast, now):
    actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    when = now
    for _ in range(checking.MOST_TRIES):
        assert checking.claim(clock=lambda at=when: at) is not None
        when += checking.LEASE + timedelta(seconds=1)
    assert checking.claim(clock=lambda: when) is None
    assert CheckRun.objects.get().state == CheckState.FAILED


def test_learners_go_first_and_a_worker_that_must_stop_lets_go(tiny_draft, cast, now):
    actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft)
    asked = []

    def stop():
        asked.append(True)
        raise SystemExit(0)

    with pytest.raises(SystemExit):
        checking.check_next(meanwhile=stop)
    assert asked == [True]
    assert CheckRun.objects.get().state == CheckState.QUEUED
    assert checking.check_next().state == CheckState.DONE


def test_publishing_checks_first_and_makes_the_next_version(tiny_draft, text, checked):
    text(tiny_draft, TOML, lambda old: old.replace("points = 1", "points = 3"))
    done = checked(tiny_draft, purpose=Purpose.PUBLISH)
    assert done.ok
    assert tiny_draft.state == DraftState.PUBLISHED
    assert tiny_draft.published.number == 2
    assert published_course("tiny-course").tasks[0].points == 3
    assert b"points = 3" in files_of("tiny-course")[TOML]


def test_nothing_is_published_with_an_error(tiny_draft, text, checked):
    text(tiny_draft, TOML, lambda old: old.replace("points = 1", "points = 300"))
    done = checked(tiny_draft, purpose=Purpose.PUBLISH)
    assert not done.ok
    assert tiny_draft.state == DraftState.OPEN
    assert published_course("tiny-course").number == 1


def test_nothing_changes_while_it_is_being_published(tiny_draft, text, cast, now, refused):
    text(tiny_draft, TOML, lambda old: old + "# more\n")
    asked = actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft, purpose=Purpose.PUBLISH)
    with refused("being_published"):
        text(tiny_draft, TOML, lambda old: old + "# and more\n")
    assert actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft) == asked


def test_who_may_publish(tiny_draft, text, cast, ganja, now, refused):
    with refused("nothing_to_publish"):
        actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft, purpose=Purpose.PUBLISH)
    mine = actions.start_from_published(by=cast["aysel"], now=now, organisation=ganja, course="tiny-course")
    text(mine, TOML, lambda old: old + "# aysel\n", by="aysel")
    with refused("not_a_publisher"):
        actions.ask_check(by=cast["aysel"], now=now, draft=mine, purpose=Purpose.PUBLISH)
    assert queries.why_not_publish(cast["nigar"], mine) is None
    text(tiny_draft, TOML, lambda old: old + "# nigar\n")
    actions.ask_check(by=cast["nigar"], now=now, draft=mine, purpose=Purpose.PUBLISH)
    checking.check_next()
    with refused("newer_version"):
        actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft, purpose=Purpose.PUBLISH)


def test_a_manager_of_a_partner_cannot_publish_the_academys_course(tiny_draft, cast, now, refused):
    from bilik.people.actions import found_organisation, join_organisation

    partner = found_organisation(by=None, now=now, kind="partner", name="Partner", slug="partner")
    join_organisation(by=None, now=now, person=cast["timur"], organisation=partner, role="programme_manager")
    theirs = actions.start_from_published(by=cast["timur"], now=now, organisation=partner, course="tiny-course")
    actions.remove_exercise(by=cast["timur"], now=now, draft=theirs, slug="alone")
    with refused("not_your_course"):
        actions.ask_check(by=cast["timur"], now=now, draft=theirs, purpose=Purpose.PUBLISH)


def test_the_id_of_a_course_stays(tiny_draft, text, cast, now, refused):
    text(tiny_draft, "course.toml", lambda old: old.replace("tiny-course", "another-course"))
    with refused("not_the_course"):
        actions.ask_check(by=cast["nigar"], now=now, draft=tiny_draft, purpose=Purpose.PUBLISH)
