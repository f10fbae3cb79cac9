"""A course taken to another system: who may, what is shown first, what is written down."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from bilik.authoring import queries
from bilik.authoring.errors import NotChecked
from bilik.exchange.exporters import EXPORTERS
from bilik.people.models import JournalEntry
from tests.small_course import NUMBERS

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


@pytest.fixture
def page(browser, cast):
    return browser(cast["nigar"])


def exported():
    return list(JournalEntry.objects.filter(verb="authoring.exported").order_by("pk"))


@pytest.mark.parametrize("format", EXPORTERS)
def test_a_published_course_is_shown_first_and_then_downloaded(page, small, format):
    at = "/author/courses/small-course/formats/"
    assert at in page.get("/learn/small-course/").content.decode()
    shown = page.get(at, {"format": format, "language": "en"}).content.decode()
    assert re.search(r"Lessons, exercises and exams: \d+\. Kept: \d+", shown)
    assert exported() == []
    answer = page.post(at, {"format": format, "language": "en"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="small-course-en')
    assert answer["Cache-Control"] == "private, no-store"
    if format != "gift":
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    (entry,) = exported()
    assert entry.data == {"format": format, "language": "en"}


def test_the_package_leads_back_to_this_academy_only_where_the_course_is_published(page, small, draft, checked):
    assert checked(draft).ok
    form = {"format": "html", "language": "en"}
    whole = zipfile.ZipFile(io.BytesIO(page.post("/author/courses/small-course/formats/", form).content))
    mine = zipfile.ZipFile(io.BytesIO(page.post(f"/author/drafts/{draft.ref}/formats/", form).content))
    name = f"en/{NUMBERS}.html"
    assert b"/learn/small-course/" in whole.read(name)
    assert b"/learn/small-course/" not in mine.read(name)


def test_a_draft_goes_out_only_as_it_was_checked(page, draft, checked, text):
    at = f"/author/drafts/{draft.ref}/formats/"
    assert isinstance(queries.why_not_export(draft), NotChecked)
    refused = page.post(at, {"format": "gift", "language": "en"})
    assert (refused.status_code, exported()) == (409, [])
    assert "Only what passes its checks goes out" in refused.content.decode()
    assert checked(draft).ok
    assert page.post(at, {"format": "gift", "language": "en"}).status_code == 200
    (entry,) = exported()
    assert (entry.about_id, entry.data["number"]) == (str(draft.ref), draft.number)
    text(draft, f"lessons/{NUMBERS}/lesson.en.md", lambda old: old + "\nMore.\n")
    assert page.post(at, {"format": "gift", "language": "en"}).status_code == 409


def test_the_report_speaks_the_language_of_the_page(page, small):
    page.cookies["language"] = "az"
    at = "/author/courses/small-course/formats/"
    shown = page.get(at, {"format": "gift", "language": "en"}, headers={"accept-language": "az"}).content.decode()
    assert "dərsin mətni orada yoxdur" in shown


def test_who_writes_no_courses_finds_no_page(browser, cast, small, draft):
    for address in ("/author/courses/small-course/formats/", f"/author/drafts/{draft.ref}/formats/"):
        assert browser(cast["leyla"]).get(address).status_code == 404
        assert browser(cast["leyla"]).post(address, {"format": "gift"}).status_code == 404
    # A trainer elsewhere writes courses, but not those of the academy's drafts.
    assert browser(cast["aysel"]).get("/author/courses/small-course/formats/").status_code == 200
    assert browser(cast["aysel"]).get(f"/author/drafts/{draft.ref}/formats/").status_code == 404
    assert exported() == []


def test_a_form_without_its_token_is_refused(cast, small):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast["nigar"])
    assert strict.post("/author/courses/small-course/formats/", {"format": "gift"}).status_code == 403
    assert exported() == []


def test_a_format_that_is_not_there_shows_the_choice_again(page, small):
    answer = page.post("/author/courses/small-course/formats/", {"format": "paper", "language": "xx"})
    assert answer.status_code == 200
    assert 'name="format"' in answer.content.decode()
    assert exported() == []


def test_a_busy_sandbox_is_told_and_nothing_is_written_down(page, small, monkeypatch):
    from bilik.authoring import packing
    from runner.faults import Busy

    def busy(_seconds):
        def run(job):
            raise Busy("no place")

        return run

    monkeypatch.setattr(packing.runners, "runner", busy)
    answer = page.post("/author/courses/small-course/formats/", {"format": "html", "language": "en"})
    assert (answer.status_code, exported()) == (503, [])
    assert "try again in a minute" in answer.content.decode()
