"""The verbs of this room: the only way to write its tables.

All take keywords only. `by` is the person who acts, or None for the system (a command, the demo); `now` is the moment.
Each is atomic, writes the journal in the same transaction and raises a `Refusal` when a rule says no.
"""

from bilik.groups.actions.due import (
    end_accommodation,
    extend_deadline,
    grant_accommodation,
    lift_deadline,
    set_deadline,
)
from bilik.groups.actions.founding import archive_group, change_group, found_group
from bilik.groups.actions.joining import (
    accept_invitation,
    add_member,
    end_membership,
    invite,
    join_by_code,
    make_join_code,
    revoke_code,
    revoke_invitation,
)
from bilik.groups.actions.listing import take_classes
from bilik.groups.actions.meetings import cancel_meeting, plan_meeting, plan_weekly
from bilik.groups.actions.roll import RollTaken, Tap, take_roll

__all__ = [
    "RollTaken",
    "Tap",
    "accept_invitation",
    "add_member",
    "archive_group",
    "cancel_meeting",
    "change_group",
    "end_accommodation",
    "end_membership",
    "extend_deadline",
    "found_group",
    "grant_accommodation",
    "invite",
    "join_by_code",
    "lift_deadline",
    "make_join_code",
    "plan_meeting",
    "plan_weekly",
    "revoke_code",
    "revoke_invitation",
    "set_deadline",
    "take_classes",
    "take_roll",
]
