"""What a list of classes and enrolments means for groups. Pure: everything known is handed in, nothing is written.

The order of lines makes no difference, and what is planned for a list that was just taken is nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bilik.groups.states import GroupKind, Part
from bilik.people.roster import Enrolment, Roster, RosterClass
from bilik.people.states import ImportStep, Role

LONGEST_NAME = 120
PART_OF = {Role.LEARNER.value: Part.LEARNER, Role.TRAINER.value: Part.TRAINER}


@dataclass(frozen=True)
class ListedPerson:
    """Somebody of the list: their number here (None for somebody new), and what they are where, once it is imported.
    Whoever is refused is not among them.
    """

    number: int | None
    places: frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Home:
    """The organisation of a class; `leads` is whether the one who brings the list may lead groups there."""

    number: int
    leads: bool
    school: bool


@dataclass(frozen=True)
class KnownMember:
    """Somebody who is in a group now."""

    row: int
    part: str
    listed: bool
    primary: bool


@dataclass(frozen=True)
class KnownClass:
    """A group that came by a list: what the list said last, how it is now, and who is in it, by the person's number."""

    group: int
    organisation: int
    title: str
    first: date | None
    last: date | None
    starts_on: date
    ends_on: date | None
    capacity: int | None
    archived: bool
    members: Mapping[int, KnownMember] = field(default_factory=dict)


@dataclass(frozen=True)
class Coming:
    """Somebody who comes in; `person` is what the list calls them. `role` is one they lack in the organisation."""

    person: str
    part: str
    primary: bool
    role: bool


@dataclass(frozen=True)
class PlannedClass:
    """What becomes of a class. `fields` are the group's that change; `leaves` and `firsts` are rows of members, those
    who are out and those who become, or are no longer, the first trainer.
    """

    listed: RosterClass
    step: ImportStep
    name: str
    group: int | None = None
    organisation: int = 0
    kind: str = GroupKind.COURSE_GROUP
    course: str = ""
    fields: Mapping[str, str | date | None] = field(default_factory=dict)
    comes: tuple[Coming, ...] = ()
    leaves: tuple[int, ...] = ()
    firsts: tuple[tuple[int, bool], ...] = ()

    @property
    def facts(self) -> tuple[object, ...]:
        """Equal for equal plans."""
        return (self.listed.external_id, self.step.value, self.name, self.group, self.organisation, self.course,
                sorted(self.fields.items()), sorted(vars(one).items() for one in self.comes), self.leaves,
                self.firsts)  # fmt: skip


@dataclass(frozen=True)
class Remark:
    """Something to say of a line; codes and facts, worded by `roster_words`."""

    code: str
    file: str = ""
    line: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class ClassesPlan:
    rows: tuple[PlannedClass, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def changes(self) -> int:
        return sum(row.step in (ImportStep.CREATE, ImportStep.UPDATE) for row in self.rows)

    @property
    def digest(self) -> str:
        """Equal for equal plans."""
        return hashlib.sha256(repr([row.facts for row in self.rows]).encode()).hexdigest()


@dataclass(frozen=True)
class Here:
    """What there is before an import: people by what the list calls them, organisations by how it names them, classes
    by their id in it, the short names of published courses, and which day it is.
    """

    people: Mapping[str, ListedPerson]
    homes: Mapping[str, Home]
    classes: Mapping[str, KnownClass]
    courses: Container[str]
    today: date


def plan_classes(roster: Roster, here: Here) -> ClassesPlan:
    """Says for each class of a list what becomes of it, in the order of their ids."""
    enrolments: dict[str, list[Enrolment]] = {}
    for enrolment in roster.enrolments:
        enrolments.setdefault(enrolment.class_id, []).append(enrolment)
    titles = Counter((one.organisation, one.title) for one in roster.classes if not one.gone)
    rows: list[PlannedClass] = []
    remarks: list[Remark] = []
    for one in sorted(roster.classes, key=lambda row: row.external_id):
        twice = titles[one.organisation, one.title] > 1 and one.course and one.course != one.title
        name = f"{one.title}, {one.course}" if twice else one.title
        planning = _Planning(one, name[:LONGEST_NAME], here, remarks)
        row = planning.row(enrolments.get(one.external_id, []))
        rows += [row] if row else []
    remarks += _vanished(roster, here)
    return ClassesPlan(tuple(rows), tuple(sorted(remarks, key=lambda one: (one.file, one.line, one.code))))


def _vanished(roster: Roster, here: Here) -> list[Remark]:
    """Classes of earlier lists that this one does not have. A list without any class says nothing of them."""
    named = {one.external_id for one in roster.classes}
    gone = sorted(one.title for number, one in here.classes.items() if number not in named and not one.archived)
    return [Remark("class_vanished", facts={"found": title}) for title in gone] if named else []


class _Planning:
    """What becomes of one class; what is to be said goes to `remarks`."""

    def __init__(self, listed: RosterClass, name: str, here: Here, remarks: list[Remark]) -> None:
        self.listed, self.name, self.here, self.remarks = listed, name, here, remarks
        self.known = here.classes.get(listed.external_id)
        self.home = here.homes.get(listed.organisation)

    def say(self, code: str, at: RosterClass | Enrolment, **facts: object) -> None:
        self.remarks.append(Remark(code, at.file, at.line, facts))

    def row(self, enrolments: Iterable[Enrolment]) -> PlannedClass | None:
        if self.listed.gone:
            if self.known is not None and not self.known.archived:
                self.say("class_gone", self.listed, found=self.known.title)
            return None
        why = self._why_not()
        if why or self.home is None:
            self.say(why, self.listed, found=self.name)
            return PlannedClass(self.listed, ImportStep.REFUSED, self.name)
        by_person: dict[str, list[Enrolment]] = {}
        for one in enrolments:
            by_person.setdefault(one.person, []).append(one)
        comes, leaves, firsts = self._people(by_person, self.home)
        comes = self._within_capacity(comes, leaves)
        if self.known is None and not comes:
            self.say("class_empty", self.listed, found=self.name)
            return PlannedClass(self.listed, ImportStep.REFUSED, self.name)
        row = PlannedClass(
            self.listed, ImportStep.UNCHANGED, self.name, organisation=self.home.number, comes=tuple(comes)
        )
        if self.known is None:
            code = self.listed.course_code.lower()
            return replace(
                row,
                step=ImportStep.CREATE,
                kind=GroupKind.CLASS if self.home.school else GroupKind.COURSE_GROUP,
                course=code if code in self.here.courses else "",
                fields=self._days(self.here.today, None),
            )
        fields = self._changes(self.known)
        row = replace(row, group=self.known.group, fields=fields, leaves=tuple(leaves), firsts=tuple(firsts))
        return replace(row, step=ImportStep.UPDATE) if fields or comes or leaves or firsts else row

    def _why_not(self) -> str:
        if self.home is None:
            return "class_homeless"
        if self.known is None:
            return "" if self.home.leads else "class_not_yours"
        if self.known.archived:
            return "class_archived"
        if self.known.organisation != self.home.number:
            return "class_moved"
        return "" if self.home.leads else "class_not_yours"

    def _days(self, first: date, last: date | None) -> dict[str, str | date | None]:
        """First and last day as the list has them, else those given; a list that contradicts itself has no last."""
        first = _day(self.listed.first) or first
        last = _day(self.listed.last) or last
        return {"starts_on": first, "ends_on": last if last and last >= first else None}

    def _changes(self, known: KnownClass) -> dict[str, str | date | None]:
        """What the list changed since it was last taken: a name or a day that was changed here by hand stays."""
        changes: dict[str, str | date | None] = {}
        if self.name != known.title:
            changes["name"] = self.name
        said = (_day(self.listed.first) or known.first, _day(self.listed.last) or known.last)
        if said != (known.first, known.last):
            changes |= self._days(known.starts_on, known.ends_on)
        return changes

    def _people(
        self, by_person: Mapping[str, list[Enrolment]], home: Home
    ) -> tuple[list[Coming], list[int], list[tuple[int, bool]]]:
        comes: list[Coming] = []
        leaves: list[int] = []
        firsts: list[tuple[int, bool]] = []
        named: set[int] = set()
        members = self.known.members if self.known else {}
        for key, rows in sorted(by_person.items()):
            person = self.here.people.get(key)
            if person is None:
                self.say("person_refused", rows[0])
                continue
            member = None
            if person.number is not None:
                named.add(person.number)
                member = members.get(person.number)
            wanted = self._wanted(rows, member)
            if wanted is None:
                leaves += [member.row] if member is not None and member.listed and self._over(rows) else []
            elif member is None or (member.listed and member.part != wanted[0]):
                new = self._comes(key, *wanted, person, home, rows[0])
                leaves += [member.row] if new and member is not None else []
                comes += new
            elif member.part != wanted[0]:
                self.say("part_by_hand", rows[0])
            elif member.listed and member.primary != wanted[1]:
                firsts.append((member.row, wanted[1]))
        left = [one for number, one in members.items() if one.listed and number not in named]
        if left:
            self.say("people_vanished", self.listed, found=self.name, count=len(left))
        return comes, sorted(leaves), sorted(firsts)

    def _wanted(self, rows: list[Enrolment], member: KnownMember | None) -> tuple[str, bool] | None:
        """What somebody is in the class today by all their rows; to teach goes before to learn."""
        today = self.here.today.isoformat()
        now = [one for one in rows if not one.gone and one.first <= today and (not one.last or one.last >= today)]
        if now:
            part = max((PART_OF[one.role] for one in now), key=lambda one: one == Part.TRAINER)
            return part.value, part == Part.TRAINER and any(one.primary for one in now)
        if not self._over(rows):
            self.say("begins_later", rows[0], day=min(one.first for one in rows if one.first > today))
        elif member is not None and not member.listed:
            self.say("stays_by_hand", rows[0])
        return None

    def _over(self, rows: list[Enrolment]) -> bool:
        """Nothing of it is still to come."""
        today = self.here.today.isoformat()
        return not any(not one.gone and one.first > today for one in rows)

    def _comes(
        self, key: str, part: str, primary: bool, person: ListedPerson, home: Home, at: Enrolment
    ) -> list[Coming]:
        role = Role.TRAINER if part == Part.TRAINER else Role.LEARNER
        lacks = (role.value, home.number) not in person.places
        if lacks and part == Part.TRAINER:
            self.say("trainer_elsewhere", at)
            return []
        return [Coming(key, part, primary, lacks)]

    def _within_capacity(self, comes: list[Coming], leaves: list[int]) -> list[Coming]:
        """Whoever is first in a file has no better right: when not all new learners fit, none is let in."""
        if self.known is None or self.known.capacity is None:
            return comes
        stay = [one for one in self.known.members.values() if one.part == Part.LEARNER and one.row not in leaves]
        new = [one for one in comes if one.part == Part.LEARNER]
        if not new or len(stay) + len(new) <= self.known.capacity:
            return comes
        self.say("class_full", self.listed, found=self.name, count=len(new), capacity=self.known.capacity)
        return [one for one in comes if one.part != Part.LEARNER]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
