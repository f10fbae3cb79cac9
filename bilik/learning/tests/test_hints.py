"""Hints are shown one by one, only when asked for."""

from __future__ import annotations

import pytest

from bilik.learning.actions import take_hint

pytestmark = pytest.mark.django_db

FIRST, SECOND = "It lies at the sea.", "Its name begins with B."


def test_hints_come_one_by_one_and_then_there_are_no_more(small, leyla, now, refused):
    task = small.task("capital")
    assert [take_hint(by=leyla, now=now, task=task, shown=shown) for shown in (0, 1)] == [1, 2]
    with refused("no_more_hints"):
        take_hint(by=leyla, now=now, task=task, shown=2)


@pytest.mark.parametrize("shown", [0, 1])
def test_a_double_click_gives_one_hint_also_on_the_last(small, leyla, now, rows, shown):
    task = small.task("capital")
    for number in range(shown):
        take_hint(by=leyla, now=now, task=task, shown=number)
    assert [take_hint(by=leyla, now=now, task=task, shown=shown) for _ in range(3)] == [shown + 1] * 3
    taken = [row for row in rows("people.JournalEntry") if row["verb"] == "learning.took_hint"]
    assert len(taken) == shown + 1


def test_clicks_at_once_give_one_hint(small, leyla, now, together, rows):
    task = small.task("capital")
    assert together(*[lambda: take_hint(by=leyla, now=now, task=task, shown=0)] * 3) == [1, 1, 1]
    assert [row["hints"] for row in rows("learning.Progress")] == [1]


def test_a_task_without_hints_gives_none_and_keeps_nothing(small, leyla, now, refused, rows):
    with refused("no_more_hints"):
        take_hint(by=leyla, now=now, task=small.task("area"), shown=0)
    assert rows("learning.Progress") == []


def test_a_hint_is_no_attempt(small, leyla, now, give, rows):
    take_hint(by=leyla, now=now, task=small.task("capital"), shown=0)
    (progress,) = rows("learning.Progress")
    assert (progress["attempts"], progress["last_at"]) == (0, None)
    give(leyla, small.task("capital"), "baku")
    (progress,) = rows("learning.Progress")
    assert (progress["attempts"], progress["hints"]) == (1, 1)


def test_a_minor_without_a_guardian_is_refused(small, kamran, now, refused):
    with refused("guardian_needed"):
        take_hint(by=kamran, now=now, task=small.task("capital"), shown=0)


def test_the_page_shows_only_hints_that_were_taken(small, leyla, browser):
    page = browser(leyla)
    address, lesson = small.url("hint", "capital"), small.url("lesson", "capital")
    assert FIRST not in page.get(lesson).content.decode()
    response = page.post(address, {"shown": "0"})
    assert (response.status_code, response["Location"]) == (302, lesson + "#capital")
    html = page.get(lesson).content.decode()
    assert FIRST in html
    assert SECOND not in html
    html = page.post(address, {"shown": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert FIRST in html
    assert SECOND in html
    assert "<html" not in html


@pytest.mark.parametrize("shown", ["", "x", "-1", "²", "9" * 30])
def test_an_odd_number_in_the_form_is_no_error(small, leyla, browser, shown):
    assert browser(leyla).post(small.url("hint", "capital"), {"shown": shown}).status_code == 302


def test_a_refused_hint_leaves_what_stands_in_the_form(small, leyla, give, browser):
    give(leyla, small.task("word"), "my own word")
    response = browser(leyla).post(small.url("hint", "word"), {"shown": "0"})
    assert response.status_code == 409
    assert 'value="my own word"' in response.content.decode()


def test_a_visitor_is_asked_to_sign_in(small, client):
    response = client.post(small.url("hint", "capital"), {"shown": "0"})
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]
