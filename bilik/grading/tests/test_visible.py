"""What leaves the server of a task's spec, and that the checker says the same of it as of the whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.check import check
from bilik.grading.checkers.python_code.tests.code import call, code, shown_tests
from bilik.grading.trying import program_job, program_told, steps_job, steps_told
from bilik.grading.visible import job_of, told, verdict_of, visible_spec

HIDDEN = 'hidden = true\nname = "secret"'
TASK = call("f(1)", "2", 'name = "one"') + call("f(271828)", "(271829, 'zafaran')", HIDDEN)
RULES = """
[[feedback]]
test = "secret"
got = "7"
say = "of-the-secret"
[[feedback]]
got = "( 271829,'zafaran' )"
say = "swapped"
[[feedback]]
returned_nothing = true
say = "nothing"
"""


def test_hidden_tests_and_all_that_speaks_of_them_stay_on_the_server():
    seen = visible_spec(code(TASK + RULES))
    assert [test["name"] for test in seen["tests"]] == ["one"]
    assert [rule["say"] for rule in seen["feedback"]] == ["nothing"]
    text = json.dumps(seen)
    assert not [word for word in ("secret", "271828", "271829", "zafaran") if word in text]


@given(st.lists(st.tuples(st.integers(10**6, 10**9), st.integers(10**6, 10**9), st.booleans()), min_size=1, max_size=6))
def test_no_hidden_value_is_in_a_visible_spec(rows):
    toml = "".join(
        call(f"f({given_})", str(expected), f'name = "t{place}"\nhidden = {str(hidden).lower()}')
        for place, (given_, expected, hidden) in enumerate(rows)
    )
    seen = json.dumps(visible_spec(code(toml)))
    open_values = {value for given_, expected, hidden in rows if not hidden for value in (given_, expected)}
    for given_, expected, hidden in rows:
        for value in {given_, expected} - open_values if hidden else ():
            assert not any(
                str(value) == word.strip('",()f{}[]') for word in seen.replace("(", " ").replace(")", " ").split()
            )


def test_other_kinds_and_large_files_are_not_tried_on_a_device():
    assert visible_spec({"kind": "numeric"}) is None
    assert visible_spec(code(TASK, data={"big.csv": b"x" * 300_000})) is None


def test_what_a_test_expects_is_not_in_the_job():
    seen = visible_spec(code(call("f(1)", "'zafaran'")))
    assert "zafaran" not in json.dumps(job_of(seen, "def f(x): pass").to_json())


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "answer", ["def f(x): return x + 1", "def f(x): return x", "def f(x) return", "def f(x): return y"]
)
def test_the_visible_part_is_judged_as_the_whole_is(answer, run):
    spec = code(TASK + RULES)
    seen = visible_spec(spec)
    apart = verdict_of(seen, answer, run(job_of(seen, answer)))
    whole = [test for test in shown_tests(check(spec, answer, run=run)) if not test["hidden"]]
    assert shown_tests(apart) == whole


@pytest.mark.sandbox
def test_a_run_shows_the_screen_and_explains_an_error_in_the_readers_language(run):
    seen = visible_spec(code(TASK))
    job = program_job(seen, "name = input('Who? ')\nprint(name)\nprint(nam)", "Leyla")
    shown = program_told(seen, run(job), "az")
    assert shown["shown"] == "Who? Leyla\nLeyla\n"
    (said,) = shown["said"]
    assert (said["line"], said["source"], said["author"]) == (3, "print(nam)", "")
    assert "tanımır" in said["sentence"]
    assert "name" in said["more"][0]


@pytest.mark.sandbox
def test_a_run_that_never_ends_says_so(run):
    seen = visible_spec(code(TASK + "[limits]\ncpu_seconds = 1\n"))
    shown = program_told(seen, run(program_job(seen, "while True: pass", "")), "en")
    assert shown["ended"] == "time_limit"
    assert "did not finish within 1 seconds" in shown["said"][0]["sentence"]


@pytest.mark.sandbox
def test_steps_are_recorded_in_the_sandbox(run):
    seen = visible_spec(code(TASK))
    recorded = steps_told(seen, run(steps_job(seen, "n = int(input())\nm = n + 1\nprint(m)", "4")), "en")
    assert [step["line"] for step in recorded["steps"]] == [1, 2, 3, 3]
    assert recorded["steps"][-1]["frames"][0]["variables"] == [["n", {"text": "4"}], ["m", {"text": "5"}]]
    assert recorded["output"] == "4\n5\n"
    assert recorded["cut"] == ""


@pytest.mark.sandbox
def test_steps_of_a_program_that_waits_for_ever_are_none_and_say_why(run):
    seen = visible_spec(code(TASK + "[limits]\ncpu_seconds = 1\n"))
    recorded = steps_told(seen, run(steps_job(seen, "import time\ntime.sleep(100)", "")), "en")
    assert recorded["steps"] == []
    assert "did not finish" in recorded["said"][0]["sentence"]


def test_the_authors_words_are_named_and_not_quoted():
    words = told([{"code": "author", "name": "nothing"}], "en")
    assert words["said"][0]["author"] == "nothing"
