"""OneRoster CSV, versions 1.1 and 1.2 (1EdTech): a zip of tables with fixed English headings.

Of people we take those who learn and those who teach. Parents are read for their e-mail alone: a guardian has no
account here. Administrators of other systems are left out: who manages here is said here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

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
GUARDIANS = {"parent", "guardian", "relative"}

Row = dict[str, str]


class _Reading:
    """The tables of one zip, by file, and the problems met in them."""

    def __init__(self, members: dict[str, bytes]) -> None:
        self.members = members
        self.problems: list[Problem] = []
        self.encodings: set[str] = set()
        self.total = 0

    def rows(self, file: str, *needed: str) -> list[tuple[int, Row]]:
        """The rows of a file that are in force; none for a file that is not there. Headings in any case."""
        if file not in self.members:
            return []
        table = read_table(self.members[file], file)
        self.encodings.add(table.encoding)
        self.problems += table.problems
        heading = [cell.lower() for cell in table.heading]
        if lacking := [name for name in needed if name not in heading]:
            raise Unreadable("column_lacking", file, 1, column=lacking[0])
        self.total += len(table.rows)
        if self.total > MOST_ROWS:
            raise Unreadable("too_many_rows", file, most=MOST_ROWS)
        rows = [(line, dict(zip(heading, cells, strict=False))) for line, cells in table.rows]
        for line, row in rows:
            if row.get("status", "").lower() == "tobedeleted":
                self.problems.append(Problem("to_be_deleted", file, line))
        return [(line, row) for line, row in rows if row.get("status", "").lower() != "tobedeleted"]


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
    known = {one.key for one in people}
    return Roster(
        f"oneroster-{version}", people, organisations, _classes(reading), _enrolments(reading, known),
        tuple(reading.problems), ", ".join(sorted(reading.encodings)),
    )  # fmt: skip


def _people(reading: _Reading) -> tuple[RosterPerson, ...]:
    users = reading.rows("users.csv", "sourcedid", "givenname", "familyname")
    roles = _roles(reading, users)
    births = {row["sourcedid"]: row.get("birthdate", "") for _, row in reading.rows("demographics.csv", "sourcedid")}
    guardians = {
        row["sourcedid"]: row
        for _, row in users
        if roles[row["sourcedid"]] and all(role in GUARDIANS for role, _ in roles[row["sourcedid"]])
    }
    people: dict[str, RosterPerson] = {}
    for line, row in users:
        number = row["sourcedid"]
        if number in guardians:
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
    agents = [part.strip() for part in row.get("agentsourcedids", "").split(",")]
    guardian = next((guardians[one] for one in agents if one in guardians), {})
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


def _birth(text: str) -> tuple[int | None, int | None]:
    """Year and month of an ISO date; the day is not read."""
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdecimal() for part in parts[:2]):
        return None, None
    year, month = int(parts[0]), int(parts[1])
    return (year, month) if 1900 <= year <= 2100 and 1 <= month <= 12 else (None, None)


def _classes(reading: _Reading) -> tuple[RosterClass, ...]:
    courses = {row["sourcedid"]: row.get("title", "") for _, row in reading.rows("courses.csv", "sourcedid")}
    sessions = {row["sourcedid"]: row.get("title", "") for _, row in reading.rows("academicsessions.csv", "sourcedid")}
    return tuple(
        RosterClass(
            row["sourcedid"],
            row["title"],
            row.get("schoolsourcedid", ""),
            courses.get(row.get("coursesourcedid", ""), ""),
            tuple(sessions[one.strip()] for one in row.get("termsourcedids", "").split(",") if one.strip() in sessions),
        )
        for _, row in reading.rows("classes.csv", "sourcedid", "title")
    )


def _enrolments(reading: _Reading, known: set[str]) -> tuple[Enrolment, ...]:
    return tuple(
        Enrolment(
            row["classsourcedid"],
            row["usersourcedid"],
            ROLE_OF[row["role"].lower()],
            row.get("begindate", ""),
            row.get("enddate", ""),
        )
        for _, row in reading.rows("enrollments.csv", "classsourcedid", "usersourcedid", "role")
        if row["role"].lower() in ROLE_OF and row["usersourcedid"] in known
    )
