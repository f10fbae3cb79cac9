"""The key never leaves the server before it may: no page of a learner holds it, before and after a wrong answer."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

# What only somebody who has the key can know: right answers, hidden tests, model solutions, explanations.
KEY = ("7341.5", "zanbaq-print", "48151 62342", "nargiz-once", "271828", "543656", "zafaran", "SECRET-EXPLANATION")
WRONG = {
    "capital": ["ganja"],
    "even-numbers": ["two", "three"],
    "area": ["8341.5"],
    "word": ["input"],
    "what-prints": ["120034"],
    "boxes": ["1"],
    "two-tries": ["no"],
    "double": ["def double(n):\n    print(n)"],
}


def every_page(browser, small):
    """The HTML of all pages that a learner can open in the small course."""
    course = "/learn/small-course/"
    addresses = ["/", "/learn/", "/learn/skills/", course]
    addresses += [f"{course}{lesson.slug}/" for lesson in small.source.lessons]
    addresses += [small.url("attempts", slug) for slug in WRONG]
    pages = {address: browser.get(address) for address in addresses}
    pages |= {small.url("task", slug): browser.get(small.url("task", slug), headers=HTMX) for slug in WRONG}
    assert {response.status_code for response in pages.values()} == {200}
    return {address: response.content.decode() for address, response in pages.items()}


HTMX = {"HX-Request": "true"}


def found(pages):
    return {(address, secret) for address, html in pages.items() for secret in KEY if secret in html}


def test_a_visitor_never_sees_the_key(small, client):
    for lesson in small.source.lessons:
        html = client.get(f"/learn/small-course/{lesson.slug}/").content.decode()
        assert [secret for secret in KEY if secret in html] == []


def test_a_learner_sees_no_key_before_answering(small, leyla, browser):
    assert found(every_page(browser(leyla), small)) == set()


def test_a_learner_sees_no_key_after_wrong_answers(small, leyla, browser):
    pages = browser(leyla)
    for slug, answers in WRONG.items():
        html = pages.post(small.url("answer", slug), {"answer": answers}, headers=HTMX).content.decode()
        assert [secret for secret in KEY if secret in html] == [], slug
    assert found(every_page(pages, small)) == set()


def test_which_choice_is_right_is_not_marked(small, leyla, browser):
    html = browser(leyla).get(small.url("lesson", "capital")).content.decode()
    labels = [html.count(f'name="answer" value="{name}">') for name in ("baku", "ganja", "sheki")]
    assert labels == [1, 1, 1]
    assert "correct" not in html


def test_what_is_kept_for_pages_holds_no_key(small, rows):
    for variant in rows("catalog.TaskVariant"):
        shown = {name: part for name, part in variant["page"].items() if name != "solution"}
        words = str({**shown, "texts": {k: v["task"] for k, v in shown["texts"].items()}})
        assert [secret for secret in KEY if secret in words] == []


def test_after_solving_the_model_answer_and_the_explanation_are_shown(small, leyla, browser, give):
    give(leyla, small.task("double"), "def double(n):\n    return n * 2")
    html = browser(leyla).get(small.url("lesson", "double")).content.decode()
    assert "zafaran" in html
    assert "SECRET-EXPLANATION of twice." in html
    assert "271828" not in html


def test_a_solution_that_is_never_shown_is_not_shown_after_solving_either(small, leyla, browser, give):
    assert give(leyla, small.task("area"), "734150 cm").submission.outcome == "accepted"
    html = browser(leyla).get(small.url("lesson", "area")).content.decode()
    assert "7341.5" not in html
    assert "SECRET-EXPLANATION of the fence." not in html
