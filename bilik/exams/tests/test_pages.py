"""The pages of exams as a browser sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bilik.exams import actions, queries
from bilik.exams.models import Sitting
from bilik.kit.clock import utc_now

pytestmark = pytest.mark.django_db
AT = "/exams/exam-course/final/"


def place(sitting, slug):
    return next(task.position for task in queries.tasks_of(sitting) if task.version.task.slug == slug)


def test_from_the_course_to_the_result_without_javascript(final, leyla, browser):
    page = browser(leyla)
    assert AT in page.get("/learn/exam-course/").content.decode()
    before = page.get(AT).content.decode()
    assert "<strong>every</strong>" in before
    first = page.post(AT + "begin")["Location"]
    sitting = Sitting.objects.get()
    assert first == f"/exams/sitting/{sitting.ref}/1/"
    at = f"/exams/sitting/{sitting.ref}/{place(sitting, 'secret-word')}/"
    response = page.post(at + "save", {"answer": "zanbaq-print", "go": "finish"})
    assert response["Location"] == f"/exams/sitting/{sitting.ref}/finish/"
    assert 'value="zanbaq-print"' in page.get(at).content.decode()
    assert "no answer yet" in page.get(response["Location"]).content.decode()
    result = page.post(f"/exams/sitting/{sitting.ref}/hand-in")["Location"]
    html = page.get(result).content.decode()
    sitting.refresh_from_db()
    assert f"{sitting.score.normalize()} / {sitting.of}" in html
    assert "Right!" in html
    assert str(sitting.ref) in page.get("/exams/").content.decode()


def test_nothing_of_a_verdict_is_shown_before_the_end(final, leyla, browser):
    page = browser(leyla)
    page.post(AT + "begin")
    sitting = Sitting.objects.get()
    at = f"/exams/sitting/{sitting.ref}/{place(sitting, 'secret-word')}/"
    for answer in ("zanbaq-print", "wrong"):
        html = page.post(at + "save", {"answer": answer}, headers={"HX-Request": "true"}).content.decode()
        assert "Saved at" in html
        assert "Right" not in html
        assert "verdict" not in page.get(at).content.decode()


@pytest.mark.parametrize(("feedback", "points", "words"), [("score", True, False), ("never", False, False)])
def test_what_is_shown_afterwards_is_what_the_author_allows(final, leyla, begun, browser, now, feedback, points, words):
    sitting = begun(leyla)
    position = place(sitting, "secret-word")
    actions.save_answer(by=leyla, now=now, ref=sitting.ref, position=position, fields={"answer": ["zanbaq-print"]})
    Sitting.objects.update(feedback=feedback)
    actions.hand_in(by=leyla, now=now, ref=sitting.ref)
    html = browser(leyla).get(f"/exams/sitting/{sitting.ref}/").content.decode()
    assert (f'id="task-{position}"' in html) is points
    assert ("Right!" in html) is words


def test_when_the_time_is_over_saving_leads_to_the_result(final, leyla, begun, browser):
    sitting = begun(leyla, utc_now() - timedelta(hours=2))
    response = browser(leyla).post(f"/exams/sitting/{sitting.ref}/1/save", {"answer": "late"})
    assert response["Location"] == f"/exams/sitting/{sitting.ref}/"
    assert queries.tasks_of(sitting)[0].fields == {}


def test_an_exam_is_ones_own(final, leyla, jasur, begun, browser, client):
    sitting = begun(leyla)
    at = f"/exams/sitting/{sitting.ref}/"
    assert client.get(at + "1/")["Location"].startswith("/account/login/")
    page = browser(jasur)
    for path in (at, at + "1/", at + "finish/"):
        assert page.get(path).status_code == 404
    assert page.post(at + "hand-in").status_code == 404
    assert page.post(at + "1/save", {"answer": "x"}).status_code == 404


def test_a_visitor_reads_what_the_exam_is_and_is_asked_to_sign_in(final, client):
    html = client.get(AT).content.decode()
    assert "/account/login/?next=/exams/exam-course/final/" in html
    assert client.post(AT + "begin")["Location"].startswith("/account/login/")


def test_why_one_cannot_begin_is_said(final, leyla, begun, browser, now):
    for _ in range(2):
        actions.hand_in(by=leyla, now=now, ref=begun(leyla).ref)
    page = browser(leyla)
    assert "as often as it may be taken" in page.get(AT).content.decode()
    page.post(AT + "begin")
    assert Sitting.objects.count() == 2


def test_a_page_of_an_exam_costs_the_same_with_any_number_of_tasks(final, leyla, begun, browser, counted):
    page, sitting = browser(leyla), begun(leyla)
    at = f"/exams/sitting/{sitting.ref}/1/"
    page.get(at)
    with counted() as seen:
        page.get(at)
    # Session, person, the sitting, its tasks.
    assert len(seen.sql) == 4
