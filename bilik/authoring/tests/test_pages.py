"""The pages of the desk, as an author walks through them without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bilik.authoring import checking, folders, queries
from bilik.authoring.models import Draft
from bilik.authoring.panel import course_panel
from bilik.web import panels
from tests.small_course import CHOICES, NUMBERS, STAR

pytestmark = pytest.mark.django_db
CAPITAL = f"lessons/{CHOICES}/capital/exercise.toml"
CAPITAL_AZ = f"lessons/{CHOICES}/capital/exercise.az.md"


@pytest.fixture
def page(browser, cast):
    return browser(cast["nigar"])


@pytest.fixture
def at(draft):
    return f"/author/drafts/{draft.ref}/"


def html(response, status=200):
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def opened(text):
    return re.search(r'name="opened" value="([^"]*)"', text)[1]


def test_the_way_from_a_course_to_a_draft(page, small, academy):
    assert "/author/?course=small-course" in html(page.get("/learn/small-course/"))
    form = {"organisation": academy.pk, "course": "small-course"}
    assert page.post("/author/start", form).status_code == 302
    assert queries.changes_of(Draft.objects.get()).all == ()
    assert str(Draft.objects.get().ref) in html(page.get("/author/"))


def test_a_draft_from_a_zip(page, small, academy):
    from bilik.catalog.queries import files_of

    content = folders.zipped(files_of("small-course"), root="small-course")
    form = {"organisation": academy.pk, "zip": SimpleUploadedFile("c.zip", content)}
    page.post("/author/start", form)
    made = Draft.objects.get()
    assert not queries.changes_of(made)
    exported = page.get(f"/author/drafts/{made.ref}/export.zip")
    assert folders.unzipped(exported.content) == files_of("small-course")
    bad = {"organisation": academy.pk, "zip": SimpleUploadedFile("c.zip", b"nothing")}
    assert "This is not a zip" in html(page.post("/author/start", bad, follow=True))


def test_nobody_else_finds_the_desk(browser, cast, small, draft, at):
    places = ["/author/", at, f"{at}edit/{CAPITAL}", f"{at}publish/", f"{at}preview/{CHOICES}/", f"{at}export.zip",
              f"{at}translate/az/", f"{at}preview/pulse", "/author/courses/small-course/"]  # fmt: skip
    for name in ("leyla", "timur", "sevda"):
        visitor = browser(cast[name])
        assert {visitor.get(place).status_code for place in places} == {404}
        assert "/author/" not in html(visitor.get("/learn/small-course/"))
        assert visitor.post(f"{at}checks/").status_code == 404
    stranger = browser(cast["aysel"])
    assert {stranger.get(place).status_code for place in places[1:-1]} == {404}
    stranger.logout()
    assert {stranger.get(place).status_code for place in places} == {302}


def test_saving_and_a_conflict_that_loses_nothing(page, draft, at, text):
    before = html(page.get(f"{at}edit/{CAPITAL}"))
    text(draft, CAPITAL, lambda old: old + "# theirs\n")
    form = {"text": "mine = 1\r\n", "opened": opened(before), "do": "save"}
    refused = html(page.post(f"{at}edit/{CAPITAL}", form), 409)
    assert "mine = 1" in refused
    assert "# theirs" in refused
    assert page.post(f"{at}edit/{CAPITAL}", form | {"opened": opened(refused)}).status_code == 302
    assert queries.content_of(draft, CAPITAL)[1] == b"mine = 1\n"


def test_looking_at_a_text_before_it_is_saved(page, draft, at):
    form = {"text": "Some *new* text <script>alert(1)</script>", "opened": "x", "do": "look"}
    shown = html(page.post(f"{at}edit/lessons/{CHOICES}/lesson.en.md", form))
    assert "<em>new</em>" in shown
    assert "<script>alert" not in shown
    assert draft.number == Draft.objects.get(pk=draft.pk).number


def test_pictures_are_uploaded_and_given_out_to_authors_alone(page, draft, at, browser, cast):
    form = {"folder": f"lessons/{CHOICES}/img", "file": SimpleUploadedFile("new.svg", STAR)}
    assert page.post(f"{at}files/", form).status_code == 302
    shown = html(page.get(f"{at}edit/lessons/{CHOICES}/img/new.svg"))
    source = re.search(r'<img class="draft-picture" src="([^"]+)"', shown)[1]
    given = page.get(source)
    assert given.content == STAR
    assert "sandbox" in given["Content-Security-Policy"]
    assert page.get(source.replace("new.svg", "exercise.toml")).status_code == 404
    assert browser(cast["leyla"]).get(source).status_code == 404


@pytest.mark.parametrize("folder", ["../..", "/etc", "lessons/../..", ".git", ""])
def test_a_file_goes_nowhere_else(page, draft, at, folder):
    number = Draft.objects.get(pk=draft.pk).number
    page.post(f"{at}files/", {"folder": folder, "file": SimpleUploadedFile("x.md", b"x")})
    assert Draft.objects.get(pk=draft.pk).number == number


def test_exercises_are_copied_and_removed_by_form(page, draft, at):
    page.post(f"{at}exercises", {"exercise": "capital", "name": "capital-two", "do": "copy"})
    assert "capital-two" in html(page.get(at))
    page.post(f"{at}exercises", {"exercise": "capital-two", "do": "remove"})
    assert "capital-two" not in html(page.get(at))
    assert "A name takes small letters" in html(
        page.post(f"{at}exercises", {"exercise": "capital", "name": "No Name", "do": "copy"}, follow=True)
    )


@pytest.mark.sandbox
def test_a_check_of_one_exercise_answers_at_once_and_leads_into_the_editor(page, draft, at, text):
    text(draft, CAPITAL, lambda old: old.replace("correct = true\n", ""))
    found = html(page.post(f"{at}checks/", {"exercise": "capital"}, follow=True))
    assert f"{at}edit/{CAPITAL}#problems" in found
    assert "Exactly one choice has" in found
    assert "Exactly one choice has" in html(page.get(f"{at}edit/{CAPITAL}"))


@pytest.mark.sandbox
def test_a_check_of_everything_may_be_left_and_found_again(page, tiny_draft):
    at = f"/author/drafts/{tiny_draft.ref}/"
    waiting = html(page.post(f"{at}checks/", follow=True))
    assert "Waiting: 0 checks" in waiting
    assert "hx-trigger" in waiting
    checking.check_next()
    assert "No errors" in html(page.get(at))
    address = re.search(rf'href="({at}checks/\d+/)"', html(page.get(at)))[1]
    done = html(page.get(address, headers={"HX-Request": "true"}))
    assert "hx-trigger" not in done
    assert "<html" not in done


@pytest.mark.sandbox
class TestPreview:
    def test_a_lesson_looks_as_learners_see_it(self, page, draft, at, small, rows):
        shown = html(page.get(f"{at}preview/{CHOICES}/"))
        lesson = html(page.get(small.url("lesson", "capital")))
        for piece in ("Which city is the capital", 'name="answer"', "Baku"):
            assert piece in shown
            assert piece in lesson
        assert "Azərbaycanın paytaxtı" in html(page.get(f"{at}preview/{CHOICES}/?language=az"))
        assert f"{at}pictures/" in shown

    def test_an_answer_is_graded_and_not_stored(self, page, draft, at, rows):
        address = f"{at}preview/{NUMBERS}/area/answer"
        assert "You took one field too many" in html(page.post(address, {"answer": "8341.5"}))
        card = html(page.post(address, {"answer": "7341,5"}, headers={"HX-Request": "true"}))
        assert "Right!" in card
        assert "<html" not in card
        assert "not a number" in html(page.post(address, {"answer": "many"})).lower()
        assert rows("submissions.Submission") == []

    def test_a_variant_and_a_program_run_in_the_sandbox(self, page, draft, at):
        first = html(page.get(f"{at}preview/{NUMBERS}/?seed=1"))
        assert "There are 4 boxes with 1013 apples" in first
        assert "There are 5 boxes" in html(page.get(f"{at}preview/{NUMBERS}/?seed=2"))
        form = {"answer": "48151 62342"}
        assert "Right!" in html(page.post(f"{at}preview/{NUMBERS}/what-prints/answer", form))

    def test_a_broken_exercise_says_so_and_the_others_are_shown(self, page, draft, at, text):
        text(draft, CAPITAL, lambda old: old.replace("kind", "knd"))
        shown = html(page.get(f"{at}preview/{CHOICES}/"))
        assert "This exercise cannot be shown yet" in shown
        assert "Which are even?" in shown

    def test_a_page_hears_that_the_draft_changed(self, page, draft, at, text):
        pulse = re.search(r'hx-get="([^"]+pulse[^"]*)"', html(page.get(f"{at}preview/{CHOICES}/")))[1]
        quiet = page.get(pulse)
        assert quiet.status_code == 204
        assert page.get(pulse, headers={"If-None-Match": quiet["ETag"]}).status_code == 304
        text(draft, CAPITAL, lambda old: old + "# new\n")
        told = page.get(pulse, headers={"If-None-Match": quiet["ETag"]})
        assert (told.status_code, told["HX-Refresh"]) == (200, "true")


class TestTranslating:
    def test_the_desk_lists_what_is_missing_and_stale(self, page, draft, at, text):
        text(draft, CAPITAL_AZ.replace(".az.", ".en."), lambda old: old.replace("Which city", "Which big city"))
        shown = html(page.get(f"{at}translate/az/"))
        shown = html(page.get(f"{at}translate/az/"))
        assert f"{at}translate/az/{CAPITAL_AZ}" in shown
        assert "stale" in shown
        assert "missing" in shown

    def test_a_translation_beside_its_source(self, page, draft, at, text):
        text(draft, CAPITAL_AZ.replace(".az.", ".en."), lambda old: old.replace("Which city", "Which big city"))
        address = f"{at}translate/az/{CAPITAL_AZ}"
        shown = html(page.get(address))
        assert "<ins>" in shown
        assert "Which big city" in shown
        form = {"text": "# Paytaxt\n\nBöyük?\n", "opened": opened(shown), "do": "look"}
        assert "is missing in the translation" in html(page.post(address, form))
        assert page.post(address, form | {"do": "save"}).status_code == 302
        stored = queries.content_of(draft, CAPITAL_AZ)[1].decode()
        assert stored.startswith("<!-- source: ")
        assert "up to date" in html(page.get(address))

    def test_saving_and_on_to_the_next(self, page, draft, at):
        path = f"lessons/{CHOICES}/even-numbers/exercise.az.md"
        form = {"text": "# Cüt\n\nHansılar?\n", "opened": "", "do": "next"}
        moved = page.post(f"{at}translate/az/{path}", form)
        assert moved["Location"].startswith(f"{at}translate/az/lessons/")
        assert path not in moved["Location"]

    def test_a_conflict_shows_both(self, page, draft, at, text):
        before = opened(html(page.get(f"{at}translate/az/{CAPITAL_AZ}")))
        text(draft, CAPITAL_AZ, lambda old: old + "Onlar.\n")
        form = {"text": "Mən.", "opened": before, "do": "save"}
        shown = html(page.post(f"{at}translate/az/{CAPITAL_AZ}", form), 409)
        assert "Onlar." in shown
        assert "Mən." in shown


@pytest.mark.sandbox
def test_comparing_and_publishing(page, tiny_draft, text, cast):
    from tests.small_course import ONE

    at = f"/author/drafts/{tiny_draft.ref}/"
    text(tiny_draft, f"lessons/{ONE}/alone/exercise.toml", lambda old: old.replace("points = 1", "points = 2"))
    shown = html(page.get(f"{at}publish/"))
    assert "0 people have answered it" in shown
    assert "points = 2" in shown
    page.post(f"{at}publish/")
    checking.check_next()
    done = html(page.get(at))
    assert "This draft is version 2 of the course." in done
    with panels.only(
        panels.Panel(order=1, place="authoring.published", name="x", draw=lambda request, about: "REGRADE")
    ):
        assert "REGRADE" in html(page.get(at))


def test_figures_of_a_course(page, small, cast, give):
    address = "/author/courses/small-course/"
    assert "Nothing has been worked out yet" in html(page.get(address))
    give(cast["leyla"], small.task("capital"), "baku")
    page.post(address)
    shown = html(page.get(address))
    assert "From 1 people and 1 answers" in shown
    assert "Too few people" in shown
    assert "Leyla" not in shown


@pytest.mark.parametrize("place", ["", "publish/", "translate/az/", f"edit/{CAPITAL}"])
def test_a_page_costs_as_many_queries_for_one_change_as_for_three(page, draft, at, text, counted, place):
    costs = []
    for number in (1, 3):
        for step in range(number):
            text(draft, f"lessons/{NUMBERS}/area/exercise.toml", lambda old, s=step, n=number: old + f"# {n}{s}\n")
            text(draft, f"lessons/{NUMBERS}/word/exercise.toml", lambda old, s=step, n=number: old + f"# {n}{s}\n")
        page.get(at + place)
        with counted() as seen:
            assert page.get(at + place).status_code == 200
        costs.append(len(seen.sql))
        assert seen.writes == []
    assert costs[0] == costs[1] <= 24


def test_a_courses_page_costs_one_query_more_for_the_way_to_the_desk(page, small, counted):
    mine = [panels.Panel(order=1, place="learning.course", name="authoring", draw=course_panel)]
    costs = []
    for shown in ([], mine):
        with panels.only(*shown):
            page.get("/learn/small-course/")
            with counted() as seen:
                page.get("/learn/small-course/")
            costs.append(len(seen.sql))
    assert costs[1] == costs[0] + 1
