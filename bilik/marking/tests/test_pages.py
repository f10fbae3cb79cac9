"""The pages of marking as a browser sees them, without JavaScript."""

from __future__ import annotations

import hashlib
import json

import pytest

from bilik.grading.uploads import Upload
from bilik.marking import actions
from bilik.marking.models import BankComment, Marking
from tests.small_course import PROJECT

from .conftest import ALL, HALF, marks

pytestmark = pytest.mark.django_db
CODE = Upload("rain.py", b"print(1)\n")


@pytest.fixture
def sent(cast, essay, hand_in):
    return hand_in(cast["leyla"], essay, "My village <b>lies</b> on a river.")


def test_a_trainer_walks_from_home_to_the_marks(cast, sent, browser):
    page = browser(cast["aysel"])
    assert "/marking/" in page.get("/").content.decode()
    assert "Leyla Əliyeva" in page.get("/marking/").content.decode()
    at = page.post(f"/marking/{sent.pk}/start")["Location"]
    html = page.get(at).content.decode()
    assert "My village &lt;b&gt;lies&lt;/b&gt; on a river." in html
    assert "SECRET-EXAMPLE" in html
    form = {"level-clear": "partly", "comment-clear": "Shorter.", "keep": ["clear"], "do": "finish"}
    response = page.post(at, form)
    assert response.status_code == 422
    assert 'value="partly" checked' in response.content.decode()
    response = page.post(at, form | {"level-true": "yes", "comment": "Good."})
    assert response["Location"] == "/marking/"
    sent.refresh_from_db()
    assert sent.score == 3
    assert BankComment.objects.get().text == "Shorter."


def test_what_is_kept_for_later_is_there_again(cast, sent, browser):
    page = browser(cast["aysel"])
    page.post(f"/marking/{sent.pk}/start")
    page.post(f"/marking/{sent.pk}/", {"level-clear": "no", "comment": "To be <i>continued</i>", "do": "keep"})
    html = page.get(f"/marking/{sent.pk}/").content.decode()
    assert 'value="no" checked' in html
    assert "To be &lt;i&gt;continued&lt;/i&gt;" in html


@pytest.mark.parametrize("name", ["leyla", "jasur", "rustam", "timur"])
def test_others_do_not_find_the_answer(cast, sent, browser, name):
    page = browser(cast[name])
    assert page.get(f"/marking/{sent.pk}/").status_code == 404
    page.post(f"/marking/{sent.pk}/start")
    page.post(f"/marking/{sent.pk}/", {"level-clear": "yes", "level-true": "yes", "do": "finish"})
    assert not Marking.objects.exists()


def test_visitors_are_asked_to_sign_in(client, sent):
    for path in ("/marking/", f"/marking/{sent.pk}/", "/marking/peers/"):
        assert client.get(path)["Location"].startswith("/account/login/")


def test_marks_are_changed_with_a_reason(cast, sent, browser, now):
    actions.start_marking(by=cast["aysel"], now=now, submission_id=sent.pk)
    actions.finish_marking(by=cast["aysel"], now=now, submission_id=sent.pk, marks=marks(ALL))
    page = browser(cast["nigar"])
    form = {"level-clear": "no", "level-true": "no", "do": "again"}
    assert page.post(f"/marking/{sent.pk}/", form).status_code == 422
    assert page.post(f"/marking/{sent.pk}/", form | {"reason": "Looked again."}).status_code == 302
    sent.refresh_from_db()
    assert sent.score == 0


def test_files_are_given_to_markers_as_downloads(cast, tiny, hand_in, browser):
    task = tiny("project-course", PROJECT)
    answer = {"text": "", "link": "https://example.org/x", "files": [json.loads(CODE.description())]}
    sent = hand_in(cast["leyla"], task, answer, files=[CODE])
    page, digest = browser(cast["aysel"]), hashlib.sha256(CODE.content).hexdigest()
    html = page.get(f"/marking/{sent.pk}/").content.decode()
    assert 'href="https://example.org/x" rel="noopener noreferrer nofollow ugc"' in html
    response = page.get(f"/marking/{sent.pk}/files/{digest}")
    assert (response.content, response["Content-Type"]) == (CODE.content, "application/octet-stream")
    page.logout()
    assert browser(cast["jasur"]).get(f"/marking/{sent.pk}/files/{digest}").status_code == 404


def test_peers_see_no_names(cast, peer_essay, hand_in, join, person, browser, now):
    murad = join(person("murad"))
    theirs = hand_in(murad, peer_essay, "The village lies on a hill.")
    hand_in(cast["leyla"], peer_essay)
    page = browser(cast["leyla"])
    assert f"/marking/peers/{peer_essay.task_id}/start" in page.get("/marking/peers/").content.decode()
    at = page.post(f"/marking/peers/{peer_essay.task_id}/start")["Location"]
    assert at == f"/marking/{theirs.pk}/"
    html = page.get(at).content.decode()
    assert murad.display_name not in html
    assert page.post(at, {"level-clear": "yes", "level-true": "no", "do": "finish"})["Location"] == "/marking/peers/"
    page.logout()
    assert browser(murad).get(at).status_code == 404


def test_without_names_means_without_names(cast, essay, sent, browser, now):
    page = browser(cast["nigar"])
    at = "/marking/plans/ganja-hub/essay-course/alone/"
    assert page.post(at, {"anonymous": "on", "second_percent": "0", "tolerance": "1.5"}).status_code == 302
    assert page.post(at, {"second_percent": "101", "tolerance": "1"}).status_code == 422
    page.logout()
    page = browser(cast["aysel"])
    page.post(f"/marking/{sent.pk}/start")
    for path in ("/marking/", f"/marking/{sent.pk}/"):
        assert "Leyla" not in page.get(path).content.decode()
    page.logout()
    assert browser(cast["leyla"]).post(at, {"second_percent": "0", "tolerance": "1"}).status_code == 403


def test_a_second_marker_does_not_see_the_first_and_the_third_sees_both(cast, essay, sent, browser, join, person, now):
    elchin = join(person("elchin"), role="trainer")
    page = browser(cast["nigar"])
    at = "/marking/plans/ganja-hub/essay-course/alone/"
    page.post(at, {"second_percent": "100", "tolerance": "0"})
    for by, levels, words in ((cast["aysel"], ALL, "FIRST-COMMENT"), (elchin, HALF, "SECOND-COMMENT")):
        actions.start_marking(by=by, now=now, submission_id=sent.pk)
        page.logout()
        page = browser(by)
        assert "FIRST-COMMENT" not in page.get(f"/marking/{sent.pk}/").content.decode()
        actions.finish_marking(by=by, now=now, submission_id=sent.pk, marks=marks(levels, whole=words))
    page.logout()
    page = browser(cast["nigar"])
    page.post(f"/marking/{sent.pk}/start")
    html = page.get(f"/marking/{sent.pk}/").content.decode()
    assert "FIRST-COMMENT" in html
    assert "SECOND-COMMENT" in html


def test_what_home_says_of_marking_costs_three_queries(cast, essay, peer_essay, hand_in, browser, counted):
    from bilik.marking.panel import home_panel
    from bilik.web import panels

    page = browser(cast["aysel"])

    def cost():
        page.get("/")
        with counted() as seen:
            page.get("/")
        return len(seen.sql)

    mine = panels.Panel(order=1, place="front.today", name="marking", draw=home_panel)
    hand_in(cast["leyla"], essay)
    with panels.only():
        without = cost()
    with panels.only(mine):
        one = cost()
        hand_in(cast["leyla"], peer_essay)
        assert (one - without, cost() - without) == (3, 3)
