"""The verbs of this room: the only way to write its tables.

All take keywords only. `by` is the person who acts, or None for the system (a command, the demo); `now`
is the moment. Each is atomic, writes the journal in the same transaction and raises a `Refusal` when a
rule says no.
"""

from bilik.people.actions.accounts import change_profile, register
from bilik.people.actions.consents import give_consent, rebuild_standing, withdraw_consent
from bilik.people.actions.data import (
    erase_person,
    export_my_data,
    register_eraser,
    register_export,
)
from bilik.people.actions.guardians import (
    confirm_guardian,
    look_as_guardian,
    refuse_guardian,
    request_guardian,
    withdraw_guardian,
)
from bilik.people.actions.importing import (
    drop_roster,
    import_people,
    keep_roster,
    register_roster_handler,
    roster_of,
)
from bilik.people.actions.invitations import invite, take_invitation, withdraw_invitation
from bilik.people.actions.journal import journal, journal_many
from bilik.people.actions.organisations import end_membership, found_organisation, join_organisation
from bilik.people.actions.reference import load_reference_data, load_regions
from bilik.people.actions.signing import note_password, note_sign_in_change, register_sign_out, reset_second_factor
from bilik.people.actions.slips import issue_slips, mail_slip, use_slip

__all__ = [
    "change_profile",
    "confirm_guardian",
    "drop_roster",
    "end_membership",
    "erase_person",
    "export_my_data",
    "found_organisation",
    "give_consent",
    "import_people",
    "invite",
    "issue_slips",
    "join_organisation",
    "journal",
    "journal_many",
    "keep_roster",
    "load_reference_data",
    "load_regions",
    "look_as_guardian",
    "mail_slip",
    "note_password",
    "note_sign_in_change",
    "rebuild_standing",
    "refuse_guardian",
    "register",
    "register_eraser",
    "register_export",
    "register_roster_handler",
    "register_sign_out",
    "request_guardian",
    "reset_second_factor",
    "roster_of",
    "take_invitation",
    "use_slip",
    "withdraw_consent",
    "withdraw_guardian",
    "withdraw_invitation",
]
