"""Taking an answer out of what was sent: a form's fields, or a file given to `bilik grade`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilik.grading.verdict import Feedback

LONGEST_LINE = 1_000
LONGEST_TEXT = 64_000


class InvalidAnswer(Exception):
    """What was sent cannot be an answer to this task; `feedback` says why. It is not stored and counts nowhere."""

    def __init__(self, code: str, **data: object) -> None:
        self.feedback = Feedback(code, data)
        super().__init__(code)


def sent(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """All texts of the field `answer`, whatever was really sent in its place."""
    values = fields.get("answer", ())
    if isinstance(values, str):
        return [values]
    return [value for value in values if isinstance(value, str)] if isinstance(values, list | tuple) else []


def storable(text: str) -> str:
    """The text without what a database or UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def answer_field(answer: object) -> dict[str, list[str]]:
    """What the one field `answer` holds when this answer stands in the form: the inverse of parsing."""
    return {"answer": [str(item) for item in answer] if isinstance(answer, list) else [str(answer)]}


def one_text(fields: Mapping[str, Sequence[str]], *, longest: int) -> str:
    """The one text of a form with a single field. Raises InvalidAnswer when it is empty, too long or has a NUL."""
    text = next(iter(sent(fields)), "").removeprefix("\ufeff")
    if not text.strip():
        raise InvalidAnswer("invalid.empty")
    if len(text) > longest:
        raise InvalidAnswer("invalid.too_long", longest=longest)
    if "\x00" in text:
        raise InvalidAnswer("invalid.control")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidAnswer("invalid.control") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
