"""Founding a group, changing it, closing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import published_course
from bilik.groups import errors, rules
from bilik.groups.actions.permission import locked_for
from bilik.groups.models import Group, GroupCourse, GroupMember, Invitation, JoinCode
from bilik.groups.queries import numbers_of, roles_at
from bilik.groups.states import GroupKind, InvitationState, Part
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.people.states import Role

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person


@transaction.atomic
def found_group(
    *,
    by: Person | None,
    now: datetime,
    organisation: Organisation,
    name: str,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    capacity: int | None = None,
    courses: Iterable[str] = (),
) -> Group:
    """Founds a group. `courses` are slugs of published courses, in the order of study. A founder who trains in the
    organisation is the group's first trainer.
    """
    roles, administrator = roles_at(by, organisation)
    refuse(None if by is None else rules.why_not_found(roles, administrator=administrator))
    refuse(rules.why_not_shape(starts_on, ends_on, capacity, 0))
    group = Group.objects.create(
        organisation=organisation,
        name=name.strip(),
        kind=GroupKind(kind),
        starts_on=starts_on,
        ends_on=ends_on,
        capacity=capacity,
        founded_at=now,
    )
    _study(group, _course_ids(courses))
    data = {"kind": str(group.kind), "courses": len(group.studies.all())}
    journal(by=by, now=now, verb="groups.found_group", about=group, organisation=organisation, data=data)
    if by is not None and Role.TRAINER in roles:
        GroupMember.objects.create(group=group, person=by, part=Part.TRAINER, since=now)
    return group


@transaction.atomic
def change_group(
    *,
    by: Person | None,
    now: datetime,
    group: Group,
    name: str,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    capacity: int | None,
    courses: Iterable[str],
) -> Group:
    """Changes what a group is; all of it is given. The organisation stays. Dates of courses that are no longer studied
    stay in force for nobody, because nobody asks for them.
    """
    held = locked_for(by=by, group=group)
    refuse(rules.why_not_shape(starts_on, ends_on, capacity, numbers_of([held]).get(held.pk, 0)))
    facts = {
        "name": name.strip(),
        "kind": GroupKind(kind),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "capacity": capacity,
    }
    changed = [field for field, value in facts.items() if getattr(held, field) != value]
    for field in changed:
        setattr(held, field, facts[field])
    if changed:
        held.save(update_fields=changed)
    wanted = _course_ids(courses)
    if wanted != list(held.studies.values_list("course_id", flat=True)):
        held.studies.all().delete()
        _study(held, wanted)
        changed.append("courses")
    if changed:
        data = {"fields": changed}
        journal(by=by, now=now, verb="groups.change_group", about=held, organisation=held.organisation, data=data)
    return held


@transaction.atomic
def archive_group(*, by: Person | None, now: datetime, group: Group) -> Group:
    """Closes a group for good: nobody comes in any more, and its dates hold no longer. All of it can still be read."""
    held = locked_for(by=by, group=group)
    held.archived_at = now
    held.save(update_fields=["archived_at"])
    JoinCode.objects.filter(group=held, revoked_at__isnull=True).update(revoked_at=now)
    Invitation.objects.filter(group=held, state=InvitationState.SENT).update(
        state=InvitationState.REVOKED, answered_at=now, email=""
    )
    journal(by=by, now=now, verb="groups.archive_group", about=held, organisation=held.organisation)
    return held


def _course_ids(slugs: Iterable[str]) -> list[int]:
    try:
        return [published_course(slug).course_id for slug in dict.fromkeys(slugs)]
    except NoSuchCourse as error:
        raise errors.NoSuchCourse() from error


def _study(group: Group, course_ids: Sequence[int]) -> None:
    GroupCourse.objects.bulk_create(
        GroupCourse(group=group, course_id=pk, position=number) for number, pk in enumerate(course_ids)
    )
