"""Founding organisations, and giving and ending roles in them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bilik.kit.errors import refuse
from bilik.people import errors, rules
from bilik.people.actions.journal import journal
from bilik.people.models import Membership, Organisation, Person, Region
from bilik.people.queries import grants_in, is_administrator
from bilik.people.queries.roles import roles_of
from bilik.people.states import OrganisationKind, Role


@transaction.atomic
def found_organisation(
    *,
    by: Person | None,
    now: datetime,
    kind: str,
    name: str,
    slug: str,
    parent: Organisation | None = None,
    region: Region | str | None = None,
) -> Organisation:
    """Founds an organisation. Its slug and its parent never change."""
    own = grants_in(by, parent.path) if parent else frozenset()
    refuse(rules.why_not_found(own, kind, parent is not None, administrator=_trusted(by)))
    if isinstance(region, str):
        region = Region.objects.get(pk=region)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                kind=OrganisationKind(kind),
                name=name.strip(),
                slug=slug,
                parent=parent,
                region=region,
                path=f"{parent.path if parent else ''}{slug}/",
                founded_at=now,
            )
    except IntegrityError as error:
        raise errors.SlugTaken() from error
    journal(
        by=by,
        now=now,
        verb="people.found_organisation",
        about=organisation,
        organisation=organisation,
        data={"kind": str(kind), "slug": slug},
    )
    return organisation


@transaction.atomic
def join_organisation(
    *, by: Person | None, now: datetime, person: Person, organisation: Organisation, role: str
) -> Membership:
    """Gives a person a role. Asking for a role that is held already returns it and changes nothing."""
    role = Role(role)
    _refuse_grant(by, organisation, role)
    refuse(errors.AccountClosed() if person.erased_at or not person.is_active else None)
    held = Membership.objects.open().filter(person=person, organisation=organisation, role=role).first()
    if held:
        return held
    membership = Membership.objects.create(person=person, organisation=organisation, role=role, since=now)
    journal(
        by=by,
        now=now,
        verb="people.join_organisation",
        about=person,
        organisation=organisation,
        data={"role": role.value},
    )
    return membership


@transaction.atomic
def end_membership(*, by: Person | None, now: datetime, membership: Membership) -> Membership:
    """Ends a role from now on. People may always leave by themselves."""
    organisation, person = membership.organisation, membership.person
    if by is None or by.pk != membership.person_id:
        _refuse_grant(by, organisation, membership.role)
    if membership.until is not None:
        raise errors.MembershipOver()
    if membership.role == Role.ADMINISTRATOR and by is not None:
        _refuse_last(membership)
    membership.until = now
    membership.save(update_fields=["until"])
    journal(
        by=by,
        now=now,
        verb="people.end_membership",
        about=person,
        organisation=organisation,
        data={"role": membership.role},
    )
    return membership


def _trusted(by: Person | None) -> bool:
    return by is None or is_administrator(by)


def _refuse_grant(by: Person | None, organisation: Organisation, role: str) -> None:
    if by is None or by.is_superuser:
        return
    held = roles_of(by)
    own = {one.role for one in held if one.reaches(organisation.path)}
    refuse(rules.why_not_grant(own, role, administrator=any(one.everything for one in held)))


def _refuse_last(membership: Membership) -> None:
    others = (
        Membership.objects.open()
        .filter(organisation_id=membership.organisation_id, role=Role.ADMINISTRATOR)
        .exclude(pk=membership.pk)
    )
    refuse(None if others.exists() else errors.LastAdministrator())
