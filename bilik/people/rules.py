"""Who may do what, and why not. Pure: what a rule needs is handed to it, and no rule asks the database.

Rules know people and links only by the shapes below, so that they can be tried with plain objects.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from bilik.kit.errors import Refusal
from bilik.people import ages, errors
from bilik.people.states import (
    MAY_GRANT,
    AgeBand,
    Channel,
    GuardianState,
    OrganisationKind,
    Purpose,
    Role,
    SecondFactorWish,
)  # fmt: skip

CODE_LIFE = timedelta(days=30)
WRONG_CODES = 5
REQUESTS_A_DAY = 5
SLIP_LIFE = timedelta(days=30)
INVITATION_LIFE = timedelta(days=14)
MAY_ISSUE_SLIPS = frozenset({Role.TRAINER, Role.CENTRE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})
GRACE_AT_18 = timedelta(days=90)
FOR_ADULTS = frozenset({Purpose.EMPLOYER_SHARING, Purpose.REGISTER_MATCH})
FOR_GUARDIANS = frozenset(Purpose) - FOR_ADULTS


class PersonLike(Protocol):
    """What a rule reads of a person."""

    pk: int
    is_active: bool
    birth_year: int | None
    birth_month: int | None
    erased_at: datetime | None
    learning_consent_at: datetime | None
    guardian_consent_at: datetime | None

    @property
    def is_authenticated(self) -> bool: ...


class LinkLike(Protocol):
    """What a rule reads of a guardian link."""

    state: str
    expires_at: datetime
    wrong_codes: int


def is_minor(person: PersonLike, now: datetime) -> bool:
    """Under 18, or of unknown age."""
    return ages.band_at(person.birth_year, person.birth_month, now) is not AgeBand.ADULT


def why_not_register(birth_year: int, birth_month: int, now: datetime) -> Refusal | None:
    """An account is for people who can have been born and are at least 6."""
    age = ages.age_at(birth_year, birth_month, now)
    if age is None or not 1 <= birth_month <= 12 or (birth_year, birth_month) > (now.year, now.month):
        return errors.BirthImpossible()
    if age > ages.OLDEST:
        return errors.BirthImpossible()
    return errors.TooYoung() if age < ages.YOUNGEST else None


def why_not_learn(person: PersonLike, now: datetime) -> Refusal | None:
    """Whether answers may be kept for this person; trying things out needs nobody's leave. Costs no query."""
    if not person.is_authenticated:
        return errors.SignInNeeded()
    if not person.is_active or person.erased_at:
        return errors.AccountClosed()
    if person.birth_year is None or person.birth_month is None:
        return errors.BirthNeeded()
    if person.learning_consent_at is None:
        return errors.ConsentNeeded()
    if is_minor(person, now):
        return None if person.guardian_consent_at else errors.GuardianNeeded()
    return errors.ConsentAgain() if _asked_since(person, now) > GRACE_AT_18 else None


def consent_due_again(person: PersonLike, now: datetime) -> bool:
    """Whether somebody who agreed as a minor is now 18 and is asked again (90 days before it stops
    anything).
    """
    return not is_minor(person, now) and _asked_since(person, now) > timedelta(0)


def _asked_since(person: PersonLike, now: datetime) -> timedelta:
    """How long an adult has owed us a consent of their own; nothing if it was given as an adult."""
    if person.learning_consent_at is None or person.birth_year is None or person.birth_month is None:
        return timedelta(0)
    grown = ages.adult_since(person.birth_year, person.birth_month, now)
    return now - grown if person.learning_consent_at < grown else timedelta(0)


def why_not_act_for(by: PersonLike | None, person: PersonLike, *, administrator: bool) -> Refusal | None:
    """One's own account is one's own; an administrator and the system (`by` None) may act for people."""
    if by is None or administrator or by.pk == person.pk:
        return errors.AccountClosed() if person.erased_at else None
    return errors.NotYours()


def why_not_ask_guardian(
    by: PersonLike | None, person: PersonLike, channel: str, *, administrator: bool, sees: bool
) -> Refusal | None:
    """Whether somebody may have a letter made for a child: the child, an administrator, the system; and staff who may
    see the child's record, but only on paper, because a letter by e-mail goes where the child's family said.
    """
    if sees and channel == Channel.PAPER and not person.erased_at:
        return None
    return why_not_act_for(by, person, administrator=administrator)


def why_not_consent(person: PersonLike, purpose: str, now: datetime) -> Refusal | None:
    """Whether a person can agree to a purpose in their own name."""
    if purpose not in Purpose.values:
        return errors.PurposeUnknown()
    if person.erased_at:
        return errors.AccountClosed()
    if not is_minor(person, now) or purpose == Purpose.LEARNING:
        return None
    return errors.AdultsOnly() if purpose in FOR_ADULTS else errors.GuardianDecides()


def why_not_request_guardian(
    person: PersonLike, open_state: str | None, asked_today: int, now: datetime
) -> Refusal | None:
    """Whether a minor can ask a guardian; `open_state` is the state of the link there is, if any."""
    if person.erased_at:
        return errors.AccountClosed()
    if person.birth_year is None:
        return errors.BirthNeeded()
    if not is_minor(person, now):
        return errors.NotAMinor()
    if open_state == GuardianState.CONFIRMED:
        return errors.GuardianConfirmed()
    return errors.TooManyRequests() if asked_today >= REQUESTS_A_DAY else None


def why_not_answer_link(link: LinkLike, minor: PersonLike, now: datetime) -> Refusal | None:
    """Whether a guardian can still agree or refuse."""
    if link.state != GuardianState.REQUESTED or minor.erased_at:
        return errors.LinkAnswered()
    if now >= link.expires_at:
        return errors.LinkExpired()
    if link.wrong_codes >= WRONG_CODES:
        return errors.LinkLocked()
    return None if is_minor(minor, now) else errors.NotAMinor()


def why_not_look(link: LinkLike) -> Refusal | None:
    """Whether a guardian may see what is kept of the child: as long as their consent is in force."""
    if link.state != GuardianState.CONFIRMED:
        return errors.NotInForce()
    return errors.LinkLocked() if link.wrong_codes >= WRONG_CODES else None


def why_not_withdraw_link(link: LinkLike) -> Refusal | None:
    """Whether a guardian's consent can be taken back."""
    if link.state not in (GuardianState.REQUESTED, GuardianState.CONFIRMED):
        return errors.NotInForce()
    return errors.LinkLocked() if link.wrong_codes >= WRONG_CODES else None


def why_not_grant(own_roles: Collection[str], role: str, *, administrator: bool) -> Refusal | None:
    """Whether somebody whose roles reach an organisation may give or end a role there."""
    if administrator or any(role in MAY_GRANT.get(own, ()) for own in own_roles):
        return None
    return errors.NotAllowed()


def why_not_found(own_roles: Collection[str], kind: str, has_parent: bool, *, administrator: bool) -> Refusal | None:
    """Roots are founded by administrators.

    Centres, schools, employers and partners by programme managers too.
    """
    if administrator:
        return None
    below = kind not in (OrganisationKind.ACADEMY, OrganisationKind.MINISTRY)
    if has_parent and below and Role.PROGRAMME_MANAGER in own_roles:
        return None
    return errors.NotAllowed()


def second_factor_wish(
    roles: Collection[str], *, having: bool, asked: Collection[str], required: Collection[str]
) -> SecondFactorWish:
    """What the academy wishes of somebody with these roles; nothing of those who have a second factor."""
    if having:
        return SecondFactorWish.NONE
    if any(role in required for role in roles):
        return SecondFactorWish.REQUIRED
    return SecondFactorWish.ASKED if any(role in asked for role in roles) else SecondFactorWish.NONE


def why_not_connect(roles: Collection[str], *, staff: bool) -> Refusal | None:
    """Whether a provider's word alone opens an account with the same confirmed address: a learner's only."""
    return errors.TrustedAccount() if staff or set(roles) - {Role.LEARNER} else None


def why_not_issue_slip(
    own_roles: Collection[str], their_roles: Collection[str], *, administrator: bool, staff: bool, confirmed_email: bool
) -> Refusal | None:
    """Whether somebody whose roles reach an organisation may hand out a slip for one of its learners.

    A slip opens the account, so it is never made for somebody who has more rights than a learner anywhere.
    """
    if not administrator and not set(own_roles) & MAY_ISSUE_SLIPS:
        return errors.NotAllowed()
    if staff or set(their_roles) != {Role.LEARNER}:
        return errors.SlipForLearners()
    return errors.SlipHasEmail() if confirmed_email else None


def why_not_take_invitation(*, ended: bool, expires_at: datetime, now: datetime) -> Refusal | None:
    """Whether an invitation can still be taken."""
    return errors.InvitationOver() if ended or now >= expires_at else None
