"""Marking: who may, what two markers come to, peers who do not know each other, marks that change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bilik.marking import actions, queries
from bilik.marking.models import BankComment, Marking
from bilik.people.models import Organisation

from .conftest import ALL, HALF, NONE, marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast, join, person):
    """The cast, with a second trainer in Ganja and two more learners."""
    return cast | {
        "elchin": join(person("elchin"), role="trainer"),
        "murad": join(person("murad")),
        "sara": join(person("sara")),
    }


def mark(by, submission, levels, now, **comments):
    actions.start_marking(by=by, now=now, submission_id=submission.pk)
    return actions.finish_marking(by=by, now=now, submission_id=submission.pk, marks=marks(levels, **comments))


def needs(viewer, now):
    return [row.needs.value for row in queries.to_mark(viewer, now=now)]


def test_a_trainer_marks_and_the_learner_has_a_verdict_with_words(people, essay, hand_in, now):
    sent = hand_in(people["leyla"], essay)
    mark(people["aysel"], sent, HALF, now, clear="Shorter sentences.", whole="A good start.")
    sent.refresh_from_db()
    assert (sent.state, sent.outcome, sent.score) == ("graded", "partial", 1)
    assert [item.get("text") for item in sent.feedback if item["code"] == "comment"] == [
        "Shorter sentences.", "A good start.",
    ]  # fmt: skip
    assert needs(people["aysel"], now) == []


@pytest.mark.parametrize("name", ["rustam", "murad", "timur", "sevda", "leyla"])
def test_whoever_may_not_see_the_learner_gets_nothing(people, essay, hand_in, now, refused, name):
    sent = hand_in(people["leyla"], essay)
    with refused("no_such_answer" if name != "leyla" else "own_answer"):
        actions.start_marking(by=people[name], now=now, submission_id=sent.pk)
    assert needs(people[name], now) == []


def test_managers_reach_down(people, essay, hand_in, now):
    hand_in(people["leyla"], essay)
    hand_in(people["jasur"], essay)
    assert needs(people["nigar"], now) == ["first", "first"]
    assert needs(people["rustam"], now) == ["first"]


def test_who_begins_keeps_others_away_for_half_an_hour(people, essay, hand_in, now, refused):
    sent = hand_in(people["leyla"], essay)
    actions.start_marking(by=people["aysel"], now=now, submission_id=sent.pk)
    with refused("taken_by_another"):
        actions.start_marking(by=people["elchin"], now=now + timedelta(minutes=29), submission_id=sent.pk)
    (row,) = queries.to_mark(people["elchin"], now=now)
    assert (row.held_by, row.mine) == (people["aysel"], False)
    mark(people["elchin"], sent, ALL, now + timedelta(minutes=31))
    with refused("not_waiting"):
        actions.save_marks(by=people["aysel"], now=now, submission_id=sent.pk, marks=marks(NONE))


def test_what_was_chosen_is_kept_and_half_a_rubric_is_no_mark(people, essay, hand_in, now, refused):
    sent = hand_in(people["leyla"], essay)
    actions.start_marking(by=people["aysel"], now=now, submission_id=sent.pk)
    chosen = marks({"clear": "partly", "true": "perhaps", "unknown": "yes"}, clear="Hm.", unknown="Nobody reads this.")
    actions.save_marks(by=people["aysel"], now=now, submission_id=sent.pk, marks=chosen)
    kept = Marking.objects.get()
    assert (kept.levels, kept.comments) == ({"clear": "partly"}, [{"text": "Hm.", "criterion": "clear"}])
    with refused("marks_incomplete"):
        actions.finish_marking(by=people["aysel"], now=now, submission_id=sent.pk, marks=chosen)


@pytest.fixture
def two_markers(people, essay, now):
    academy = Organisation.objects.get(slug="academy")
    return actions.set_plan(
        by=people["nigar"], now=now, organisation=academy, task_id=essay.task_id, anonymous=True, second_percent=100,
        tolerance=Decimal(1),
    )  # fmt: skip


def test_two_markers_who_agree_come_to_their_mean(people, essay, two_markers, hand_in, now, refused):
    sent = hand_in(people["leyla"], essay)
    mark(people["aysel"], sent, ALL, now)
    assert (needs(people["aysel"], now), needs(people["elchin"], now)) == ([], ["second"])
    with refused("marked_already"):
        actions.start_marking(by=people["aysel"], now=now, submission_id=sent.pk)
    mark(people["elchin"], sent, {"clear": "partly", "true": "yes"}, now)
    sent.refresh_from_db()
    assert sent.score == Decimal("3.5")


def test_two_markers_who_differ_leave_it_to_a_third(people, essay, two_markers, hand_in, now):
    sent = hand_in(people["leyla"], essay)
    mark(people["aysel"], sent, ALL, now, whole="Wonderful!")
    mark(people["elchin"], sent, NONE, now, whole="Terrible.")
    assert needs(people["nigar"], now) == ["deciding"]
    mark(people["nigar"], sent, HALF, now, whole="Decided.")
    sent.refresh_from_db()
    assert sent.score == 1
    assert [item["text"] for item in sent.feedback if item["code"] == "comment"] == ["Decided."]


def test_the_nearest_plan_counts(people, essay, two_markers, hand_in, now):
    ganja = Organisation.objects.get(slug="ganja-hub")
    facts = {"now": now, "task_id": essay.task_id, "anonymous": False, "second_percent": 0, "tolerance": Decimal(0)}
    actions.set_plan(by=people["aysel"], organisation=ganja, **facts)
    here, there = hand_in(people["leyla"], essay), hand_in(people["jasur"], essay)
    plans = queries.plans_for([here, there])
    assert [plans[one.pk].organisation.slug for one in (here, there)] == ["ganja-hub", "academy"]


def test_only_staff_of_an_organisation_plan_there(people, essay, now, refused):
    academy = Organisation.objects.get(slug="academy")
    facts = {"now": now, "task_id": essay.task_id, "anonymous": False, "second_percent": 0, "tolerance": Decimal(0)}
    for name in ("aysel", "leyla", "timur"):
        with refused("not_your_organisation"):
            actions.set_plan(by=people[name], organisation=academy, **facts)


def test_a_newer_answer_ends_the_marking_of_the_older(people, essay, hand_in, now, refused):
    sent = hand_in(people["leyla"], essay)
    actions.start_marking(by=people["aysel"], now=now, submission_id=sent.pk)
    newer = hand_in(people["leyla"], essay, "A better text about my village.")
    with refused("not_waiting"):
        actions.finish_marking(by=people["aysel"], now=now, submission_id=sent.pk, marks=marks(ALL))
    assert [row.submission.pk for row in queries.to_mark(people["aysel"], now=now)] == [newer.pk]


def test_marks_that_change_say_why_and_keep_the_old_ones(people, essay, hand_in, now, refused):
    sent = hand_in(people["leyla"], essay)
    mark(people["aysel"], sent, ALL, now)
    again = {"now": now, "submission_id": sent.pk}
    with refused("reason_needed"):
        actions.mark_again(by=people["nigar"], marks=marks(NONE), reason=" ", **again)
    with refused("marks_incomplete"):
        actions.mark_again(by=people["nigar"], marks=marks({}), reason="Copied", **again)
    with refused("own_answer"):
        actions.mark_again(by=people["leyla"], marks=marks(ALL), reason="Please", **again)
    actions.mark_again(by=people["nigar"], marks=marks(NONE), reason="Copied from a neighbour.", **again)
    sent.refresh_from_db()
    assert sent.score == 0
    assert sent.earlier_verdicts.get().score == 4
    assert sent.feedback[-1]["text"] == "Copied from a neighbour."


def test_peers_mark_each_other_and_see_marks_only_after_their_share(people, peer_essay, hand_in, now):
    leyla, murad, sara = (people[name] for name in ("leyla", "murad", "sara"))
    work = {one: hand_in(one, peer_essay) for one in (leyla, murad, sara)}

    def mark_next(by, levels):
        marking = actions.start_peer_marking(by=by, now=now, task_id=peer_essay.task_id)
        actions.finish_marking(by=by, now=now, submission_id=marking.submission_id, marks=marks(levels))
        return marking.submission.person

    assert {mark_next(murad, ALL), mark_next(murad, HALF)} == {leyla, sara}
    assert {mark_next(sara, ALL), mark_next(sara, ALL)} == {leyla, murad}
    work[leyla].refresh_from_db()
    assert work[leyla].state == "marking", "she has two marks and has given none"
    assert queries.peer_duties(leyla)[0].done == 0
    mark_next(leyla, ALL)
    mark_next(leyla, ALL)
    for submission in work.values():
        submission.refresh_from_db()
    assert [one.state for one in work.values()] == ["graded"] * 3


def test_nobody_gets_work_to_mark_before_handing_in_nor_from_elsewhere(people, peer_essay, hand_in, now, refused):
    facts = {"now": now, "task_id": peer_essay.task_id}
    hand_in(people["murad"], peer_essay)
    with refused("hand_in_first"):
        actions.start_peer_marking(by=people["leyla"], **facts)
    hand_in(people["jasur"], peer_essay)
    with refused("nothing_to_mark"):
        actions.start_peer_marking(by=people["jasur"], **facts)


def test_a_trainer_may_step_in_before_the_peers(people, peer_essay, hand_in, now):
    sent = hand_in(people["leyla"], peer_essay)
    assert needs(people["aysel"], now) == ["peers"]
    mark(people["aysel"], sent, ALL, now)
    sent.refresh_from_db()
    assert sent.outcome == "accepted"


def test_comments_are_kept_once_and_are_ones_own(people, essay, now):
    for _ in range(2):
        actions.keep_comment(by=people["aysel"], now=now, task_id=essay.task_id, criterion="clear", text=" Shorter. ")
    assert actions.keep_comment(by=people["aysel"], now=now, task_id=essay.task_id, criterion="", text="  ") is None
    kept = BankComment.objects.get()
    actions.drop_comment(by=people["elchin"], now=now, comment_id=kept.pk)
    assert [one.text for one in queries.bank_of(people["aysel"], essay.task_id)] == ["Shorter."]
    actions.drop_comment(by=people["aysel"], now=now, comment_id=kept.pk)
    assert not BankComment.objects.exists()


def test_erasing_keeps_others_results_and_forgets_who_gave_them(people, essay, hand_in, now):
    from bilik.marking.data import erase, export

    sent = hand_in(people["leyla"], essay)
    mark(people["aysel"], sent, ALL, now, whole="Well done, Leyla.")
    assert export(people["aysel"])["marks_given"][0]["levels"] == ALL
    erase(people["aysel"], now)
    assert Marking.objects.get().marker is None
    erase(people["leyla"], now)
    assert Marking.objects.get().comments == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_with_one_and_with_three(people, essay, two_markers, hand_in, now, counted, number):
    for name in ["leyla", "murad", "sara"][:number]:
        hand_in(people[name], essay)
    with counted() as seen:
        assert len(queries.to_mark(people["aysel"], now=now)) == number
    assert len(seen.sql) == 6
