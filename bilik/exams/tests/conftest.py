"""A course with an exam: two of three easy tasks, one program, one that is seen nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bilik.catalog.queries import published_course
from bilik.exams import actions
from tests.small_course import small_course

EXAM = """minutes = 30
sittings = 2
cut_score = 50

[[pools]]
pick = 2
tasks = ["capital", "word", "area"]

[[pools]]
pick = 1
skill = "ext:python-functions"
difficulty = "1-5"

[[pools]]
pick = 1
tasks = ["secret-word"]
"""


def course_with_exam(exam: str = EXAM, *, own: str = "secret-word") -> dict[str, Any]:
    files = small_course("exam-course")
    head = str(files["course.toml"])
    files["course.toml"] = (
        head + '\n[[exams]]\nfolder = "final"\ntitle = { en = "Final", az = "Son", uz = "Yakun", ru = "Итог" }\n'
    )
    files["exams/final/exam.toml"] = exam
    files["exams/final/exam.en.md"] = "Read **every** task first.\n"
    word = next(name for name in files if name.endswith("/word/exercise.toml"))
    folder = word.rpartition("/")[0]
    files[f"exams/final/{own}/exercise.toml"] = files[word]
    files[f"exams/final/{own}/exercise.en.md"] = files[f"{folder}/exercise.en.md"]
    return files


RIGHT = {
    "capital": "baku",
    "word": "zanbaq-print",
    "secret-word": "zanbaq-print",
    "area": "7341.5",
    "double": "def double(n):\n    zafaran = n + n\n    return zafaran\n",
}


@pytest.fixture
def final(publish: Any) -> SimpleNamespace:
    publish(course_with_exam())
    course = published_course("exam-course")
    return SimpleNamespace(course=course, exam=course.exam("final"))


@pytest.fixture
def begun(final: Any, now: Any) -> Callable[..., Any]:
    def begin(by: Any, at: Any = None) -> Any:
        return actions.begin(by=by, now=at or now, course=final.course, exam=final.exam)

    return begin


@pytest.fixture
def type_in(now: Any) -> Callable[..., Any]:
    """Types answers into a sitting: right ones, or what is given by the task's name."""

    def save(by: Any, sitting: Any, at: Any = None, **given: str) -> None:
        for task in sitting.tasks.select_related("version__task"):
            name = task.version.task.slug
            answer = given.get(name.replace("-", "_"), RIGHT[name])
            actions.save_answer(
                by=by, now=at or now, ref=sitting.ref, position=task.position, fields={"answer": [answer]}
            )

    return save
