"""Handing in work that people mark: files, what waits, what marks say, and that files are one's own."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bilik.grading.rubric import marked_verdict
from bilik.grading.verdict import Outcome
from bilik.kit.ids import new_id
from bilik.submissions import actions
from bilik.submissions.models import Attachment, Submission
from tests.small_course import ESSAY, PROJECT

pytestmark = pytest.mark.django_db
CODE = b"print('rain')\n"
LESSON = "/learn/{}/04-one/"


@pytest.fixture
def page(tiny, browser, leyla):
    tiny("project-course", PROJECT)
    return browser(leyla)


def send(page, *files, course="project-course", **fields):
    data = {"key": str(new_id()), "answer": "My project.", "files": list(files)} | fields
    return page.post(LESSON.format(course) + "alone/answer", data, headers={"HX-Request": "true"})


def upload(name="rain.py", content=CODE):
    return SimpleUploadedFile(name, content)


def test_work_is_handed_in_with_its_files_and_waits_for_a_person(page):
    html = send(page, upload()).content.decode()
    assert "It waits for a person to mark it." in html
    assert 'class="task marking"' in html
    (submission,) = Submission.objects.all()
    assert submission.answer["text"] == "My project."
    assert [file["name"] for file in submission.answer["files"]] == ["rain.py"]
    assert [bytes(file.content.content) for file in Attachment.objects.all()] == [CODE]


def test_the_form_says_how_it_is_marked_and_keeps_its_files_for_the_next_version(page):
    assert 'enctype="multipart/form-data"' in page.get(LESSON.format("project-course")).content.decode()
    html = send(page, upload()).content.decode()
    assert "Clear throughout" in html
    kept = re.search(r'name="answer-file" value="([^"]+)" checked', html)[1].replace("&quot;", '"')
    assert json.loads(kept)["name"] == "rain.py"
    send(page, upload("more.csv", b"a,b\n"), **{"answer-file": kept, "answer": "A better one."})
    newest = Submission.objects.order_by("id").last()
    assert [file.name for file in newest.attachments.all()] == ["rain.py", "more.csv"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.exe", b"MZ", "not a kind of file"), ("a.png", b"text", "not a .png file"), ("a.py", b"a" * 1_000_002, "1 MB")],
)
def test_a_file_that_is_not_taken_is_said_and_nothing_typed_is_lost(page, name, content, said):
    response = send(page, upload(name, content), answer="Typed words of mine")
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert "Typed words of mine" in html
    assert not Submission.objects.exists()


def test_files_where_none_are_taken_are_left_alone(tiny, browser, leyla):
    tiny("essay-course", ESSAY)
    send(browser(leyla), upload(), course="essay-course", answer="My village lies on a river.")
    assert Submission.objects.get().answer == "My village lies on a river."
    assert not Attachment.objects.exists()


def test_ones_files_are_given_back_as_downloads_and_to_nobody_else(page, browser, jasur):
    send(page, upload("yağış.csv", b"a,b\n"))
    submission, digest = Submission.objects.get(), hashlib.sha256(b"a,b\n").hexdigest()
    at = f"{LESSON.format('project-course')}alone/files/{submission.pk}/{digest}"
    assert at in page.get(LESSON.format("project-course") + "alone/attempts").content.decode()
    response = page.get(at)
    assert response.content == b"a,b\n"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    page.logout()
    assert browser(jasur).get(at).status_code == 404


def test_marks_and_comments_are_shown_and_the_example_only_once_all_points_are_earned(page):
    send(page, upload())
    submission = Submission.objects.get()
    clear = {"id": "clear", "points": "2", "levels": [{"id": "partly", "points": "1"}]}
    spec = {"points": 4, "rubric": [clear, {"id": "true", "points": "2", "levels": [{"id": "yes", "points": "2"}]}]}
    comments = [{"text": "Say <more>.", "criterion": "clear"}, {"text": "Good start."}]
    verdict = marked_verdict(spec, {"clear": 1, "true": 2}, comments)
    assert verdict.outcome is Outcome.PARTIAL
    actions.record_marks(submission_id=submission.pk, by=None, verdict=verdict, now=submission.received_at)
    html = page.get(LESSON.format("project-course")).content.decode()
    for words in ("Partly clear", "1 of 2", "2 of 2", "Say &lt;more&gt;.", "Good start.", "3 / 4"):
        assert words in html
    assert "SECRET-EXAMPLE" not in html
    everything = marked_verdict(spec, {"clear": 2, "true": 2})
    actions.replace_verdict(
        submission_id=submission.pk, by=None, verdict=everything, reason="Looked again", now=submission.received_at
    )
    assert "SECRET-EXAMPLE" in page.get(LESSON.format("project-course")).content.decode()
