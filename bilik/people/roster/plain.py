"""What a list of people says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 200_000
LONGEST_CELL = 500
MOST_PROBLEMS = 500


@dataclass(frozen=True)
class Problem:
    """Something in a file that cannot be taken as it stands.

    `line` counts from 1 as an editor shows it; 0 is the whole file. `facts` fill the places of the sentence.
    """

    code: str
    file: str = ""
    line: int = 0
    column: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Place:
    """A role at an organisation. `organisation` is a short name of ours, or an id of the file's organisations; "" is
    the one for which the file is brought."""

    role: str
    organisation: str = ""


@dataclass(frozen=True)
class RosterPerson:
    """Somebody in the list. What the file does not say is "" or None."""

    name: str
    external_id: str = ""
    email: str = ""
    username: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    language: str = ""
    guardian_email: str = ""
    guardian_name: str = ""
    places: tuple[Place, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def key(self) -> str:
        """What the file itself calls this person; enrolments point at it."""
        return self.external_id or self.email or self.username


@dataclass(frozen=True)
class RosterOrganisation:
    external_id: str
    name: str
    identifier: str = ""


@dataclass(frozen=True)
class RosterClass:
    """`first` and `last` are the days of its periods, ISO, "" when the file has none; `gone` is one that the other
    system marks as deleted. `course_code` is what the other system calls the course.
    """

    external_id: str
    title: str
    organisation: str = ""
    course: str = ""
    periods: tuple[str, ...] = ()
    course_code: str = ""
    first: str = ""
    last: str = ""
    gone: bool = False
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Enrolment:
    """`person` is a `RosterPerson.key`; `role` is learner or trainer; days are ISO, "" when open; `primary` is the
    first among several trainers; `gone` is one that the other system marks as deleted.
    """

    class_id: str
    person: str
    role: str
    first: str = ""
    last: str = ""
    primary: bool = False
    gone: bool = False
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Roster:
    """Everything a file says that we can use, and what we could not. `encoding` is what the text was read as."""

    format: str
    people: tuple[RosterPerson, ...] = ()
    organisations: tuple[RosterOrganisation, ...] = ()
    classes: tuple[RosterClass, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str = ""


class Unreadable(Exception):
    """The file as a whole cannot be read; carries its one problem."""

    def __init__(self, code: str, file: str = "", line: int = 0, **facts: Any) -> None:
        self.problem = Problem(code, file, line, facts=facts)
        super().__init__(code)
