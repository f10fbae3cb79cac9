"""What submissions refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class IllegalMove(Refusal):
    """The submission is not in a state from which this can be done."""

    code = "illegal_move"
    sentence = _("This answer has already been dealt with.")


class KeyOfAnother(Refusal):
    """The same key came with another task: a client that mixes up its keys would lose answers."""

    code = "key_of_another"
    sentence = _("This form was already used for another task. Load the page again; your text is kept on this device.")


class FileMissing(Refusal):
    """An answer names a file that did not arrive."""

    code = "file_missing"
    status = 422
    sentence = _("The file %(name)s did not arrive. Choose it once more and send again.")


class TooManyTries(Refusal):
    """Programs are tried out faster than anybody reads what they print."""

    code = "too_many_tries"
    status = 429
    sentence = _("You have run many programs in this minute. Wait a minute, then run it again.")


class NoRunnerFree(Refusal):
    """The sandbox is busy, or does not work at the moment. Nothing is queued: whoever tries out tries again."""

    code = "no_runner_free"
    status = 503
    sentence = _("The server is busy with other programs. Try again in a moment; your program is still here.")
