"""A level check as somebody goes through it: adaptive, silent until its end, resumable, and only ever a help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.catalog.queries import published_course, published_courses, variant
from bilik.kit.clock import utc_now
from bilik.kit.ids import new_id
from bilik.learning.queries import where_to_continue
from bilik.practice import actions, queries
from bilik.practice.engine.placing import Level

pytestmark = pytest.mark.django_db

COURSE = "small-course"


@pytest.fixture
def start(small, now):
    def begin(person, *, day=0, known=()):
        when = now + timedelta(days=day)
        return actions.start_level_check(by=person, now=when, course=published_course(COURSE), known=known)

    return begin


@pytest.fixture
def reply(small, now):
    """Answers the question that waits, rightly or wrongly, or skips it; gives the task's name, None when it is over."""

    def make(person, *, right=True, skip=False, day=0, minute=0):
        when, course = now + timedelta(days=day, minutes=minute), published_course(COURSE)
        check = queries.open_check_of(person, when)
        asked = check and queries.asking(check, course)
        if asked is None:
            return None
        facts = {"by": person, "now": when, "course": course, "asked": asked, "known": ()}
        if skip:
            actions.skip_question(**facts)
            return asked.task.slug
        model = variant(asked.task.version_id, asked.question.seed).page["solution"]["answer"]
        given = (model if isinstance(model, list) else [str(model)]) if right else _wrong(asked.task.kind)
        actions.answer_level_check(**facts, fields={"answer": given}, key=new_id(), language="en", wait_seconds=10.0)
        return asked.task.slug

    return make


def _wrong(kind):
    return {
        "single_choice": ["sheki"], "multiple_choice": ["three"], "numeric": ["1"], "short_text": ["zzz"],
        "predict_output": ["zzz"], "python_code": ["print('zzz')"],
    }[kind]  # fmt: skip


def go_through(person, reply, right):
    asked = []
    while (slug := reply(person, right=right, minute=len(asked))) is not None:
        asked.append(slug)
    return asked


@pytest.fixture
def result(small):
    def read(person):
        course = published_course(COURSE)
        check = queries.newest_checks(person, [course]).get(course.course_id)
        return check and queries.result_of(check, course)

    return read


def levels(found):
    return {row.lesson.slug: row.level for row in found.lessons}


def test_all_wrong_ends_early_and_shows_nothing(leyla, start, reply, result):
    start(leyla)
    # Three tasks touch all skills of this course, and each was answered wrongly: everything is clear.
    assert len(go_through(leyla, reply, right=False)) == 3
    found = result(leyla)
    assert (found.right, found.asked, found.skippable) == (0, 3, frozenset())
    assert found.start.slug == "01-choices"


def test_all_right_shows_every_lesson(leyla, start, reply, result):
    start(leyla)
    asked = go_through(leyla, reply, right=True)
    assert len(set(asked)) == len(asked) <= 12
    found = result(leyla)
    assert found.start is None
    assert set(levels(found).values()) <= {Level.SHOWN, Level.IMPLIED}


def test_continue_begins_after_what_was_shown(small, leyla, start, reply, result, practise, now):
    start(leyla)
    asked, output = [], {task.slug for task in published_course(COURSE).tasks if "ext:python-output" in task.skills}
    while (waiting := queries.open_check_of(leyla, now)) is not None:
        slug = queries.asking(waiting, published_course(COURSE)).task.slug
        asked.append(reply(leyla, right=slug not in output, minute=len(asked)))
    found = result(leyla)
    assert found.skippable == {"01-choices"}
    assert queries.skippable_lessons(leyla, published_course(COURSE)) == found.skippable
    suggestion = queries.today(leyla, found.check.ended_at).suggestions[0]
    assert (suggestion.reason, suggestion.place.lesson) == ("continue", "02-numbers")
    # Whoever does a lesson all the same is brought back to it.
    practise(leyla, "capital", day=1)
    assert where_to_continue(leyla).task.slug == "even-numbers"


def test_nothing_is_told_before_the_end(small, leyla, start, reply, picture, browser):
    start(leyla)
    slug = reply(leyla)
    page = browser(leyla)
    assert picture(leyla).skills == {}
    html = page.get(f"/practice/level-check/{COURSE}/").content.decode()
    assert "Right!" not in html
    assert "verdict" not in html
    assert 'class="attempts"' not in page.get(small.url("attempts", slug)).content.decode()
    assert page.get("/practice/").status_code == 200
    while reply(leyla) is not None:
        pass
    assert picture(leyla).skills != {}


def test_answers_of_a_check_change_no_progress_and_make_nothing_due(leyla, start, reply, rows, picture):
    start(leyla)
    go_through(leyla, reply, right=True)
    assert rows("learning.Progress") == []
    assert {trace.card for trace in picture(leyla).tasks.values()} == {None}


def test_a_sitting_is_left_and_resumed_at_the_same_question(leyla, start, reply, now):
    check = start(leyla)
    reply(leyla)
    course = published_course(COURSE)
    before = queries.asking(check, course)
    assert start(leyla, day=3).pk == check.pk
    after = queries.asking(check, course)
    assert (after.question.pk, after.number) == (before.question.pk, 2)


def test_a_sitting_that_lies_too_long_is_over_and_a_new_one_begins(leyla, start, reply, rows, now):
    check = start(leyla)
    reply(leyla)
    assert queries.open_check_of(leyla, now + timedelta(days=13)) == check
    assert queries.open_check_of(leyla, now + timedelta(days=15)) is None
    new = start(leyla, day=15)
    assert new.pk != check.pk
    assert [row["state"] for row in rows("practice.LevelCheck")] == ["abandoned", "open"]
    assert [row["check_of_id"] for row in rows("practice.LevelQuestion")] == [check.pk, new.pk]


def test_it_can_be_repeated_after_a_week(leyla, start, reply, refused, now):
    start(leyla)
    go_through(leyla, reply, right=False)
    with refused("too_soon"):
        start(leyla, day=6)
    assert start(leyla, day=8).state == "open"


def test_i_do_not_know_this_yet_counts_as_not_shown_and_is_no_answer(leyla, start, reply, result, rows):
    start(leyla)
    while reply(leyla, skip=True) is not None:
        pass
    found = result(leyla)
    assert (found.right, found.asked) == (0, 3)
    assert Level.SHOWN not in levels(found).values()
    assert rows("submissions.Submission") == []


def test_stopping_early_gives_a_result_of_what_was_answered(leyla, start, reply, result, now, rows):
    check = start(leyla)
    reply(leyla)
    for _ in range(2):
        actions.finish_level_check(by=leyla, now=now + timedelta(minutes=5), check=check)
    found = result(leyla)
    assert (found.asked, found.check.state) == (1, "finished")
    assert Level.NOT_ASKED in levels(found).values()
    verbs = [row["verb"] for row in rows("people.JournalEntry")]
    assert verbs.count("practice.finished_level_check") == 1


def test_what_was_practised_is_asked_last(small, leyla, start, reply):
    known = {task.task_id for task in published_course(COURSE).tasks if task.slug in ("capital", "area", "word")}
    start(leyla, known=known)
    assert reply(leyla) not in ("capital", "area", "word")


def test_a_double_click_is_one_answer(small, leyla, start, now, refused, rows):
    check, course = start(leyla), published_course(COURSE)
    asked = queries.asking(check, course)
    facts = {
        "by": leyla, "now": now, "course": course, "asked": asked, "known": (),
        "fields": {"answer": _wrong(asked.task.kind)}, "language": "en", "wait_seconds": 10.0,
    }  # fmt: skip
    key = new_id()
    first = actions.answer_level_check(**facts, key=key)
    assert actions.answer_level_check(**facts, key=key).submission.pk == first.submission.pk
    with refused("not_the_question"):
        actions.answer_level_check(**facts, key=new_id())
    assert len(rows("submissions.Submission")) == 1


def test_a_course_without_short_tasks_has_no_check(tiny, leyla, now, refused):
    tiny("tiny")
    with refused("nothing_to_ask"):
        actions.start_level_check(by=leyla, now=now, course=published_course("tiny"), known=())


def test_a_minor_without_a_guardian_cannot_begin(kamran, start, refused):
    with refused("guardian_needed"):
        start(kamran)


def test_a_check_is_nobody_elses(leyla, jasur, start, reply, now):
    start(leyla)
    assert queries.open_check_of(jasur, now) is None
    assert queries.newest_checks(jasur, published_courses()) == {}


def test_a_check_and_practice_at_once_are_kept_in_their_order(leyla, start, reply, practise, now, rows):
    practise(leyla, "word")
    start(leyla)
    reply(leyla, minute=1)
    practise(leyla, "area", minute=2)
    late = now + timedelta(hours=1)
    # While it goes on nothing beyond its beginning is stored, and nothing of it is counted.
    assert actions.keep_up(person=leyla, now=late) == 0
    seen = queries.standing(leyla, late).picture
    assert {len(seen.tasks)} == {2}
    actions.finish_level_check(by=leyla, now=late, check=queries.open_check_of(leyla, late))
    # Programs are graded by the clock of this machine, whatever day it is.
    much_later = max(late, utc_now()) + timedelta(hours=1)
    whole = queries.standing(leyla, much_later).picture
    assert actions.keep_up(person=leyla, now=much_later) == 3
    assert queries.standing(leyla, much_later).picture == whole
    assert len(whole.tasks) == 3
