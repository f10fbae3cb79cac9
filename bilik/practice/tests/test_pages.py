"""The pages: what they say, what they cost, and that they leave no trace when they are read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from bilik.catalog.queries import published_course
from bilik.practice import actions, queries
from bilik.practice import panels as practice_panels
from bilik.practice.models import LevelQuestion
from bilik.web import panels

pytestmark = pytest.mark.django_db

TODAY = "/practice/"
MINE = [
    panels.Panel(order=1, place="front.home", name="practice", draw=practice_panels.home),
    panels.Panel(order=1, place="learning.course", name="practice", draw=practice_panels.course),
]
CHECK = "/practice/level-check/small-course/"


@pytest.fixture
def then(monkeypatch):
    """Sets the clock of the pages."""

    def put(moment):
        for module in ("bilik.practice.views", "bilik.practice.panels"):
            monkeypatch.setattr(f"{module}.utc_now", lambda: moment)

    return put


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_visitor_is_asked_to_sign_in(small, browser):
    for address in (TODAY, "/practice/review/", CHECK):
        assert browser().get(address)["Location"].startswith(reverse("account_login"))


def test_a_newcomer_is_told_how_to_begin_and_what_will_be_here(small, leyla, browser):
    said = text(browser(leyla).get(TODAY))
    assert "The first lesson takes about a quarter of an hour." in said
    assert "Do you know some of this already?" in said
    assert "Nothing is shown yet." in said
    assert "just before you would forget it" in said
    assert "You may begin again on any day" in said


def test_the_page_without_courses(vocabulary, leyla, browser):
    assert "No course is published here yet." in text(browser(leyla).get(TODAY))


def test_what_next_its_reason_and_the_evidence(small, leyla, practise, browser, now, then):
    for minute, slug in enumerate(("capital", "area", "word")):
        practise(leyla, slug, minute=minute)
    then(now + timedelta(days=4))
    response = browser(leyla).get(TODAY)
    said = text(response)
    assert "Here you stopped." in said
    assert "3 exercises are due for review" in said
    assert "1 right of 1 answer" in said
    assert "You answered on one of the last 7 days." in said
    assert f'href="/practice/review/{small.task("capital").task_id}/"' in response.content.decode()


def test_the_streak_can_be_switched_off_and_on(small, leyla, practise, browser, now, then):
    practise(leyla, "capital")
    then(now)
    page = browser(leyla)
    page.post("/practice/streak", {"hide": "1"})
    assert "of the last 7 days" not in text(page.get(TODAY))
    page.post("/practice/streak", {"hide": "0"})
    assert "of the last 7 days" in text(page.get(TODAY))


def test_a_review_from_the_list_to_the_next_one(small, leyla, practise, browser, now, then):
    practise(leyla, "capital")
    practise(leyla, "word", minute=1)
    then(now + timedelta(days=3))
    page = browser(leyla)
    address = page.get("/practice/review/")["Location"]
    task = small.task("capital")
    assert address == f"/practice/review/{task.task_id}/"
    first = page.get(address)
    assert "One more review after this one." in text(first)
    assert "SECRET-EXPLANATION" not in first.content.decode()
    shown = re.search(r'name="shown" value="([^"]+)"', first.content.decode())[1]
    wrong = page.post(address + "answer", {"answer": "ganja", "shown": shown}, follow=True)
    assert "Ganja is the second city." in text(wrong)
    assert "the exercise stays solved" in text(wrong)
    assert "SECRET-EXPLANATION" not in wrong.content.decode()
    right = page.post(address + "answer", {"answer": "baku", "shown": shown}, follow=True)
    assert "This exercise comes back on" in text(right)
    assert "SECRET-EXPLANATION of the capital." in text(right)
    assert "Next review" in text(right)


def test_an_empty_list_of_reviews_says_when_the_next_one_comes(small, leyla, practise, browser, now, then):
    then(now)
    assert "just before you would forget it" in text(browser(leyla).get("/practice/review/"))
    practise(leyla, "capital")
    assert "Nothing is due today. The next review comes on 24 November." in text(browser().get("/practice/review/"))


def test_what_is_no_answer_gives_the_form_back_with_what_was_typed(small, leyla, practise, browser, now, then):
    practise(leyla, "area")
    then(now + timedelta(days=3))
    address = f"/practice/review/{small.task('area').task_id}/"
    response = browser(leyla).post(address + "answer", {"answer": "about seven"})
    assert response.status_code == 422
    assert 'value="about seven"' in response.content.decode()


def test_what_is_not_due_is_said_and_gives_no_form(small, leyla, practise, browser, now, then):
    practise(leyla, "area")
    then(now + timedelta(hours=1))
    address = f"/practice/review/{small.task('area').task_id}/"
    assert "This review is not due today." in text(browser(leyla).get(address))
    assert browser().post(address + "answer", {"answer": "7341.5"}).status_code == 409
    assert browser().post(address + "hint", {"shown": "0"}).status_code == 409
    assert browser().get("/practice/review/999999/").status_code == 404


def test_the_verdict_of_another_person_is_not_shown(small, leyla, jasur, practise, review, browser, now, then):
    for person in (leyla, jasur):
        practise(person, "capital")
    theirs = review(jasur, "capital", day=3, right=False)
    then(now + timedelta(days=3))
    page = browser(leyla).get(f"/practice/review/{small.task('capital').task_id}/?answer={theirs.pk}")
    assert "Ganja is the second city." not in text(page)


def test_a_hint_in_a_review(small, leyla, practise, browser, now, then):
    practise(leyla, "capital")
    then(now + timedelta(days=3))
    address = f"/practice/review/{small.task('capital').task_id}/"
    page = browser(leyla)
    assert "It lies at the sea." not in text(page.get(address))
    assert "It lies at the sea." in text(page.post(address + "hint", {"shown": "0"}, follow=True))


def test_a_moment_that_was_not_signed_by_us_makes_no_answer_quick(small, leyla, practise, browser, now, then, rows):
    practise(leyla, "capital")
    then(now + timedelta(days=3))
    address = f"/practice/review/{small.task('capital').task_id}/"
    for shown in ("", "forged", "x:y:z"):
        browser(leyla).post(address + "answer", {"answer": "ganja", "shown": shown})
    assert [row["seconds"] for row in rows("practice.ReviewNote")] == [None] * 3


def test_a_level_check_through_its_pages(small, leyla, browser):
    page = browser(leyla)
    assert "Do you know some of this already?" in text(page.get("/learn/small-course/"))
    assert "told at the end, not on the way" in text(page.get(CHECK))
    said = text(page.post(CHECK + "start", follow=True))
    assert "Exercise 1 of at most 12" in said
    assert "Go on with it" in page.get("/learn/small-course/").content.decode()
    for number in range(3):
        html = page.get(CHECK).content.decode()
        question = re.search(r'name="question" value="(\d+)"', html)[1]
        fields = {"question": question, "skip": "1"}
        page.post(CHECK + "answer", fields)
        # Sent twice, it is skipped once.
        page.post(CHECK + "answer", fields)
        assert LevelQuestion.objects.filter(check_of__person=leyla).count() == min(number + 2, 3)
    said = text(page.get(CHECK))
    assert "0 right of 3 exercises" in said
    assert "Begin with: Choices" in said
    assert "It can be repeated a week after the last time." in said
    assert "is the place to begin" in text(page.get("/learn/small-course/"))


def test_an_answer_in_a_level_check_that_is_none_gives_the_question_back(small, leyla, browser):
    page = browser(leyla)
    html = page.post(CHECK + "start", follow=True).content.decode()
    question = re.search(r'name="question" value="(\d+)"', html)[1]
    assert page.post(CHECK + "answer", {"question": question}).status_code == 422
    assert page.post(CHECK + "answer", {"question": "junk"})["Location"] == CHECK
    assert page.post(CHECK + "finish")["Location"] == CHECK
    assert "0 right of 0 exercises" in text(page.get(CHECK))


def test_the_course_page_says_which_lessons_may_be_left_out(small, leyla, browser, monkeypatch):
    from bilik.learning import queries as learning

    monkeypatch.setattr(learning, "_skippable", [lambda person, course: frozenset({"01-choices"})])
    response = browser(leyla).get("/learn/small-course/")
    assert text(response).count("You may leave this out: your answers have shown it") == 1
    assert "Continue: Numbers and words" in text(response)


def test_no_page_of_practice_writes_when_it_is_opened(small, leyla, practise, browser, counted, now, then):
    practise(leyla, "capital")
    actions.start_level_check(by=leyla, now=now, course=published_course("small-course"), known=())
    then(now + timedelta(days=4))
    page = browser(leyla)
    addresses = [TODAY, "/practice/review/", f"/practice/review/{small.task('capital').task_id}/", CHECK, "/",
                 "/learn/small-course/"]  # fmt: skip
    with counted() as seen:
        for address in addresses:
            page.get(address)
    assert seen.sql
    assert seen.writes == []


def cost(counted, page, address):
    page.get(address)
    with counted() as seen:
        assert page.get(address).status_code == 200
    return len(seen.sql)


def test_what_a_group_has_to_do_soon_comes_first_with_its_day(small, cast, practise, browser, now, then):
    from bilik.groups.actions import add_member, found_group, set_deadline
    from bilik.people.queries import organisations_of

    leyla = cast["leyla"]
    place = organisations_of(cast["aysel"]).get(slug="ganja-hub")
    group = found_group(by=None, now=now, organisation=place, name="Python", kind="course_group",
                        starts_on=now.date(), courses=["small-course"])  # fmt: skip
    add_member(by=None, now=now, group=group, person=leyla, part="learner")
    practise(leyla, "capital")
    facts = {"by": None, "now": now, "group": group, "course_slug": "small-course", "matter": "lesson"}
    set_deadline(**facts, slug="01-choices", due_at=now + timedelta(days=4))
    reasons = []
    for day in (0, 3, 9):
        # The day is told by the academy's zone.
        reasons.append([one.reason for one in queries.today(leyla, now + timedelta(days=day)).suggestions])
    # Its task is also the one at which she stopped: it is suggested once, by the stronger reason.
    assert [one[0] for one in reasons] == ["continue", "deadline_near", "deadline_near"]
    then(now + timedelta(days=3))
    page = browser(leyla)
    page.cookies["bilik-language"] = "en"
    assert "Your group has this to do by 26 November." in text(page.get(TODAY))
    practise(leyla, "even-numbers", day=1)
    assert queries.today(leyla, now + timedelta(days=3)).suggestions[0].reason == "continue"


@pytest.mark.parametrize("stored", [False, True])
def test_a_page_costs_the_same_with_one_answer_and_with_three(
    small, leyla, practise, browser, counted, now, then, stored, monkeypatch
):
    # Which version is published is asked again after two seconds; on a slow machine that would be now and then.
    monkeypatch.setattr("bilik.catalog.queries.PUBLISHED_SECONDS", 3600.0)
    page, costs = browser(leyla), []
    then(now + timedelta(days=4))
    for minute, slug in enumerate(("capital", "area", "word")):
        practise(leyla, slug, minute=minute)
        if stored:
            actions.keep_up(person=leyla, now=now + timedelta(days=1))
        address = f"/practice/review/{small.task('capital').task_id}/"
        with panels.only(*MINE):
            costs.append([cost(counted, page, one) for one in (TODAY, address, "/", "/learn/small-course/")])
    # Session and person; picture with skills and tasks, open check, newer answers (hints to them); what each page adds.
    assert costs[0] == costs[2] == [17, 11, 18, 6]
