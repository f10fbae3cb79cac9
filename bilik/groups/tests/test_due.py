from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.contrib.auth.models import AnonymousUser

from bilik.groups import actions, queries

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def due(house, group, now):
    def set_date(slug, due_at, *, group=group, by=house.aysel, matter=None):
        matter = matter or ("lesson" if slug else "course")
        return actions.set_deadline(
            by=by, now=now, group=group, course_slug="small-course", matter=matter, slug=slug, due_at=due_at
        )

    return set_date


def lesson(small, number=0):
    return small.source.lessons[number].slug


def test_dates_hold_for_learners_of_the_group_only(house, come_in, due, small, leyla, jasur, now):
    come_in(leyla)
    due("", now + 30 * DAY)
    due(lesson(small), now + 3 * DAY)
    due("first-exam", now + 9 * DAY, matter="exam")
    assert queries.due_for(leyla, "small-course") == {None: now + 30 * DAY, lesson(small): now + 3 * DAY}
    assert queries.exams_due_for(leyla, "small-course") == {"first-exam": now + 9 * DAY}
    for other in (jasur, house.aysel):
        assert queries.due_for(other, "small-course") == {}
    assert queries.due_for(leyla, "other-course") == {}


def test_asking_costs_one_query_and_a_visitor_none(come_in, due, small, leyla, now, counted):
    come_in(leyla)
    due(lesson(small), now + DAY)
    with counted() as seen:
        queries.due_for(leyla, "small-course")
    assert len(seen.sql) == 1
    with counted() as seen:
        assert queries.due_for(AnonymousUser(), "small-course") == {}
        assert queries.extra_time_of(AnonymousUser(), now) == 1
    assert seen.sql == []


def test_a_new_date_takes_the_place_of_the_old_one_and_the_old_one_is_kept(come_in, due, leyla, now, rows):
    come_in(leyla)
    due("", now + DAY)
    due("", now + 2 * DAY)
    due("", now + 2 * DAY)
    assert queries.due_for(leyla, "small-course") == {None: now + 2 * DAY}
    assert [row["lifted_at"] for row in rows("groups.Deadline")] == [now, None]


def test_an_extension_wins_over_the_groups_date_for_one_person(house, come_in, due, leyla, jasur, now, refused):
    come_in(leyla, jasur)
    deadline = due("", now + 3 * DAY)
    give = {"by": house.aysel, "now": now, "deadline": deadline, "person": leyla}
    with refused("not_an_extension"):
        actions.extend_deadline(**give, due_at=now + 3 * DAY, reason="ill")
    with refused("reason_needed"):
        actions.extend_deadline(**give, due_at=now + 5 * DAY, reason=" ")
    actions.extend_deadline(**give, due_at=now + 9 * DAY, reason="ill")
    actions.extend_deadline(**give, due_at=now + 7 * DAY, reason="ill")
    assert queries.due_for(leyla, "small-course") == {None: now + 7 * DAY}
    assert queries.due_for(jasur, "small-course") == {None: now + 3 * DAY}
    # The group's date is moved behind it: nobody has less time than the others.
    moved = due("", now + 20 * DAY)
    assert queries.due_for(leyla, "small-course") == {None: now + 20 * DAY}
    actions.lift_deadline(by=house.aysel, now=now, deadline=moved)
    assert queries.due_for(leyla, "small-course") == {}


def test_of_several_groups_the_latest_date_holds_while_one_is_in_them(house, come_in, due, leyla, now):
    come_in(leyla)
    other = actions.found_group(
        by=house.aysel, now=now, organisation=house.ganja, name="Other", kind="class", starts_on=now.date(),
        courses=["small-course"],
    )  # fmt: skip
    member = actions.add_member(by=house.aysel, now=now, group=other, person=leyla, part="learner")
    due("", now + 3 * DAY)
    due("", now + 8 * DAY, group=other)
    assert queries.due_for(leyla, "small-course") == {None: now + 8 * DAY}
    actions.end_membership(by=leyla, now=now, member=member)
    assert queries.due_for(leyla, "small-course") == {None: now + 3 * DAY}


def test_dates_that_cannot_be_set(house, group, due, small, leyla, now, refused):
    with refused("due_in_the_past"):
        due("", now)
    with refused("no_such_lesson"):
        due("nothing", now + DAY)
    with refused("no_such_lesson"):
        due("", now + DAY, matter="exam")
    with refused("not_studied"):
        actions.set_deadline(
            by=house.aysel, now=now, group=group, course_slug="other", matter="course", due_at=now + DAY
        )
    with refused("not_your_group"):
        due("", now + DAY, by=leyla)


def test_extra_time_is_exact_and_ends(house, group, come_in, leyla, jasur, now, refused):
    come_in(leyla)
    give = {"by": house.aysel, "now": now, "group": group, "reason": "reads slowly"}
    with refused("not_a_member"):
        actions.grant_accommodation(**give, person=jasur, factor=Fraction(5, 4))
    for factor in (Fraction(1), Fraction(1, 2), Fraction(7, 2)):
        with refused("factor_impossible"):
            actions.grant_accommodation(**give, person=leyla, factor=factor)
    third = actions.grant_accommodation(**give, person=leyla, factor=Fraction(4, 3))
    actions.grant_accommodation(**give, person=leyla, factor=Fraction(6, 5), until=now + 5 * DAY)
    assert queries.extra_time_of(leyla, now) == Fraction(4, 3)
    assert queries.extra_time_of(jasur, now) == Fraction(1)
    assert queries.extra_time_of(leyla, now - DAY) == Fraction(1)
    actions.end_accommodation(by=house.aysel, now=now + DAY, accommodation=third)
    assert queries.extra_time_of(leyla, now + 2 * DAY) == Fraction(6, 5)
    assert queries.extra_time_of(leyla, now + 5 * DAY) == Fraction(1)
