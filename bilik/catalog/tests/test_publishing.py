"""Publishing: the same files are one version, what is published never changes, nothing is lost by a new version."""

from __future__ import annotations

import pytest

from bilik.catalog.actions import publish_course
from bilik.catalog.queries import files_of, forget, is_published, published_course, published_courses
from conftest import prove
from tests.small_course import CHOICES, NUMBERS, small_course, tiny_course, write

pytestmark = pytest.mark.django_db

TABLES = (
    "catalog.CourseVersion",
    "catalog.Lesson",
    "catalog.TaskVersion",
    "catalog.TaskVariant",
    "catalog.TaskSkill",
    "catalog.LessonTask",
    "catalog.CourseFile",
)
CAPITAL = f"lessons/{CHOICES}/capital/exercise.toml"


def changed_course():
    """The small course with one exercise worth more points."""
    files = small_course()
    files[CAPITAL] = files[CAPITAL].replace("points = 1", "points = 5")
    return files


def published_rows(rows):
    return {table: rows(table) for table in TABLES}


def test_the_same_files_are_published_once(small, publish, rows):
    before = published_rows(rows)
    version, is_new = publish(small_course())
    assert (version.pk, is_new) == (small.version.pk, False)
    assert published_rows(rows) == before


def test_a_changed_exercise_gets_a_new_task_version_and_the_others_keep_theirs(small, publish):
    before = {task.slug: task for task in published_course("small-course").tasks}
    version, is_new = publish(changed_course())
    assert (version.number, is_new) == (2, True)
    after = {task.slug: task for task in published_course("small-course").tasks}
    assert {slug for slug in after if after[slug].version_id != before[slug].version_id} == {"capital"}
    assert {task.task_id for task in after.values()} == {task.task_id for task in before.values()}
    assert after["capital"].points == 5


def test_published_rows_stay_as_they_are(small, publish, rows):
    before = published_rows(rows)
    publish(changed_course())
    after = published_rows(rows)
    for table in TABLES:
        assert [row for row in after[table] if row in before[table]] == before[table], table


def test_a_removed_and_a_renamed_exercise_leave_old_versions_alone(small, publish, rows):
    files = small_course()
    lesson = f"lessons/{NUMBERS}"
    files[f"{lesson}/lesson.en.md"] = files[f"{lesson}/lesson.en.md"].replace("::: exercise word\n:::\n", "")
    files = {name: content for name, content in files.items() if not name.startswith(f"{lesson}/word/")}
    tasks = len(rows("catalog.Task"))
    publish(files)
    assert "word" not in {task.slug for task in published_course("small-course").tasks}
    assert len(rows("catalog.Task")) == tasks


def test_going_back_to_older_files_publishes_the_older_version_again(small, publish, rows):
    publish(changed_course())
    version, is_new = publish(small_course())
    assert (version.pk, is_new) == (small.version.pk, False)
    assert published_course("small-course").version_id == small.version.pk
    assert len(rows("catalog.CourseVersion")) == 2


def test_progress_survives_a_new_version(small, publish, leyla, give, rows):
    give(leyla, small.task("capital"), "baku")
    publish(changed_course())
    (progress,) = rows("learning.Progress")
    assert (progress["attempts"], progress["best_score"], progress["of"]) == (1, 1, 1)
    give(leyla, small.task("capital"), "baku")
    (progress,) = rows("learning.Progress")
    assert (progress["attempts"], progress["best_score"], progress["of"]) == (2, 1, 1)
    assert {row["task_version_id"] for row in rows("submissions.Submission")} == {
        row["id"] for row in rows("catalog.TaskVersion") if row["task_id"] == progress["task_id"]
    }


def test_a_course_with_errors_is_refused_and_nothing_is_written(vocabulary, tmp_path, rows, refused, now):
    files = tiny_course("broken")
    files["lessons/04-one/alone/exercise.toml"] += '\n[[wrong]]\nanswer = "zanbaq-print"\nfeedback = ""\n'
    course, findings = prove(write(tmp_path / "broken", files))
    assert findings.errors
    with refused("course_has_errors"):
        publish_course(course=course, findings=findings, by=None, now=now)
    for table in ("catalog.Course", "catalog.Task", "catalog.StoredFile", *TABLES):
        assert rows(table) == []


def test_a_skill_that_is_not_loaded_stops_publishing_instead_of_being_lost(db, proven_small_course, refused, rows, now):
    course, findings = proven_small_course
    with refused("skills_not_loaded"):
        publish_course(course=course, findings=findings, by=None, now=now)
    assert rows("catalog.Course") == []


def test_export_is_the_input_byte_for_byte(publish, tmp_path):
    files = tiny_course("odd-bytes")
    files["lessons/04-one/img/ş-1.png"] = bytes(range(256))
    files["notes.txt"] = "no line break at the end, \r\n both kinds"
    folder = tmp_path / "course-0"
    publish(files)
    written = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files_of("odd-bytes") == written


def test_the_journal_names_the_course_its_number_and_its_digest(small, publish, rows):
    publish(changed_course())
    entries = [row for row in rows("people.JournalEntry") if row["verb"] == "catalog.published"]
    assert [entry["data"]["number"] for entry in entries] == [1, 2]
    digests = [row["digest"] for row in rows("catalog.CourseVersion")]
    assert [entry["data"]["digest"] for entry in entries] == digests


def test_publishing_the_same_again_writes_no_journal(small, publish, rows):
    before = len(rows("people.JournalEntry"))
    publish(small_course())
    assert len(rows("people.JournalEntry")) == before


def test_whether_these_files_are_the_published_ones(small, publish, tmp_path):
    assert is_published(small.source)
    course, _ = prove(write(tmp_path / "changed", changed_course()))
    assert not is_published(course)


def test_courses_are_read_from_the_database_once(small, counted):
    forget()
    published_courses()
    with counted() as seen:
        published_courses()
        published_course("small-course")
    assert len(seen.sql) == 2


@pytest.mark.parametrize(("language", "title"), [("az", "Small course (az)"), ("en", "Small course")])
def test_titles_are_in_the_readers_language(small, language, title):
    assert published_course("small-course").title(language) == title


def test_a_lesson_is_kept_in_the_languages_it_was_written_in(small):
    first, second, *_ = published_course("small-course").lessons
    assert set(first.bodies) == {"en", "az"}
    assert set(second.bodies) == {"en"}
    assert small.version.manifest["untranslated"].count(f"lessons/{NUMBERS}/lesson.az.md") == 1
