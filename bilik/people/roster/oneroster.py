"""OneRoster CSV, versions 1.1 and 1.2 (1EdTech): a zip of tables with fixed English headings.

Of people we take those who learn and those who teach. Parents are read for their e-mail alone: a guardian has no
account here. Administrators of other systems are left out: who manages here is said here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import zip_longest

from bilik.people.roster.archive import read_zip
from bilik.people.roster.ours import EMAIL
from bilik.people.roster.plain import (
    MOST_ROWS,
    Enrolment,
    Place,
    Problem,
    Roster,
    RosterClass,
    RosterOrganisation,
    RosterPerson,
    Unreadable,
)  # fmt: skip
from bilik.people.roster.tables import read_table

FILES = frozenset(
    f"{name}.csv"
    for name in ("manifest", "orgs", "users", "roles", "classes", "courses", "academicsessions", "enrollments",
                 "demographics")
)  # fmt: skip
ROLE_OF = {"student": "learner", "teacher": "trainer"}
# Who may be asked for consent. A relative is neither, and has no account either.
GUARDIANS = {"parent", "guardian"}
WITHOUT_ACCOUNT = GUARDIANS | {"relative"}

Row = dict[str, str]


class _Reading:
    """The tables of one zip, by file, and the problems met in them."""

    def __init__(self, members: dict[str, bytes]) -> None:
        self.members = members
        self.problems: list[Problem] = []
        self.encodings: set[str] = set()
        self.total = 0
        self.read: dict[str, list[tuple[int, Row]]] = {}

    def rows(self, file: str, *needed: str) -> list[tuple[int, Row]]:
        """The rows of a file that are in force; those marked as deleted are said."""
        rows = self.all_rows(file, *needed)
        self.problems += [Problem("to_be_deleted", file, line) for line, row in rows if is_gone(row)]
        return [(line, row) for line, row in rows if not is_gone(row)]

    def all_rows(self, file: str, *needed: str) -> list[tuple[int, Row]]:
        """The rows of a file, those marked as deleted too; none for a file that is not there. Headings in any case."""
        if file in self.members and file not in self.read:
            self.read[file] = self._table(file, needed)
        return self.read.get(file, [])

    def _table(self, file: str, needed: tuple[str, ...]) -> list[tuple[int, Row]]:
        table = read_table(self.members[file], file)
        self.encodings.add(table.encoding)
        self.problems += table.problems
        heading = [cell.lower() for cell in table.heading]
        if lacking := [name for name in needed if name not in heading]:
            raise Unreadable("column_lacking", file, 1, column=lacking[0])
        self.total += len(table.rows)
        if self.total > MOST_ROWS:
            raise Unreadable("too_many_rows", file, most=MOST_ROWS)
        # Some systems leave out what is empty at the end of a row.
        rows = [(line, dict(zip_longest(heading, cells[: len(heading)], fillvalue=""))) for line, cells in table.rows]
        self.problems += [
            Problem("cell_empty", file, line, needed[0]) for line, row in rows if needed and not row[needed[0]]
        ]
        return [(line, row) for line, row in rows if not needed or row[needed[0]]]

    def day(self, row: Row, column: str, file: str, line: int) -> str:
        """A day as ISO; what is none is said and left out."""
        text = row.get(column.lower(), "")
        try:
            return date.fromisoformat(text[:10]).isoformat() if text else ""
        except ValueError:
            self.problems.append(Problem("bad_day", file, line, column, {"found": text}))
            return ""


def is_gone(row: Row) -> bool:
    """Whether the other system marks a row as deleted."""
    return row.get("status", "").lower() == "tobedeleted"


def read_oneroster(content: bytes, file: str) -> Roster:
    """Reads a zip. Raises Unreadable when it has no people in it that we could find."""
    members = read_zip(content, file, FILES)
    if "users.csv" not in members:
        raise Unreadable("no_users", file)
    reading = _Reading(members)
    manifest = {row.get("propertyname", "").lower(): row.get("value", "") for _, row in reading.rows("manifest.csv")}
    # 1.2 moved roles into a file of their own; a zip without a manifest is read by that.
    version = manifest.get("oneroster.version") or ("1.2" if "roles.csv" in members else "1.1")
    people = _people(reading)
    organisations = tuple(
        RosterOrganisation(row["sourcedid"], row["name"], row.get("identifier", ""))
        for _, row in reading.rows("orgs.csv", "sourcedid", "name")
    )
    classes = _classes(reading)
    enrolments = _enrolments(reading, {one.key for one in people}, {one.external_id for one in classes})
    return Roster(
        f"oneroster-{version}", people, organisations, classes, enrolments,
        tuple(reading.problems), ", ".join(sorted(reading.encodings)),
    )  # fmt: skip


def _people(reading: _Reading) -> tuple[RosterPerson, ...]:
    users = reading.rows("users.csv", "sourcedid", "givenname", "familyname")
    roles = _roles(reading, users)
    births = {row["sourcedid"]: row.get("birthdate", "") for _, row in reading.rows("demographics.csv", "sourcedid")}
    held = {row["sourcedid"]: {role for role, _ in roles[row["sourcedid"]]} for _, row in users}
    without = {number for number, names in held.items() if names and names <= WITHOUT_ACCOUNT}
    guardians = {row["sourcedid"]: row for _, row in users if held[row["sourcedid"]] & GUARDIANS}
    people: dict[str, RosterPerson] = {}
    for line, row in users:
        number = row["sourcedid"]
        if number in without:
            continue
        if number in people:
            reading.problems.append(Problem("row_twice", "users.csv", line, facts={"first": people[number].line}))
            continue
        person = _person(reading, line, row, roles[number], births.get(number, ""), guardians)
        if person is not None:
            people[number] = person
    return tuple(people.values())


def _roles(reading: _Reading, users: Iterable[tuple[int, Row]]) -> dict[str, list[tuple[str, str]]]:
    """(role, organisation) of each user: from the user's own row in 1.1, from roles.csv in 1.2."""
    roles: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, row in users:
        for place in filter(None, (part.strip() for part in row.get("orgsourcedids", "").split(","))):
            if row.get("role"):
                roles[row["sourcedid"]].append((row["role"].lower(), place))
        if row.get("role") and not roles[row["sourcedid"]]:
            roles[row["sourcedid"]].append((row["role"].lower(), ""))
    for _, row in reading.rows("roles.csv", "usersourcedid", "role"):
        roles[row["usersourcedid"]].append((row["role"].lower(), row.get("orgsourcedid", "")))
    return roles


def _person(
    reading: _Reading, line: int, row: Row, roles: list[tuple[str, str]], birth: str, guardians: dict[str, Row]
) -> RosterPerson | None:
    def left_out(code: str, column: str, **facts: object) -> None:
        reading.problems.append(Problem(code, "users.csv", line, column, dict(facts)))

    if row.get("enableduser", "").lower() in {"false", "0"}:
        left_out("disabled", "enabledUser")
        return None
    places = tuple(dict.fromkeys(Place(ROLE_OF[role], place) for role, place in roles if role in ROLE_OF))
    if not places:
        left_out("role_not_taken", "role", found=", ".join(sorted({role for role, _ in roles})) or "–")
        return None
    email = row.get("email", "").lower()
    if email and not EMAIL.fullmatch(email):
        left_out("bad_email", "email", found=email)
        email = ""
    year, month = _birth(birth)
    guardian = _guardian(row, guardians, left_out)
    contact = guardian.get("email", "").lower()
    given = row.get("preferredgivenname") or row["givenname"]
    return RosterPerson(
        name=" ".join(filter(None, (given, row.get("preferredfamilyname") or row["familyname"])))[:80],
        external_id=row["sourcedid"][:100],
        email=email,
        # Usernames of other systems are often addresses or numbers of documents: ours are made from the name.
        birth_year=year,
        birth_month=month,
        guardian_email=contact if EMAIL.fullmatch(contact) else "",
        guardian_name=" ".join(filter(None, (guardian.get("givenname"), guardian.get("familyname"))))[:120],
        places=places,
        file="users.csv",
        line=line,
    )


def _guardian(row: Row, guardians: Mapping[str, Row], left_out: Callable[..., None]) -> Row:
    """Of a child's agents the first parent or guardian with an e-mail, else the first; nothing without any."""
    named = row.get("agentsourcedids") or row.get("agentsourceids", "")
    agents = [part.strip() for part in named.split(",") if part.strip()]
    for one in agents:
        if one not in guardians:
            left_out("agent_unknown", "agentSourcedIds", found=one)
    found = [guardians[one] for one in agents if one in guardians]
    return next((one for one in found if EMAIL.fullmatch(one.get("email", "").lower())), found[0] if found else {})


def _birth(text: str) -> tuple[int | None, int | None]:
    """Year and month of an ISO date; the day is not read."""
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdecimal() for part in parts[:2]):
        return None, None
    year, month = int(parts[0]), int(parts[1])
    return (year, month) if 1900 <= year <= 2100 and 1 <= month <= 12 else (None, None)


def _classes(reading: _Reading) -> tuple[RosterClass, ...]:
    courses = {row["sourcedid"]: row for _, row in reading.rows("courses.csv", "sourcedid")}
    sessions = {
        row["sourcedid"]: (
            row.get("title", ""),
            reading.day(row, "startDate", "academicSessions.csv", line),
            reading.day(row, "endDate", "academicSessions.csv", line),
        )
        for line, row in reading.rows("academicsessions.csv", "sourcedid")
    }
    classes: dict[str, RosterClass] = {}
    for line, row in reading.all_rows("classes.csv", "sourcedid", "title"):
        number = row["sourcedid"][:100]
        if not number or not row["title"]:
            reading.problems.append(Problem("no_title", "classes.csv", line))
            continue
        if number in classes:
            facts = {"first": classes[number].line}
            reading.problems.append(Problem("class_twice", "classes.csv", line, facts=facts))
            continue
        course = courses.get(row.get("coursesourcedid", ""), {})
        terms = [one.strip() for one in row.get("termsourcedids", "").split(",") if one.strip() in sessions]
        classes[number] = RosterClass(
            number,
            row["title"],
            row.get("schoolsourcedid", ""),
            course.get("title", ""),
            tuple(sessions[one][0] for one in terms),
            course.get("coursecode", ""),
            min((sessions[one][1] for one in terms if sessions[one][1]), default=""),
            max((sessions[one][2] for one in terms if sessions[one][2]), default=""),
            is_gone(row),
            "classes.csv",
            line,
        )
    return tuple(classes.values())


def _enrolments(reading: _Reading, people: set[str], classes: set[str]) -> tuple[Enrolment, ...]:
    """Who is in which class. People whom users.csv has and we left out are said there, and not once more."""
    file = "enrollments.csv"
    listed = {row["sourcedid"] for _, row in reading.all_rows("users.csv", "sourcedid")}
    found: dict[Enrolment, int] = {}
    for line, row in reading.all_rows(file, "classsourcedid", "usersourcedid", "role"):
        number, person, role = row["classsourcedid"][:100], row["usersourcedid"][:100], row["role"].lower()
        if number not in classes:
            reading.problems.append(Problem("class_unknown", file, line, facts={"found": number}))
        elif person not in people:
            if person not in listed:
                reading.problems.append(Problem("user_unknown", file, line, facts={"found": person}))
        elif role not in ROLE_OF:
            reading.problems.append(Problem("part_not_taken", file, line, facts={"found": role}))
        else:
            first, last = (reading.day(row, name, file, line) for name in ("beginDate", "endDate"))
            primary = row.get("primary", "").lower() in {"true", "1"}
            one = Enrolment(number, person, ROLE_OF[role], first, last, primary, is_gone(row), file, line)
            if one in found:
                reading.problems.append(Problem("enrolment_twice", file, line, facts={"first": found[one]}))
            found.setdefault(one, line)
    return tuple(found)
