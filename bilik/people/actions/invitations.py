"""Roles offered by letter."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from bilik.kit.errors import refuse
from bilik.people import errors, rules
from bilik.people.actions.journal import journal
from bilik.people.actions.organisations import join_organisation
from bilik.people.models import Invitation, Membership, Organisation, Person
from bilik.people.queries import grantable_roles, invitation_hash
from bilik.people.states import Role


@transaction.atomic
def invite(*, by: Person, now: datetime, organisation: Organisation, role: str, email: str) -> tuple[Invitation, str]:
    """Offers a role to whoever reads this mailbox; returns the last part of the letter's address, stored nowhere."""
    refuse(None if role in grantable_roles(by, organisation) else errors.RoleNotYours())
    email = email.strip().lower()
    held = Invitation.objects.filter(organisation=organisation, role=role, email=email, ended_at__isnull=True)
    old = held.select_for_update().first()
    refuse(errors.InvitedAlready() if old and old.expires_at > now else None)
    held.update(ended_at=now)
    token = secrets.token_urlsafe(18)
    invitation = Invitation.objects.create(
        organisation=organisation,
        role=Role(role),
        email=email,
        token_hash=invitation_hash(token),
        by=by,
        sent_at=now,
        expires_at=now + rules.INVITATION_LIFE,
    )
    journal(
        by=by, now=now, verb="people.invite", about=("people.invitation", str(invitation.ref)),
        organisation=organisation, data={"role": str(role)},
    )  # fmt: skip
    return invitation, token


@transaction.atomic
def take_invitation(*, by: Person, now: datetime, invitation: Invitation) -> Membership:
    """The one who has the letter takes the role, if whoever sent it may still give it."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "by").get(pk=invitation.pk)
    refuse(rules.why_not_take_invitation(ended=row.ended_at is not None, expires_at=row.expires_at, now=now))
    membership = join_organisation(by=row.by, now=now, person=by, organisation=row.organisation, role=row.role)
    row.ended_at, row.taken_by, row.email = now, by, ""
    row.save(update_fields=["ended_at", "taken_by", "email"])
    journal(
        by=by, now=now, verb="people.take_invitation", about=by, organisation=row.organisation,
        data={"role": row.role, "invitation": str(row.ref)},
    )  # fmt: skip
    return membership


@transaction.atomic
def withdraw_invitation(*, by: Person, now: datetime, invitation: Invitation) -> Invitation:
    """Takes an offer back; the address in the letter stops working."""
    refuse(None if invitation.role in grantable_roles(by, invitation.organisation) else errors.RoleNotYours())
    refuse(errors.InvitationOver() if invitation.ended_at else None)
    invitation.ended_at, invitation.email = now, ""
    invitation.save(update_fields=["ended_at", "email"])
    journal(
        by=by, now=now, verb="people.withdraw_invitation", about=("people.invitation", str(invitation.ref)),
        organisation=invitation.organisation, data={"role": invitation.role},
    )  # fmt: skip
    return invitation
