"""Coming into a group and leaving it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from bilik.groups import errors, rules
from bilik.groups.actions.permission import locked, locked_for
from bilik.groups.models import Group, GroupMember, Invitation, JoinCode
from bilik.groups.queries import may_lead, numbers_of, roles_at
from bilik.groups.queries.members import ALPHABET, CODE_LENGTH, clean_code, token_digest
from bilik.groups.states import FOUNDING, InvitationState, Part
from bilik.kit.errors import refuse
from bilik.people.actions import join_organisation, journal
from bilik.people.errors import AccountClosed
from bilik.people.queries import person_by_ref
from bilik.people.states import Role

if TYPE_CHECKING:
    from bilik.people.models import Person


@transaction.atomic
def make_join_code(*, by: Person | None, now: datetime, group: Group, days: int = 14, most_uses: int = 40) -> JoinCode:
    """Makes a code with which `most_uses` people may come in during `days` days."""
    held = locked_for(by=by, group=group)
    refuse(rules.why_not_make_code(days, most_uses))
    facts = {"group": held, "made_by": by, "made_at": now, "expires_at": now + timedelta(days=days)}
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                code = JoinCode.objects.create(code=letters, most_uses=most_uses, **facts)
                break
        except IntegrityError:  # Somebody has these letters: of 887 million that happens, rarely.
            continue
    data = {"code": str(code.ref), "days": days, "most_uses": most_uses}
    journal(by=by, now=now, verb="groups.make_join_code", about=held, organisation=held.organisation, data=data)
    return code


@transaction.atomic
def revoke_code(*, by: Person | None, now: datetime, code: JoinCode) -> JoinCode:
    """Ends a code before its time; again changes nothing."""
    held = locked_for(by=by, group=code.group)
    if code.revoked_at is None:
        code.revoked_at = now
        code.save(update_fields=["revoked_at"])
        data = {"code": str(code.ref)}
        journal(by=by, now=now, verb="groups.revoke_code", about=held, organisation=held.organisation, data=data)
    return code


@transaction.atomic
def join_by_code(*, by: Person, now: datetime, code: str) -> GroupMember:
    """Comes into a group as a learner with a code. Who is in already stays, and uses nothing up.

    A minor without a guardian's consent may come in: it is learning that `people.why_not_learn` then refuses. Callers
    count wrong tries. Raises WrongJoinCode, JoinCodeOver, GroupFull, GroupArchived.
    """
    found = JoinCode.objects.select_related("group").filter(code=clean_code(code)).first()
    refuse(rules.why_not_use_code(found, now) if found is None else None)
    assert found is not None
    group = locked(group=found.group)
    held = JoinCode.objects.get(pk=found.pk)
    member = GroupMember.objects.open().filter(group=group, person=by).first()
    if member is not None:
        return member
    refuse(rules.why_not_use_code(held, now))
    member = _let_in(group, by, Part.LEARNER, now)
    held.uses += 1
    held.save(update_fields=["uses"])
    data = {"code": str(held.ref)}
    journal(by=by, now=now, verb="groups.join_by_code", about=group, organisation=group.organisation, data=data)
    return member


@transaction.atomic
def invite(*, by: Person | None, now: datetime, group: Group, email: str, language: str) -> tuple[Invitation, str]:
    """Makes an invitation and returns it with its token, which exists nowhere else. Sending the letter is the caller's.

    A newer invitation to the same address replaces the older one.
    """
    held = locked_for(by=by, group=group)
    address = email.strip().lower()
    today = Invitation.objects.filter(group=held, made_at__gt=now - timedelta(days=1)).count()
    refuse(errors.TooManyInvitations() if today >= rules.INVITATIONS_A_DAY else None)
    for older in Invitation.objects.filter(group=held, email=address, state=InvitationState.SENT):
        _move(older, InvitationState.REVOKED, now)
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        group=held,
        email=address,
        language=language,
        token_hash=token_digest(token),
        made_by=by,
        made_at=now,
        expires_at=now + rules.INVITATION_LIFE,
    )
    data = {"invitation": str(invitation.ref)}
    journal(by=by, now=now, verb="groups.invite", about=held, organisation=held.organisation, data=data)
    return invitation, token


@transaction.atomic
def accept_invitation(*, by: Person, now: datetime, token: str) -> GroupMember:
    """Comes in with the token of an invitation, which is used up. Whoever has the letter may use it: families share
    addresses.
    """
    found = Invitation.objects.select_related("group").filter(token_hash=token_digest(token)).first()
    refuse(rules.why_not_accept(found, now))
    assert found is not None
    group = locked(group=found.group)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    member = GroupMember.objects.open().filter(group=group, person=by).first()
    if member is not None:
        return member
    refuse(rules.why_not_accept(invitation, now))
    member = _let_in(group, by, Part.LEARNER, now)
    invitation.person = by
    _move(invitation, InvitationState.ACCEPTED, now)
    data = {"invitation": str(invitation.ref)}
    journal(by=by, now=now, verb="groups.accept_invitation", about=group, organisation=group.organisation, data=data)
    return member


@transaction.atomic
def revoke_invitation(*, by: Person | None, now: datetime, invitation: Invitation) -> Invitation:
    """Takes an invitation back and forgets its address."""
    group = locked_for(by=by, group=invitation.group)
    refuse(rules.why_not_move(invitation, InvitationState.REVOKED))
    _move(invitation, InvitationState.REVOKED, now)
    data = {"invitation": str(invitation.ref)}
    journal(by=by, now=now, verb="groups.revoke_invitation", about=group, organisation=group.organisation, data=data)
    return invitation


@transaction.atomic
def add_member(*, by: Person | None, now: datetime, group: Group, person: Person, part: str) -> GroupMember:
    """Puts a person into a group, as a learner or as a trainer. Learners are people whose record `by` may see; trainers
    need a role in the organisation.
    """
    held = locked_for(by=by, group=group)
    if by is not None:
        refuse(None if person_by_ref(person.ref, by) else errors.UnknownPerson())
    if GroupMember.objects.open().filter(group=held, person=person).exists():
        raise errors.AlreadyMember()
    if part == Part.TRAINER:
        roles, administrator = roles_at(person, held.organisation)
        refuse(None if administrator or FOUNDING & roles else errors.NoTrainerRole())
    member = _let_in(held, person, part, now)
    data = {"person": str(person.ref), "part": str(part)}
    journal(by=by, now=now, verb="groups.add_member", about=held, organisation=held.organisation, data=data)
    return member


@transaction.atomic
def end_membership(*, by: Person | None, now: datetime, member: GroupMember) -> GroupMember:
    """Ends a membership from now on: by those who lead the group, and learners may always leave. The role in the
    organisation stays.
    """
    group = locked(group=member.group)
    own = by is not None and by.pk == member.person_id
    refuse(None if own else rules.why_not_change(group, leads=by is None or may_lead(by, group)))
    held = GroupMember.objects.get(pk=member.pk)
    refuse(errors.NotAMember() if held.until is not None else None)
    if held.part == Part.TRAINER and by is not None:
        refuse(_why_not_end_trainer(by, group))
    held.until = now
    held.save(update_fields=["until"])
    data = {"person": str(held.person.ref), "part": held.part}
    journal(by=by, now=now, verb="groups.end_membership", about=group, organisation=group.organisation, data=data)
    return held


def _why_not_end_trainer(by: Person, group: Group) -> errors.LastTrainer | None:
    """A group is not left without a trainer, except by a manager, who still leads it."""
    roles, administrator = roles_at(by, group.organisation)
    if rules.manages(roles, administrator=administrator):
        return None
    trainers = GroupMember.objects.open().filter(group=group, part=Part.TRAINER).count()
    return errors.LastTrainer() if trainers < 2 else None


def _let_in(group: Group, person: Person, part: str, now: datetime) -> GroupMember:
    """A row, and for learners the role in the organisation. `group` is locked."""
    refuse(AccountClosed() if person.erased_at or not person.is_active else None)
    if part == Part.LEARNER:
        refuse(rules.why_not_enter(group, numbers_of([group]).get(group.pk, 0)))
        # By the system: whoever made the code or wrote the invitation has allowed it, and this room has checked that.
        join_organisation(by=None, now=now, person=person, organisation=group.organisation, role=Role.LEARNER)
    return GroupMember.objects.create(group=group, person=person, part=Part(part), since=now)


def _move(invitation: Invitation, state: InvitationState, now: datetime) -> None:
    invitation.state, invitation.answered_at, invitation.email = state, now, ""
    invitation.save(update_fields=["state", "answered_at", "email", "person"])
