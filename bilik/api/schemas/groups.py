"""Groups, for those who learn in them and for those who lead them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from bilik.api.schemas import Exact, Given, Why


class GroupBrief(Schema):
    """A group in a list."""

    ref: UUID
    name: str
    kind: str
    organisation: str
    leads: bool = Field(description="whether the caller leads it")
    learners: int
    starts_on: date
    ends_on: date | None
    archived: bool


class Groups(Schema):
    """A page of one's groups, the newest first."""

    items: list[GroupBrief]
    next: str | None


class Due(Schema):
    """Until when something is due. For the whole course `part` is null."""

    ref: UUID
    course: str
    matter: str = Field(description="course, lesson or exam")
    part: str | None
    due_at: datetime
    over: bool
    person: UUID | None = Field(description="whose own date it is; null for everybody's")


class Dues(Schema):
    """Dates, the nearest first."""

    items: list[Due]


class Meeting(Schema):
    """When a group meets."""

    ref: UUID
    starts_at: datetime
    minutes: int
    place: str
    topic: str


class Meetings(Schema):
    """The meetings of a group, in their order."""

    items: list[Meeting]


class Group(Schema):
    """A group as the caller may see it: names of others are pseudonyms where they are under 18."""

    ref: UUID
    name: str
    kind: str
    organisation: str
    leads: bool
    courses: list[str]
    trainers: list[str]
    learners: list[str]
    deadlines: list[Due]
    next_meeting: Meeting | None


class Joining(Given):
    """The code of a group, as it was read from a wall."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class Joined(Schema):
    """The group that one is in now, and why one cannot learn in it yet, if so."""

    group: UUID
    name: str
    why_not_learn: Why | None


class Member(Schema):
    """Somebody in a group, for those who lead it."""

    person: UUID
    name: str
    part: str
    since: datetime


class Members(Schema):
    """Everybody who is in a group now, trainers first."""

    items: list[Member]


class NewDeadline(Given):
    """What is due, and when. `part` names the lesson or the exam and is left out for the whole course."""

    course: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern="^[a-z0-9-]+$")]
    matter: Literal["course", "lesson", "exam"] = "lesson"
    part: Annotated[str, StringConstraints(max_length=100, pattern="^[a-z0-9-]*$")] = ""
    due_at: AwareDatetime


class RollLine(Schema):
    """Whose name is called, and the mark that holds; null where none was given."""

    person: UUID
    name: str
    mark: str | None
    minutes: int | None
    marked_at: datetime | None


class Roll(Schema):
    """The roll of a meeting."""

    meeting: Meeting
    items: list[RollLine]
    why_not_take: Why | None


class Tap(Given):
    """One mark, under a key of the client: sent again it changes nothing."""

    key: UUID
    person: UUID
    mark: Literal["present", "late", "excused", "absent"]
    marked_at: AwareDatetime
    minutes: Annotated[int, Field(ge=0, le=720)] | None = None


class Taps(Given):
    """Marks in any order."""

    taps: Annotated[list[Tap], Field(min_length=1, max_length=1_000)]


class RefusedTap(Why):
    """A mark that was not taken."""

    key: UUID


class RollTaken(Schema):
    """Which marks the academy has now, and why the others were not taken."""

    stored: list[UUID]
    refused: list[RefusedTap]


class BookColumn(Schema):
    """A column: a lesson, a task or an exam, and how many points it holds (for an exam 100, percent)."""

    id: str
    title: str
    of: int


class BookLine(Schema):
    """A learner: points by column, null where nothing was tried."""

    person: UUID
    name: str
    points: list[Exact | None]
    total: Exact
    exams: list[Exact | None]


class Gradebook(Schema):
    """Learners by lessons, or by the tasks of one lesson."""

    course: str
    lesson: str | None
    of: int
    columns: list[BookColumn]
    exams: list[BookColumn]
    lines: list[BookLine]
