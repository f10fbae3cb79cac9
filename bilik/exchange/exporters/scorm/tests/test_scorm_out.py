from __future__ import annotations

import json

import pytest

from bilik.exchange.export import Exported
from bilik.exchange.exporters.scorm.keys import is_checked, key_of, pattern_of
from bilik.exchange.markup import read_html, read_xml
from bilik.exchange.tests.sending import HEAD, KINDS, exercise_files, item_of, sent
from bilik.grading.kinds import Run
from bilik.grading.tests.helpers import spec_of

ALL = {name: content for kind in KINDS for name, content in exercise_files(kind.replace("_", "-"), kind).items()}
TO_READ = {"free_text", "python_code"}


def data_of(made: Exported) -> dict[str, dict]:
    """What the page of the lesson knows of its tasks."""
    page = read_html(made.files["lessons/01-again.html"].decode())
    (script,) = [node for node in page.within("script") if node.get("id") == "lesson"]
    return {task["id"]: task for task in json.loads(script.text())["tasks"]}


def test_the_manifest_names_every_file_once_and_a_sco_for_each_lesson():
    made = sent(exercise_files("loop", "hot_spot"), "scorm")
    manifest = read_xml(made.files["imsmanifest.xml"])
    named = [node.get("href") for node in manifest.within("file")]
    assert sorted(named) == sorted(made.files.keys() - {"imsmanifest.xml"})
    resources = {node.get("identifier"): node for node in manifest.within("resource")}
    (item,) = manifest.within("item")
    sco = resources[item.get("identifierref")]
    assert (sco.get("scormtype"), sco.get("href")) == ("sco", "lessons/01-again.html")
    assert sco.first("dependency").get("identifierref") in resources
    assert [manifest.within(name)[0].text() for name in ("schema", "schemaversion")] == ["ADL SCORM", "1.2"]


@pytest.mark.sandbox
def test_what_a_page_can_check_is_checked_there_and_the_rest_is_told(run: Run):
    made = sent(ALL, "scorm", run=run)
    assert set(data_of(made)) == {kind.replace("_", "-") for kind in KINDS if kind not in TO_READ}
    told = {item.kind for item in made.report.items if any("cannot check" in note.text for note in item.notes)}
    assert told == TO_READ


def test_programs_that_are_put_together_and_then_run_are_not_checked_in_a_page():
    spec = spec_of("parsons", '[[tests]]\noutput = "0"\n', files={"program.py": "x = 0\nprint(x)\n"})
    assert not is_checked(spec)


def test_a_page_has_the_key_and_nothing_else_of_the_spec():
    spec = spec_of("numeric", 'answer = "1/3"\nunit = "kg"\nunits = { g = "0.001" }\ndecimals = 2\n')
    assert key_of(spec) == {
        "kind": "numeric", "points": 3, "answer": "1/3", "absolute": "0", "relative": "0", "feedback": [],
        "units": {"kg": "1", "g": "1/1000"},
    }  # fmt: skip


def test_neither_solutions_nor_tests_of_programs_are_in_it():
    whole = b"".join(sent(exercise_files("loop", "python_code"), "scorm").files.values())
    assert b"secret" not in whole
    assert b"f(41)" not in whole
    assert b"<form" not in whole


def test_a_sentence_that_would_end_the_script_does_not():
    files = exercise_files("loop", "short_text")
    files["lessons/01-again/loop/exercise.toml"] = HEAD + 'kind = "short_text"\nanswers = ["</script><b>"]\n'
    files["lessons/01-again/loop/exercise.en.md"] = "# The loop\n\nWhat?\n"
    made = sent(files, "scorm")
    assert data_of(made)["loop"]["key"]["answers"] == ["</script><b>"]
    assert b"</script><b>" not in made.files["lessons/01-again.html"]


def test_pages_speak_the_language_of_the_course():
    files = exercise_files("loop", "numeric")
    files["lessons/01-again/lesson.az.md"] = "Dövrlər.\n\n::: exercise loop\n:::\n"
    files["lessons/01-again/loop/exercise.az.md"] = "# Dövr\n\nNeçə?\n\n::: feedback less\nDaha çox.\n:::\n"
    made = sent(files, "scorm", language="az")
    words = made.files["shared/words.js"].decode()
    assert "Doğrudur!" in words
    assert "Ədəd daha böyük olmalıdır" in words or "numeric.larger" in words
    page = made.files["lessons/01-again.html"].decode()
    assert '<html lang="az">' in page
    assert "məşq üçündür" in page
    assert item_of(made, "Dövr").status == "kept"


@pytest.mark.parametrize(
    ("kind", "model", "pattern"),
    [("single_choice", "b", "b"), ("multiple_choice", ["a", "b"], "a,b"), ("ordering", ["wake", "eat", "go"], "a,b,c"),
     ("matching", {"p": "y", "q": "x"}, "a.b,b.a"), ("numeric", "25/2", "12.5"), ("fill_blanks", {}, "")],
)  # fmt: skip
def test_what_is_right_in_the_notation_of_interactions(kind, model, pattern):
    toml = KINDS[kind][0].partition("\n")[2]
    assert pattern_of(spec_of(kind, toml), model) == pattern


def test_without_an_academy_the_page_says_that_a_task_is_to_be_read():
    page = sent(exercise_files("loop", "python_code"), "scorm").files["lessons/01-again.html"].decode()
    assert "checked in the academy only" in page
