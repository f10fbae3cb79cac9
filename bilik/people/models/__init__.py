"""The tables of this room, one file per noun."""

from bilik.people.models.arrival import ExternalId, Invitation, Letter, RosterUpload, SignInSlip
from bilik.people.models.consent import Consent
from bilik.people.models.guardian import Guardian
from bilik.people.models.journal import JournalEntry
from bilik.people.models.organisation import Membership, Organisation
from bilik.people.models.person import Person
from bilik.people.models.region import Region

__all__ = [
    "Consent",
    "ExternalId",
    "Guardian",
    "Invitation",
    "JournalEntry",
    "Letter",
    "Membership",
    "Organisation",
    "Person",
    "Region",
    "RosterUpload",
    "SignInSlip",
]
