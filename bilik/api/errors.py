"""What this room refuses, each with a code for programs and a sentence for people. Those of others pass through."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal

# Tokens ---------------------------------------------------------------------------------------------------------------


class TokenNeeded(Refusal):
    code, status = "token_needed", 401
    sentence = _(
        "Send a token: the header “Authorization: Bearer …”. You make one on your profile, under “Tokens for programs”."
    )


class TokenUnknown(Refusal):
    code, status = "token_unknown", 401
    sentence = _("There is no such token. It may have been revoked, or a letter is missing.")


class TokenExpired(Refusal):
    code, status = "token_expired", 401
    sentence = _("This token has expired. Make a new one.")


class ScopeNeeded(Refusal):
    code, status = "scope_needed", 403
    sentence = _("This token may not do that: it lacks the scope %(scope)s.")


class SecondFactorNeeded(Refusal):
    code, status = "second_factor_needed", 403
    sentence = _("Your role needs a second factor. Set it up before you use or make tokens.")


class NoScopes(Refusal):
    code, status = "no_scopes", 422
    sentence = _("Choose at least one thing that the token may do.")


class ScopeNotOffered(Refusal):
    code, status = "scope_not_offered", 422
    sentence = _("One of these permissions is not offered to you.")


class ExpiryImpossible(Refusal):
    code, status = "expiry_impossible", 422
    sentence = _("A token is good for 1 to 365 days.")


class TooManyTokens(Refusal):
    code = "too_many_tokens"
    sentence = _("You have as many tokens as one person can have. Revoke one that you do not use.")


# Calls ----------------------------------------------------------------------------------------------------------------


class TooManyCalls(Refusal):
    code, status = "too_many_calls", 429
    sentence = _("Too many calls. Wait %(seconds)s seconds, then go on more slowly.")


class NotFound(Refusal):
    code, status = "not_found", 404
    sentence = _("There is nothing here, or it is not for you.")


class Forbidden(Refusal):
    code, status = "forbidden", 403
    sentence = _("This may not be done.")


class MethodUnknown(Refusal):
    code, status = "method_not_allowed", 405
    sentence = _("This address does not take that method. The header Allow lists those that it takes.")


class BodyUnreadable(Refusal):
    code, status = "body_unreadable", 400
    sentence = _("The body is no JSON that can be read: UTF-8, at most 64 levels deep, no name twice, no NaN.")


class BodyTooLarge(Refusal):
    code, status = "body_too_large", 413
    sentence = _("The body is too large: 1 MB is the most.")


class MediaTypeUnknown(Refusal):
    code, status = "media_type_unknown", 415
    sentence = _("Send the body as application/json.")


class Invalid(Refusal):
    code, status = "invalid", 422
    sentence = _("The call does not have the shape that is needed. The list of errors says where.")


class AnswerInvalid(Refusal):
    code, status = "answer_invalid", 422
    sentence = _("This is no answer to the exercise. Nothing was stored and no attempt is used.")


class OutOfOrder(Refusal):
    code, status = "out_of_order", 503
    sentence = _("The academy has trouble of its own at the moment. Try again a little later with the same key.")


class Broken(Refusal):
    code, status = "broken", 500
    sentence = _("Something is broken on our side. It is written down; send the same call again later.")
