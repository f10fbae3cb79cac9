"""Who may do what, and why not. Pure: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from fractions import Fraction

from bilik.groups import errors
from bilik.groups.models import Group, Invitation, JoinCode, Meeting
from bilik.groups.states import FOUNDING, INVITATION_MOVES, MANAGING, InvitationState, Mark
from bilik.kit.errors import Refusal
from bilik.people.states import Role

MOST_CODE_DAYS = 90
MOST_CODE_USES = 500
INVITATION_LIFE = timedelta(days=14)
INVITATIONS_A_DAY = 60
MOST_FACTOR = Fraction(3)
SHORTEST_MEETING, LONGEST_MEETING = 5, 720
LONGEST = timedelta(minutes=LONGEST_MEETING)
MOST_OF_A_SERIES = 60
ROLL_OPENS_BEFORE = timedelta(hours=2)


def manages(roles: Collection[str], *, administrator: bool) -> bool:
    """Whether roles that reach an organisation make somebody a manager of its groups."""
    return administrator or bool(MANAGING & set(roles))


def leads(roles: Collection[str], *, administrator: bool, named: bool) -> bool:
    """Whether somebody may lead a group: its named trainers as long as they train here, and managers above it."""
    return manages(roles, administrator=administrator) or (named and Role.TRAINER in roles)


def why_not_found(roles: Collection[str], *, administrator: bool) -> Refusal | None:
    """Whether somebody whose roles reach an organisation may found a group in it."""
    return None if administrator or FOUNDING & set(roles) else errors.MayNotFound()


def why_not_shape(starts_on: date, ends_on: date | None, capacity: int | None, learners: int) -> Refusal | None:
    """Whether a group can have these dates and this many places."""
    if ends_on is not None and ends_on < starts_on:
        return errors.DatesImpossible()
    if capacity is not None and capacity < max(1, learners):
        return errors.CapacityTooSmall()
    return None


def why_not_change(group: Group, *, leads: bool) -> Refusal | None:
    """Whether a group, or anything in it, can be changed by somebody."""
    if not leads:
        return errors.NotYourGroup()
    return errors.GroupArchived() if group.archived_at else None


def why_not_enter(group: Group, learners: int) -> Refusal | None:
    """Whether one more learner can come in."""
    if group.archived_at:
        return errors.GroupArchived()
    return errors.GroupFull() if group.capacity is not None and learners >= group.capacity else None


def why_not_use_code(code: JoinCode | None, now: datetime) -> Refusal | None:
    """Whether a code lets somebody in."""
    if code is None:
        return errors.WrongJoinCode()
    return None if code.is_open(now) else errors.JoinCodeOver()


def why_not_make_code(days: int, most_uses: int) -> Refusal | None:
    """Whether a code can be good for so many days and people."""
    fits = 1 <= days <= MOST_CODE_DAYS and 1 <= most_uses <= MOST_CODE_USES
    return None if fits else errors.CodeLifeImpossible()


def why_not_move(invitation: Invitation, state: InvitationState) -> Refusal | None:
    """Whether an invitation may go to a state."""
    return None if state in INVITATION_MOVES[InvitationState(invitation.state)] else errors.InvitationOver()


def why_not_accept(invitation: Invitation | None, now: datetime) -> Refusal | None:
    """Whether an invitation lets somebody in."""
    if invitation is None or now >= invitation.expires_at:
        return errors.InvitationOver()
    return why_not_move(invitation, InvitationState.ACCEPTED)


def why_not_due(due_at: datetime, now: datetime) -> Refusal | None:
    """Whether a date can still be set."""
    return None if due_at > now else errors.DueInThePast()


def why_not_extend(groups_due_at: datetime, due_at: datetime, reason: str) -> Refusal | None:
    """Whether a person's date is more time than the group has, for a reason."""
    if due_at <= groups_due_at:
        return errors.NotAnExtension()
    return None if reason.strip() else errors.ReasonNeeded()


def why_not_grant(factor: Fraction, reason: str) -> Refusal | None:
    """Whether this much extra time can be granted."""
    if not 1 < factor <= MOST_FACTOR or factor.denominator > 1000:
        return errors.FactorImpossible()
    return None if reason.strip() else errors.ReasonNeeded()


def why_not_plan(minutes: int, times: int) -> Refusal | None:
    """Whether meetings can be so long and so many."""
    fits = SHORTEST_MEETING <= minutes <= LONGEST_MEETING and 1 <= times <= MOST_OF_A_SERIES
    return None if fits else errors.MeetingImpossible()


def why_not_take_roll(meeting: Meeting, *, leads: bool, now: datetime) -> Refusal | None:
    """Whether marks for a meeting are taken. An archived group still takes what a device kept while it was offline."""
    if not leads:
        return errors.NotYourGroup()
    if meeting.cancelled_at:
        return errors.MeetingCancelled()
    return errors.TooEarlyForRoll() if now < meeting.starts_at - ROLL_OPENS_BEFORE else None


def minutes_attended(mark: str, minutes: int | None, marked_at: datetime, *, starts_at: datetime, length: int) -> int:
    """How many of a meeting's `length` minutes a mark stands for.

    Said minutes count. Otherwise present is the whole meeting; late is what was left of it when the mark was given, or
    the whole where it was given before or after the meeting; excused and absent are nothing.
    """
    if mark not in (Mark.PRESENT, Mark.LATE):
        return 0
    if minutes is not None:
        return min(minutes, length)
    passed = int((marked_at - starts_at).total_seconds() // 60)
    return length - passed if mark == Mark.LATE and 0 <= passed < length else length
