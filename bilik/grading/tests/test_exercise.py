"""Reading an exercise folder: everything that is wrong with it at once, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilik.grading.exercise import Exercise, read_exercise
from bilik.grading.kinds import KINDS
from bilik.grading.problems import Problem

TOML = """\
kind = "numeric"
points = 2
skills = ["ext:python-loops"]
answer = "15"

[[feedback]]
answer = "8"
say = "added"

[[wrong]]
answer = "8"
feedback = "added"
"""
TEXT = "# Boxes\n\nHow many?\n\n::: feedback added\nYou added.\n:::\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(tmp_path: Path, files: dict[str, str | bytes], **values: object) -> tuple[Exercise | None, list[Problem]]:
    problems: list[Problem] = []
    folder = write(tmp_path / "boxes", files)
    return read_exercise(folder, problems=problems, values=values), problems


def found(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.code) for problem in sorted(problems)]


def test_a_sound_exercise_is_read_without_a_word(tmp_path):
    exercise, problems = read(tmp_path, {"exercise.toml": TOML, "exercise.en.md": TEXT})
    assert problems == []
    assert (exercise.slug, exercise.kind, exercise.points) == ("boxes", "numeric", 2)
    assert (exercise.difficulty, exercise.attempts, exercise.solution_policy) == (1, 0, "after_accepted")
    assert [(wrong.answer, wrong.feedback) for wrong in exercise.wrong] == [("8", "added")]
    assert exercise.texts["en"].title == "Boxes"
    assert exercise.spec["checker"] == KINDS["numeric"].VERSION


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ('kind = "numeric"', 'kind = "numerical"', 1, "no-kind"),
        ('kind = "numeric"', "", 0, "missing-key"),
        ('kind = "numeric"', "kind = 1", 1, "bad-value"),
        ("points = 2", "points = 0", 2, "bad-value"),
        ("points = 2", "points = 2.5", 2, "bad-value"),
        ("points = 2", "point = 2", 2, "unknown-key"),
        ('skills = ["ext:python-loops"]', "skills = []", 3, "no-skills"),
        ('skills = ["ext:python-loops"]', "", 0, "no-skills"),
        ("points = 2", "difficulty = 6", 2, "bad-value"),
        ("points = 2", "attempts = -1", 2, "bad-value"),
        ("points = 2", 'solution = "always"', 2, "bad-value"),
        ("points = 2", 'solution = "after_attempts:0"', 2, "bad-value"),
        ("points = 2", 'solution = "after_attempts:²"', 2, "bad-value"),
        ("points = 2", 'solution = "after_attempts:"', 2, "bad-value"),
        ("points = 2", "variants = 5", 2, "no-variant-code"),
        ('answer = "15"', 'answer = "fifteen"', 4, "bad-value"),
        ('say = "added"', 'say = "other"', 0, "no-feedback"),
        ('[[wrong]]\nanswer = "8"', "[[wrong]]", 10, "missing-key"),
        ('[[wrong]]\nanswer = "8"', '[[wrong]]\nfile = "wrong/x.py"', 11, "no-file"),
        ('[[wrong]]\nanswer = "8"', "[[wrong]]\nanswer = { a = true }", 11, "bad-value"),
        ('feedback = "added"', 'feedbak = "added"', 12, "unknown-key"),
        ("points = 2", "points = = 2", 2, "toml"),
        ("points = 2", "points = " + "9" * 5000, 0, "toml"),
        ("points = 2", "points = " + "[" * 3000, 0, "toml"),
    ],
)
def test_a_broken_toml_is_reported_on_its_line(tmp_path, old, new, line, code):
    _, problems = read(tmp_path, {"exercise.toml": TOML.replace(old, new, 1), "exercise.en.md": TEXT})
    assert code in {problem.code for problem in problems}
    problem = next(problem for problem in problems if problem.code == code)
    assert problem.line == line
    assert len(problem.message) > 15


def test_all_that_is_wrong_is_reported_at_once(tmp_path):
    broken = TOML.replace("points = 2", "points = 0\ncolour = 1").replace('"15"', "15.5").replace('"ext', '1, "ext')
    text = "# Boxes\n\nHow many?\n::: feedback unused\nx\n:::\n::: hint\n"
    _, problems = read(tmp_path, {"exercise.toml": broken, "exercise.en.md": text})
    assert found(problems) == [
        ("boxes/exercise.en.md", 0, "no-feedback"),
        ("boxes/exercise.en.md", 0, "unused-feedback"),
        ("boxes/exercise.en.md", 7, "empty-block"),
        ("boxes/exercise.en.md", 7, "open-block"),
        ("boxes/exercise.toml", 2, "bad-value"),
        ("boxes/exercise.toml", 3, "unknown-key"),
        ("boxes/exercise.toml", 4, "bad-value"),
        ("boxes/exercise.toml", 4, "no-skills"),
        ("boxes/exercise.toml", 5, "bad-value"),
    ]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "no-exercise"),
        ({"exercise.toml": b"\xff\xfe"}, "encoding"),
        ({"exercise.toml": TOML}, "no-text"),
        ({"exercise.toml": TOML, "exercise.en.md": TEXT, "notes.txt": b"\xff"}, "encoding"),
        ({"exercise.toml": TOML, "exercise.en.md": TEXT, "files/big.csv": b"x" * 1_000_001}, "too-large"),
        ({"exercise.toml": TOML, "exercise.en.md": TEXT, "variant.py": "x"}, "no-variants"),
    ],
)
def test_a_broken_folder_is_reported(tmp_path, files, code):
    (tmp_path / "boxes").mkdir()
    assert code in {problem.code for problem in read(tmp_path, files)[1]}


def test_a_link_in_the_folder_is_reported_and_not_followed(tmp_path):
    (tmp_path / "secret.md").write_text(TEXT)
    folder = write(tmp_path / "boxes", {"exercise.toml": TOML})
    (folder / "exercise.en.md").symlink_to(tmp_path / "secret.md")
    exercise, problems = read(tmp_path, {})
    assert {problem.code for problem in problems} == {"link", "no-text"}
    assert exercise.texts == {}


def test_a_name_that_is_not_utf8_is_reported_in_a_form_that_can_be_printed(tmp_path):
    folder = write(tmp_path / "boxes", {"exercise.toml": TOML, "exercise.en.md": TEXT})
    (folder / b"\xff.txt".decode("utf-8", "surrogateescape")).write_text("x")
    _, problems = read(tmp_path, {})
    assert found(problems) == [("boxes/\\udcff.txt", 0, "file-name")]


def test_files_of_editors_and_of_python_are_passed_over(tmp_path):
    files = {"exercise.toml": TOML, "exercise.en.md": TEXT, ".DS_Store": b"\xff", "__pycache__/x.pyc": b"\xff"}
    assert read(tmp_path, files)[1] == []


def test_a_file_written_on_windows_reads_as_any_other(tmp_path):
    files = {
        "exercise.toml": b"\xef\xbb\xbf" + TOML.replace("\n", "\r\n").encode(),
        "exercise.en.md": b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
    }
    exercise, problems = read(tmp_path, files)
    assert problems == []
    assert exercise.texts["en"].task == "How many?"


def test_a_choice_without_words_is_reported_in_every_language(tmp_path):
    toml = 'kind = "single_choice"\nskills = ["x"]\n[[choices]]\nid = "a"\ncorrect = true\n[[choices]]\nid = "b"\n'
    text = "# T\n\nTask\n::: choice a\nA\n:::\n"
    _, problems = read(tmp_path, {"exercise.toml": toml, "exercise.en.md": text, "exercise.az.md": text})
    assert found(problems) == [("boxes/exercise.az.md", 0, "no-choice"), ("boxes/exercise.en.md", 0, "no-choice")]


def test_a_block_that_belongs_to_nothing_is_a_warning(tmp_path):
    _, problems = read(tmp_path, {"exercise.toml": TOML, "exercise.en.md": TEXT + "::: choice a\nA\n:::\n"})
    assert [(problem.level, problem.code) for problem in problems] == [("warning", "unused-block")]


@pytest.mark.parametrize(
    "place", ["# {{ x }}", "Task {{ x }}", "::: hint\n{{ x }}\n:::", "::: explanation\n{{ x }}\n:::"]
)
def test_a_place_without_a_value_is_reported_wherever_it_stands(tmp_path, place):
    text = TEXT.replace("# Boxes", place) if place.startswith("#") else TEXT + place
    _, problems = read(tmp_path, {"exercise.toml": TOML, "exercise.en.md": text}, y=1)
    assert [(problem.code, problem.message) for problem in problems] == [("no-value", "variant() gives no x.")]


def test_a_variant_fills_the_toml_the_words_and_the_programs(tmp_path):
    files = {
        "exercise.toml": TOML.replace('"15"', '"{{ total }}"'),
        "exercise.en.md": TEXT.replace("How many?", "{{ boxes }} boxes?"),
        "solution.py": "print({{ total }})",
        "variant.py": "{{ total }} stays",
        "wrong/added.py": "{{ boxes }}",
    }
    files["exercise.toml"] = files["exercise.toml"].replace("points = 2", "variants = 3")
    exercise, problems = read(tmp_path, files, total=12, boxes=4)
    assert problems == []
    assert exercise.spec["answer"] == "12"
    assert exercise.texts["en"].task == "4 boxes?"
    assert (exercise.solution, exercise.wrong[1].answer) == ("print(12)", "4")


def test_a_wrong_answer_is_named_after_the_feedback_it_must_get(tmp_path):
    files = {"exercise.toml": TOML, "exercise.en.md": TEXT, "wrong/a.py": "1", "wrong/a--2.py": "2", "wrong/b.py": "3"}
    files["exercise.toml"] += '[[wrong]]\nfile = "wrong/b.py"\noutcome = "time_limit"\n'
    exercise, _ = read(tmp_path, files)
    assert [(wrong.file, wrong.feedback, wrong.outcome) for wrong in exercise.wrong] == [
        ("", "added", ""),
        ("wrong/b.py", "", "time_limit"),
        ("wrong/a--2.py", "a", ""),
        ("wrong/a.py", "a", ""),
    ]


ANYTHING = st.sampled_from(
    ["1", "-1", "1.5", "nan", "true", '""', '"x"', '"1/3"', "[]", '["x"]', "[1]", "[[]]", "{}", "{ x = 1 }", "[{}]",
     "1979-05-27", "12:00:00", "9223372036854775808", '"\\u0000"', '"""\n"""', "[{ x = [] }]", "0x1F"]
)  # fmt: skip
KEYS = st.sampled_from(
    "kind points skills difficulty attempts solution variants choices shuffle credit answer absolute relative unit "
    "units decimals answers ignore tests require libraries limits writes feedback wrong".split()
)
ROWS = st.sampled_from(["choices", "tests", "feedback", "wrong", "require", "limits"])
ROW_KEYS = st.sampled_from(
    "id correct feedback name call expect prints compare absolute strict hidden weight input output uses lacks "
    "functions say test got returned_nothing printed error cpu_seconds memory_mb answer file outcome".split()
)


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(KEYS, ANYTHING, max_size=5),
    st.lists(st.tuples(ROWS, st.dictionaries(ROW_KEYS, ANYTHING, max_size=4)), max_size=4),
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_wrong_types_anywhere_are_problems_and_never_an_exception(tmp_path, kind, keys, rows):
    lines = [f'kind = "{kind}"', *(f"{key} = {value}" for key, value in keys.items() if key != "kind")]
    for name, row in rows:
        lines += [f"[[{name}]]", *(f"{key} = {value}" for key, value in row.items())]
    toml = "\n".join(lines)
    _, problems = read(tmp_path, {"exercise.toml": toml, "exercise.en.md": TEXT})
    assert all(0 <= problem.line <= toml.count("\n") + 1 for problem in problems)
    assert all(str(problem) for problem in problems)


@given(st.dictionaries(st.sampled_from(["exercise.toml", "exercise.en.md", "solution.py"]), st.binary(max_size=60)))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_random_bytes_in_any_file_are_problems_and_never_an_exception(tmp_path, files):
    _, problems = read(tmp_path, {"exercise.toml": TOML, "exercise.en.md": TEXT} | files)
    assert all(str(problem).encode() for problem in problems)
