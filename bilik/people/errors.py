"""What this room refuses, each with a code for programs and a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class SignInNeeded(Refusal):
    code, status = "sign_in_needed", 403
    sentence = _("Sign in first, so that what you do is kept for you.")


class AccountClosed(Refusal):
    code, status = "account_closed", 403
    sentence = _("This account is closed.")


class BirthNeeded(Refusal):
    code, status = "birth_needed", 403
    sentence = _("Tell us in your profile the year and month in which you were born, then you can go on.")


class ConsentNeeded(Refusal):
    code, status = "consent_needed", 403
    sentence = _("To keep your answers we need your consent to learning. You can give it on the page of consents.")


class ConsentAgain(Refusal):
    code, status = "consent_again", 403
    sentence = _("You are 18 now. Please give your consent to learning again, this time in your own name.")


class GuardianNeeded(Refusal):
    code, status = "guardian_needed", 403
    sentence = _(
        "You are under 18: a parent or guardian has to agree before your answers are kept. Until "
        "then you can try "
        "everything out."
    )


class TooYoung(Refusal):
    code, status = "too_young", 422
    sentence = _("Learning here begins at the age of 6.")


class BirthImpossible(Refusal):
    code, status = "birth_impossible", 422
    sentence = _("Nobody can be born in that month. Please look at the year and the month again.")


class BirthFixed(Refusal):
    code = "birth_fixed"
    sentence = _("The month of birth can be told only once. An administrator can help if it is wrong.")


class UsernameTaken(Refusal):
    code = "username_taken"
    sentence = _("Somebody has this username already.")


class UsernameShape(Refusal):
    code, status = "username_shape", 422
    sentence = _("This cannot be a username.")


class NotYours(Refusal):
    code, status = "not_yours", 403
    sentence = _("You may not do this for somebody else.")


class NotAllowed(Refusal):
    code, status = "not_allowed", 403
    sentence = _("Your role does not allow this.")


class PurposeUnknown(Refusal):
    code, status = "purpose_unknown", 422
    sentence = _("There is no such purpose.")


class GuardianDecides(Refusal):
    code, status = "guardian_decides", 403
    sentence = _("You are under 18: only your parent or guardian can agree to this.")


class AdultsOnly(Refusal):
    code, status = "adults_only", 403
    sentence = _("This is asked only of people who are 18 or older.")


class NotAMinor(Refusal):
    code = "not_a_minor"
    sentence = _("You are 18 or older: you need no guardian's consent.")


class GuardianConfirmed(Refusal):
    code = "guardian_confirmed"
    sentence = _("Your parent or guardian has agreed already.")


class TooManyRequests(Refusal):
    code, status = "too_many_requests", 429
    sentence = _("You have asked several times today. Please try again tomorrow.")


class LinkAnswered(Refusal):
    code = "link_answered"
    sentence = _("This request has been answered already; nothing more has to be done.")


class LinkExpired(Refusal):
    code, status = "link_expired", 410
    sentence = _("This request is too old. Ask the child to send a new one.")


class LinkLocked(Refusal):
    code, status = "link_locked", 429
    sentence = _("A wrong code was entered too many times. Ask the child to send a new request.")


class WrongCode(Refusal):
    code, status = "wrong_code", 422
    sentence = _("This is not the code. Please compare it with the letter once more.")


class NotInForce(Refusal):
    code = "not_in_force"
    sentence = _("There is nothing to withdraw.")


class RoleHeld(Refusal):
    code = "role_held"
    sentence = _("This person has this role already.")


class MembershipOver(Refusal):
    code = "membership_over"
    sentence = _("This membership has ended already.")


class SlugTaken(Refusal):
    code = "slug_taken"
    sentence = _("Another organisation has this short name already.")


class WrongPassword(Refusal):
    code, status = "wrong_password", 403
    sentence = _("The password is not right. Nothing was deleted.")


class LastAdministrator(Refusal):
    code = "last_administrator"
    sentence = _("You are the only administrator. Give this role to somebody else first.")


class NobodyInReach(Refusal):
    code, status = "nobody_in_reach", 404
    sentence = _("Nobody within your reach has this username or e-mail. You can invite them by e-mail.")


class RoleNotYours(Refusal):
    code, status = "role_not_yours", 403
    sentence = _("Your own role does not let you give or end this one.")


class InvitationOver(Refusal):
    code, status = "invitation_over", 410
    sentence = _("This invitation was used, withdrawn, or is too old. Ask for a new one.")


class InvitedAlready(Refusal):
    code = "invited_already"
    sentence = _("This address was invited for this role already. Withdraw that invitation first.")


class SlipForLearners(Refusal):
    code, status = "slip_for_learners", 403
    sentence = _("Slips are for learners only: whoever holds one becomes that person.")


class SlipHasEmail(Refusal):
    code = "slip_has_email"
    sentence = _("This person has a confirmed e-mail and can set a new password with it.")


class SlipWrong(Refusal):
    code, status = "slip_wrong", 422
    sentence = _(
        "This username and this code do not belong together, or the code is used up or too old. Ask for a new slip."
    )


class TrustedAccount(Refusal):
    code = "trusted_account"
    sentence = _(
        "An account with this e-mail is here already, and it has more rights than a learner's. Sign in with its "
        "password; then you can connect the other sign-in yourself, under Safety of my account."
    )


class FileUnreadable(Refusal):
    code, status = "file_unreadable", 422
    sentence = _("The file could not be read.")


class PlanChanged(Refusal):
    code = "plan_changed"
    sentence = _("Something has changed since the dry run. Nothing was imported: look at the list again.")


class NothingToImport(Refusal):
    code = "nothing_to_import"
    sentence = _("There is nothing to change: everybody in this list is here as it says.")


class UploadGone(Refusal):
    code, status = "upload_gone", 410
    sentence = _("This list is not kept any more. Bring the file again; what was imported stays.")
