"""Every code that grading can emit has a sentence, in every language the same way."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bilik.grading.checkers.python_code.tests.code import call, code, error_of, program
from bilik.grading.checkers.sql.reading import ERRORS as SQL_ERRORS
from bilik.grading.checkers.table.metrics import METRICS
from bilik.grading.checkers.table.reading import TYPES
from bilik.grading.messages import LANGUAGES, catalogue, explain_error, say
from bilik.grading.report import report
from bilik.grading.tests.helpers import graded
from bilik.grading.text import ExerciseText

GRADING = Path(__file__).parents[1]
_TOPICS = "invalid|choices|numeric|text|predict|require|limit|error|sql|table|cells|blanks|matching|order|parsons|spots"
_CODE = re.compile(rf'"((?:{_TOPICS})\.[a-zA-Z_.]+)"')


def emitted() -> set[str]:
    sources = [path for path in GRADING.rglob("*.py") if "tests" not in path.parts]
    found = {name for path in sources for name in _CODE.findall(path.read_text())}
    found -= {"sql.error."}  # the beginning of those that follow
    endings = ("time_limit", "memory_limit", "output_limit", "crashed", "quit", "protocol")
    found |= {f"sql.error.{kind}" for kind in SQL_ERRORS} | {f"table.not_{kind}" for kind in TYPES if kind != "text"}
    return found | {f"limit.{ending}" for ending in endings} | {f"word.metric_{name}" for name in METRICS}


def places_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_code_has_an_english_sentence():
    assert {"invalid.unit", "limit.time_limit_at", "predict.lines"} <= emitted()
    assert emitted() - catalogue("en").keys() == set()


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_every_language_has_the_same_sentences_with_the_same_places(language):
    if not catalogue(language):
        pytest.skip(f"messages/{language}.toml is not written yet")
    assert catalogue(language).keys() == catalogue("en").keys()
    differing = [
        name for name, text in catalogue("en").items() if places_in(text) != places_in(catalogue(language)[name])
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language):
    assert [name for name, sentence in catalogue(language).items() if not sentence.strip()] == []


def test_a_language_that_we_do_not_have_falls_back_to_english():
    assert say("numeric.sign", {}, "fr") == catalogue("en")["numeric.sign"]
    assert say("no.such.code", {}, "az") == ""


def test_a_fact_that_is_missing_shows_as_a_dash_and_braces_in_facts_stay():
    assert "–" in say("invalid.unit", {"unit": "kg"}, "en")
    assert "{known}" in say("invalid.unit", {"unit": "{known}", "known": "{0.__class__}"}, "en")


ERRORS = [
    ("def f(x):\n    y = x\n    return z", 3, "error.NameError"),
    ("def f(x):\n    print(y)\n    y = 1", 2, "error.UnboundLocalError"),
    ("def f(x)\n    return x", 1, "error.SyntaxError.colon"),
    ("def f(x):\n    return (x", 2, "error.SyntaxError.bracket"),
    ("def f(x):\n    return 'x", 2, "error.SyntaxError.quote"),
    ("def f(x):\n    print x", 2, "error.SyntaxError.print"),
    ("def f(x):\n    if x = 1:\n        pass", 2, "error.SyntaxError.equals"),
    ("def f(x):\n    x x", 2, "error.SyntaxError"),
    ("def f(x):\nreturn x", 2, "error.IndentationError.expected"),
    ("def f(x):\n    y = 1\n  return y", 3, "error.IndentationError"),
    ("def f(x):\n    if x:\n\treturn x", 3, "error.TabError"),
    ("def f(x):\n    return 'a' + x", 2, "error.TypeError.concatenation"),
    ("def f(x):\n    return x + 'a'", 2, "error.TypeError.operands"),
    ("def f(x):\n    return x < 'a'", 2, "error.TypeError.comparison"),
    ("def g(a, b): pass\ndef f(x):\n    g(x)", 3, "error.TypeError.missing_arguments"),
    ("def g(a): pass\ndef f(x):\n    g(x, x)", 3, "error.TypeError.too_many_arguments"),
    ("def g(a): pass\ndef f(x):\n    g(b=1)", 3, "error.TypeError.unexpected_keyword"),
    ("def f(x):\n    return x(2)", 2, "error.TypeError.not_callable"),
    ("def f(x):\n    for y in x: pass", 2, "error.TypeError.not_iterable"),
    ("def f(x):\n    return x[0]", 2, "error.TypeError.not_subscriptable"),
    ("def f(x):\n    'abc'[0] = 'x'", 2, "error.TypeError.no_item_assignment"),
    ("def f(x):\n    return [1]['a']", 2, "error.TypeError.indices"),
    ("def f(x):\n    return len(x)", 2, "error.TypeError"),
    ("def f(x):\n    return int('x')", 2, "error.ValueError.invalid_literal"),
    ("def f(x):\n    return float('x')", 2, "error.ValueError.not_a_float"),
    ("def f(x):\n    a, b = [1]", 2, "error.ValueError.too_few_values"),
    ("def f(x):\n    a, b = [1, 2, 3]", 2, "error.ValueError.too_many_values"),
    ("def f(x):\n    return [].remove(1)", 2, "error.ValueError"),
    ("def f(x):\n    return [1][5]", 2, "error.IndexError"),
    ("def f(x):\n    return {}['a']", 2, "error.KeyError"),
    ("def f(x):\n    return x.lenght", 2, "error.AttributeError"),
    ("def f(x):\n    return 1 / 0", 2, "error.ZeroDivisionError"),
    ("def f(x):\n    return f(x)", 2, "error.RecursionError"),
    ("import nump", 1, "error.ModuleNotFoundError"),
    ("from math import nothing", 1, "error.ImportError"),
    ("def f(x):\n    open('no.csv')", 2, "error.FileNotFoundError"),
    ("def f(x):\n    assert x > 5", 2, "error.AssertionError"),
    ("def g(x): pass", None, "error.MissingFunction"),
    ("f = 5", None, "error.NotAFunction"),
    ("import sys\nsys.exit()", 2, "error.SystemExit"),
    ("class Mine(KeyError): pass\ndef f(x):\n    raise Mine('k')", 3, "error.KeyError"),
    ("class Mine(Exception): pass\ndef f(x):\n    raise Mine('k')", 3, "error.other"),
]


@pytest.mark.sandbox
@pytest.mark.parametrize(("answer", "line", "sentence"), ERRORS, ids=[error[2] for error in ERRORS])
def test_an_error_is_explained_by_the_sentence_for_it_and_points_to_its_line(run, answer, line, sentence):
    error = error_of(graded(code(call("f(1)", "1")), answer, run=run))
    facts = {"type": error["type"], "message": error["message"], **error["data"]}
    assert error["line"] == line
    assert explain_error(error, "en") == say(sentence, facts, "en")
    assert "–" not in explain_error(error, "en")


@pytest.mark.sandbox
def test_a_program_that_asks_too_often_is_told_to_count_lines(run):
    error = error_of(graded(code(program("x")), "x = 1\ninput()", run=run))
    assert (error["line"], explain_error(error, "en")) == (2, say("error.EOFError", {}, "en"))


TEXT = ExerciseText("T", "Task", feedback={"a": "*Well.*"})


def test_a_report_has_the_authors_words_ours_and_the_tests_apart():
    told = report(
        [
            {"code": "author", "name": "a"},
            {"code": "author", "name": "gone"},
            {"code": "limit.time_limit", "seconds": 2, "line": 3},
            {"code": "limit.time_limit", "seconds": 2, "line": None},
            {"code": "test", "name": "t", "passed": True},
        ],
        TEXT,
        "en",
    )
    assert [item.markdown for item in told.said] == ["*Well.*", "", ""]
    assert "busy in line 3" in told.said[1].sentence
    assert "line" not in told.said[2].sentence.split(":")[0]
    assert [test["name"] for test in told.tests] == ["t"]


@pytest.mark.sandbox
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_reported_with_its_line_a_suggestion_and_pythons_own_words(run, language):
    verdict = graded(code(call("f(1)", "1")), "def f(number):\n    return numbr", run=run)
    (said,) = report([item.to_json() for item in verdict.feedback], TEXT, language).said
    assert (said.line, said.source) == (2, "    return numbr")
    assert said.original == "NameError: name 'numbr' is not defined"
    assert "numbr" in said.sentence
    assert "number" in said.more[0]
