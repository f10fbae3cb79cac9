"""A wrong key is mended: what would change is shown first, and given to learners when somebody says so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bilik.grading.verdict import wrong
from bilik.learning.queries import progress_in
from bilik.submissions.actions import replace_verdict
from bilik.submissions.models import EarlierVerdict, Submission
from bilik.teaching import actions, regrading
from bilik.teaching.actions import regrades as verbs
from bilik.teaching.queries.regrades import changes_of, counts_of, regrade_for
from bilik.teaching.regrading import Regraded, change_of
from bilik.teaching.tests.conftest import finish

WHY = "The key was wrong."


@pytest.fixture
def mended(key, give, leyla, jasur):
    """Leyla's "baku" was called wrong and Jasur's "ganja" right; then the key is mended."""
    course = key("ganja")
    give(leyla, course.tasks[0], "baku")
    give(jasur, course.tasks[0], "ganja")
    give(jasur, course.tasks[0], "sheki")
    return key("baku")


def test_what_changes_is_shown_before_anything_changes(mended, house, regraded):
    regrade = regraded(house.orxan, mended)
    assert (regrade.state, regrade.looked_at, regrade.total) == ("ready", 3, 3)
    counts = counts_of(regrade)
    assert (counts.better, counts.worse, counts.same, counts.fault) == (1, 1, 1, 0)
    assert [(row.change, row.before_score, row.after_score) for row in changes_of(regrade)] == [
        ("worse", 2, 0),
        ("better", 0, 2),
    ]
    assert not EarlierVerdict.objects.exists()


def test_applied_to_all_progress_follows_and_the_earlier_verdict_is_kept(
    mended, house, regraded, leyla, jasur, now, rebuilt_equals_stored
):
    task = mended.tasks[0]
    regrade = regraded(house.orxan, mended)
    actions.apply_regrade(by=house.orxan, now=now, regrade=regrade, wanted="all")
    finish(regrade, now)
    assert regrade.state == "applied"
    assert progress_in(leyla, [task])[task.task_id].solved_at is not None
    assert progress_in(jasur, [task])[task.task_id].solved_at is None
    kept = EarlierVerdict.objects.get(submission__person=leyla)
    assert (kept.outcome, kept.reason, kept.replaced_by) == ("wrong", WHY, house.orxan)
    assert Submission.objects.get(person=leyla).evidence["regraded_against"] == task.version_id
    for person in (leyla, jasur):
        rebuilt_equals_stored(person)


def test_improvements_only_takes_nothing_from_anybody(mended, house, regraded, leyla, jasur, now):
    regrade = regraded(house.orxan, mended)
    actions.apply_regrade(by=house.orxan, now=now, regrade=regrade, wanted="improvements")
    finish(regrade, now)
    assert Submission.objects.get(person=leyla).outcome == "accepted"
    assert [one.outcome for one in Submission.objects.filter(person=jasur).order_by("pk")] == ["accepted", "wrong"]


def test_cancelled_nothing_changes_and_it_cannot_be_applied_any_more(mended, house, regraded, now, refused):
    regrade = regraded(house.orxan, mended)
    actions.cancel_regrade(by=house.orxan, now=now, regrade=regrade)
    with refused("regrade_moved"):
        actions.apply_regrade(by=house.orxan, now=now, regrade=regrade, wanted="all")
    assert not EarlierVerdict.objects.exists()


def test_it_is_in_the_journal_from_the_question_to_the_end(mended, house, regraded, now, rows):
    regrade = regraded(house.orxan, mended)
    actions.apply_regrade(by=house.orxan, now=now, regrade=regrade, wanted="all")
    finish(regrade, now)
    said = [row["verb"] for row in rows("people.JournalEntry") if row["about_id"] == str(regrade.ref)]
    assert said == [
        "teaching.regrade_asked", "teaching.regrade_ready", "teaching.regrade_applied", "teaching.regrade_done",
    ]  # fmt: skip


def test_batches_can_be_left_anywhere_and_gone_on_with(mended, house, now, monkeypatch):
    monkeypatch.setattr(verbs, "BATCH", 1)
    regrade = actions.request_regrade(by=house.orxan, now=now, course=mended, reason=WHY)
    assert actions.work_on_regrades(now=now) == 1
    # A worker dies in the middle of a batch: its lease runs out, and the batch is done by another.
    real = verbs.regrade_answers
    monkeypatch.setattr(verbs, "regrade_answers", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        actions.work_on_regrades(now=now)
    monkeypatch.setattr(verbs, "regrade_answers", real)
    finish(regrade, now)
    assert (regrade.state, regrade.looked_at, regrade.rows.count()) == ("ready", 3, 3)
    actions.apply_regrade(by=house.orxan, now=now, regrade=regrade, wanted="all")
    assert actions.work_on_regrades(now=now) == 1
    finish(regrade, now)
    assert EarlierVerdict.objects.count() == 2


def test_a_regrade_that_a_worker_holds_is_left_alone(mended, house, now):
    regrade = actions.request_regrade(by=house.orxan, now=now, course=mended, reason=WHY)
    type(regrade).objects.update(lease_until=now + timedelta(minutes=1))
    assert actions.work_on_regrades(now=now) == 0
    assert actions.work_on_regrades(now=now + timedelta(minutes=2)) == 3


def test_a_platform_fault_is_a_row_to_try_again_and_no_verdict(mended, house, now, regraded, monkeypatch):
    real = regrading.regrade_answers
    broken = lambda answers, newest: [Regraded(one.task_version_id, None, "no sandbox") for one in answers]  # noqa: E731
    monkeypatch.setattr(verbs, "regrade_answers", broken)
    regrade = regraded(house.orxan, mended)
    assert counts_of(regrade).fault == 3
    monkeypatch.setattr(verbs, "regrade_answers", real)
    actions.retry_faults(by=house.orxan, now=now, regrade=regrade)
    finish(regrade, now)
    counts = counts_of(regrade)
    assert (counts.fault, counts.better, regrade.looked_at) == (0, 1, 3)


def test_a_verdict_that_somebody_replaced_meanwhile_stays(mended, house, leyla, regraded, now):
    regrade = regraded(house.orxan, mended)
    mine = Submission.objects.get(person=leyla)
    later = now + timedelta(minutes=5)
    replace_verdict(submission_id=mine.pk, by=None, verdict=wrong(2), reason="Looked at by hand", now=later)
    actions.apply_regrade(by=house.orxan, now=now, regrade=regrade, wanted="all")
    finish(regrade, now)
    mine.refresh_from_db()
    assert (mine.outcome, counts_of(regrade).overtaken) == ("wrong", 1)


def test_a_trainer_regrades_the_group_they_lead_and_nobody_else(
    mended, house, group_of, leyla, regraded, now, refused, small
):
    group = group_of("tiny", leyla)
    with refused("may_not_regrade"):
        actions.request_regrade(by=house.aysel, now=now, course=mended, reason=WHY)
    with refused("may_not_regrade"):
        actions.request_regrade(by=house.rustam, now=now, course=mended, reason=WHY, group=group)
    regrade = regraded(house.aysel, mended, group=group)
    assert [row.submission.person_id for row in regrade.rows.all()] == [leyla.pk]
    assert regrade_for(regrade.ref, house.rustam) is None
    assert regrade_for(regrade.ref, house.orxan) == regrade
    assert regrade_for(regrade.ref, leyla) is None


def test_a_programme_manager_reaches_their_own_centres(mended, house, group_of, leyla, regraded, now, refused, small):
    group_of("tiny", leyla)  # Which makes her a learner of Ganja.
    assert regraded(house.nigar, mended).total == 1
    with refused("nothing_to_regrade"):
        actions.request_regrade(by=house.rustam, now=now, course=mended, reason=WHY)


def test_answers_that_people_mark_are_no_matter_of_a_regrade(small, house, leyla, now, refused):
    from bilik.catalog.queries import published_course

    with refused("nothing_to_regrade"):
        actions.request_regrade(by=house.orxan, now=now, course=published_course("small-course"), reason=WHY)


NUMBER = 'kind = "numeric"\npoints = 2\nskills = ["ext:python-output"]\ndifficulty = 1\nanswer = "{}"\n'
DRAWN = NUMBER + "variants = 2\n"
ASKED = "# Boxes\n\nThere are {{ boxes }} boxes. How many?\n"


def variants(first):
    return {"variant.py": f'def variant(seed):\n    return {{"boxes": seed + {first}}}\n'}


def test_another_kind_of_task_leaves_old_answers_to_their_own_version(key, give, leyla, house, regraded):
    give(leyla, key("ganja").tasks[0], "baku")
    regrade = regraded(house.orxan, key("12.5", toml=NUMBER))
    assert counts_of(regrade).same == 1


@pytest.mark.sandbox
@pytest.mark.parametrize(("first", "better"), [(3, 1), (7, 0)])
def test_values_drawn_otherwise_leave_old_answers_to_their_own_version(
    key, give, leyla, house, regraded, first, better
):
    """The right formula counts for what was asked; other numbers were never asked."""
    asked = ASKED + "\n::: hint\nCount.\n:::\n"
    course = key("{{ boxes }}", toml=DRAWN.replace("{}", "1{}"), text=asked, **variants(3))
    task = course.tasks[0]
    from bilik.learning.actions import seed_of

    give(leyla, task, str(seed_of(leyla, task) + 3))
    regrade = regraded(house.orxan, key("{{ boxes }}", toml=DRAWN, text=asked, **variants(first)))
    assert counts_of(regrade).better == better


@pytest.mark.sandbox
def test_programs_are_run_again(small, give, leyla, jasur, house, regraded):
    from bilik.catalog.queries import published_course

    task = small.task("double")
    give(leyla, task, "def double(n):\n    return n * 2")
    give(jasur, task, "def double(n):\n    return n * 3")
    regrade = regraded(house.orxan, published_course("small-course"), task_id=task.task_id)
    counts = counts_of(regrade)
    assert (counts.same, counts.changes, counts.fault) == (2, 0, 0)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (("wrong", 0, 2), ("accepted", 2, 2), "better"),
        (("accepted", 2, 2), ("accepted", 3, 3), "other"),
        (("partial", 1, 3), ("partial", 2, 6), "other"),
        (("partial", 1, 3), ("partial", 1, 4), "worse"),
        (("wrong", 0, 2), ("time_limit", 0, 2), "other"),
        (("wrong", 0, 2), ("wrong", 0, 2), "same"),
    ],
)
def test_change(before, after, change):
    assert change_of((before[0], Decimal(before[1]), before[2]), (after[0], Decimal(after[1]), after[2])) == change
