from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from bilik.exchange.errors import NotWritable
from bilik.exchange.exporters import EXPORTERS
from bilik.exchange.tests.sending import KINDS, TITLES, course_toml, exercise_files, item_of, sent
from bilik.grading.exercise import LANGUAGES
from bilik.grading.kinds import Run

ALL = {name: content for kind in KINDS for name, content in exercise_files(kind.replace("_", "-"), kind).items()}
WORDS = tomllib.loads(Path(__file__).parents[1].joinpath("out_words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", WORDS)
def test_every_word_stands_in_four_languages_with_the_same_places(name):
    row = WORDS[name]
    assert set(row) == set(LANGUAGES)
    places = {
        language: {field for _, field, _, _ in Formatter().parse(text) if field} for language, text in row.items()
    }
    assert len({frozenset(found) for found in places.values()}) == 1, places
    if len(row["en"].split()) > 1:
        assert len(set(row.values())) == 4, "a sentence was not translated"


@pytest.mark.sandbox
@pytest.mark.parametrize("format", EXPORTERS)
def test_every_kind_is_in_the_report_once_and_the_same_course_gives_the_same_bytes(format, run: Run):
    made = sent(ALL, format, run=run)
    assert sorted(item.kind for item in made.report.items) == sorted(["lesson", *KINDS])
    counts = made.report.counts()
    assert counts["found"] == counts["kept"] + counts["changed"] + counts["left"]
    assert made.content() == sent(ALL, format, run=run).content()


@pytest.mark.sandbox
@pytest.mark.parametrize("format", EXPORTERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_speaks_the_language_of_its_reader(format, language, run: Run):
    files = exercise_files("code", "python_code") | exercise_files("spot", "hot_spot")
    made = sent(files, format, run=run, report_language=language)
    said = [note.text for item in made.report.items for note in item.notes] + [n.text for n in made.report.general]
    mine = [".*".join(map(re.escape, re.split(r"\{\w+\}", row[language]))) for row in WORDS.values()]
    assert [text for text in said if not any(re.fullmatch(one, text) for one in mine)] == []


def test_exams_stay_where_they_are():
    exam = exercise_files("secret-task", "numeric")
    moved = {name.replace("lessons/01-again", "exams/final"): content for name, content in exam.items()}
    course = course_toml(more=f'[[exams]]\nfolder = "final"\ntitle = {TITLES}\n')
    rules = (
        'minutes = 9\nsittings = 1\ncut_score = 60\nfeedback = "after"\n[[pools]]\npick = 1\ntasks = ["secret-task"]\n'
    )
    files = {"course.toml": course, "exams/final/exam.toml": rules, "exams/final/exam.en.md": "Rules.\n", **moved}
    for format in EXPORTERS:
        made = sent({**exercise_files("loop", "numeric"), **files}, format)
        assert [item.status for item in made.report.items if item.kind == "exam"] == ["left"]
        assert not any(b"secret-task" in content for content in made.files.values())


def test_a_format_or_a_language_that_is_not_there_is_refused():
    with pytest.raises(NotWritable, match="no format"):
        sent(exercise_files("loop", "numeric"), "paper")
    with pytest.raises(NotWritable, match="'uz'"):
        sent(exercise_files("loop", "numeric"), "gift", language="uz")


def test_an_exercise_that_cannot_be_prepared_is_left_with_the_reason():
    files = exercise_files("loop", "numeric")
    files["lessons/01-again/loop/exercise.toml"] = 'kind = "no_such_kind"\n'
    made = sent(exercise_files("good", "numeric") | files, "gift")
    assert "no_such_kind" in item_of(made, "loop").notes[0].text


def test_what_is_not_translated_stands_in_the_language_of_the_course_and_is_told():
    files = exercise_files("loop", "numeric")
    made = sent(
        files | {"lessons/01-again/lesson.az.md": "Dövrlər.\n\n::: exercise loop\n:::\n"}, "gift", language="az"
    )
    assert "not there in az" in item_of(made, "The loop").notes[0].text
