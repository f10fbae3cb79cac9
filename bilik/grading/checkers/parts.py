"""What kinds with several parts share: the names of parts, and the points for some of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading import verdict
from bilik.grading.problems import Table
from bilik.grading.verdict import Feedback, Outcome, Verdict

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_id(row: Table, known: Sequence[str], *, what: str) -> str:
    """The `id` of a part: small letters, digits and single dashes, and no other part's."""
    name = row.text("id")
    if name and not _ID.fullmatch(name):
        row.problem("id", f"`id` takes small letters, digits and single dashes, not {name!r}.")
    if name in known:
        row.problem("id", f"The {what} {name!r} stands here twice.", code="double-id")
    return name


def known_name(row: Table, key: str, known: Sequence[str], *, what: str) -> str:
    """A key that names a part which must be there."""
    name = row.text(key)
    if name and name not in known:
        row.problem(key, f"There is no {what} {name!r}.", code=f"no-{what}")
    return name


def count_right(code: str, *, of: int, wrong: Sequence[str], spec: Mapping[str, Any]) -> Feedback:
    """How many parts are right and, where each counts for itself, which are not: the page marks these."""
    named = {"wrong": list(wrong)} if spec["credit"] == "each" else {}
    return Feedback(code, {"right": of - len(wrong), "of": of, **named})


def verdict_on(earned: Fraction | int, whole: Fraction | int, *, of: int, said: Sequence[Feedback]) -> Verdict:
    """Accepted for the whole, partial for a part of it, wrong for nothing."""
    if earned == whole:
        return verdict.accepted(of)
    if not earned:
        return verdict.wrong(of, *said)
    return Verdict(Outcome.PARTIAL, verdict.part_of(earned, whole, of=of), of, tuple(said))
