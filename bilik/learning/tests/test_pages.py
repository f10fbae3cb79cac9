"""The pages of learning as a browser sees them: with and without JavaScript, refusals, and what is not there."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bilik.kit.ids import new_id
from bilik.submissions.queries import submissions_to_task

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
NASTY = "</textarea><script>alert(1)</script>\"'<b>&amp;"


def form(answer, **more):
    return {"answer": answer, "key": str(new_id())} | more


def test_without_javascript_an_answer_leads_back_to_its_task_with_the_verdict(small, leyla, browser):
    page = browser(leyla)
    response = page.post(small.url("answer", "capital"), form("ganja"))
    assert (response.status_code, response["Location"]) == (302, small.url("lesson", "capital") + "#capital")
    html = page.get(response["Location"]).content.decode()
    assert 'id="capital"' in html
    assert "Ganja is the second city." in html
    assert re.search(r'value="ganja" checked', html)


def test_with_htmx_the_card_alone_comes_back_and_says_that_it_is_stored(small, leyla, browser):
    response = browser(leyla).post(small.url("answer", "capital"), form("baku"), headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.lstrip().startswith('<section class="task accepted" id="capital"')
    assert f'data-stored="{small.task("capital").version_id}"' in html
    assert "<html" not in html


def test_sending_a_form_again_is_the_same_answer(small, leyla, browser, rows):
    page, sent = browser(leyla), form("ganja")
    for _ in range(2):
        assert page.post(small.url("answer", "capital"), sent).status_code == 302
    assert len(rows("submissions.Submission")) == 1


@pytest.mark.parametrize("key", ["", "no-key", "x" * 500])
def test_a_form_without_a_usable_key_is_simply_new(small, leyla, browser, rows, key):
    assert browser(leyla).post(small.url("answer", "capital"), form("ganja", key=key)).status_code == 302
    assert len(rows("submissions.Submission")) == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("slug", "typed"), [("area", "seven hundred"), ("area", NASTY), ("double", " \n "), ("word", "w" * 1001)]
)
def test_what_is_no_answer_is_a_422_that_keeps_it_in_the_form(small, leyla, browser, headers, slug, typed):
    response = browser(leyla).post(small.url("answer", slug), form(typed), headers=headers)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Not an answer yet" in html
    assert kept(html, slug) == typed
    assert "<script>alert" not in html


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_visitor_is_refused_with_403_and_keeps_what_was_typed(small, client, rows, headers):
    response = client.post(small.url("answer", "double"), form("def double(n): return 2*n"), headers=headers)
    html = response.content.decode()
    assert response.status_code == 403
    assert kept(html, "double") == "def double(n): return 2*n"
    assert "/account/login/" in html
    assert rows("submissions.Submission") == []


def test_a_minor_without_a_guardian_reads_everything_and_is_refused_with_the_way_out(small, kamran, browser):
    page = browser(kamran)
    html = page.get(small.url("lesson", "word")).content.decode()
    assert "Which word shows something on the screen?" in html
    assert "Ask a parent or guardian" in html
    response = page.post(small.url("answer", "word"), form("my word"))
    assert response.status_code == 403
    assert kept(response.content.decode(), "word") == "my word"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_without_attempts_left_a_409_keeps_what_was_typed(small, leyla, give, browser, headers):
    for word in ("no", "nein"):
        give(leyla, small.task("two-tries"), word)
    response = browser(leyla).post(small.url("answer", "two-tries"), form("my third try"), headers=headers)
    assert response.status_code == 409
    html = response.content.decode()
    assert "All attempts at this task are used up." in html
    assert kept(html, "two-tries") == "my third try"


def kept(html, slug):
    """What stands in the form of a task, unescaped as a browser does."""
    from html import unescape

    found = re.search(rf'<textarea[^>]*id="answer-{slug}"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    found = found or re.search(rf'<input id="answer-{slug}"[^>]* value="([^"]*)"', html)
    return unescape(found[1]).replace("\r\n", "\n")


@pytest.mark.parametrize("slug", ["area", "word", "what-prints", "double"])
@pytest.mark.parametrize("page", ["lesson", "attempts", "task"])
def test_an_answer_is_always_escaped(small, leyla, browser, slug, page):
    typed = f"7 {NASTY}" if slug == "area" else NASTY
    window = browser(leyla)
    window.post(small.url("answer", slug), form(typed))
    html = window.get(small.url(page, slug), headers=HTMX if page == "task" else {}).content.decode()
    assert "<script>alert" not in html
    assert "<b>" not in html
    if slug != "area":
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_what_a_program_prints_is_escaped(small, leyla, browser):
    window = browser(leyla)
    program = f"def double(n):\n    print({NASTY!r})\n    return {NASTY!r}\n"
    html = window.post(small.url("answer", "double"), form(program), headers=HTMX).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("page", ["answer", "hint"])
def test_a_form_without_a_token_is_refused_and_gives_back_what_was_typed(small, leyla, page, rows):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(leyla)
    response = careful.post(small.url(page, "word"), form("typed words"))
    assert response.status_code == 403
    assert "typed words" in response.content.decode()
    assert rows("submissions.Submission") == []


@pytest.mark.parametrize("page", ["answer", "hint"])
def test_verbs_are_not_for_reading(small, leyla, browser, page):
    assert browser(leyla).get(small.url(page, "capital")).status_code == 405


@pytest.mark.parametrize("page", ["lesson", "task", "attempts"])
def test_pages_are_not_for_posting(small, leyla, browser, page):
    assert browser(leyla).post(small.url(page, "capital")).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "no-course/",
        "small-course/no-lesson/",
        "small-course/01-choices/no-task/",
        "small-course/01-choices/no-task/attempts",
        "small-course/01-choices/area/",
        "small-course/02-numbers/capital/attempts",
        "no-course/01-choices/capital/",
    ],
)
def test_what_is_not_there_is_a_404(small, leyla, browser, address):
    assert browser(leyla).get(f"/learn/{address}").status_code == 404


def test_posting_to_what_is_not_there_is_a_404(small, leyla, browser):
    for page in ("answer", "hint"):
        assert browser(leyla).post(f"/learn/small-course/01-choices/no-task/{page}", form("x")).status_code == 404


def test_nobody_reads_the_answers_of_another(small, leyla, jasur, give, browser):
    hers = give(leyla, small.task("word"), "her diary").submission
    his = give(jasur, small.task("word"), "his own").submission
    page, address = browser(jasur), small.url("attempts", "word")
    assert page.get(f"{address}?one={hers.pk}").status_code == 404
    html = page.get(f"{address}?one={his.pk}").content.decode()
    assert "his own" in html
    for other in (address, small.url("lesson", "word")):
        assert "her diary" not in page.get(other).content.decode()


@pytest.mark.parametrize("one", ["", "0", "x", "-1", "²", "9" * 18, "9" * 40, "1.5", "%00"])
def test_an_answer_that_is_not_there_is_a_404(small, leyla, browser, one):
    assert browser(leyla).get(f"{small.url('attempts', 'word')}?one={one}").status_code == 404


def test_a_card_that_was_drawn_for_one_person_is_never_another_ones(small, leyla, jasur, give, browser):
    from bilik.learning.actions import take_hint

    address = small.url("lesson", "capital")
    visitor = browser().get(address).content.decode()
    answer = give(leyla, small.task("capital"), "ganja").submission
    take_hint(by=leyla, now=answer.received_at, task=small.task("capital"), shown=0)
    hers = browser(leyla).get(address).content.decode()
    assert "It lies at the sea." in hers
    for page in (visitor, browser(jasur).get(address).content.decode(), Client().get(address).content.decode()):
        assert "It lies at the sea." not in page
        assert "Ganja is the second city." not in page


def test_every_page_has_its_own_token_and_every_form_its_own_key(small, leyla, give, browser):
    give(leyla, small.task("capital"), "ganja")
    address = small.url("lesson", "capital")
    pages = [Client().get(address).content.decode()] + [browser(leyla).get(address).content.decode() for _ in range(2)]
    keys = [key for page in pages for key in re.findall(r'name="key" value="([^"]+)"', page)]
    assert len(keys) == 6 == len(set(keys))
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)) for page in pages]
    assert all(tokens)
    assert not tokens[0] & tokens[1]
    assert "\x00" not in "".join(pages)


def test_what_somebody_typed_is_gone_from_pages_once_it_was_erased(small, leyla, give, browser, now):
    from bilik.submissions.data import erase

    give(leyla, small.task("word"), "my secret diary")
    page, address = browser(leyla), small.url("lesson", "word")
    assert "my secret diary" in page.get(address).content.decode()
    erase(leyla, now)
    assert "my secret diary" not in page.get(address).content.decode()


def test_an_answer_to_another_task_is_not_shown_here(small, leyla, give, browser):
    other = give(leyla, small.task("area"), "1").submission
    give(leyla, small.task("word"), "x")
    assert browser(leyla).get(f"{small.url('attempts', 'word')}?one={other.pk}").status_code == 404


def test_earlier_answers_are_listed_newest_first_and_one_is_shown_in_full(small, leyla, give, browser):
    sent = [give(leyla, small.task("word"), f"try number {number}").submission.pk for number in range(3)]
    page, address = browser(leyla), small.url("attempts", "word")
    html = page.get(address).content.decode()
    assert [int(pk) for pk in re.findall(r'href="\?one=(\d+)"', html)] == sent[::-1]
    assert "try number 2" in html
    assert "try number 0" in page.get(f"{address}?one={sent[0]}").content.decode()


@pytest.mark.parametrize("address", ["/learn/skills/", "/learn/small-course/01-choices/capital/attempts"])
def test_ones_own_pages_ask_a_visitor_to_sign_in(small, client, address):
    assert "/account/login/" in client.get(address)["Location"]


def test_a_task_alone_leads_to_its_place_in_the_lesson_without_htmx(small, client):
    assert client.get(small.url("task", "area"))["Location"] == small.url("lesson", "area") + "#area"


def test_a_lesson_without_a_translation_is_shown_in_its_source_and_says_so(small, client):
    client.cookies["bilik-language"] = "az"
    translated = client.get(small.url("lesson", "capital")).content.decode()
    assert "Azərbaycanın paytaxtı hansı şəhərdir?" in translated
    assert "Which are even?" in translated
    missing = client.get(small.url("lesson", "area")).content.decode()
    assert 'lang="en"' in missing
    assert "Count." in missing


def test_feedback_is_in_the_language_of_the_reader(small, leyla, give, browser):
    give(leyla, small.task("capital"), "ganja", language="en")
    browser(leyla).cookies["bilik-language"] = "az"
    assert "Gəncə ikinci şəhərdir." in browser().get(small.url("lesson", "capital")).content.decode()


def test_an_older_version_of_a_task_does_not_fill_the_form_of_the_new_one(small, publish, leyla, give, browser):
    from tests.small_course import CODE, small_course

    give(leyla, small.task("double"), "def double(n):\n    return 0  # mine")
    files = small_course()
    files[f"lessons/{CODE}/double/exercise.toml"] += "\n# changed\n"
    publish(files)
    html = browser(leyla).get(small.url("lesson", "double")).content.decode()
    assert kept(html, "double") == "def double(n):\n    ...\n"
    assert "# mine" in browser().get(small.url("attempts", "double")).content.decode()
    assert submissions_to_task(leyla, small.task("double").task_id).count() == 1
