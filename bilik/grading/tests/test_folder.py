"""Grading straight from a folder, with variants made in the sandbox."""

from __future__ import annotations

import pytest

from bilik.grading.answers import fields_of
from bilik.grading.folder import (
    BrokenExercise,
    grade_fields,
    prepare_exercise,
    variant_values,
)
from bilik.grading.tests.test_exercise import TEXT, TOML, write
from bilik.grading.verdict import Outcome

pytestmark = pytest.mark.sandbox
VARIANT = (
    "import random\ndef variant(seed):\n    n = random.Random(seed).randint(1, 10**6)\n    return {'n': n, 'l': [n]}"
)


def boxes(tmp_path, **files):
    toml = TOML.replace('"15"', '"{{ n }}"').replace("points = 2", "variants = 5")
    given = {"exercise.toml": toml, "exercise.en.md": TEXT, "variant.py": VARIANT}
    return write(tmp_path / "boxes", given | {name.replace("__", "."): text for name, text in files.items()})


def test_an_answer_is_graded_against_its_own_variant(tmp_path, run):
    folder = boxes(tmp_path)
    first, second = (prepare_exercise(folder, seed=seed, run=run) for seed in (1, 2))
    right = {"answer": [str(first.exercise.values["n"])]}
    assert first.exercise.values != second.exercise.values
    assert grade_fields(first, right, run=run).outcome is Outcome.ACCEPTED
    assert grade_fields(second, right, run=run).outcome is Outcome.WRONG
    assert grade_fields(first, {}, run=run).outcome is Outcome.INVALID


def test_the_same_seed_gives_the_same_variant(tmp_path, run):
    folder = boxes(tmp_path)
    assert prepare_exercise(folder, seed=3, run=run) == prepare_exercise(folder, seed=3, run=run)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def variant(seed):\n    return 1 / 0", "ZeroDivisionError in line 2"),
        ("def variant(seed) return 1", "SyntaxError in line 1"),
        ("def other(seed): return {}", "MissingFunction"),
        ("def variant(seed): return [1]", "dictionary"),
        ("def variant(seed): return {1: 2}", "dictionary"),
        ("def variant(seed): return {'a': object()}", "'a'"),
        ("def variant(seed): return {'a': {1, 2}}", "'a'"),
        ("def variant(seed): return {'a': [float('nan')]}", "'a'"),
        ("def variant(seed):\n    import os\n    os._exit(0)", "quit"),
        ("x" * 300_000, "longer"),
    ],
)
def test_a_variant_that_cannot_be_used_is_told_to_the_author(tmp_path, run, code, why):
    with pytest.raises(BrokenExercise, match=why) as broken:
        prepare_exercise(boxes(tmp_path, variant__py=code), run=run)
    assert broken.value.problems[0].file == "boxes/variant.py"


def test_what_variant_may_return(run):
    code = "def variant(seed): return {'a': 1, 'b': 1.5, 'c': 'x', 'd': [1, ('y',)], 'e': True}"
    assert variant_values(code, seed=0, run=run)["d"] == [1, ("y",)]


def test_chance_without_a_seed_is_the_same_for_one_seed(run):
    code = "import random\ndef variant(seed): return {'a': random.random()}"
    assert variant_values(code, seed=1, run=run) == variant_values(code, seed=1, run=run)
    assert variant_values(code, seed=1, run=run) != variant_values(code, seed=2, run=run)


def test_a_broken_exercise_is_not_graded_and_says_everything_that_is_wrong(tmp_path, run):
    folder = write(tmp_path / "boxes", {"exercise.toml": TOML.replace("2", "0").replace('"15"', "1.5")})
    with pytest.raises(BrokenExercise) as broken:
        prepare_exercise(folder, run=run)
    assert {problem.code for problem in broken.value.problems} == {"bad-value", "no-text"}


def test_a_warning_does_not_stop_grading(tmp_path, run):
    folder = write(tmp_path / "boxes", {"exercise.toml": TOML, "exercise.en.md": TEXT + "::: feedback x\nX\n:::\n"})
    assert prepare_exercise(folder, run=run).exercise.points == 2


def test_an_authors_answer_becomes_the_fields_of_a_form():
    assert fields_of("8") == {"answer": ["8"]}
    assert fields_of(["a", "c"]) == {"answer": ["a", "c"]}
    assert fields_of(8) == {"answer": ["8"]}
    assert fields_of([["a", 1], ["b", 0]]) == {"answer": ["a,1", "b,0"]}
    assert fields_of({"x": "for", "y": 2, "z": ["p", "q"]}) == {
        "answer-x": ["for"],
        "answer-y": ["2"],
        "answer-z": ["p", "q"],
    }
