"""What docs/add-a-kind.md says is done here, step by step, in a copy of the engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "add-a-kind.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fences(language: str) -> list[str]:
    found = [body for name, body in FENCE.findall(DOCUMENT) if name == language]
    assert found, f"the document has no {language}"
    return found


def applied(source: str, diff: str) -> str:
    """The text with the lines of a small diff: what has a space or a minus must stand there together, once."""
    lines = diff.rstrip("\n").split("\n")
    before = "\n".join(line[1:] for line in lines if line[0] in " -") + "\n"
    after = "\n".join(line[1:] for line in lines if line[0] in " +") + "\n"
    assert source.count(before) == 1, before
    return source.replace(before, after)


def in_copy(copy: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine alone, with the new kind copied and named as the document says."""
    copy = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("bilik/grading", "bilik/kit", "runner"):
        shutil.copytree(ROOT / package, copy / package, ignore=ignored)
    (copy / "bilik/__init__.py").touch()
    in_copy(copy, "sh", "-e", "-c", fences("sh")[0])
    kinds = copy / "bilik/grading/kinds.py"
    first, second, _ = fences("diff")
    kinds.write_text(applied(applied(kinds.read_text(), first), second))
    return copy


def test_the_tests_of_the_copy_pass(copy):
    (command,) = fences("sh")[1:]
    name, *rest = command.split()
    in_copy(copy, sys.executable, "-m", name, "-q", "-p", "no:django", "-p", "no:cacheprovider", *rest)


def test_an_exercise_of_the_new_kind_is_graded_as_the_document_says(copy):
    checker = copy / "bilik/grading/checkers/riddle/checker.py"
    checker.write_text(applied(checker.read_text(), fences("diff")[2]))
    (copy / "ring").mkdir()
    (copy / "ring/exercise.toml").write_text(fences("toml")[0], encoding="utf-8")
    (copy / "ring/exercise.en.md").write_text("# A riddle\n\nRound as a ring, eaten in spring.\n", encoding="utf-8")
    printed = in_copy(
        copy,
        sys.executable,
        "-c",
        "from pathlib import Path\n"
        "from bilik.grading.folder import grade_answer, prepare_exercise\n"
        "from bilik.grading.tests.helpers import no_run\n"
        "verdict = grade_answer(prepare_exercise(Path('ring'), run=no_run), 'bogirsoq!\\n', run=no_run)\n"
        "print(f'{verdict.outcome}  {verdict.score} of {verdict.of}')\n",
    )
    assert printed.strip() == fences("output")[0].removeprefix("✓ ").strip()
