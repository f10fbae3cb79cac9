"""Who may lead which group. Fetching is the permission: every object comes from a query that takes the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bilik.groups import rules
from bilik.groups.models import Deadline, Group, GroupMember, Meeting
from bilik.groups.states import FOUNDING, MANAGING, Part
from bilik.people.queries import HeldRole, organisations_of, roles_of
from bilik.people.states import Role

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person


@dataclass(frozen=True)
class GroupView:
    """A group as a person may open it: `leads` shows the trainer's side, otherwise the learner's."""

    group: Group
    leads: bool


def _ref(ref: UUID | str) -> UUID:
    """A public id; what is none becomes the id that nothing has."""
    try:
        return ref if isinstance(ref, UUID) else UUID(ref)
    except ValueError:
        return UUID(int=0)


def _everything(person: Person, held: tuple[HeldRole, ...]) -> bool:
    return person.is_superuser or any(one.everything for one in held)


def roles_at(person: Person | None, organisation: Organisation) -> tuple[frozenset[str], bool]:
    """The roles of a person that reach an organisation, and whether they administer everything. One query."""
    if person is None or person.pk is None or not person.is_active:
        return frozenset(), False
    held = roles_of(person)
    return frozenset(one.role for one in held if one.reaches(organisation.path)), _everything(person, held)


def may_lead(person: Person | None, group: Group) -> bool:
    """Whether a person may lead a group now. Two queries at most."""
    roles, administrator = roles_at(person, group.organisation)
    if person is None or rules.manages(roles, administrator=administrator):
        return person is not None
    named = Role.TRAINER in roles and is_in(person, group, Part.TRAINER)
    return rules.leads(roles, administrator=administrator, named=named)


def is_in(person: Person, group: Group, part: str) -> bool:
    """Whether a person is in a group now, as a learner or as a trainer."""
    return GroupMember.objects.open().filter(group=group, person_id=person.pk, part=part).exists()


def group_for(ref: UUID | str, person: Person) -> Group | None:
    """A group, for those who may lead it: its trainers and the managers whose role reaches its organisation."""
    group = Group.objects.select_related("organisation").filter(ref=_ref(ref)).first()
    return group if group is not None and may_lead(person, group) else None


def group_view(ref: UUID | str, person: Person) -> GroupView | None:
    """A group, for those who may lead it and for its learners."""
    group = Group.objects.select_related("organisation").filter(ref=_ref(ref)).first()
    if group is None:
        return None
    if may_lead(person, group):
        return GroupView(group, leads=True)
    return GroupView(group, leads=False) if is_in(person, group, Part.LEARNER) else None


def meeting_for(ref: UUID | str, group: Group) -> Meeting | None:
    """A meeting of a group that the caller was given."""
    return Meeting.objects.filter(group=group, ref=_ref(ref)).first()


def deadline_for(ref: UUID | str, group: Group) -> Deadline | None:
    """A date in force of a group that the caller was given."""
    return Deadline.objects.filter(group=group, ref=_ref(ref), lifted_at__isnull=True).first()


def _named(person: Person) -> QuerySet[GroupMember, Any]:
    return GroupMember.objects.open().filter(person_id=person.pk, part=Part.TRAINER).values("group_id")


def _reach(held: tuple[HeldRole, ...], roles: frozenset[Role]) -> Q:
    """The condition on groups for organisations that some of these roles reach."""
    reach = Q(pk__in=[])
    for one in held:
        if one.role in roles:
            reach |= (
                Q(organisation__path__startswith=one.path) if one.role in MANAGING else Q(organisation__path=one.path)
            )
    return reach


def groups_of(trainer: Person) -> QuerySet[Group]:
    """The groups in which a person is named as a trainer and still has a role to be one, archived ones too."""
    held = roles_of(trainer)
    groups = Group.objects.select_related("organisation").filter(pk__in=_named(trainer))
    return groups if _everything(trainer, held) else groups.filter(_reach(held, FOUNDING))


def groups_led_by(person: Person) -> QuerySet[Group]:
    """All groups that a person may lead: their own, and those their managing roles reach. Archived ones too."""
    held = roles_of(person)
    groups = Group.objects.select_related("organisation")
    if _everything(person, held):
        return groups.all()
    own = Q(pk__in=_named(person)) & _reach(held, frozenset({Role.TRAINER}))
    return groups.filter(own | _reach(held, MANAGING))


def groups_learnt_in(person: Person) -> QuerySet[Group]:
    """The groups in which a person is a learner now."""
    mine = GroupMember.objects.open().filter(person_id=person.pk, part=Part.LEARNER).values("group_id")
    return Group.objects.open().select_related("organisation").filter(pk__in=mine)


def groups_seen(person: Person) -> QuerySet[Group]:
    """All groups whose page a person may open: those in which they learn and those that they may lead."""
    learnt, led = (found.order_by().values("pk") for found in (groups_learnt_in(person), groups_led_by(person)))
    return Group.objects.select_related("organisation").filter(Q(pk__in=learnt) | Q(pk__in=led))


def places_to_found(person: Person) -> list[Organisation]:
    """The organisations in which a person may found a group. Two queries."""
    held = roles_of(person)
    everything = _everything(person, held)
    if not everything and not any(one.role in FOUNDING for one in held):
        return []
    return [
        organisation
        for organisation in organisations_of(person)
        if everything or any(one.role in FOUNDING and one.reaches(organisation.path) for one in held)
    ]
