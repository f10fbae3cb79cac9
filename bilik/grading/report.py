"""A verdict's feedback as something to read: for the page, for the shell and for the browser alike.

Feedback is stored as codes and facts; the words come from `messages/` and from the exercise's own text, in the
language of whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bilik.grading.messages import explain_error, say
from bilik.grading.text import ExerciseText

_LIMIT_AT = "limit.time_limit"
_TABLES = ("sql.result", "table.read")


@dataclass(frozen=True)
class Said:
    """What is said in one piece of feedback.

    `markdown` is the author's own text (to be rendered), `sentence` is ours (plain). `line` and `source` point into
    the learner's program, `cell` says in which cell of a notebook. `original` is the own message of `speaker` (Python,
    SQLite), which a learner will meet again elsewhere. `table` is what is shown below the sentence: columns, rows, and
    whether there are `more` of them.
    """

    markdown: str = ""
    sentence: str = ""
    line: int | None = None
    source: str = ""
    original: str = ""
    more: tuple[str, ...] = ()
    speaker: str = "Python"
    cell: int | None = None
    table: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Report:
    """All that is said of one answer: words first, then the tests, or the marks of people and their comments."""

    said: tuple[Said, ...]
    tests: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)
    marks: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)
    comments: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)


def report(feedback: Sequence[Mapping[str, Any]], text: ExerciseText | None, language: str) -> Report:
    """Words for the stored feedback of a verdict."""
    kept = {code: tuple(item for item in feedback if item["code"] == code) for code in ("test", "mark", "comment")}
    said = [_said(item, text, language) for item in feedback if item["code"] not in kept]
    return Report(tuple(one for one in said if one is not None), kept["test"], kept["mark"], kept["comment"])


def _said(item: Mapping[str, Any], text: ExerciseText | None, language: str) -> Said | None:
    if item["code"] == "author":
        markdown = text.feedback.get(item["name"], "") if text else ""
        return Said(markdown=markdown) if markdown else None
    if item["code"] == "error":
        return _error_said(item, language)
    code = item["code"]
    if code == _LIMIT_AT and item.get("line"):
        code = "limit.time_limit_at"
    sentence = say(code, item, language)
    if code in _TABLES:
        return Said(sentence=sentence, table=item)
    if code.startswith("sql.error."):
        more = (say("error.suggestion", item, language),) if item.get("suggestion") else ()
        return Said(sentence=sentence, original=str(item.get("message", "")), more=more, speaker="SQLite")
    # What the sentence says itself is not said before it once more.
    line = None if code.startswith("table.") else item.get("line")
    return Said(sentence=sentence, line=line, cell=item.get("cell_number")) if sentence else None


def _error_said(item: Mapping[str, Any], language: str) -> Said:
    more = []
    if item.get("suggestion"):
        more.append(say("error.suggestion", item, language))
    if item.get("in_hidden_test"):
        more.append(say("error.in_hidden_test", item, language))
    message = str(item.get("message", ""))
    return Said(
        sentence=explain_error(item, language),
        line=item.get("line"),
        source=str(item.get("source") or ""),
        original=f"{item['type']}: {message}" if message else str(item["type"]),
        more=tuple(more),
        cell=item.get("cell_number"),
    )
