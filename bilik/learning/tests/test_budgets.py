"""Reading writes nothing, and costs the same number of queries whether there is one thing on the page or three."""

from __future__ import annotations

import pytest

from bilik.web import panels

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
WORD = "zanbaq-print"
THREE = {"double": "def double(n):\n    return n", "say-salam": "print(1)", "wait-long": "print('salam')"}


def cost(counted, page, address, **more):
    """The queries of a page that has been opened before, so that published courses are in memory."""
    page.get(address, **more)
    with counted() as seen:
        assert page.get(address, **more).status_code == 200
    return len(seen.sql)


def answer_all(give, person, small):
    for slug, program in THREE.items():
        give(person, small.task(slug), program)
    give(person, small.task("alone"), WORD)


def test_no_page_writes_when_it_is_opened(small, leyla, give, browser, counted):
    answer_all(give, leyla, small)
    course = "/learn/small-course/"
    addresses = ["/", "/health", "/learn/", "/learn/skills/", course]
    addresses += [f"{course}{lesson.slug}/" for lesson in small.source.lessons]
    addresses += [small.url("attempts", slug) for slug in ("double", "area")]
    for person in (None, leyla):
        page = browser(person)
        with counted() as seen:
            for address in addresses:
                page.get(address)
            page.get(small.url("task", "double"), headers=HTMX)
        assert seen.sql
        assert seen.writes == []


@pytest.mark.parametrize("answered", [False, True])
def test_a_lesson_costs_the_same_with_one_task_and_with_three(small, leyla, give, browser, counted, answered):
    if answered:
        answer_all(give, leyla, small)
    page = browser(leyla)
    costs = [cost(counted, page, small.url("lesson", slug)) for slug in ("alone", "double")]
    # Session, person, progress with the newest answers, dates of one's groups; what trainers say of answers.
    assert costs == ([5, 5] if answered else [4, 4])


def test_a_lesson_costs_a_visitor_no_query_once_it_was_read(small, browser, counted):
    assert [cost(counted, browser(), small.url("lesson", slug)) for slug in ("alone", "double")] == [0, 0]


def test_the_list_of_courses_costs_the_same_with_one_and_with_three(tiny, leyla, give, browser, counted):
    costs = []
    page = browser(leyla)
    for slug in ("one", "two", "three"):
        give(leyla, tiny(slug), WORD)
        # What upper rooms lay on these pages is counted where they are.
        with panels.only():
            costs.append([cost(counted, page, address) for address in ("/learn/", "/", "/learn/skills/")])
    assert costs[0] == costs[2] == [4, 11, 4]


def test_a_course_costs_the_same_however_many_lessons_it_has(small, tiny, leyla, give, browser, counted):
    give(leyla, tiny("one"), WORD)
    answer_all(give, leyla, small)
    page = browser(leyla)
    with panels.only():
        costs = [cost(counted, page, f"/learn/{slug}/") for slug in ("one", "small-course")]
    # One of them asks upper rooms which lessons may be left out.
    assert costs == [5, 5]


def test_ones_answers_cost_the_same_with_one_and_with_three(small, leyla, give, browser, counted):
    page, costs = browser(leyla), []
    for _ in range(3):
        give(leyla, small.task("double"), THREE["double"])
        costs.append(cost(counted, page, small.url("attempts", "double")))
    assert costs == [5, 5, 5]


def test_following_a_verdict_costs_little(small, leyla, give, browser, counted):
    answer_all(give, leyla, small)
    assert cost(counted, browser(leyla), small.url("task", "double"), headers=HTMX) <= 6
