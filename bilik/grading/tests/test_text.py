"""The words of an exercise: title, task, and the blocks between ::: lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.problems import Problem
from bilik.grading.text import Block, ExerciseText, places_in, read_text, split_stamp

KNOWN = {"choice": Block(), "blanks": Block(0, "places"), "level": Block(2)}
FULL = """\
# The first letter

Write a function.

```python
# not a title
:::
::: hint
```

::: hint
One.
:::

::: hint
Two, with code:

~~~~
:::
~~~
:::
~~~~
:::

::: feedback too-early
Early.
:::

::: choice a
Choice *A*.
:::

::: note A callout of the task
stays in the task
:::

::: explanation
Because.
:::
"""


def read(source: str) -> tuple[ExerciseText, list[tuple[str, int]]]:
    problems: list[Problem] = []
    text = read_text(source, file="exercise.en.md", problems=problems, known=KNOWN)
    return text, [(problem.code, problem.line) for problem in problems]


def test_every_kind_of_block_is_read():
    text, problems = read(FULL)
    assert problems == []
    assert text.title == "The first letter"
    assert text.hints == ("One.", "Two, with code:\n\n~~~~\n:::\n~~~\n:::\n~~~~")
    assert text.feedback == {"too-early": "Early."}
    assert text.blocks == {"choice a": "Choice *A*."}
    assert text.explanation == "Because."
    assert text.task.startswith("Write a function.\n\n```python\n# not a title\n:::\n::: hint\n```")
    assert text.task.endswith("::: note A callout of the task\nstays in the task\n:::")
    assert text.block_names() == {"hint 1", "hint 2", "feedback too-early", "choice a", "explanation"}


@pytest.mark.parametrize(
    "change", [lambda s: s.replace("\n", "\r\n"), lambda s: s.replace("::: ", ":::"), lambda s: s + "\n\n"]
)
def test_line_ends_and_spaces_make_no_difference(change):
    assert read(change(FULL))[1] == []
    assert read(change(FULL))[0].hints[0] == "One."
    assert read(change(FULL))[0].block_names() == read(FULL)[0].block_names()


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("::: hint\nx\n", [("open-block", 4)]),
        ("::: hint\nx\n::: hint\ny\n:::\n", [("open-block", 4)]),
        ("::: hint\n:::\n", [("empty-block", 4)]),
        ("::: feedback\nx\n:::\n", [("nameless-block", 4)]),
        ("::: choice\nx\n:::\n", [("nameless-block", 4)]),
        ("::: feedback a\nx\n:::\n::: feedback a\ny\n:::\n", [("double-block", 7)]),
        ("::: choice a\nx\n:::\n::: feedback a\ny\n:::\n", []),
        ("::: explanation\nx\n:::\n::: explanation\ny\n:::\n", [("double-block", 7)]),
        ("::: blanks\nx\n:::\n::: blanks\ny\n:::\n", [("double-block", 7)]),
        ("::: blanks a\nx\n:::\n", [("nameless-block", 4)]),
        ("::: level a\nx\n:::\n", [("nameless-block", 4)]),
        ("::: level a none\nx\n:::\n::: level a some\ny\n:::\n", []),
        ("::: hint\n```\n:::\n", [("open-block", 4)]),
        ("::: hint\n``` `a` ```\n:::\n", []),
        ("::: hint\n```\n```python\n```\n:::\n", []),
    ],
)
def test_a_broken_block_is_reported_on_the_line_where_it_opens(body, problems):
    assert read(f"# Title\n\nTask.\n{body}")[1] == problems


def test_blocks_of_kinds_are_kept_by_their_word_and_names():
    text, problems = read(
        "# T\n\nTask.\n::: blanks\n`for` [[a]] in [[b-2]]: [[a]] [[A]]\n:::\n::: level   x  none\ny\n:::\n"
    )
    assert (problems, list(text.blocks)) == ([], ["blanks", "level x none"])
    assert places_in(text.blocks["blanks"]) == ["a", "b-2", "a"]
    assert text.block_names() == {"blanks", "level x none"}


def test_a_callout_may_stand_inside_a_hint():
    text, problems = read("# T\n\nTask.\n::: hint\n::: note\nx\n:::\ny\n:::\nMore task.\n")
    assert problems == []
    assert text.hints == ("::: note\nx\n:::\ny",)
    assert text.task == "Task.\nMore task."


def test_a_file_without_title_and_task_is_reported():
    assert read("")[1] == [("no-title", 1), ("no-task", 1)]
    assert read("# Title\n::: hint\nx\n:::")[1] == [("no-task", 1)]
    assert read("## Not a title")[1] == [("no-title", 1)]


def test_a_comment_in_a_program_is_no_title():
    text, problems = read("```python\n# greet\n```\n")
    assert (text.title, problems) == ("", [("no-title", 1)])


def test_a_word_that_only_begins_like_a_block_is_none():
    assert read("# T\nTask\n::: hints\nx\n:::")[0].hints == ()


def test_the_stamp_is_cut_off_and_lines_keep_their_numbers():
    text, problems = read("<!-- source: 3f9a0c2b71de -->\n# T\n\nTask.\n::: hint\n:::\n")
    assert (text.stamp, text.title, problems) == ("3f9a0c2b71de", "T", [("empty-block", 5)])


@pytest.mark.parametrize("first", ["<!-- source: 3F9A0C2B71DE -->", "<!-- source: 3f9a -->", "text"])
def test_what_is_no_stamp_stays(first):
    assert split_stamp(first + "\nrest") == ("", first + "\nrest")


@given(
    st.lists(st.sampled_from(["# T", "x", ":::", "::: hint", "::: feedback a", "::: note", "```", "~~~", "```py", ""]))
)
def test_no_file_breaks_reading_and_no_line_is_lost(lines):
    text, problems = read("\n".join(lines))
    kept = "\n".join([text.task, *text.hints, *text.feedback.values(), text.explanation])
    if not any(code == "double-block" for code, _ in problems):
        assert kept.split().count("x") == lines.count("x")
