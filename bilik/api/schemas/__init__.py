"""The shapes of what goes in and out: one file for each noun.

What goes in takes no name that is not written here. What goes out may get more names within a version, so clients pass
over those that they do not know. Scores are exact, as texts ("0.667"); moments are in UTC.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

Exact = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")]


def exact_text(score: Decimal | None) -> str | None:
    """A score as the shortest text that is exactly it: "2", "0.667"."""
    if score is None:
        return None
    text = f"{score:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Given(Schema):
    """The base of all bodies: a name that is not known is a slip of the pen, and refused."""

    model_config = ConfigDict(extra="forbid")


class Detail(Schema):
    """One part of a call that does not fit."""

    where: str = Field(alias="in", description="body, query or path")
    field: str
    code: str
    detail: str


class Problem(Schema):
    """A refusal (RFC 9457). `code` never changes its meaning; `detail` is a sentence in the language of the call."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    code: str
    detail: str
    errors: list[Detail] | None = None


class Why(Schema):
    """Why something cannot be done now, before anybody has tried: code and sentence as in a problem."""

    code: str
    detail: str
