"""`bilik grade`: one answer, one verdict, no database and no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bilik.config.cli import app

pytestmark = pytest.mark.sandbox
LESSON = Path(__file__).parents[3] / "courses/python-from-zero/lessons/02-numbers-and-names"
FARE = LESSON / "bus-fare-for-friends"
TWICE = """\
kind = "python_code"
skills = ["ext:python-loops"]
points = 4
[[tests]]
name = "two"
call = "twice(2)"
expect = "4"
[[tests]]
name = "big"
call = "twice(1141)"
expect = "2282"
hidden = true
[[feedback]]
got = "2"
say = "same"
[limits]
cpu_seconds = 1
"""
BOXES = """\
kind = "multiple_choice"
skills = ["ext:python-loops"]
credit = "each"
points = 2
[[choices]]
id = "a"
correct = true
[[choices]]
id = "b"
correct = true
[[choices]]
id = "c"
[[choices]]
id = "d"
"""
CHOICES = "".join(f"\n::: choice {name}\n{name}\n:::\n" for name in "abcd")


def exercise(folder: Path, toml: str, words: str = "") -> Path:
    folder.mkdir()
    (folder / "exercise.toml").write_text(toml)
    (folder / "exercise.en.md").write_text("# Title\n\nTask.\n" + words)
    (folder / "solution.py").write_text("def twice(n): return 2 * n\n")
    return folder


@pytest.fixture
def twice(tmp_path):
    folder = exercise(tmp_path / "twice", TWICE, "\n::: feedback same\nNot doubled.\n:::\n")
    (folder / "exercise.az.md").write_text("# B\n\nT.\n\n::: feedback same\nİkiqat deyil.\n:::\n")
    return folder


def run(folder: Path, answer: Path | bytes | str, *options: str, name: str = "answer.py") -> Result:
    if not isinstance(answer, Path):
        file = folder.parent / name
        file.write_bytes(answer if isinstance(answer, bytes) else answer.encode())
        answer = file
    return CliRunner().invoke(app, ["grade", str(folder), str(answer), *options])


def verdict(*args: Any, **more: Any) -> dict[str, Any]:
    result = run(*args, "--json", **more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_json_of_a_verdict_has_exactly_these_keys():
    shown = verdict(FARE, FARE / "solution.py")
    assert shown.keys() == {"verdict", "score", "of", "feedback", "ms"}
    assert (shown["verdict"], shown["score"]) == ("accepted", shown["of"])
    assert isinstance(shown["ms"], int)


@pytest.mark.parametrize("wrong", sorted((FARE / "wrong").glob("*.py")), ids=lambda file: file.stem)
def test_a_usual_mistake_gets_the_feedback_that_it_is_named_after(wrong):
    shown = verdict(FARE, wrong)
    assert shown["verdict"] != "accepted"
    said = [item for item in shown["feedback"] if item["code"] == "author"]
    assert [item["name"] for item in said] == [wrong.stem.partition("--")[0]]
    assert said[0]["text"]


@pytest.mark.parametrize(
    ("answer", "outcome", "score"),
    [
        ("def twice(n): return n + n", "accepted", 4),
        ("def twice(n): return 4", "partial", 2),
        ("def twice(n): return n", "wrong", 0),
        ("def twice(n):\n    while True: pass", "time_limit", 0),
        ("def twice(n):\n    while True: print(n)", "output_limit", 0),
        ("def twice(n): return [0] * 10**9", "memory_limit", 0),
        ("def twice(n): return m", "runtime_error", 0),
        ("def twice(n) return n", "runtime_error", 0),
        ("", "invalid", 0),
    ],
)
def test_every_ending_is_a_verdict_and_the_program_ends_well(twice, answer, outcome, score):
    shown = verdict(twice, answer)
    assert (shown["verdict"], shown["score"], shown["of"]) == (outcome, score, 4)


def test_nothing_of_a_hidden_test_is_printed(twice):
    for options in ((), ("--json",)):
        assert "1141" not in run(twice, "def twice(n): raise ValueError(n)", *options).output
        assert "2282" not in run(twice, "def twice(n): return n", *options).output


def test_feedback_is_in_the_language_asked_for(twice):
    wrong = "def twice(n): return n"
    assert verdict(twice, wrong)["feedback"][0]["text"] == "Not doubled."
    assert verdict(twice, wrong, "--language", "az")["feedback"][0]["text"] == "İkiqat deyil."
    assert "İkiqat deyil." in run(twice, wrong, "--language", "az").output
    assert verdict(twice, wrong, "--language", "ru")["feedback"][0]["text"] == "Not doubled."


@pytest.mark.parametrize(
    ("text", "outcome", "score"),
    [
        ('["a", "b"]', "accepted", 2),
        ('{"answer": ["a", "b"]}', "accepted", 2),
        ('["a"]', "partial", 1.5),
        ('["c", "d"]', "wrong", 0),
        ('["x"]', "invalid", 0),
        ("[]", "invalid", 0),
    ],
)
def test_a_list_of_choices_is_given_as_json(tmp_path, text, outcome, score):
    shown = verdict(exercise(tmp_path / "boxes", BOXES, CHOICES), text, name="answer.json")
    assert (shown["verdict"], shown["score"]) == (outcome, score)


def test_a_file_that_should_be_json_and_is_not_is_told_so(tmp_path):
    result = run(exercise(tmp_path / "boxes", BOXES, CHOICES), "a, b", name="answer.json")
    assert result.exit_code == 1
    assert "is not JSON" in " ".join(result.output.split())


def test_an_answer_is_right_for_its_seed_and_wrong_for_another(tmp_path):
    folder = exercise(tmp_path / "sum", 'kind = "numeric"\nskills = ["x"]\nvariants = 5\nanswer = "{{ n }}"\n')
    (folder / "variant.py").write_text("def variant(seed): return {'n': 100 + seed}")
    assert verdict(folder, "103", "--seed", "3", name="answer.txt")["verdict"] == "accepted"
    assert verdict(folder, "103", "--seed", "4", name="answer.txt")["verdict"] == "wrong"
    assert verdict(folder, "100", name="answer.txt")["verdict"] == "accepted"


def test_an_answer_that_is_not_utf8_is_no_verdict_and_says_what_to_do(twice):
    result = run(twice, "print('ə')".encode("cp1254", "replace") + b"\xff")
    assert result.exit_code == 1
    assert "UTF-8" in result.output


def test_a_broken_exercise_is_no_verdict_and_says_where_it_is_broken(tmp_path):
    folder = exercise(tmp_path / "broken", TWICE.replace("twice(2)", "twice(x)").replace("points = 4", "points = 0"))
    result = run(folder, "x = 1")
    assert result.exit_code == 1
    assert "broken/exercise.toml:3:" in result.output
    assert "broken/exercise.toml:6:" in result.output
    assert "broken/exercise.en.md: error" in result.output


def test_people_read_the_verdict_the_words_and_the_tests(twice):
    shown = run(twice, "def twice(n):\n    return n").output
    assert "wrong" in shown
    assert "0 of 4" in shown
    assert "Not doubled." in shown
    assert "expected '4'" in shown
    assert "big (hidden)" in shown


def test_an_error_is_shown_with_its_line(twice):
    assert "line 2: " in run(twice, "def twice(n):\n    return m").output


def test_grading_never_loads_django(twice):
    answer = twice.parent / "answer.py"
    answer.write_text("def twice(n): return 2 * n")
    code = (
        "import sys\nfrom bilik.config.cli import app\n"
        f"app(['grade', {str(twice)!r}, {str(answer)!r}], standalone_mode=False)\n"
        "assert 'django' not in sys.modules, [name for name in sys.modules if 'django' in name]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={}, check=False)
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout


@pytest.mark.parametrize(
    ("exercise", "answer", "outcome"),
    [
        ("04-joining-tables/takings-by-line", "solution.sql", "accepted"),
        ("04-joining-tables/takings-by-line", "wrong/counted.sql", "wrong"),
        ("05-changing-and-taking-along/takings-as-a-table", "expected.csv", "accepted"),
        ("05-changing-and-taking-along/tickets-from-a-file", "solution", "accepted"),
    ],
)
def test_queries_tables_and_folders_of_cells(exercise: str, answer: str, outcome: str) -> None:
    folder = LESSON.parents[2] / "data-with-sql/lessons" / exercise
    result = CliRunner().invoke(app, ["grade", str(folder), str(folder / answer), "--json"])
    assert json.loads(result.stdout)["verdict"] == outcome
