"""Reading TOML tables: every problem has its place, and none stops the reading."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.problems import Problem, Table, toml_lines

TOML = '''\
id = "x"                      # line 1
"two words" = 1
limits.cpu = 2
limits.memory = 3

[require]
uses = [
  "for",
  "[[tests]]",
  "b = 1",
]
text = """
fake = 1
[fake]
"""
after = 1

[[tests]]
call = 'f("""x")'
expect = "\'\'\'"
[tests.more]
deep = 1

[[tests]]
  call = """f()"""
[[tests.inner]]
a = 1
[[tests.inner]]
a = 2 # ] "
b = { c = 1 }
last = 1
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("id", 1),
        ("two words", 2),
        ("limits", 3),
        ("limits.cpu", 3),
        ("limits.memory", 4),
        ("require", 6),
        ("require.uses", 7),
        ("require.text", 12),
        ("require.after", 16),
        ("tests", 18),
        ("tests.0", 18),
        ("tests.0.call", 19),
        ("tests.0.expect", 20),
        ("tests.0.more.deep", 22),
        ("tests.1", 24),
        ("tests.1.call", 25),
        ("tests.1.inner.0.a", 27),
        ("tests.1.inner.1", 28),
        ("tests.1.inner.1.a", 29),
        ("tests.1.inner.1.last", 31),
    ],
)
def test_every_key_is_found_on_its_line(key, line):
    assert toml_lines(TOML)[key] == line


def test_what_stands_inside_texts_and_lists_is_no_key():
    assert not {"fake", "require.fake", "require.b", "b"} & toml_lines(TOML).keys()


def test_the_example_is_toml():
    assert tomllib.loads(TOML)["tests"][1]["inner"][1]["last"] == 1


def test_a_windows_line_end_and_an_unusual_line_break_do_not_move_lines():
    assert toml_lines('a = "\u2028"\r\nb = 1\r\n') == {"a": 1, "b": 2}


@given(st.text("ab=\"'#[]{}.\n\\ 1", max_size=80))
def test_no_text_breaks_the_search_for_lines(text):
    lines = toml_lines(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.lists(st.tuples(st.sampled_from(["text", "long", "list"]), st.text("ab]\"'=[#\\", max_size=6)), max_size=12))
def test_keys_after_any_values_are_found_where_they_stand(values):
    text, wanted = "", {}
    for number, (kind, value) in enumerate(values):
        quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        wanted[f"k{number}"] = text.count("\n") + 1
        shapes = {"text": quoted, "long": f'""{quoted[:-1]}\nx = 1\n"""', "list": f"[\n{quoted},\n]"}
        text += f"k{number} = {shapes[kind]}\n"
    tomllib.loads(text)
    assert toml_lines(text) == wanted


def table(text: str) -> tuple[Table, list[Problem]]:
    problems: list[Problem] = []
    return Table(tomllib.loads(text), file="x.toml", lines=toml_lines(text), problems=problems), problems


@pytest.mark.parametrize(
    ("toml", "read", "value"),
    [
        ('a = "x"', lambda t: t.text("a"), "x"),
        ("a = 1", lambda t: t.text("a"), ""),
        ("a = 1", lambda t: t.text("a", "d"), "d"),
        ("", lambda t: t.text("a"), ""),
        ("a = true", lambda t: t.flag("a"), True),
        ("a = 1", lambda t: t.flag("a"), False),
        ("a = 5", lambda t: t.whole("a", 1, low=1, high=9), 5),
        ("a = 10", lambda t: t.whole("a", 2, low=1, high=9), 1),
        ("a = true", lambda t: t.whole("a", 2, low=1, high=9), 2),
        ("a = 1.0", lambda t: t.whole("a", 2, low=1, high=9), 2),
        ("", lambda t: t.whole("a", None, low=1, high=9), 1),
        ('a = "1/3"', lambda t: t.exact("a"), Fraction(1, 3)),
        ("a = 3", lambda t: t.exact("a"), Fraction(3)),
        ("a = 0.1", lambda t: t.exact("a"), None),
        ('a = "1/0"', lambda t: t.exact("a"), None),
        ('a = "1e9999999"', lambda t: t.exact("a"), None),
        ("", lambda t: t.exact("a", "2"), Fraction(2)),
        ('a = "y"', lambda t: t.one_of("a", ("x", "y")), "y"),
        ('a = "z"', lambda t: t.one_of("a", ("x", "y"), "y"), "y"),
        ('a = ""', lambda t: t.one_of("a", ("x", "y")), "x"),
        ("a = 1", lambda t: t.one_of("a", ("x", "y")), "x"),
        ("", lambda t: t.one_of("a", ("x", "y")), "x"),
        ('a = ["x"]', lambda t: t.texts("a"), ("x",)),
        ('a = ["x", 1]', lambda t: t.texts("a"), ()),
        ('a = "x"', lambda t: t.texts("a"), ()),
        ('a = { b = "c" }', lambda t: t.mapping("a"), {"b": "c"}),
        ("a = { b = 1 }", lambda t: t.mapping("a"), {}),
        ("a = 1", lambda t: list(t.tables("a")), []),
        ("a = [1]", lambda t: list(t.tables("a")), []),
        ("a = 1", lambda t: t.table("a").text("b", "d"), "d"),
        ('a = "8"', lambda t: t.answer("a"), "8"),
        ("a = 8", lambda t: t.answer("a"), "8"),
        ('a = ["x", "y"]', lambda t: t.answer("a"), ["x", "y"]),
        ("a = { b = 1, c = ['x'] }", lambda t: t.answer("a"), {"b": "1", "c": ["x"]}),
        ("a = [1, ['x', 2]]", lambda t: t.answer("a"), ["1", ["x", 2]]),
        ("a = {}", lambda t: t.answer("a"), ""),
        ("a = true", lambda t: t.answer("a"), ""),
        ("a = [[[1]]]", lambda t: t.answer("a"), ""),
        ("a = { b = { c = 1 } }", lambda t: t.answer("a"), ""),
    ],
)
def test_every_getter_gives_a_usable_value_whatever_stands_there(toml, read, value):
    assert read(table(toml)[0]) == value


def test_a_problem_stands_on_the_line_of_its_key_and_says_what_it_takes():
    read, problems = table('[[tests]]\nname = "x"\n[[tests]]\nname = 5\n')
    for row in read.tables("tests"):
        row.text("name")
    (problem,) = problems
    assert str(problem) == "x.toml:4: error: `name` takes a text, not 5. [bad-value]"


def test_a_problem_with_a_part_of_an_inline_table_stands_on_the_line_of_the_whole():
    read, problems = table("\na = { b = { c = 1 } }\n")
    read.table("a").table("b").text("c")
    assert problems[0].line == 2


def test_a_missing_key_stands_on_the_line_of_its_table():
    read, problems = table("\n[[tests]]\n")
    next(read.tables("tests")).text("name")
    assert (problems[0].code, problems[0].line) == ("missing-key", 2)


def test_keys_that_nobody_asked_for_are_named_together_with_the_known_ones():
    read, problems = table('points = 1\npionts = 2\ncolour = "red"')
    read.whole("points", 1, low=1, high=9)
    read.leave_no_rest()
    assert [(problem.code, problem.line) for problem in problems] == [("unknown-key", 3), ("unknown-key", 2)]
    assert "Known: points." in problems[0].message


def test_problems_are_sorted_by_file_and_line():
    one, two = Problem("a", 2, "error", "x", ""), Problem("a", 10, "error", "x", "")
    assert sorted([two, one]) == [one, two]
    assert str(Problem("a", 0, "warning", "x", "All.")) == "a: warning: All. [x]"
