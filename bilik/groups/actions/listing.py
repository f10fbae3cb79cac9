"""Taking the classes of a list: called by people's import, in its transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from bilik.catalog.queries import published_course
from bilik.groups.models import Group, GroupCourse, GroupMember, ListedClass
from bilik.groups.rostering import ClassesPlan, PlannedClass
from bilik.people.actions import join_organisation, journal_many
from bilik.people.errors import PlanChanged
from bilik.people.queries import RoomPlan, people_by_external_id
from bilik.people.states import ImportStep, Role

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person

# Rows to one INSERT: SQLite takes 32,766 values in one, and a group has ten.
BATCH = 500


@transaction.atomic
def take_classes(*, plan: RoomPlan, organisation: Organisation, by: Person | None, now: datetime) -> list[Group]:
    """Does what `queries.plan_from_list` said and journals it; gives the groups that are new or changed.

    The number of queries grows with batches, not with people, except for learners who had no role in the organisation
    of their class. Raises PlanChanged when somebody came in meanwhile by another way.
    """
    steps: ClassesPlan = plan.steps
    rows = [row for row in steps.rows if row.step in (ImportStep.CREATE, ImportStep.UPDATE)]
    groups = _founded(rows, organisation.slug, now) | _changed(rows, organisation.slug)
    left = _leave(rows, now)
    people = people_by_external_id(organisation.slug, sorted({one.person for row in rows for one in row.comes}))
    came = _come(rows, groups, people, now)
    journal_many(by=by, now=now, entries=_entries(rows, groups, came, left))
    return list(groups.values())


def _founded(rows: list[PlannedClass], source: str, now: datetime) -> dict[str, Group]:
    new = [row for row in rows if row.step == ImportStep.CREATE]
    groups = Group.objects.bulk_create(
        (
            Group(organisation_id=row.organisation, name=row.name, kind=row.kind, founded_at=now, **row.fields)
            for row in new
        ),
        batch_size=BATCH,
    )
    pairs = list(zip(new, groups, strict=True))
    listed = (_listed(row, group, source, now) for row, group in pairs)
    ListedClass.objects.bulk_create(listed, batch_size=BATCH)
    courses = {slug: published_course(slug).course_id for slug in {row.course for row in new if row.course}}
    GroupCourse.objects.bulk_create(
        (GroupCourse(group=group, course_id=courses[row.course], position=0) for row, group in pairs if row.course),
        batch_size=BATCH,
    )
    return {row.listed.external_id: group for row, group in pairs}


def _listed(row: PlannedClass, group: Group, source: str, now: datetime) -> ListedClass:
    facts = {"title": row.name, "first": _day(row.listed.first), "last": _day(row.listed.last)}
    return ListedClass(group=group, source=source, external_id=row.listed.external_id, since=now, **facts)


def _changed(rows: list[PlannedClass], source: str) -> dict[str, Group]:
    old = {row.listed.external_id: row for row in rows if row.step == ImportStep.UPDATE}
    held = ListedClass.objects.filter(source=source).select_related("group").select_for_update(of=("self", "group"))
    listed = [one for one in held if one.external_id in old]
    for one in listed:
        row = old[one.external_id]
        for name, value in row.fields.items():
            setattr(one.group, name, value)
        one.title = row.name
        one.first, one.last = _day(row.listed.first) or one.first, _day(row.listed.last) or one.last
    changed = [one for one in listed if old[one.external_id].fields]
    ListedClass.objects.bulk_update(changed, ["title", "first", "last"], batch_size=BATCH)
    Group.objects.bulk_update([one.group for one in changed], ["name", "starts_on", "ends_on"], batch_size=BATCH)
    return {one.external_id: one.group for one in listed}


def _leave(rows: list[PlannedClass], now: datetime) -> dict[int, list[GroupMember]]:
    """Ends memberships, and moves the mark of the first trainer. Gives who left, by the group's id."""
    left: dict[int, list[GroupMember]] = {}
    numbers = [number for row in rows for number in row.leaves]
    for start in range(0, len(numbers), BATCH):
        some = GroupMember.objects.open().filter(pk__in=numbers[start : start + BATCH])
        for member in some.select_related("person"):
            left.setdefault(member.group_id, []).append(member)
        some.update(until=now)
    for primary in (True, False):
        marks = [number for row in rows for number, first in row.firsts if first is primary]
        for start in range(0, len(marks), BATCH):
            GroupMember.objects.filter(pk__in=marks[start : start + BATCH]).update(primary=primary)
    return left


def _come(
    rows: list[PlannedClass], groups: Mapping[str, Group], people: Mapping[str, Person], now: datetime
) -> dict[int, list[GroupMember]]:
    """Gives who came in, by the group's id."""
    members = []
    for row in rows:
        group = groups[row.listed.external_id]
        for one in row.comes:
            person = people[one.person]
            if one.role:
                # By the system: the list may put people into this organisation's groups, and the plan has checked that.
                join_organisation(by=None, now=now, person=person, organisation=group.organisation, role=Role.LEARNER)
            member = GroupMember(group=group, person=person, since=now, part=one.part, primary=one.primary)
            member.listed = True
            members.append(member)
    try:
        with transaction.atomic():
            GroupMember.objects.bulk_create(members, batch_size=BATCH)
    except IntegrityError as error:
        raise PlanChanged() from error
    came: dict[int, list[GroupMember]] = {}
    for member in members:
        came.setdefault(member.group_id, []).append(member)
    return came


def _entries(
    rows: list[PlannedClass],
    groups: Mapping[str, Group],
    came: Mapping[int, list[GroupMember]],
    left: Mapping[int, list[GroupMember]],
) -> Iterator[tuple[str, Group, dict[str, Any], int]]:
    """The same verbs as by hand, so that whoever reads the journal of a group finds one kind of entry."""
    for row in rows:
        group = groups[row.listed.external_id]
        place = group.organisation_id
        if row.step == ImportStep.CREATE:
            yield "groups.found_group", group, {"kind": str(group.kind), "list": True}, place
        elif row.fields:
            yield "groups.change_group", group, {"fields": sorted(row.fields), "list": True}, place
        for member in left.get(group.pk, ()):
            yield "groups.end_membership", group, _of(member), place
        for member in came.get(group.pk, ()):
            yield "groups.add_member", group, _of(member), place


def _of(member: GroupMember) -> dict[str, Any]:
    return {"person": str(member.person.ref), "part": str(member.part), "list": True}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
