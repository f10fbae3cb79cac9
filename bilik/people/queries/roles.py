"""Who has which role where, and whom that lets them see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bilik.people.models import Membership, Organisation, Person
from bilik.people.states import REACHING_DOWN, OrganisationKind, Role

Viewer = Person | AnonymousUser | None


@dataclass(frozen=True)
class HeldRole:
    """A role that a person has now, and how far it reaches."""

    role: str
    organisation_id: int
    slug: str
    name: str
    kind: str
    path: str

    def reaches(self, path: str) -> bool:
        """Managing roles reach everything below their organisation.

        The others only the organisation itself.
        """
        return path.startswith(self.path) if self.role in REACHING_DOWN else path == self.path

    @property
    def everything(self) -> bool:
        """An administrator of an academy or ministry at the root administers the whole installation."""
        root = self.path.count("/") == 1
        governing = self.kind in (OrganisationKind.ACADEMY, OrganisationKind.MINISTRY)
        return self.role == Role.ADMINISTRATOR and root and governing

    @property
    def label(self) -> str:
        return str(Role(self.role).label)


@dataclass(frozen=True)
class MemberRow:
    """A member of an organisation as a viewer may see them."""

    membership_id: int
    person: Person
    role: str
    since: datetime
    name: str

    @property
    def label(self) -> str:
        return str(Role(self.role).label)


def roles_of(person: Viewer) -> tuple[HeldRole, ...]:
    """The roles a person has now, in the order of the tree.

    One query; none for somebody who is not signed in.
    """
    if person is None or person.pk is None:
        return ()
    rows = (
        Membership.objects.open()
        .filter(person_id=person.pk)
        .order_by("organisation__path", "role")
        .values_list(
            "role",
            "organisation_id",
            "organisation__slug",
            "organisation__name",
            "organisation__kind",
            "organisation__path",
        )
    )
    return tuple(HeldRole(*row) for row in rows)


def places_of(person_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Where each of these people is a member of anything now: pairs of an organisation's id and its path. One query."""
    places: dict[int, list[tuple[int, str]]] = {}
    rows = Membership.objects.open().filter(person_id__in=list(person_ids)).order_by("organisation__path")
    for person_id, organisation_id, path in rows.values_list("person_id", "organisation_id", "organisation__path"):
        places.setdefault(person_id, []).append((organisation_id, path))
    return places


def members_now(organisation_ids: Iterable[int]) -> QuerySet[Person]:
    """Those who are members of any of these organisations now; for narrowing other rooms' queries, not for showing."""
    members = Membership.objects.open().filter(organisation_id__in=list(organisation_ids))
    return Person.objects.filter(pk__in=members.values("person_id"))


def has_role(person: Viewer, role: str, organisation: Organisation | None = None) -> bool:
    """Whether a person has a role somewhere, or in (for managing roles: over) one organisation."""
    held = [one for one in roles_of(person) if one.role == role]
    if organisation is None:
        return bool(held)
    return any(one.reaches(organisation.path) for one in held)


def is_administrator(person: Viewer) -> bool:
    """Administrators of the whole installation.

    No query for superusers and for those who are not signed in.
    """
    if person is None or person.pk is None or not person.is_active:
        return False
    return person.is_superuser or any(one.everything for one in roles_of(person))


def grants_in(person: Viewer, path: str) -> frozenset[str]:
    """The roles of a person that reach the organisation at that path."""
    return frozenset(one.role for one in roles_of(person) if one.reaches(path))


def organisations_of(viewer: Viewer) -> QuerySet[Organisation]:
    """Organisations whose page a viewer may open: where they are, and everything their roles reach."""
    if viewer is None or viewer.pk is None:
        return Organisation.objects.none()
    held = roles_of(viewer)
    if viewer.is_superuser or any(one.everything for one in held):
        return Organisation.objects.all()
    return Organisation.objects.filter(_reach("path", held)) if held else Organisation.objects.none()


def organisation_by_slug(slug: str, viewer: Viewer) -> Organisation | None:
    """An organisation, for somebody who may open its page."""
    return organisations_of(viewer).select_related("parent", "region").filter(slug=slug).first()


def organisation_for_system(slug: str) -> Organisation | None:
    """An organisation by its short name, for a command: whoever has the terminal has everything."""
    return Organisation.objects.filter(slug=slug).first()


def children_of(organisation: Organisation, viewer: Viewer) -> list[Organisation]:
    """The organisations directly below, as far as a viewer may open their pages."""
    return list(organisations_of(viewer).filter(parent=organisation))


def members_of(organisation: Organisation, viewer: Viewer) -> list[MemberRow]:
    """The members a viewer may see.

    Managers all of them, trainers the learners and trainers, others themselves.
    """
    rows = Membership.objects.open().filter(organisation=organisation)
    if viewer is None or viewer.pk is None:
        return []
    held = roles_of(viewer)
    own = {one.role for one in held if one.reaches(organisation.path)}
    everything = viewer.is_superuser or any(one.everything for one in held)
    if everything or own & REACHING_DOWN:
        seen = Q()
    elif Role.TRAINER in own:
        seen = Q(role__in=[Role.LEARNER, Role.TRAINER]) | Q(person_id=viewer.pk)
    else:
        seen = Q(person_id=viewer.pk)
    found = rows.filter(seen).select_related("person").order_by("role", "person__display_name", "pk")
    return [MemberRow(m.pk, m.person, m.role, m.since, m.person.display_name) for m in found]


def visible_people(viewer: Viewer) -> Q:
    """The condition on `Person` for those whose real name and record a viewer may see."""
    if viewer is None or viewer.pk is None:
        return Q(pk__in=[])
    held = roles_of(viewer)
    if viewer.is_superuser or any(one.everything for one in held):
        return Q()
    managing = [one for one in held if one.role in REACHING_DOWN]
    training = [one.organisation_id for one in held if one.role == Role.TRAINER]
    seen = Q(pk=viewer.pk)
    if managing:
        members = Membership.objects.open().filter(_reach("organisation__path", managing))
        seen |= Q(pk__in=members.values("person_id"))
    if training:
        taught = Membership.objects.open().filter(organisation_id__in=training, role__in=[Role.LEARNER, Role.TRAINER])
        seen |= Q(pk__in=taught.values("person_id"))
    return seen


def _reach(field: str, held: Iterable[HeldRole]) -> Q:
    reach = Q(pk__in=[])
    for one in held:
        condition: dict[str, Any] = {f"{field}__startswith" if one.role in REACHING_DOWN else field: one.path}
        reach |= Q(**condition)
    return reach
