"""The roll call: whatever a weak line does to it, the same marks hold in the end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilik.groups import actions, queries
from bilik.groups.actions import Tap
from bilik.groups.models import Attendance
from bilik.groups.states import Mark

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def take(house, meeting, now):
    def roll(*taps, when=now, by=house.aysel):
        return actions.take_roll(by=by, now=when, meeting=meeting, taps=taps)

    return roll


def tap(person, mark, at, *, key=None, minutes=None):
    return Tap(key or uuid4(), person.ref, mark, at, minutes)


def held(meeting):
    return {row.person.username: row.mark for row in queries.roll_of(meeting).values()}


def test_marks_are_stored_acknowledged_and_only_added(come_in, meeting, take, leyla, jasur, now):
    come_in(leyla, jasur)
    first, second = tap(leyla, "absent", now), tap(jasur, "present", now)
    assert take(first, second).stored == (first.key, second.key)
    corrected = tap(leyla, "late", now + MINUTE)
    taken = take(corrected, when=now + MINUTE)
    assert taken.marks[leyla.ref].mark == "late"
    assert held(meeting) == {"leyla": "late", "jasur": "present"}
    assert Attendance.objects.count() == 3


def test_the_same_key_again_is_acknowledged_and_changes_nothing(come_in, meeting, take, leyla, now, rows):
    come_in(leyla)
    one = tap(leyla, "present", now)
    take(one)
    before = rows("groups.Attendance")
    assert take(one, one, when=now + MINUTE).stored == (one.key,)
    assert rows("groups.Attendance") == before


def test_the_same_batch_twice_at_the_same_moment_is_stored_once(come_in, take, together, leyla, jasur, now):
    come_in(leyla, jasur)
    batch = [tap(leyla, "present", now), tap(jasur, "late", now)]
    taken = together(lambda: take(*batch), lambda: take(*batch), lambda: take(*reversed(batch)))
    assert all(set(one.stored) == {row.key for row in batch} for one in taken)
    assert Attendance.objects.count() == 2


def test_of_two_devices_the_later_one_wins_however_late_it_is_heard(come_in, meeting, take, leyla, now):
    come_in(leyla)
    take(tap(leyla, "present", now + 5 * MINUTE), when=now + 6 * MINUTE)
    take(tap(leyla, "absent", now), when=now + 60 * MINUTE)
    assert held(meeting) == {"leyla": "present"}


def test_at_the_same_moment_the_greater_key_wins(come_in, meeting, take, leyla, now):
    come_in(leyla)
    low, high = UUID(int=1), UUID(int=2)
    take(tap(leyla, "late", now, key=high), tap(leyla, "absent", now, key=low))
    assert held(meeting) == {"leyla": "late"}


def test_a_clock_that_runs_ahead_does_not_win_for_ever(come_in, meeting, take, leyla, now):
    come_in(leyla)
    take(tap(leyla, "absent", now + timedelta(days=400)))
    assert Attendance.objects.get().marked_at == now
    take(tap(leyla, "present", now + MINUTE), when=now + 2 * MINUTE)
    assert held(meeting) == {"leyla": "present"}


TAPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(Mark.values), st.integers(-20, 20), st.one_of(st.none(), st.integers(0, 90))
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TAPS, st.data())
def test_order_repetition_and_splitting_make_no_difference(
    house, group, come_in, leyla, jasur, kamran, now, taps, data
):
    """One meeting gets the taps in one batch; the other in any order, several times, cut into any batches."""
    come_in(leyla, jasur, kamran)
    people = (leyla, jasur, kamran)
    made = [tap(people[who], mark, now + offset * MINUTE, minutes=minutes) for who, mark, offset, minutes in taps]
    plan = {"by": house.aysel, "now": now, "group": group, "starts_at": now - MINUTE, "minutes": 90}
    straight, crooked = actions.plan_meeting(**plan), actions.plan_meeting(**plan)
    actions.take_roll(by=house.aysel, now=now, meeting=straight, taps=made)
    sent = data.draw(st.permutations(made + data.draw(st.lists(st.sampled_from(made), max_size=8)) if made else []))
    while sent:
        cut = data.draw(st.integers(1, len(sent)))
        batch, sent = sent[:cut], sent[cut:]
        actions.take_roll(by=house.aysel, now=now, meeting=crooked, taps=batch)

    def state(meeting):
        return {
            (row.person_id, row.mark, row.minutes, row.marked_at, row.key) for row in queries.roll_of(meeting).values()
        }

    assert state(crooked) == state(straight)
    assert Attendance.objects.filter(meeting=crooked).count() == len(made)


def test_who_may_call_the_roll_and_when(house, come_in, meeting, take, leyla, now, refused):
    come_in(leyla)
    one = tap(leyla, "present", now)
    for other in (leyla, house.elnur, house.rustam):
        with refused("not_your_group"):
            take(one, by=other)
    with refused("too_early_for_roll"):
        take(one, when=meeting.starts_at - timedelta(hours=2, minutes=1))
    take(one, when=meeting.starts_at - timedelta(hours=2))
    assert held(meeting) == {"leyla": "present"}


def test_what_a_device_kept_is_taken_after_the_group_was_archived(house, group, come_in, meeting, take, leyla, now):
    come_in(leyla)
    actions.archive_group(by=house.aysel, now=now, group=group)
    take(tap(leyla, "present", now))
    assert held(meeting) == {"leyla": "present"}


def test_a_mark_that_cannot_be_taken_is_named_and_the_others_are_stored(come_in, meeting, take, leyla, jasur, now):
    come_in(leyla)
    good, stranger, odd = tap(leyla, "late", now), tap(jasur, "late", now), tap(leyla, "asleep", now)
    taken = take(stranger, good, odd)
    assert taken.stored == (good.key,)
    assert {key: refusal.code for key, refusal in taken.refused.items()} == {
        stranger.key: "not_a_member",
        odd.key: "mark_impossible",
    }


def test_a_roll_that_was_called_is_not_cancelled(house, come_in, meeting, take, leyla, now, refused):
    come_in(leyla)
    take(tap(leyla, "present", now))
    with refused("meeting_held"):
        actions.cancel_meeting(by=house.aysel, now=now, meeting=meeting)


# The door for devices -------------------------------------------------------------------------------------------------


@pytest.fixture
def device(browser, house, group, meeting):
    """What the script sends: a list of taps as JSON, to the page's own address."""
    page = browser(house.aysel)
    address = f"/groups/{group.ref}/meetings/{meeting.ref}/roll/"

    def send(body, **more):
        body = body if isinstance(body, str) else json.dumps(body)
        return page.post(address, body, content_type="application/json", **more)

    return send


def row(person, mark="present", at="2026-11-22T09:00:00.000Z", **more):
    return {"key": str(uuid4()), "person": str(person.ref), "mark": mark, "at": at, "minutes": None} | more


def test_a_device_hears_key_by_key_what_is_stored(come_in, device, meeting, leyla, jasur):
    come_in(leyla)
    good, bad = row(leyla, "late", minutes=40), row(jasur)
    said = device({"taps": [good, bad]}).json()
    assert said["stored"] == [good["key"]]
    assert list(said["refused"]) == [bad["key"]]
    assert said["marks"] == {str(leyla.ref): {"mark": "late", "minutes": 40}}


@pytest.mark.parametrize(
    "broken",
    [{"at": "yesterday"}, {"at": "2026-11-22T09:00:00"}, {"at": "0001-01-01T00:00:00+14:00"}, {"minutes": "many"},
     {"minutes": 1.5}, {"person": "me"}, {"mark": None}, {"minutes": 10**9}, {"minutes": -1}],
)  # fmt: skip
def test_a_tap_that_cannot_be_read_is_refused_by_its_key_and_holds_nothing_up(come_in, device, leyla, broken):
    come_in(leyla)
    bad, good = row(leyla) | broken, row(leyla)
    said = device({"taps": [bad, good]}).json()
    assert list(said["refused"]) == [bad["key"]]
    assert said["stored"] == [good["key"]]


@pytest.mark.parametrize("body", ["[]", "{", '{"taps": 3}', '{"taps": [1]}', '{"taps": [{"key": "x"}]}', "[" * 9999])
def test_what_is_no_list_of_taps_is_turned_away(device, body):
    answer = device(body)
    assert answer.status_code == 422
    assert set(answer.json()) == {"error"}


def test_another_trainers_roll_is_not_found(browser, house, group, meeting, leyla):
    address = f"/groups/{group.ref}/meetings/{meeting.ref}/roll/"
    for other in (house.elnur, leyla):
        assert browser(other).post(address, "{}", content_type="application/json").status_code == 404


def test_the_plain_form_stores_what_differs_from_what_was_shown(come_in, meeting, group, browser, house, leyla, jasur):
    come_in(leyla, jasur)
    page, address = browser(house.aysel), f"/groups/{group.ref}/meetings/{meeting.ref}/roll/"
    context = page.get(address).context
    form = {
        "key": str(context["key"]),
        "shown": context["shown"],
        f"mark-{leyla.ref}": "late",
        f"minutes-{leyla.ref}": "30",
    }
    for _ in range(2):
        assert page.post(address, form).status_code == 302
    assert Attendance.objects.count() == 1
    context = page.get(address).context
    form = {"key": str(context["key"]), "shown": context["shown"], f"mark-{leyla.ref}": "late",
            f"minutes-{leyla.ref}": "30", f"mark-{jasur.ref}": "present"}  # fmt: skip
    page.post(address, form)
    assert held(meeting) == {"leyla": "late", "jasur": "present"}
    assert Attendance.objects.count() == 2


# Person-hours (ENG-3) -------------------------------------------------------------------------------------------------


def test_person_hours_by_hand(house, group, come_in, leyla, jasur, kamran, now):
    """Two learners at a meeting of 90 minutes and three at one of 60: 180 + 180 scheduled.

    First: Leyla present (90), Jasur late, tapped 30 minutes in (60). Second: Leyla late with 45 said (45), Jasur
    excused (0), Kamran without a mark (60 unrecorded). So 195 of 360, and up to 255.
    """
    come_in(leyla, jasur, when=now - timedelta(days=10))
    come_in(kamran, when=now - timedelta(days=3))
    plan = {"by": house.aysel, "now": now - timedelta(days=9), "group": group}
    first = actions.plan_meeting(**plan, starts_at=now - timedelta(days=7), minutes=90)
    second = actions.plan_meeting(**plan, starts_at=now - timedelta(days=2), minutes=60)
    cancelled = actions.plan_meeting(**plan, starts_at=now - timedelta(days=1), minutes=60)
    actions.plan_meeting(**plan, starts_at=now - MINUTE, minutes=60)  # It is not over yet.
    actions.cancel_meeting(by=house.aysel, now=now, meeting=cancelled)
    about = {"by": house.aysel, "now": now}
    actions.take_roll(
        **about, meeting=first,
        taps=[tap(leyla, "present", first.starts_at), tap(jasur, "late", first.starts_at + 30 * MINUTE)],
    )  # fmt: skip
    actions.take_roll(**about, meeting=second, taps=[tap(leyla, "late", now, minutes=45), tap(jasur, "excused", now)])
    hours = queries.person_hours(group, now)
    assert (hours.attended, hours.scheduled, hours.unrecorded, hours.meetings) == (195, 360, 60, 2)
    assert (hours.low_percent, hours.high_percent) == (54, 71)
    assert queries.person_hours(group, now, since=now - timedelta(days=5)).scheduled == 180


def test_a_group_without_meetings_has_no_share(group, now):
    hours = queries.person_hours(group, now)
    assert (hours.scheduled, hours.low, hours.high) == (0, None, None)


def test_a_weekly_series_keeps_the_hour_of_the_wall_clock(house, group, now, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    from django.utils import timezone

    with timezone.override("Europe/Berlin"):
        made = actions.plan_weekly(
            by=house.aysel,
            now=now,
            group=group,
            starts_at=datetime(2026, 10, 22, 8, 0, tzinfo=UTC),
            minutes=60,
            times=2,
        )
        assert [timezone.localtime(one.starts_at).hour for one in made] == [10, 10]
    assert [one.starts_at.astimezone(UTC).hour for one in made] == [8, 9]
