"""Dates of a person's groups beside lessons: shown, and never a punishment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.groups import actions
from bilik.people.actions import found_organisation, join_organisation
from bilik.people.queries import organisations_of

pytestmark = pytest.mark.django_db
COURSE = "/learn/small-course/"


@pytest.fixture
def due(small, orxan, leyla, now):
    """Leyla is in a group; `due(slug, days)` sets a date for a lesson of its course, or for the whole of it."""
    academy = organisations_of(orxan).get(slug="academy")
    centre = found_organisation(by=None, now=now, kind="centre", name="Centre", slug="centre", parent=academy)
    join_organisation(by=None, now=now, person=leyla, organisation=centre, role="learner")
    long_ago = now - timedelta(days=400)
    group = actions.found_group(
        by=orxan, now=long_ago, organisation=centre, name="Group", kind="class", starts_on=long_ago.date(),
        courses=["small-course"],
    )  # fmt: skip
    actions.add_member(by=orxan, now=long_ago, group=group, person=leyla, part="learner")

    def set_date(slug, due_at):
        actions.set_deadline(
            by=orxan, now=long_ago, group=group, course_slug="small-course", matter="lesson" if slug else "course",
            slug=slug, due_at=due_at,
        )  # fmt: skip

    return set_date


def test_a_learner_reads_the_dates_on_the_course_and_on_the_lesson(small, due, leyla, jasur, browser, now):
    first, second = (lesson.slug for lesson in small.source.lessons[:2])
    due("", now.replace(year=2100, month=5, day=4))
    due(first, now.replace(year=2100, month=2, day=3))
    due(second, now - timedelta(days=300))
    page = browser(leyla)
    course = page.get(COURSE).content.decode()
    for words in ("May 4, 2100", "Due on Feb. 3, 2100", "Was due on Jan. 26, 2026"):
        assert words in course
    assert "Due on Feb. 3, 2100" in page.get(f"{COURSE}{first}/").content.decode()
    assert "Was due on Jan. 26, 2026" in page.get(f"{COURSE}{second}/").content.decode()
    assert "2100" not in browser(jasur).get(COURSE).content.decode()


def test_an_answer_after_the_date_is_taken_and_counts_in_full(small, due, leyla, give, now):
    due("", now - timedelta(days=1))
    given = give(leyla, small.task("capital"), "baku")
    assert given.submission.state == "graded"
