"""Taking an answer out of what was sent: a form's fields, or a file given to `bilik grade`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bilik.grading.verdict import Feedback

LONGEST_LINE = 1_000
LONGEST_TEXT = 64_000


class InvalidAnswer(Exception):
    """What was sent cannot be an answer to this task; `feedback` says why. It is not stored and counts nowhere."""

    def __init__(self, code: str, **data: object) -> None:
        self.feedback = Feedback(code, data)
        super().__init__(code)


def sent(fields: Mapping[str, Sequence[str]], name: str = "answer") -> list[str]:
    """All texts of one field, whatever was really sent in its place."""
    values = fields.get(name, ())
    if isinstance(values, str):
        return [values]
    return [value for value in values if isinstance(value, str)] if isinstance(values, list | tuple) else []


def fields_of(answer: Any) -> dict[str, list[str]]:
    """An answer as the fields of a form: the way back from `parse` for most kinds.

    A text fills the field `answer`; so does a list, one text for each item (a pair is written "a,b"); a table fills
    one field `answer-<id>` for each of its parts.
    """
    if isinstance(answer, Mapping):
        return {f"answer-{name}": _texts(part) for name, part in answer.items()}
    return {"answer": _texts(answer)}


def _texts(answer: Any) -> list[str]:
    if not isinstance(answer, list | tuple):
        return [str(answer)]
    return [",".join(map(str, item)) if isinstance(item, list | tuple) else str(item) for item in answer]


def normal_of(answer: Any) -> Any:
    """An answer without needless white space: the normal form for most kinds. An order stays as it is."""
    if isinstance(answer, Mapping):
        return {str(name): normal_of(part) for name, part in answer.items()}
    if isinstance(answer, list | tuple):
        return [normal_of(part) for part in answer]
    return " ".join(str(answer).split())


def storable(text: str) -> str:
    """The text without what a database or UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def one_text(fields: Mapping[str, Sequence[str]], *, longest: int, name: str = "answer") -> str:
    """The one text of a field. Raises InvalidAnswer when it is empty, too long or has a NUL."""
    text = text_or_nothing(fields, longest=longest, name=name)
    if not text.strip():
        raise InvalidAnswer("invalid.empty")
    return text


def text_or_nothing(fields: Mapping[str, Sequence[str]], *, longest: int, name: str) -> str:
    """The same for a field that may stay empty, as one of several."""
    text = next(iter(sent(fields, name)), "").removeprefix("\ufeff")
    if len(text) > longest:
        raise InvalidAnswer("invalid.too_long", longest=longest)
    if "\x00" in text:
        raise InvalidAnswer("invalid.control")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidAnswer("invalid.control") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
