"""What this room refuses, each with a code for programs and a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class NotYourGroup(Refusal):
    code, status = "not_your_group", 403
    sentence = _("Only the trainers of this group and the managers above it may do this.")


class MayNotFound(Refusal):
    code, status = "may_not_found_group", 403
    sentence = _("Groups are founded by trainers and managers of the organisation.")


class GroupArchived(Refusal):
    code = "group_archived"
    sentence = _("This group is archived: it can be read, and nothing in it changes any more.")


class DatesImpossible(Refusal):
    code, status = "dates_impossible", 422
    sentence = _("The group ends before it starts. Please look at the dates again.")


class CapacityTooSmall(Refusal):
    code, status = "capacity_too_small", 422
    sentence = _("There are more learners in the group than these places. End some memberships first.")


class NoSuchCourse(Refusal):
    code, status = "no_such_course", 422
    sentence = _("One of these courses is not published.")


class GroupFull(Refusal):
    code = "group_full"
    sentence = _("All places in this group are taken. Please ask the trainer.")


class AlreadyMember(Refusal):
    code = "already_member"
    sentence = _("This person is in the group already.")


class NotAMember(Refusal):
    code = "not_a_member"
    sentence = _("This person is not in the group.")


class LastTrainer(Refusal):
    code = "last_trainer"
    sentence = _("A group needs a trainer. Name another one first.")


class NoTrainerRole(Refusal):
    code = "no_trainer_role"
    sentence = _("Only somebody who is a trainer or manager in this organisation can be a trainer of the group.")


class UnknownPerson(Refusal):
    code, status = "unknown_person", 422
    sentence = _("You can add only people of your organisation. Others come in with a code or an invitation.")


class WrongJoinCode(Refusal):
    code, status = "wrong_join_code", 422
    sentence = _("There is no such code. Please compare it with what your trainer shows.")


class JoinCodeOver(Refusal):
    code, status = "join_code_over", 410
    sentence = _("This code is no longer good. Please ask your trainer for a new one.")


class TooManyWrongCodes(Refusal):
    code, status = "too_many_wrong_codes", 429
    sentence = _("A wrong code was typed too many times. Please wait an hour, or ask your trainer to add you.")


class CodeLifeImpossible(Refusal):
    code, status = "code_life_impossible", 422
    sentence = _("A code is good for 1 to 90 days and for 1 to 500 people.")


class InvitationOver(Refusal):
    code, status = "invitation_over", 410
    sentence = _("This invitation is no longer good. Please ask for a new one.")


class TooManyInvitations(Refusal):
    code, status = "too_many_invitations", 429
    sentence = _("No more invitations can be sent from this group today. Use a code instead.")


class NotStudied(Refusal):
    code, status = "not_studied", 422
    sentence = _("The group does not study this course.")


class NoSuchLesson(Refusal):
    code, status = "no_such_lesson", 422
    sentence = _("This course has no such lesson.")


class DueInThePast(Refusal):
    code, status = "due_in_the_past", 422
    sentence = _("A due date lies in the future. Please choose a later one.")


class NotAnExtension(Refusal):
    code, status = "not_an_extension", 422
    sentence = _("An extension gives more time than the group has. Please choose a later date.")


class ReasonNeeded(Refusal):
    code, status = "reason_needed", 422
    sentence = _("Please write a reason. It is shown only to the person and to those who may lead the group.")


class FactorImpossible(Refusal):
    code, status = "factor_impossible", 422
    sentence = _("Extra time is between 1 and 200 percent.")


class AccommodationOver(Refusal):
    code = "accommodation_over"
    sentence = _("This has ended already.")


class MeetingImpossible(Refusal):
    code, status = "meeting_impossible", 422
    sentence = _("A meeting takes 5 to 720 minutes, and a series has 1 to 60 meetings.")


class MeetingCancelled(Refusal):
    code = "meeting_cancelled"
    sentence = _("This meeting was cancelled.")


class MeetingHeld(Refusal):
    code = "meeting_held"
    sentence = _("A roll was called at this meeting, so it took place. It cannot be cancelled.")


class TooEarlyForRoll(Refusal):
    code = "too_early_for_roll"
    sentence = _("The roll can be called from two hours before the meeting.")


class MarkImpossible(Refusal):
    code, status = "mark_impossible", 422
    sentence = _("This mark could not be read. Please mark the person again.")
