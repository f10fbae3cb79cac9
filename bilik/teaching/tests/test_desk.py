"""The desk of a trainer with a group: clusters and comments, calls, gradebook, likeness; who may, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bilik.catalog.queries import published_course
from bilik.groups.actions import Tap, join_by_code, make_join_code, plan_meeting, set_deadline, take_roll
from bilik.kit.ids import new_id
from bilik.people.actions import erase_person, export_my_data, request_guardian
from bilik.submissions.models import TrainerComment
from bilik.teaching import actions
from bilik.teaching.models import Call
from bilik.teaching.queries.answers import clusters_in, task_rows, wrong_answers
from bilik.teaching.queries.calls import call_list
from bilik.teaching.queries.gradebook import gradebook
from bilik.teaching.queries.today import day_of

DAY = timedelta(days=1)


def address(name, group, *more):
    return reverse(f"teaching:{name}", args=[group.ref, *more])


@pytest.fixture
def stuck(group, small, give, leyla, jasur):
    """Both chose Ganja for the capital; Jasur once more Sheki."""
    task = small.task("capital")
    give(leyla, task, "ganja")
    give(jasur, task, "sheki")
    give(jasur, task, "ganja")
    return task


@pytest.fixture
def commented(stuck, group, house, now):
    """One comment for both."""
    first = clusters_in(wrong_answers(group, stuck.task_id))[0]
    at = {"by": house.aysel, "now": now, "group": group, "task_id": stuck.task_id, "key": first.key}
    return actions.comment_on_cluster(text="Look at the map once more.", **at), at


def forget(person, now):
    """Erases somebody, as they do themselves with their password."""
    person.set_password("a-quiet-river-42")
    person.save()
    erase_person(by=person, now=now, person=person, password="a-quiet-river-42")


# What the group gets wrong --------------------------------------------------------------------------------------------


def test_the_commonest_mistake_comes_first_with_its_learners(stuck, group, leyla, jasur, house, browser):
    first, second = clusters_in(wrong_answers(group, stuck.task_id))
    assert (first.people, second.people) == ((leyla.pk, jasur.pk), (jasur.pk,))
    (row,) = task_rows(group, published_course("small-course"), "en")
    assert (row.title, row.tried, row.solved) == ("The capital", 2, 0)
    page = browser(house.aysel).get(address("clusters", group, "small-course", "capital")).content.decode()
    assert page.index("2 learners") < page.index("1 learner ")
    assert "Leyla" in page


def test_one_comment_is_shown_to_each_learner_at_that_answer(commented, stuck, small, leyla, jasur, browser):
    for person in (leyla, jasur):
        client = browser(person)
        for page in ("lesson", "attempts"):
            shown = client.get(small.url(page, "capital")).content.decode()
            assert shown.count("Look at the map once more.") == 1
            assert "Aysel" in shown
    assert TrainerComment.objects.count() == 1


def test_a_new_answer_has_no_old_comment_and_the_old_one_keeps_it(commented, small, give, leyla, browser):
    give(leyla, small.task("capital"), "sheki")
    assert "Look at the map" not in browser(leyla).get(small.url("lesson", "capital")).content.decode()


def test_changed_it_reads_otherwise_and_reaches_who_came_later(
    commented, group, stuck, small, give, person, browser, house, now, leyla
):
    from bilik.groups.actions import join_by_code, make_join_code

    nigar = person("gulnar")
    join_by_code(by=nigar, now=now, code=make_join_code(by=house.aysel, now=now, group=group).code)
    give(nigar, stuck, "ganja")
    said, at = commented
    assert browser(leyla).get(small.url("lesson", "capital"))  # Drawn and kept in memory as it was.
    later = at | {"now": now + timedelta(hours=1)}
    assert actions.comment_on_cluster(text="Which city lies at the sea?", **later).pk == said.pk
    for one in (leyla, nigar):
        shown = browser(one).get(small.url("lesson", "capital")).content.decode()
        assert "Which city lies at the sea?" in shown
        assert "Look at the map" not in shown


def test_taken_back_nobody_sees_it(commented, small, leyla, browser, rows):
    assert "Look at the map" in browser(leyla).get(small.url("lesson", "capital")).content.decode()
    actions.retract_cluster_comment(**commented[1])
    assert "Look at the map" not in browser(leyla).get(small.url("lesson", "capital")).content.decode()
    said = [
        row["verb"]
        for row in rows("people.JournalEntry")
        if row["verb"].endswith("comment") or "commented" in row["verb"]
    ]
    assert said == ["submissions.commented", "submissions.retracted_comment"]


def test_only_those_who_lead_the_group_comment(commented, house, leyla, refused):
    _, at = commented
    for person in (house.rustam, leyla):
        with refused("not_your_group"):
            actions.comment_on_cluster(text="Mine", **(at | {"by": person}))
    with refused("nothing_written"):
        actions.comment_on_cluster(text="  ", **at)
    with refused("no_such_cluster"):
        actions.comment_on_cluster(text="Where?", **(at | {"key": "0" * 64}))


def test_an_erased_learner_takes_the_comment_along_and_others_keep_it(commented, leyla, jasur, small, browser, now):
    forget(leyla, now)
    assert "Look at the map" in browser(jasur).get(small.url("lesson", "capital")).content.decode()
    assert "Look at the map once more." in str(export_my_data(by=jasur, now=now, person=jasur))


def test_what_was_typed_is_still_there_when_the_comment_is_refused(stuck, group, house, browser):
    where = address("comment", group, "small-course", "capital")
    response = browser(house.aysel).post(where, {"key": "0" * 64, "text": "Nobody is there any more"})
    assert response.status_code == 404
    assert "These answers are no longer together" in response.content.decode()


# Calls ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pressing(group_of, small, house, leyla, jasur, give, now):
    """A group of five weeks; Leyla has never answered, and the first lesson is due."""
    group = group_of("small-course", leyla, jasur, when=now - timedelta(days=35))
    about = {"by": house.aysel, "now": now - timedelta(days=30), "group": group, "course_slug": "small-course"}
    lesson = published_course("small-course").lessons[0].slug
    set_deadline(matter="lesson", slug=lesson, due_at=now + timedelta(days=2), **about)
    give(jasur, small.task("capital"), "ganja")
    return group


def test_who_has_begun_nothing_is_called_and_rests_when_reached(pressing, house, leyla, now):
    (found,) = call_list(pressing, now, "en").to_call
    assert (found.person_id, [one.why for one in found.reasons]) == (leyla.pk, ["nothing_begun"])
    about = {"by": house.aysel, "now": now, "group": pressing, "person": leyla, "outcome": "reached"}
    actions.note_call(note="Comes on Monday", **about)
    assert not call_list(pressing, now + timedelta(days=1), "en").to_call
    assert call_list(pressing, now + timedelta(days=8), "en").to_call


def test_twice_absent_is_read_from_the_roll(pressing, house, jasur, now):
    for days in (9, 2):
        at = now - timedelta(days=days)
        about = {"by": house.aysel, "group": pressing}
        meeting = plan_meeting(now=at - timedelta(days=1), starts_at=at, minutes=60, **about)
        tap = Tap(new_id(), jasur.ref, "absent", at)
        take_roll(by=house.aysel, now=at + timedelta(minutes=5), meeting=meeting, taps=[tap])
    found = {one.person_id: [reason.why for reason in one.reasons] for one in call_list(pressing, now, "en").to_call}
    assert found[jasur.pk] == ["away_twice"]


def test_the_page_says_why_and_notes_what_came_of_it(pressing, house, leyla, browser):
    client = browser(house.aysel)
    assert "Has not answered anything yet" in client.get(address("calls", pressing)).content.decode()
    client.post(address("note_call", pressing, leyla.ref), {"outcome": "not_reached", "note": "Rang twice"})
    page = client.get(address("calls", pressing)).content.decode()
    assert "Rang twice" in page
    assert "Has not answered anything yet" not in page
    assert "Nobody needs a call today." in page


def test_a_trainers_home_and_the_groups_page_lead_to_the_desk(pressing, house, leyla, browser, monkeypatch, now):
    monkeypatch.setattr("bilik.teaching.panels.utc_now", lambda: now)
    home = browser(house.aysel).get(reverse("front:home")).content.decode()
    assert address("calls", pressing) in home
    group = browser(house.aysel).get(reverse("groups:group", args=[pressing.ref])).content.decode()
    assert address("gradebook", pressing, "small-course") in group
    assert "calls-panel" not in browser(leyla).get(reverse("front:home")).content.decode()


def test_a_child_without_a_guardians_consent_is_not_told_to_have_begun_nothing(
    pressing, house, kamran, browser, now, monkeypatch
):
    monkeypatch.setattr("bilik.teaching.panels.utc_now", lambda: now)
    monkeypatch.setattr("bilik.teaching.views.calls.utc_now", lambda: now)
    code = make_join_code(by=house.aysel, now=now - timedelta(days=20), group=pressing)
    join_by_code(by=kamran, now=now - timedelta(days=20), code=code.code)
    found = {one.person_id: [reason.why for reason in one.reasons] for one in call_list(pressing, now, "en").to_call}
    assert found[kamran.pk] == ["no_consent"]
    client = browser(house.aysel)
    for where in (address("calls", pressing), reverse("front:home")):
        page = client.get(where).content.decode()
        assert "Nobody was asked yet" in page
        assert reverse("groups:letters", args=[pressing.ref]) in page
    request_guardian(by=kamran, now=now, person=kamran, name="Dilber", relation="mother", language="az")
    assert "is not answered yet" in client.get(reverse("front:home")).content.decode()


def test_a_trainers_home_says_what_today_needs(pressing, house, browser, now, monkeypatch):
    monkeypatch.setattr("bilik.teaching.panels.utc_now", lambda: now)
    about = {"by": house.aysel, "now": now - timedelta(days=10), "group": pressing, "minutes": 60}
    forgotten, running, tonight = (
        plan_meeting(starts_at=now + timedelta(hours=hours), **about) for hours in (-48, -0.5, 5)
    )
    plan_meeting(starts_at=now + timedelta(days=5), **about)
    client = browser(house.aysel)
    day = day_of(house.aysel, now, "en")
    assert [row.meeting for row in day.today] == [running, tonight]
    assert day.forgotten == (forgotten,)
    (line,) = day.groups
    title = published_course("small-course").lessons[0].title("en")
    assert (line.learners, line.title, line.meeting) == (2, title, running)
    page = client.get(reverse("front:home")).content.decode()
    assert page.index('id="today"') < page.index("Your organisations")
    assert reverse("groups:roll", args=[pressing.ref, running.ref]) in page
    assert reverse("groups:roll", args=[pressing.ref, tonight.ref]) not in page
    assert "You have not answered anything yet" not in page
    called = day.calls[0][0].people[day.calls[0][1].person_id]
    for meeting in (forgotten, running):
        tap = Tap(new_id(), called.ref, "present", meeting.starts_at)
        take_roll(by=house.aysel, now=now, meeting=meeting, taps=[tap])
    day = day_of(house.aysel, now, "en")
    assert ([row.marks for row in day.today], day.forgotten) == ([1, 0], ())


def test_a_trainers_home_takes_as_many_queries_for_many_groups(pressing, group_of, house, leyla, jasur, counted, now):
    def questions():
        with counted() as seen:
            assert day_of(house.aysel, now, "en")
        return len(seen.sql)

    plan_meeting(by=house.aysel, now=now - timedelta(days=9), group=pressing, starts_at=now - DAY, minutes=60)
    questions()
    one = questions()
    for number in range(2):
        more = group_of("small-course", leyla, jasur, when=now - timedelta(days=30 - number))
        about = {"by": house.aysel, "now": now - timedelta(days=20), "group": more}
        lesson = published_course("small-course").lessons[0].slug
        set_deadline(course_slug="small-course", matter="lesson", slug=lesson, due_at=now + DAY, **about)
        plan_meeting(starts_at=now - 2 * DAY, minutes=60, **about)
    assert questions() == one
    # Leyla is in three groups and is called once.
    assert len(day_of(house.aysel, now, "en").calls) == 1


def test_at_most_five_are_called_of_all_groups(small, group_of, house, person, now):
    for letter in "ab":
        pupils = [person(f"pupil-{letter}{number}") for number in range(4)]
        group = group_of("small-course", *pupils, when=now - timedelta(days=30))
        about = {"by": house.aysel, "now": now - timedelta(days=20), "group": group, "course_slug": "small-course"}
        set_deadline(matter="course", due_at=now + DAY, **about)
    assert len(day_of(house.aysel, now, "en").calls) == 5


def test_a_call_is_in_the_learners_data_and_goes_with_them(pressing, house, leyla, now):
    about = {"by": house.aysel, "now": now, "group": pressing, "person": leyla, "outcome": "later"}
    actions.note_call(note="Has an exam", **about)
    assert "Has an exam" in str(export_my_data(by=leyla, now=now, person=leyla))
    forget(leyla, now)
    assert not Call.objects.exists()


# Gradebook ------------------------------------------------------------------------------------------------------------


def test_points_by_lesson_and_by_task(group, small, give, leyla, jasur, house):
    give(leyla, small.task("capital"), "baku")
    give(leyla, small.task("even-numbers"), "two", "three", "four")
    course = published_course("small-course")
    lines = {line.person.pk: line for line in gradebook(group, course, "en").lines}
    assert lines[leyla.pk].points[0] == lines[leyla.pk].total > 1
    assert set(lines[jasur.pk].points) == {None}
    by_task = gradebook(group, course, "en", course.lessons[0].slug)
    line = next(one for one in by_task.lines if one.person.pk == leyla.pk)
    assert line.points[[column.slug for column in by_task.columns].index("capital")] == 1
    assert line.total == lines[leyla.pk].total


@pytest.mark.parametrize(("form", "starts"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_gradebook_as_a_file(group, house, browser, form, starts):
    response = browser(house.aysel).get(address(f"gradebook_{form}", group, "small-course"))
    assert response.content.startswith(starts)
    assert f"small-course.{form}" in response["Content-Disposition"]


# What is alike --------------------------------------------------------------------------------------------------------

ALIKE = "def double({0}):\n    total = 0\n    for i in range(2):\n        total = total + {0}\n    return total\n"


@pytest.mark.sandbox
def test_alike_programs_are_shown_only_when_asked_and_who_asked_is_written_down(
    group, small, give, leyla, jasur, house, browser, rows
):
    give(leyla, small.task("double"), ALIKE.format("n"))
    give(jasur, small.task("double"), ALIKE.format("number"))
    where, client = address("similar", group, "small-course", "double"), browser(house.aysel)
    before = client.get(where).content.decode()
    assert "A pointer, and no proof" in before
    assert "<mark>" not in before
    after = client.post(where).content.decode()
    assert "100 %" in after
    assert "<mark>    for i in range(2):</mark>" in after
    said = [row for row in rows("people.JournalEntry") if row["verb"] == "teaching.compared_programs"]
    assert [row["by_id"] for row in said] == [house.aysel.pk]


# Who may, and what it costs -------------------------------------------------------------------------------------------

PAGES = [
    ("calls",), ("tasks", "small-course"), ("clusters", "small-course", "capital"), ("gradebook", "small-course"),
    ("gradebook_csv", "small-course"), ("similar", "small-course", "double"),
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_lead_the_group_see_its_desk(group, house, leyla, browser, page):
    where = address(page[0], group, *page[1:])
    assert browser(house.aysel).get(where).status_code == 200
    assert browser(house.nigar).get(where).status_code == 200
    for stranger in (house.rustam, leyla):
        assert browser(stranger).get(where).status_code == 404
    browser(house.aysel).logout()
    assert browser().get(where).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_three_learners_cost_no_more_queries_than_one(
    group_of, small, leyla, jasur, person, give, house, browser, counted, page
):
    costs = []
    for learners in ([leyla], [leyla, jasur, person("gulnar")]):
        group = group_of("small-course", *learners)
        for learner in learners:
            give(learner, small.task("capital"), "ganja")
        client = browser(house.aysel)
        client.get(address(page[0], group, *page[1:]))
        with counted() as seen:
            client.get(address(page[0], group, *page[1:]))
        costs.append(len(seen.sql))
    assert costs[0] == costs[1] <= 20


def test_reading_writes_nothing(stuck, group, house, browser, counted):
    client = browser(house.aysel)
    for page in PAGES:
        client.get(address(page[0], group, *page[1:]))
        with counted() as seen:
            client.get(address(page[0], group, *page[1:]))
        assert seen.writes == []


# The pages of regrades ------------------------------------------------------------------------------------------------


def test_a_regrade_from_the_question_to_the_end_on_its_pages(key, give, leyla, house, browser, now, small):
    from bilik.submissions.models import Submission
    from bilik.teaching.tests.conftest import finish

    give(leyla, key("ganja").tasks[0], "baku")
    key("baku")
    client = browser(house.orxan)
    assert client.get(reverse("teaching:regrades")).status_code == 200
    sent = {"what": "tiny/alone", "group": "", "reason": "The key was wrong."}
    where = client.post(reverse("teaching:regrades"), sent).url
    assert "hx-get" in client.get(where).content.decode()
    from bilik.teaching.models import Regrade

    finish(Regrade.objects.get(), now)
    page = client.get(where).content.decode()
    assert "Leyla" in page
    assert "Better: 1." in page
    client.post(where + "decide/", {"do": "improvements"})
    finish(Regrade.objects.get(), now)
    assert Submission.objects.get().outcome == "accepted"
    assert client.post(where + "decide/", {"do": "cancel"}).status_code == 302
    assert Regrade.objects.get().state == "applied"


def test_learners_have_no_business_with_regrades(group, leyla, browser):
    assert browser(leyla).get(reverse("teaching:regrades")).status_code == 404
