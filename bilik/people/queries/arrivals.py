"""Questions about people who come by list, by slip or by invitation, and about how people sign in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from bilik.kit.errors import Refusal
from bilik.people import rules
from bilik.people.models import ExternalId, Guardian, Invitation, Letter, Membership, Organisation, Person, RosterUpload
from bilik.people.plan import (
    Known,
    KnownOrganisation,
    KnownPerson,
    Plan,
    organisation_names,
    plan_import,
    slug_for,
    usernames_for,
)
from bilik.people.queries.roles import (
    HeldRole,
    MemberRow,
    Viewer,
    members_of,
    organisations_of,
    roles_of,
    visible_people,
)
from bilik.people.roster import Roster
from bilik.people.states import MAY_GRANT, LetterKind, Role, SecondFactorWish
from bilik.people.taking import HANDLERS

# SQLite takes 32,766 values in a question; a thousand is fast on both databases.
BATCH = 1000

T = TypeVar("T")


# Signing in -----------------------------------------------------------------------------------------------------------


def second_factors(person: Person) -> int:
    """How many second factors a person has; recovery codes only stand in for one. One query."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=person.pk, type__in=kinds).count()


def second_factor_wish(person: Viewer) -> SecondFactorWish:
    """What the academy wishes of a person: nothing, or a second factor, or to do nothing else before. Two queries."""
    if person is None or person.pk is None:
        return SecondFactorWish.NONE
    roles = {one.role for one in roles_of(person)} | ({Role.ADMINISTRATOR} if person.is_superuser else set())
    asked, required = settings.SECOND_FACTOR_ASKED, settings.SECOND_FACTOR_REQUIRED
    wish = rules.second_factor_wish(roles, having=False, asked=asked, required=required)
    if wish == SecondFactorWish.NONE:
        return wish
    return SecondFactorWish.NONE if second_factors(person) else wish


def person_by_verified_email(emails: Sequence[str]) -> Person | None:
    """Whose confirmed address one of these is. For sign-in alone: it looks at everybody."""
    found = EmailAddress.objects.filter(email__in=[one.lower() for one in emails], verified=True)
    return Person.objects.filter(pk__in=found.values("user_id"), is_active=True, erased_at__isnull=True).first()


def why_not_connect(person: Person) -> Refusal | None:
    """Whether a provider's word alone opens this person's account."""
    staff = person.is_staff or person.is_superuser
    return rules.why_not_connect([one.role for one in roles_of(person)], staff=staff)


# Roles ----------------------------------------------------------------------------------------------------------------


def person_in_reach(text: str, viewer: Viewer) -> Person | None:
    """Somebody by the whole username or the whole e-mail, within a viewer's reach. Nobody is found by a part."""
    text = text.strip().lower()
    if not text:
        return None
    seen = Person.objects.filter(visible_people(viewer), is_active=True, erased_at__isnull=True)
    if "@" not in text:
        return seen.filter(username__iexact=text).first()
    verified = EmailAddress.objects.filter(email=text, verified=True)
    return seen.filter(Q(pk__in=verified.values("user_id")) | Q(email=text)).order_by("pk").first()


def grantable_roles(viewer: Viewer, organisation: Organisation) -> frozenset[str]:
    """The roles that a viewer may give and end in an organisation."""
    return tools_in(organisation, viewer).roles


def _grantable(viewer: Any, held: Iterable[HeldRole], path: str) -> frozenset[str]:
    if viewer.is_superuser or any(one.everything for one in held):
        return frozenset(Role.values)
    return frozenset().union(*(MAY_GRANT.get(one.role, ()) for one in held if one.reaches(path)))


@dataclass(frozen=True)
class Tools:
    """What a viewer may do with the people of an organisation."""

    roles: frozenset[str]
    slips: bool


def tools_in(organisation: Organisation, viewer: Viewer) -> Tools:
    """Which roles a viewer may give there, and whether they may hand out sign-in slips. One query."""
    if viewer is None or viewer.pk is None:
        return Tools(frozenset(), False)
    held = roles_of(viewer)
    own = {one.role for one in held if one.reaches(organisation.path)}
    everything = viewer.is_superuser or any(one.everything for one in held)
    return Tools(_grantable(viewer, held, organisation.path), everything or bool(own & rules.MAY_ISSUE_SLIPS))


def may_issue_slips(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether a viewer may hand out sign-in slips in an organisation."""
    return tools_in(organisation, viewer).slips


def membership_in(organisation: Organisation, number: int, viewer: Viewer) -> Membership | None:
    """An open membership of an organisation, if the viewer sees it there."""
    if number not in {row.membership_id for row in members_of(organisation, viewer)}:
        return None
    return Membership.objects.select_related("person", "organisation").filter(pk=number).first()


def open_invitations(organisation: Organisation, viewer: Viewer, now: datetime) -> QuerySet[Invitation]:
    """Invitations that wait for an answer, for those who may give a role there."""
    roles = grantable_roles(viewer, organisation)
    rows = Invitation.objects.filter(organisation=organisation, ended_at__isnull=True, expires_at__gt=now)
    return rows.filter(role__in=roles)


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind the address in a letter."""
    rows = Invitation.objects.select_related("organisation", "by")
    return rows.filter(token_hash=invitation_hash(token)).first()


def invitation_hash(token: str) -> str:
    """What is stored of the address in a letter."""
    return salted_hmac("people.invitation", token, algorithm="sha256").hexdigest()


# Slips ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SlipRow:
    """A learner of an organisation, and why there can be no slip for them, if so."""

    person: Person
    name: str
    refusal: Refusal | None

    @property
    def never_signed_in(self) -> bool:
        return self.person.last_login is None


def slip_rows(organisation: Organisation, viewer: Viewer) -> list[SlipRow]:
    """The learners of an organisation whom a viewer sees, by name. A fixed number of queries."""
    members = [row for row in members_of(organisation, viewer) if row.role == Role.LEARNER]
    return [SlipRow(row.person, row.name, refusal) for row, refusal in _with_refusals(members, organisation, viewer)]


def _with_refusals(
    members: list[MemberRow], organisation: Organisation, viewer: Viewer
) -> Iterator[tuple[MemberRow, Refusal | None]]:
    numbers = [row.person.pk for row in members]
    roles: dict[int, set[str]] = {}
    confirmed: set[int] = set()
    for some in in_batches(numbers):
        for number, role in Membership.objects.open().filter(person_id__in=some).values_list("person_id", "role"):
            roles.setdefault(number, set()).add(role)
        rows = EmailAddress.objects.filter(user_id__in=some, verified=True)
        confirmed.update(rows.values_list("user_id", flat=True))
    held = roles_of(viewer)
    own = {one.role for one in held if one.reaches(organisation.path)}
    administrator = bool(viewer and viewer.is_superuser) or any(one.everything for one in held)
    for row in members:
        yield (
            row,
            rules.why_not_issue_slip(
                own,
                roles.get(row.person.pk, set()),
                administrator=administrator,
                staff=row.person.is_staff or row.person.is_superuser,
                confirmed_email=row.person.pk in confirmed,
            ),
        )


# Lists ----------------------------------------------------------------------------------------------------------------


def people_by_external_id(source: str, ids: Iterable[str]) -> dict[str, Person]:
    """People by what another system calls them; `source` is the short name of the organisation whose list it was.

    Whom the reader may see is not asked here: the room that calls shows them by its own rules.
    """
    found: dict[str, Person] = {}
    for some in in_batches(list(ids)):
        rows = ExternalId.objects.select_related("person").filter(source=source, value__in=some)
        found.update({row.value: row.person for row in rows if row.person.erased_at is None})
    return found


def roster_upload(ref: Any, organisation: Organisation, viewer: Viewer, now: datetime) -> RosterUpload | None:
    """A list that the viewer brought themselves, while it is kept."""
    if viewer is None or viewer.pk is None:
        return None
    rows = RosterUpload.objects.filter(ref=ref, by_id=viewer.pk, organisation=organisation, expires_at__gt=now)
    return rows.select_related("organisation").first()


def waiting_letters(source: str = "") -> QuerySet[Letter]:
    """Letters that imports left to be sent, those tried least first; of one organisation's lists, or all."""
    return Letter.objects.filter(source=source) if source else Letter.objects.all()


def plan_for(roster: Roster, organisation: Organisation, by: Person | None, now: datetime) -> Plan:
    """What importing a list would do now. `by` None is the system, which reaches everything.

    The number of queries grows with batches of a thousand people, not with people.
    """
    known = Known(
        by_external_id=_by_external_id(roster, organisation.slug, by),
        by_email=_by_email(roster, by),
        by_username=_by_username(roster, organisation.slug, by),
        organisations=_organisations(roster, organisation, by),
    )
    plan = plan_import(roster, known, source=organisation.slug, now=now)
    facts = {"roster": roster, "rows": plan.rows, "organisation": organisation, "by": by, "now": now}
    rooms = [(room, handler.plan(**facts)) for room, handler in sorted(HANDLERS.items())]
    return replace(plan, rooms=tuple((room, found) for room, found in rooms if found is not None))


def class_places(roster: Roster, organisation: Organisation, by: Person | None) -> dict[str, Organisation]:
    """The organisations that a list means by `RosterClass.organisation`, as far as the one who brings it sees them."""
    names = organisation_names(roster)
    wanted = {one.organisation for one in roster.classes}
    slugs = {names.get(one, one) or organisation.slug for one in wanted} | {organisation.slug}
    rows = Organisation.objects.all() if by is None else organisations_of(by)
    here = {row.slug: row for some in in_batches(sorted(slugs)) for row in rows.filter(slug__in=some)}
    found = {one: here.get(slug_for(one, names, here, organisation.slug)) for one in wanted}
    return {one: row for one, row in found.items() if row is not None}


def _by_external_id(roster: Roster, source: str, by: Person | None) -> dict[str, KnownPerson]:
    rows: dict[str, int] = {}
    for some in in_batches([one.key for one in roster.people]):
        rows.update(ExternalId.objects.filter(source=source, value__in=some).values_list("value", "person_id"))
    people = _known(set(rows.values()), by)
    return {value: people[number] for value, number in rows.items()}


def _by_email(roster: Roster, by: Person | None) -> dict[str, KnownPerson]:
    """An address that somebody typed and never confirmed says nothing, unless a list brought it and nobody came."""
    rows: dict[str, int] = {}
    told = Q(verified=True) | Q(user__last_login__isnull=True)
    for some in in_batches([one.email for one in roster.people if one.email]):
        found = EmailAddress.objects.filter(told, email__in=some).order_by("verified", "-pk")
        rows.update({email.lower(): number for email, number in found.values_list("email", "user_id")})
    people = _known(set(rows.values()), by)
    return {email: people[number] for email, number in rows.items()}


def _by_username(roster: Roster, source: str, by: Person | None) -> dict[str, KnownPerson]:
    rows: set[int] = set()
    wanted = [name for one in roster.people for name in usernames_for(one, source)]
    for some in in_batches(wanted):
        rows.update(Person.objects.filter(username__in=some).values_list("pk", flat=True))
    return {one.username: one for one in _known(rows, by).values()}


def _known(numbers: set[int], by: Person | None) -> dict[int, KnownPerson]:
    seen = Q() if by is None else visible_people(by)
    found: dict[int, KnownPerson] = {}
    for some in in_batches(sorted(numbers)):
        places: dict[int, set[tuple[str, int]]] = {}
        open_rows = Membership.objects.open().filter(person_id__in=some)
        for number, role, organisation in open_rows.values_list("person_id", "role", "organisation_id"):
            places.setdefault(number, set()).add((role, organisation))
        reached = set(Person.objects.filter(seen, pk__in=some).values_list("pk", flat=True))
        asked = set(Guardian.objects.filter(minor_id__in=some).values_list("minor_id", flat=True))
        letters = Letter.objects.filter(kind=LetterKind.GUARDIAN, person_id__in=some)
        asked |= set(letters.values_list("person_id", flat=True))
        for one in Person.objects.filter(pk__in=some):
            found[one.pk] = KnownPerson(
                one.pk, one.username, one.display_name, one.pk in reached, one.last_login is not None,
                one.is_active and one.erased_at is None, frozenset(places.get(one.pk, ())),
                (one.birth_year, one.birth_month) if one.birth_year and one.birth_month else None, one.pk in asked,
            )  # fmt: skip
    return found


def _organisations(roster: Roster, organisation: Organisation, by: Person | None) -> dict[str, KnownOrganisation]:
    slugs = {place.organisation for person in roster.people for place in person.places}
    slugs |= {one.identifier.lower() for one in roster.organisations} | {organisation.slug}
    rows = Organisation.objects.all() if by is None else organisations_of(by)
    held = roles_of(by)
    everything = frozenset(Role.values)
    return {
        row.slug: KnownOrganisation(row.pk, row.slug, everything if by is None else _grantable(by, held, row.path))
        for some in in_batches(sorted(slugs))
        for row in rows.filter(slug__in=some)
    }


def in_batches(rows: Sequence[T]) -> Iterator[list[T]]:
    """The rows in lists of a thousand at most."""
    whole = iter(rows)
    while some := list(islice(whole, BATCH)):
        yield some
