"""Translations: how far they are, whether they are built like their source, what changed since."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.authoring import translating
from bilik.authoring.translating import Difference, as_translation, differences, state_of
from tests.small_course import CAPITAL_AZ, CAPITAL_EN

EXERCISE, LESSON = "lessons/01-choices/capital/exercise.az.md", "lessons/01-choices/lesson.az.md"


def test_states():
    assert state_of("Salt", None) == "missing"
    assert state_of("Salt", "<!-- source: 000000000000 -->\n") == "missing"
    assert state_of("Salt", "Duz") == "stale"
    done = as_translation("Duz", "Salt")
    assert state_of("Salt", done) == "done"
    assert state_of("Salt and pepper", done) == "stale"


def test_saving_again_gives_one_stamp():
    once = as_translation("Duz", "Salt")
    assert as_translation(once, "Salt") == once
    assert as_translation("a\r\nb", "Salt").endswith("-->\na\nb\n")


@given(st.text(), st.text())
def test_what_is_saved_is_up_to_date(source, text):
    assert state_of(source, as_translation(text, source)) in ("done", "missing")


def test_texts_by_lesson_and_the_next_one():
    texts = {
        "lessons/a/lesson.en.md": "A",
        "lessons/a/lesson.az.md": as_translation("A", "A"),
        "lessons/a/one/exercise.en.md": "B",
        "lessons/b/lesson.en.md": "C",
        "lessons/b/lesson.az.md": "C",
    }
    found = translating.translations(texts, source_language="en", language="az")
    assert [(one.path, one.state) for one in found] == [
        ("lessons/a/lesson.az.md", "done"),
        ("lessons/a/one/exercise.az.md", "missing"),
        ("lessons/b/lesson.az.md", "stale"),
    ]
    assert [(row.slug, row.done, len(row.texts)) for row in translating.by_lesson(found)] == [("a", 1, 2), ("b", 0, 1)]
    assert translating.next_after(found, "").path == "lessons/a/one/exercise.az.md"
    assert translating.next_after(found, "lessons/a/one/exercise.az.md").path == "lessons/b/lesson.az.md"
    assert translating.next_after(found, "lessons/b/lesson.az.md").path == "lessons/a/one/exercise.az.md"


def test_alike_is_alike():
    assert differences(CAPITAL_EN, CAPITAL_AZ, path=EXERCISE) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("::: choice sheki\nSheki\n:::\n", "", Difference("block", "choice sheki", "translation")),
        ("::: choice sheki", "::: choice seki", Difference("block", "choice seki", "source")),
        ("::: hint\nIts name begins with B.\n:::\n", "", Difference("block", "hint 2", "translation")),
        ("# The capital", "## The capital\n# The capital", Difference("heading", "2 / 1", "number")),
        ("Which city", "{{ city }} which city", Difference("value", "city", "source")),
        ("Which city", "[[city]] which city", Difference("place", "city", "source")),
    ],
)
def test_what_an_exercise_lacks(old, new, found):
    assert found in differences(CAPITAL_EN, CAPITAL_EN.replace(old, new), path=EXERCISE)


def test_what_a_lesson_lacks():
    source = "Text.\n\n::: note Look here\nA\n:::\n\n![x](img/a.svg)\n\n::: exercise one\n:::\n\n```python\n1\n```\n"
    told = source.replace("Look here", "Bura bax").replace("![x]", "![y]")
    assert differences(source, told, path=LESSON) == []
    found = differences(source, told.replace("exercise one", "exercise two").replace("img/a", "img/b"), path=LESSON)
    assert {(one.kind, one.name, one.side) for one in found} == {
        ("block", "exercise one", "translation"),
        ("block", "exercise two", "source"),
        ("picture", "img/a.svg", "translation"),
        ("picture", "img/b.svg", "source"),
    }


def test_the_source_that_a_translation_was_made_from_is_found():
    kept = as_translation("Duz", "Salt\n")
    assert translating.source_when_translated(kept, [b"Pepper\n", b"Salt\r\n"]) == "Salt\n"
    assert translating.source_when_translated(kept, [b"Pepper\n"]) is None
    assert translating.source_when_translated("Duz", [b"Salt\n"]) is None


def test_a_difference_line_by_line():
    lines = translating.diff("a\nb\nc\n", "a\nB\nc\n")
    assert [(one.kind, one.text) for one in lines] == [("same", "a"), ("gone", "b"), ("new", "B"), ("same", "c")]
    assert translating.diff("a", "a") == []


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_a_difference_has_all_that_is_new_and_all_that_is_gone(before, after):
    lines = translating.diff("\n".join(before), "\n".join(after), around=100)
    if lines:
        assert [one.text for one in lines if one.kind != "gone"] == after
        assert [one.text for one in lines if one.kind != "new"] == before
