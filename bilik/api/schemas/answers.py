"""Answers and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from bilik.api.schemas import Exact, Given

Text = Annotated[str, StringConstraints(max_length=1_000_000)]


class SentFile(Given):
    """A file that belongs to an answer."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    base64: Text


class Answer(Given):
    """An answer: texts by the names of the task's fields."""

    fields: dict[str, Text | Annotated[list[Text], Field(max_length=200)]] = Field(
        examples=[{"answer": "baku"}], max_length=200
    )
    key: UUID | None = Field(
        default=None,
        description="your own name for this sending, a UUID: sent again, it gives what came of it before",
    )
    files: list[SentFile] = Field(default=[], max_length=20)


class Table(Schema):
    """Rows that are shown with a sentence."""

    columns: list[str]
    rows: list[list[Any]]
    more: bool = False


class Said(Schema):
    """One piece of feedback: the author's words (`html`) or a sentence of ours, with its place in the answer."""

    html: str | None = None
    sentence: str | None = None
    more: list[str] = []
    line: int | None = None
    cell: int | None = None
    source: str | None = None
    original: str | None = Field(default=None, description="the own message of Python or SQLite")
    table: Table | None = None


class Test(Schema):
    """One test of a program. Of a hidden one nothing but whether it passed."""

    passed: bool
    hidden: bool
    ran: bool
    call: str | None = None
    input: str | None = None
    expected: str | None = None
    got: str | None = None
    error: str | None = None


class Mark(Schema):
    """What people gave for one criterion."""

    criterion: str
    html: str
    level_html: str
    points: str
    of: str


class Comment(Schema):
    """What somebody says of an answer; of one criterion of it, where that is named."""

    by: str | None
    criterion: str | None
    text: str


class AttemptBrief(Schema):
    """An answer in a list."""

    id: int
    key: UUID
    course: str
    task: str
    state: str = Field(description="queued, grading, marking, graded, withdrawn or fault")
    outcome: str | None
    score: Exact | None
    of: int | None
    received_at: datetime
    graded_at: datetime | None


class Attempt(AttemptBrief):
    """An answer with what became of it. While it waits, ask again under its address."""

    place_in_queue: int
    given: str = Field(description="the answer, to read")
    said: list[Said]
    tests: list[Test]
    marks: list[Mark]
    comments: list[Comment]


class Attempts(Schema):
    """A page of one's answers to a task, the newest first."""

    items: list[AttemptBrief]
    next: str | None
