"""What a list of classes would do to groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from bilik.catalog.queries import published_courses
from bilik.groups import rules
from bilik.groups.models import GroupMember, ListedClass
from bilik.groups.queries.access import roles_at
from bilik.groups.roster_words import room_plan
from bilik.groups.rostering import Here, Home, KnownClass, KnownMember, ListedPerson, plan_classes
from bilik.people.queries import RoomPlan, class_places
from bilik.people.roster import Roster
from bilik.people.states import ImportStep, OrganisationKind

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person
    from bilik.people.plan import PlannedRow


def plan_from_list(
    *, roster: Roster, rows: Iterable[PlannedRow], organisation: Organisation, by: Person | None, now: datetime
) -> RoomPlan | None:
    """What would become of the classes of a list; None when it names none. `rows` are the people as they are planned.

    Four queries, and one for each organisation that has a class.
    """
    if not roster.classes:
        return None
    here = Here(
        people={row.person.key: _person(row) for row in rows if row.step != ImportStep.REFUSED},
        homes={name: _home(place, by) for name, place in class_places(roster, organisation, by).items()},
        classes=_classes(organisation.slug),
        courses=frozenset(course.slug for course in published_courses()),
        today=timezone.localdate(now),
    )
    return room_plan(plan_classes(roster, here))


def _person(row: PlannedRow) -> ListedPerson:
    places = frozenset(row.joins) | (row.known.places if row.known else frozenset())
    return ListedPerson(row.known.pk if row.known else None, places)


def _home(organisation: Organisation, by: Person | None) -> Home:
    roles, administrator = roles_at(by, organisation)
    leads = by is None or rules.manages(roles, administrator=administrator)
    return Home(organisation.pk, leads, organisation.kind == OrganisationKind.SCHOOL)


def _classes(source: str) -> dict[str, KnownClass]:
    members: dict[int, dict[int, KnownMember]] = {}
    classes = ListedClass.objects.filter(source=source)
    rows = GroupMember.objects.open().filter(group__in=classes.values("group_id")).order_by()
    for group, person, number, part, listed, primary in rows.values_list(
        "group_id", "person_id", "pk", "part", "listed", "primary"
    ):
        members.setdefault(group, {})[person] = KnownMember(number, part, listed, primary)
    return {row.external_id: _known(row, members.get(row.group_id, {})) for row in classes.select_related("group")}


def _known(row: ListedClass, members: dict[int, KnownMember]) -> KnownClass:
    group, ends_on = row.group, row.group.ends_on
    days: tuple[date, date | None] = (group.starts_on, ends_on)
    return KnownClass(
        row.group_id, group.organisation_id, row.title, row.first, row.last, *days, group.capacity,
        group.archived_at is not None, members,
    )  # fmt: skip
