"""Reading and proving a course: every kind of error and warning, with file and line."""

from __future__ import annotations

import json

import pytest

from bilik.catalog.source.check import check_course
from bilik.catalog.source.course import manifest, read_course
from bilik.catalog.source.fingerprints import fingerprint, stamp_course, stamped
from bilik.catalog.source.tests.example import CODE, COURSE, FILES, LESSON, found, prove, with_code, write
from runner.faults import PlatformFault

LESSON_EN, LESSON_AZ = "lessons/01-boxes/lesson.en.md", "lessons/01-boxes/lesson.az.md"
TOML = "lessons/01-boxes/boxes/exercise.toml"
BOXES_EN = "lessons/01-boxes/boxes/exercise.en.md"
BOXES_AZ = "lessons/01-boxes/boxes/exercise.az.md"
COLOURS = "lessons/01-boxes/colours/exercise.toml"
CODE_DIR = "lessons/01-boxes/colours"


def test_a_sound_course_has_no_problems(tmp_path):
    course, findings = prove(write(tmp_path))
    assert found(findings) == []
    assert findings.stale == []
    assert course.lessons[0].order == ("boxes", "colours")
    assert findings.answers_run == 3
    assert {variants[0].exercise.slug for variants in findings.prepared.values()} == {"boxes", "colours"}


def test_the_json_of_a_check_has_this_shape(tmp_path):
    root = write(tmp_path, FILES | {TOML: FILES[TOML].replace("known", "unheard")})
    course, findings = prove(root)
    shown = findings.to_json(course)
    assert json.loads(json.dumps(shown)) == shown
    assert {key: shown[key] for key in shown if key != "problems"} == {
        "course": "small-course",
        "ok": False,
        "lessons": 1,
        "exercises": 2,
        "kinds": {"numeric": 1, "single_choice": 1},
        "answers_run": 3,
        "untranslated": [
            f"lessons/01-boxes/{name}.{language}.md"
            for name in ("lesson", "boxes/exercise", "colours/exercise")
            for language in ("uz", "ru")
        ],
        "stale": [],
    }
    assert shown["problems"] == [
        {"file": TOML, "line": 2, "level": "error", "code": "no-skill", "message": "There is no skill 'unheard'."}
    ]


def test_the_json_of_a_course_that_cannot_be_read_says_so(tmp_path):
    course, findings = prove(tmp_path)
    shown = findings.to_json(course)
    assert (shown["course"], shown["ok"], shown["lessons"], shown["exercises"]) == (None, False, 0, 0)
    assert [problem["code"] for problem in shown["problems"]] == ["no-course"]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ('id = "small-course"', "", 0, "missing-key"),
        ('id = "small-course"', 'id = "Small Course"', 1, "bad-value"),
        ('id = "small-course"', 'id = "small\\n"', 1, "bad-value"),
        ('source_language = "en"', 'source_language = "fr"', 2, "bad-value"),
        ('source_language = "en"', 'source_language = ""', 2, "bad-value"),
        ('"en", "az"]', '"en", "fr"]', 3, "bad-value"),
        ('licence = "CC-BY-4.0"', "licence = 4", 4, "bad-value"),
        ('authors = ["Bilik"]', 'authors = "Bilik"', 5, "bad-value"),
        ('title = { en = "One", az = "Bir", uz = "Bir", ', "title = { ", 6, "no-title"),
        ('summary = { en = "One", ', "summary = { ", 7, "no-title"),
        ('authors = ["Bilik"]', 'authors = ["Bilik"]\ncolour = "red"', 6, "unknown-key"),
        ('id = "known"', 'id = "unheard"', 0, "no-skill"),
        ("level = 2", "level = 9", 11, "bad-value"),
        ('folder = "01-boxes"', 'folder = "02-boxes"', 14, "no-lesson"),
        ('folder = "01-boxes"', 'folder = "../01-boxes"', 14, "no-lesson"),
        ('folder = "01-boxes"', 'folder = ""', 14, "no-lesson"),
        ("minutes = 10", "minutes = 0", 15, "bad-value"),
        ('id = "small-course"', 'id = "small-course', 1, "toml"),
        ('id = "small-course"', "id = " + "[" * 3000, 0, "toml"),
    ],
)
def test_a_broken_course_toml_is_reported_on_its_line(tmp_path, old, new, line, code):
    _, findings = prove(write(tmp_path, FILES | {"course.toml": COURSE.replace(old, new, 1)}))
    assert ("course.toml", line, code) in found(findings)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 1_000_001])
def test_a_course_toml_that_is_no_small_text_is_reported(tmp_path, content):
    course, findings = prove(write(tmp_path, FILES | {"course.toml": content}))
    assert course is None
    assert found(findings)[0][:2] == ("course.toml", 0)


def test_a_lesson_that_is_listed_twice_is_reported(tmp_path):
    twice = COURSE + COURSE[COURSE.index("[[lessons]]") :]
    _, findings = prove(write(tmp_path, FILES | {"course.toml": twice}))
    assert ("course.toml", 0, "double-lesson") in found(findings)


def test_two_exercises_with_one_name_are_reported(tmp_path):
    second = {name.replace("01-boxes", "02-more"): text for name, text in FILES.items() if "lessons" in name}
    listed = COURSE + COURSE[COURSE.index("[[lessons]]") :].replace("01-boxes", "02-more")
    _, findings = prove(write(tmp_path, FILES | second | {"course.toml": listed}))
    assert ("lessons/02-more/boxes", 0, "double-exercise") in found(findings)


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        (LESSON_EN, b"\xff", (LESSON_EN, 0, "encoding")),
        (LESSON_EN, "x" * 1_000_001, (LESSON_EN, 0, "too-large")),
        (LESSON_EN, LESSON + "\n![x](img/none.png)", (LESSON_EN, 15, "no-picture")),
        (LESSON_EN, LESSON + "\n![x](../../secret.png)", (LESSON_EN, 15, "no-picture")),
        (LESSON_EN, LESSON + "\n![x](img/song.mp3)", (LESSON_EN, 15, "picture")),
        (LESSON_EN, LESSON + "\n[x](other.md)", (LESSON_EN, 15, "link")),
        (LESSON_EN, LESSON + "\n::: tip\nnever closed", (LESSON_EN, 15, "open-block")),
        (LESSON_EN, LESSON + "\n::: hint\nnot in a lesson\n:::", (LESSON_EN, 15, "no-block")),
        (BOXES_EN, FILES[BOXES_EN] + "\n[x](other.md)\n", (BOXES_EN, FILES[BOXES_EN].count("\n") + 2, "link")),
        (
            BOXES_EN,
            FILES[BOXES_EN] + "\n![x](a.png)\n",
            (BOXES_EN, FILES[BOXES_EN].count("\n") + 2, "exercise-picture"),
        ),
        (LESSON_EN, LESSON + "\n::: video\nx\n:::", (LESSON_EN, 15, "link")),
        (LESSON_EN, LESSON + "\n::: exercise none\n:::", (LESSON_EN, 15, "no-exercise")),
        (LESSON_EN, LESSON + "\n:::  exercise boxes\n:::", (LESSON_EN, 9, "placing")),
        (LESSON_EN, LESSON.replace("::: exercise boxes\n:::\n", ""), (LESSON_EN, 0, "placing")),
        (LESSON_EN, LESSON.replace("::: exercise b", "> ::: exercise b"), (LESSON_EN, 9, "placing")),
        (LESSON_AZ, LESSON.replace("boxes", "qutular"), (LESSON_AZ, 10, "no-exercise")),
        (BOXES_EN, "How many?", (BOXES_EN, 1, "no-title")),
        (BOXES_AZ, "# Q\n\nNeçə?\n", (BOXES_AZ, 0, "blocks")),
        (BOXES_AZ, FILES[BOXES_AZ] + "\n::: hint\nx\n:::\n", (BOXES_AZ, 0, "blocks")),
        (TOML, FILES[TOML].replace('"15"', '"abc"'), (TOML, 3, "bad-value")),
        (TOML, FILES[TOML] + '[[wrong]]\nanswer = "15"\n', (TOML, 0, "wrong-accepted")),
        (TOML, FILES[TOML] + '[[wrong]]\nanswer = "9"\nfeedback = "added"\n', (TOML, 0, "wrong-feedback")),
        (TOML, FILES[TOML] + '[[wrong]]\nanswer = "nine"\n', (TOML, 0, "wrong-invalid")),
        (TOML, FILES[TOML] + '[[wrong]]\nanswer = { a = "9" }\n', (TOML, 0, "wrong-invalid")),
        (TOML, FILES[TOML] + '[[wrong]]\nanswer = "9"\noutcome = "partial"\n', (TOML, 0, "wrong-outcome")),
        (COLOURS, FILES[COLOURS].replace("correct = true\n", ""), (COLOURS, 3, "correct-choice")),
        ("lessons/01-boxes/Two Words/exercise.toml", FILES[TOML], ("lessons/01-boxes/Two Words", 0, "exercise-name")),
    ],
)
def test_what_is_wrong_in_a_file_is_reported_with_its_line(tmp_path, file, content, problem):
    assert problem in found(prove(write(tmp_path, FILES | {file: content}))[1])


@pytest.mark.parametrize(
    ("missing", "problem"),
    [
        (LESSON_EN, ("lessons/01-boxes", 0, "no-source")),
        (LESSON_AZ, (LESSON_AZ, 0, "untranslated")),
        (BOXES_EN, ("lessons/01-boxes/boxes", 0, "no-source")),
        (BOXES_AZ, (BOXES_AZ, 0, "untranslated")),
        ("lessons/01-boxes/img/qutu.svg", (LESSON_EN, 3, "no-picture")),
        (TOML, (LESSON_EN, 9, "no-exercise")),
    ],
)
def test_a_missing_file_is_reported(tmp_path, missing, problem):
    files = {name: text for name, text in FILES.items() if name != missing}
    assert problem in found(prove(write(tmp_path, files))[1])


def test_links_are_reported_and_never_followed(tmp_path):
    root = write(tmp_path / "course")
    secret = write(tmp_path / "secret", {"lesson.ru.md": "secret", "exercise.toml": FILES[TOML]}, stamp=False)
    (root / "lessons/01-boxes/lesson.ru.md").symlink_to(secret / "lesson.ru.md")
    (root / "lessons/01-boxes/linked").symlink_to(secret)
    course, findings = prove(root)
    assert ("lessons/01-boxes/lesson.ru.md", 0, "link") in found(findings)
    assert ("lessons/01-boxes/linked", 0, "link") in found(findings)
    assert "ru" not in course.lessons[0].bodies
    assert "linked" not in course.lessons[0].exercises
    assert not any(b"secret" in content for content in course.files.values())
    stamp_course(root, source_language="en")
    assert (secret / "lesson.ru.md").read_text() == "secret"


def test_a_lesson_folder_that_is_a_link_is_no_lesson(tmp_path):
    root = write(tmp_path / "course")
    (root / "lessons/01-boxes").rename(tmp_path / "elsewhere")
    (root / "lessons/01-boxes").symlink_to(tmp_path / "elsewhere")
    course, findings = prove(root)
    assert course.lessons == ()
    assert {("course.toml", 14, "no-lesson"), ("lessons/01-boxes", 0, "link")} <= set(found(findings))


def test_a_language_beside_the_promised_ones_may_be_there_in_part(tmp_path):
    _, findings = prove(write(tmp_path, FILES | {BOXES_EN.replace(".en.", ".ru."): FILES[BOXES_EN]}))
    assert findings.errors == []
    assert BOXES_EN.replace(".en.", ".ru.") not in findings.untranslated
    assert LESSON_EN.replace(".en.", ".ru.") in findings.untranslated


def test_a_changed_source_makes_its_translation_stale_until_it_is_stamped(tmp_path):
    root = write(tmp_path)
    (root / LESSON_EN).write_text(LESSON + "\nMore.\n")
    _, findings = prove(root)
    assert (findings.stale, found(findings)) == ([LESSON_AZ], [(LESSON_AZ, 1, "stale")])
    assert findings.problems[0].level == "warning"
    assert stamp_course(root, source_language="en") == [root / LESSON_AZ]
    assert prove(root)[1].stale == []


def test_translations_that_were_never_stamped_are_listed_as_stale(tmp_path):
    _, findings = prove(write(tmp_path, stamp=False))
    assert sorted(findings.stale) == sorted(name for name in FILES if name.endswith(".az.md"))
    assert findings.errors == []


def test_stamping_again_changes_nothing(tmp_path):
    root = write(tmp_path)
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    assert stamp_course(root, source_language="en") == []
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_only_the_languages_asked_for_are_stamped(tmp_path):
    root = write(tmp_path, FILES | {LESSON_EN.replace(".en.", ".ru."): LESSON}, stamp=False)
    assert stamp_course(root, source_language="en", languages={"ru"}) == [root / LESSON_EN.replace(".en.", ".ru.")]


def test_a_file_that_is_not_utf8_is_passed_over_by_stamping(tmp_path):
    root = write(tmp_path, FILES | {LESSON_AZ: b"\xff"}, stamp=False)
    assert root / LESSON_AZ not in stamp_course(root, source_language="en")


def test_a_fingerprint_does_not_depend_on_line_ends_outer_spaces_or_a_stamp():
    assert fingerprint("a\nb\n") == fingerprint("\na\r\nb\r\n\n") == fingerprint(stamped("a\nb", "x"))
    assert fingerprint("a b") != fingerprint("a  b")
    assert stamped(stamped("a", "x"), "x") == stamped("a", "x")


def test_a_course_written_on_windows_is_sound(tmp_path):
    files = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in FILES.items()}
    _, findings = prove(write(tmp_path, files))
    assert (found(findings), findings.stale) == ([], [])


def test_all_files_are_kept_byte_for_byte_but_those_of_editors(tmp_path):
    root = write(tmp_path, FILES | {".git/x": "x", "__pycache__/x": "x", "notes.txt": b"\xff"}, stamp=False)
    course = read_course(root, problems=[])
    assert course.files.keys() == {*FILES, "notes.txt"}
    assert course.files["course.toml"] == COURSE.encode()


def test_the_manifest_is_what_course_toml_says(tmp_path):
    shown = manifest(read_course(write(tmp_path), problems=[]))
    assert json.loads(json.dumps(shown)) == shown
    assert (shown["languages"], shown["skills"]) == (["en", "az"], [{"id": "known", "level": 2}])


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, None),
        ({"solution.py": "def f(x): return x"}, (f"{CODE_DIR}/solution.py", 0, "solution")),
        ({"solution.py": "def f(x) x"}, (f"{CODE_DIR}/solution.py", 0, "solution")),
        ({"solution.py": ""}, (f"{CODE_DIR}/exercise.toml", 0, "no-solution")),
        ({"wrong__same.py": "def f(x): return x * 2"}, (f"{CODE_DIR}/wrong/same.py", 0, "wrong-accepted")),
        ({"wrong__same--2.py": "def f(x): return 0"}, (f"{CODE_DIR}/wrong/same--2.py", 0, "wrong-feedback")),
        ({"exercise.toml": CODE.replace("f(2)", "f(x)")}, (f"{CODE_DIR}/exercise.toml", 4, "bad-value")),
        ({"exercise.toml": CODE.replace('"4"', '"4 +"')}, (f"{CODE_DIR}/exercise.toml", 5, "bad-value")),
        ({"exercise.toml": CODE.replace("[[tests]]", "[[testz]]")}, (f"{CODE_DIR}/exercise.toml", 0, "tests")),
        ({"variant.py": "x"}, (f"{CODE_DIR}/variant.py", 0, "variant")),
        ({"files__şəhər.csv": "x"}, (f"{CODE_DIR}/exercise.toml", 0, "file-name")),
    ],
)
def test_model_solutions_and_usual_mistakes_are_run(tmp_path, run, files, problem):
    _, findings = prove(write(tmp_path, with_code(**files)), run=run)
    assert [problem] == found(findings)[:1] if problem else found(findings) == []


@pytest.mark.sandbox
def test_a_code_exercise_without_usual_mistakes_is_warned_about(tmp_path, run):
    files = {name: text for name, text in with_code().items() if "wrong" not in name}
    _, findings = prove(write(tmp_path, files), run=run)
    assert [(problem.level, problem.code) for problem in findings.problems] == [("warning", "no-wrong")]


@pytest.mark.sandbox
def test_every_variant_is_proven_and_a_fault_of_one_names_it(tmp_path, run):
    files = with_code(**{"variant.py": "def variant(seed): return {'n': seed}"})
    files[f"{CODE_DIR}/exercise.toml"] = CODE.replace("kind", "variants = 4\nkind", 1).replace('"4"', '"{{ n }}"')
    files[f"{CODE_DIR}/solution.py"] = "def f(x): return {{ n }} if {{ n }} != 3 else 0"
    _, findings = prove(write(tmp_path, files), run=run)
    wrong = [problem for problem in findings.problems if problem.code == "solution"]
    assert ["(variant 3)" in problem.message for problem in wrong] == [True]
    assert len(findings.prepared["colours"]) == 4


def test_a_platform_that_cannot_run_programs_is_no_problem_of_the_course(tmp_path):
    def broken(job):
        raise PlatformFault("no sandbox")

    with pytest.raises(PlatformFault):
        prove(write(tmp_path, with_code()), run=broken)


def test_progress_hears_of_every_exercise(tmp_path):
    heard: list[str] = []
    course = read_course(write(tmp_path), problems=[])
    check_course(course, run=lambda job: None, known_skills={"known"}, problems=[], progress=heard.append)
    assert heard == ["01-boxes/boxes", "01-boxes/colours"]
