"""Questions about people. None of them writes, and none gives a viewer what the viewer may not see."""

from bilik.people.queries.consents import ConsentRow, consents_of
from bilik.people.queries.guardians import guardian_by_token, guardian_link_of
from bilik.people.queries.journal import journal_for
from bilik.people.queries.names import names_for, pseudonym, public_name
from bilik.people.queries.people import people_seen, person_by_ref, person_by_username, regions, regions_by_country
from bilik.people.queries.roles import (
    HeldRole,
    MemberRow,
    children_of,
    grants_in,
    has_role,
    is_administrator,
    members_now,
    members_of,
    organisation_by_slug,
    organisations_of,
    places_of,
    roles_of,
)
from bilik.people.rules import consent_due_again, why_not_consent, why_not_learn

__all__ = [
    "ConsentRow",
    "HeldRole",
    "MemberRow",
    "children_of",
    "consent_due_again",
    "consents_of",
    "grants_in",
    "guardian_by_token",
    "guardian_link_of",
    "has_role",
    "is_administrator",
    "journal_for",
    "members_now",
    "members_of",
    "names_for",
    "organisation_by_slug",
    "organisations_of",
    "people_seen",
    "person_by_ref",
    "person_by_username",
    "places_of",
    "pseudonym",
    "public_name",
    "regions",
    "regions_by_country",
    "roles_of",
    "why_not_consent",
    "why_not_learn",
]
