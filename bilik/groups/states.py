"""The words this room stores, and the legal moves of an invitation. Pure tables."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bilik.people.states import Role


class GroupKind(TextChoices):
    CLASS = "class", _("School class")
    COURSE_GROUP = "course_group", _("Course group")


class Part(TextChoices):
    """What somebody is in a group."""

    LEARNER = "learner", _("Learner")
    TRAINER = "trainer", _("Trainer")


class Matter(TextChoices):
    """What a deadline is for."""

    COURSE = "course", _("The whole course")
    LESSON = "lesson", _("A lesson")
    EXAM = "exam", _("An exam")


class Mark(TextChoices):
    """What a roll call says of one person."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class InvitationState(TextChoices):
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("taken back")


INVITATION_MOVES: dict[InvitationState, tuple[InvitationState, ...]] = {
    # One that nobody answered in time stays "sent" and lets nobody in; its day is stored beside it.
    InvitationState.SENT: (InvitationState.ACCEPTED, InvitationState.REVOKED),
    InvitationState.ACCEPTED: (),
    InvitationState.REVOKED: (),
}

# Roles that may lead groups: trainers those they are named in, managing roles all that their role reaches.
MANAGING = frozenset({Role.CENTRE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})
FOUNDING = MANAGING | {Role.TRAINER}
