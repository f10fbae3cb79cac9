"""The base of all refusals: a rule said no, and says why in a sentence a person can act on."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A verb was not carried out, nothing was changed, and the person can be told why.

    `code` is for programs and never changes; `sentence` is for people (a lazy translation is fine); `status` is the
    HTTP status of the answer. A rule *returns* a refusal, `refuse` raises it: so the same rule greys a button, stops a
    verb and words the error of the API.
    """

    code = "refused"
    status = 409
    sentence: Any = "This cannot be done."

    def __init__(self, sentence: Any = None, **facts: Any) -> None:
        self.sentence = self.sentence if sentence is None else sentence
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence)


def refuse(refusal: Refusal | None) -> None:
    """Raises the refusal that a rule returned; does nothing when the rule had none."""
    if refusal is not None:
        raise refusal
