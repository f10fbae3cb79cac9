"""Drafts: started, written, kept apart, exported."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.authoring import actions, errors, folders, queries
from bilik.catalog.queries import files_of, paths_of
from tests.small_course import CHOICES, ONE, tiny_course

CAPITAL = f"lessons/{CHOICES}/capital/exercise.toml"
LESSON = f"lessons/{CHOICES}/lesson.en.md"


def contents(draft):
    return queries.contents_of(queries.files_now(draft).values())


@pytest.mark.django_db
class TestDrafts:
    def test_a_draft_starts_with_the_published_files(self, draft):
        assert contents(draft) == files_of("small-course")
        assert not queries.changes_of(draft)

    def test_saving_adds_a_revision_and_the_same_text_adds_none(self, draft, text):
        text(draft, CAPITAL, lambda old: old.replace("points = 1", "points = 2"))
        text(draft, CAPITAL, lambda old: old)
        assert draft.number == 2
        assert queries.changes_of(draft).changed == (CAPITAL,)
        assert b"points = 1" in queries.content_at(draft, CAPITAL, 1)
        assert b"points = 2" in queries.content_at(draft, CAPITAL, 2)

    def test_an_outdated_file_is_not_overwritten(self, draft, text, cast, now, refused):
        before = queries.content_of(draft, CAPITAL)[0].digest
        text(draft, CAPITAL, lambda old: old + "# first\n")
        facts = {"by": cast["nigar"], "now": now, "draft": draft, "path": CAPITAL, "content": b"second"}
        with refused("outdated"):
            actions.save_file(**facts, opened=before)
        assert queries.content_of(draft, CAPITAL)[1].endswith(b"# first\n")
        actions.save_file(**facts, opened=queries.content_of(draft, CAPITAL)[0].digest)
        assert queries.content_of(draft, CAPITAL)[1] == b"second"
        assert len(queries.history_of(draft, CAPITAL)) == 3

    def test_who_may_write(self, draft, cast, ganja, now, refused):
        for name in ("nigar", "admin"):
            assert queries.draft_for(cast[name], draft.ref) == draft
        for name in ("leyla", "aysel", "rustam", "timur", "sevda"):
            assert queries.draft_for(cast[name], draft.ref) is None
            with refused("not_an_author"):
                actions.save_file(by=cast[name], now=now, draft=draft, path=CAPITAL, content=b"", opened="")
        mine = actions.start_from_published(by=cast["aysel"], now=now, organisation=ganja, course="small-course")
        assert queries.drafts_of(cast["aysel"]) == [mine]
        assert set(queries.drafts_of(cast["nigar"])) == {draft, mine}
        assert queries.drafts_of(cast["leyla"]) == []

    def test_a_copied_exercise_stands_beside_its_neighbour_in_every_language(self, draft, cast, now):
        actions.copy_exercise(by=cast["nigar"], now=now, draft=draft, slug="capital", new_slug="capital-two")
        files = contents(draft)
        assert files[CAPITAL.replace("capital/", "capital-two/")] == files[CAPITAL]
        for language in ("en", "az"):
            lesson = files[f"lessons/{CHOICES}/lesson.{language}.md"].decode()
            assert lesson.index("exercise capital\n") < lesson.index("exercise capital-two\n")

    def test_a_renamed_and_a_removed_exercise(self, draft, cast, now, refused):
        facts = {"by": cast["nigar"], "now": now, "draft": draft}
        with refused("file_there"):
            actions.rename_exercise(**facts, slug="capital", new_slug="even-numbers")
        beside = CAPITAL.replace("capital/exercise.toml", "notes/read-me.txt")
        actions.save_file(**facts, path=beside, content=b"not an exercise", opened="")
        with refused("file_there"):
            actions.rename_exercise(**facts, slug="capital", new_slug="notes")
        actions.rename_exercise(**facts, slug="capital", new_slug="main-city")
        assert "::: exercise main-city\n" in contents(draft)[LESSON].decode()
        actions.remove_exercise(**facts, slug="main-city")
        left = contents(draft)
        assert "main-city" not in left[LESSON].decode()
        assert not [path for path in left if "/capital/" in path or "/main-city/" in path]

    def test_a_closed_draft_takes_nothing(self, draft, cast, now, refused):
        actions.drop_draft(by=cast["nigar"], now=now, draft=draft)
        with refused("draft_closed"):
            actions.remove_file(by=cast["nigar"], now=now, draft=draft, path=CAPITAL)
        actions.take_up_draft(by=cast["nigar"], now=now, draft=draft)
        actions.remove_file(by=cast["nigar"], now=now, draft=draft, path=CAPITAL)
        assert queries.changes_of(draft).removed == (CAPITAL,)

    def test_a_new_course_from_the_skeleton(self, cast, academy, now, refused):
        made = actions.start_empty(by=cast["nigar"], now=now, organisation=academy, slug="first-steps")
        assert b'"first-steps"' in contents(made)["course.toml"]
        with refused("bad_name"):
            actions.start_empty(by=cast["nigar"], now=now, organisation=academy, slug="First Steps")

    def test_what_was_published_meanwhile_is_taken_over_where_it_is_not_in_the_way(
        self, tiny_draft, text, publish, cast, now
    ):
        toml, words = f"lessons/{ONE}/alone/exercise.toml", f"lessons/{ONE}/alone/exercise.en.md"
        text(tiny_draft, words, lambda old: old + "Mine.\n")
        newer = tiny_course("tiny-course")
        publish(newer | {words: str(newer[words]) + "Theirs.\n", toml: str(newer[toml]) + "# theirs\n"})
        assert queries.is_outdated(tiny_draft)
        assert actions.take_newer(by=cast["nigar"], now=now, draft=tiny_draft) == [words]
        tiny_draft.refresh_from_db()
        assert not queries.is_outdated(tiny_draft)
        assert queries.changes_of(tiny_draft).all == (words,)
        assert b"Mine." in contents(tiny_draft)[words]

    def test_erasing_a_person_keeps_the_texts(self, draft, cast, now, rows):
        from bilik.authoring import data

        assert len(data.export(cast["nigar"])["written"]) == len(paths_of(draft.base_id))
        data.erase(cast["nigar"], now)
        assert {row["by_id"] for row in rows("authoring.Revision")} == {None}
        assert data.export(cast["nigar"]) == {"written": []}


def zip_of(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def as_bytes(files):
    return {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}


class TestFolders:
    def test_a_zip_comes_back_as_it_went(self):
        files = as_bytes(tiny_course("tiny-course"))
        assert folders.unzipped(folders.zipped(files, root="tiny-course")) == files
        assert folders.unzipped(zip_of(files)) == files
        assert folders.zipped(files, root="x") == folders.zipped(dict(reversed(files.items())), root="x")

    def test_what_editors_leave_behind_stays_out(self):
        files = {"c/course.toml": b"", "c/.DS_Store": b"x", "__MACOSX/c/._course.toml": b"x"}
        assert folders.unzipped(zip_of(files)) == {"course.toml": b""}

    @pytest.mark.parametrize(
        "files",
        [
            {"a.txt": b""},
            {"course.toml": b"", "../evil.md": b""},
            {"course.toml": b"", "lessons/../../evil.md": b""},
            {"course.toml": b"", "/etc/evil.md": b""},
            {"c/course.toml": b"", "elsewhere/evil.md": b""},
            {"course.toml": b"", "lessons/a b.md": b""},
        ],
    )
    def test_a_zip_that_is_no_course_or_leads_elsewhere_is_refused(self, files):
        with pytest.raises((errors.BadZip, errors.BadPath)):
            folders.unzipped(zip_of(files))

    def test_a_file_that_unpacks_too_large_is_refused(self):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("course.toml", b"\0" * (folders.LARGEST_FILE + 1))
        with pytest.raises(errors.FileTooLarge):
            folders.unzipped(made.getvalue())

    @pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
    def test_something_else_is_no_zip(self, content):
        with pytest.raises(errors.BadZip):
            folders.unzipped(content)

    @given(st.text(max_size=60))
    def test_no_path_leads_out_of_a_course(self, path):
        try:
            kept = folders.cleaned(path)
        except errors.BadPath:
            return
        parts = kept.split("/")
        assert parts[0] in {"course.toml", "lessons", "exams"}
        assert not any(part.startswith(".") or part == "" for part in parts)

    def test_files_are_sorted_into_lessons_and_exercises(self):
        parts = folders.parts_of(tiny_course("tiny-course"))
        assert parts.others == ["course.toml"]
        assert list(parts.exercises) == ["alone"]
        assert parts.exercise("alone").folder == f"lessons/{ONE}/alone"
        assert parts.lessons[ONE].files == [f"lessons/{ONE}/lesson.en.md"]

    def test_a_folder_on_disk_is_what_was_given(self):
        files = as_bytes(tiny_course("tiny-course"))
        with folders.laid_out(files) as root:
            assert folders.files_in(root) == files
        assert not root.exists()
        with pytest.raises(errors.BadPath), folders.laid_out({"../x": b""}):
            pass
