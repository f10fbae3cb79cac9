"""`bilik course preview`: a folder's pages and its check, without a database."""

from __future__ import annotations

import pytest
from django.test import Client

from bilik.authoring.folder_preview import FolderCheck, urlpatterns
from bilik.authoring.sources import FolderSource
from bilik.skills.vocabulary import read_vocabulary
from bilik.submissions import runners
from tests.small_course import CHOICES, NUMBERS, small_course, write

pytestmark = pytest.mark.sandbox


@pytest.fixture
def check(tmp_path, settings):
    source = FolderSource(write(tmp_path / "small-course", small_course()), runners.pool().run)
    made = FolderCheck(source, read_vocabulary().keys())
    settings.ROOT_URLCONF = urlpatterns(made)
    settings.MIDDLEWARE = [
        "django.middleware.csrf.CsrfViewMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ]
    return made


def test_lessons_answers_and_pictures_need_no_database(check):
    page = Client()
    assert "being checked" in page.get("/").content.decode().lower()
    lesson = page.get(f"/{CHOICES}/?language=az").content.decode()
    assert "Azərbaycanın paytaxtı" in lesson
    picture = lesson.split('<img src="')[1].split('"')[0]
    assert page.get(picture).status_code == 200
    right = page.post(f"/{NUMBERS}/area/answer", {"answer": "7341.5"})
    assert "Right!" in right.content.decode()
    assert page.get("/nowhere/").status_code == 404


def test_the_check_follows_the_folder(check):
    assert check.look()
    assert check.findings.errors == []
    assert not check.look()
    page = Client()
    assert "No errors" in page.get("/check").content.decode()
    stamp = check.source.stamp
    assert page.get(f"/pulse?stamp={stamp}").status_code == 204
    (check.source.path / "lessons" / NUMBERS / "area" / "exercise.toml").write_text("kind = 1", encoding="utf-8")
    assert page.get(f"/pulse?stamp={stamp}")["HX-Refresh"] == "true"
    assert check.look()
    assert f"lessons/{NUMBERS}/area/exercise.toml" in page.get("/check").content.decode()


def test_nothing_outside_of_the_folder_is_read(check):
    assert check.source.file("../../secret") is None
    assert check.source.file("course.toml") is not None
