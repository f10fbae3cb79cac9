"""Our own CSV: one person a row, columns as README.md lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bilik.people.roster.headers import COLUMN_OF, COLUMNS, LANGUAGE_OF, ROLE_OF, plain_word
from bilik.people.roster.plain import Enrolment, Place, Problem, Roster, RosterClass, RosterPerson, Unreadable
from bilik.people.roster.tables import Table, read_table

EMAIL = re.compile(r"[^@\s<>\"',;:()]{1,64}@[^@\s<>\"',;:()]+\.[^@\s<>\"',;:().]{2,}")
_NAMES = ("name", "given_name", "family_name")
_KEYS = ("external_id", "email", "username")


def read_ours(content: bytes, file: str) -> Roster:
    """Reads our CSV. Raises Unreadable when the heading does not say whose names stand where."""
    table = read_table(content, file)
    columns = _columns(table)
    people: dict[str, RosterPerson] = {}
    classes: dict[str, RosterClass] = {}
    enrolments: dict[tuple[str, str], Enrolment] = {}
    problems = table.problems
    for line, cells in table.rows:
        row = {name: cells[index] for name, index in columns.items() if index < len(cells)}
        person = _person(row, file, line, problems)
        if person is None or not _taken(people, person, problems):
            continue
        for title in filter(None, (part.strip() for part in row.get("class", "").split("|"))):
            place = person.places[0]
            number = f"{place.organisation}/{title}" if place.organisation else title
            made = RosterClass(number, title, place.organisation, file=file, line=line)
            classes.setdefault(number, made)
            role = "trainer" if place.role == "trainer" else "learner"
            enrolment = Enrolment(number, person.key, role, file=file, line=line)
            enrolments.setdefault((number, person.key), enrolment)
    return Roster("csv", tuple(people.values()), (), tuple(classes.values()), tuple(enrolments.values()),
                  tuple(problems), table.encoding)  # fmt: skip


def _columns(table: Table) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, heading in enumerate(table.heading):
        name = COLUMN_OF.get(plain_word(heading))
        if name is None:
            if heading:
                table.problems.append(Problem("unknown_column", table.file, 1, heading))
        elif name in columns:
            raise Unreadable("column_twice", table.file, 1, column=heading)
        else:
            columns[name] = index
    if not any(name in columns for name in _NAMES):
        raise Unreadable("no_name_column", table.file, 1, known=", ".join(words[0] for words in COLUMNS.values()))
    if not any(name in columns for name in _KEYS):
        raise Unreadable("no_key_column", table.file, 1)
    return columns


def _person(row: dict[str, str], file: str, line: int, problems: list[Problem]) -> RosterPerson | None:
    """The person of a row, or None with the reason among the problems."""
    found: list[Problem] = []

    def wrong(code: str, column: str, **facts: object) -> None:
        found.append(Problem(code, file, line, COLUMNS[column][0], dict(facts)))

    name = row.get("name") or " ".join(filter(None, (row.get("given_name"), row.get("family_name"))))
    if not name:
        wrong("no_name", "name")
    if not any(row.get(key) for key in _KEYS):
        wrong("no_key", "email")
    emails = {column: row.get(column, "").lower() for column in ("email", "guardian_email")}
    for column, email in emails.items():
        if email and not EMAIL.fullmatch(email):
            wrong("bad_email", column, found=email)
    year, month = (_number(row.get(column, "")) for column in ("birth_year", "birth_month"))
    if row.get("birth_year") and (year is None or not 1900 <= year <= 2100):
        wrong("bad_year", "birth_year", found=row["birth_year"])
    if row.get("birth_month") and (month is None or not 1 <= month <= 12):
        wrong("bad_month", "birth_month", found=row["birth_month"])
    role = ROLE_OF.get(plain_word(row["role"])) if row.get("role") else "learner"
    if role is None:
        wrong("bad_role", "role", found=row["role"])
    language = LANGUAGE_OF.get(plain_word(row["language"])) if row.get("language") else ""
    if language is None:
        wrong("bad_language", "language", found=row["language"])
    problems.extend(found)
    if found:
        return None
    both = year is not None and month is not None
    return RosterPerson(
        name=name[:80],
        external_id=row.get("external_id", "")[:100],
        email=emails["email"],
        username=row.get("username", "").lower(),
        birth_year=year if both else None,
        birth_month=month if both else None,
        language=language or "",
        guardian_email=emails["guardian_email"],
        guardian_name=row.get("guardian_name", "")[:120],
        places=(Place(role or "learner", row.get("organisation", "").lower()),),
        file=file,
        line=line,
    )


def _taken(people: dict[str, RosterPerson], person: RosterPerson, problems: list[Problem]) -> bool:
    """Adds a person. A second row for the same one may only name another class or another place."""
    before = people.get(person.key)
    if before is None:
        people[person.key] = person
        return True
    if replace(person, places=(), line=0) != replace(before, places=(), line=0):
        problems.append(Problem("row_twice", person.file, person.line, facts={"first": before.line}))
        return False
    people[person.key] = replace(before, places=_together(before.places, person.places))
    return True


def _together(places: Iterable[Place], more: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys([*places, *more]))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
