"""What is wrong with a file, as codes and facts; `messages/` has the sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FIRST = 5
"""How many examples of one mistake are told; the others are counted."""
_SHOWN = 40


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `code` names a sentence and never changes; `facts` go to JSON."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, **self.facts}


class NotScored(Exception):
    """There is no score; `findings` say why, at least one of them."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{one.code} {dict(one.facts)}" for one in findings))


class SubmissionRefused(NotScored):
    """The participant's file cannot be scored. The participant can mend it."""


class CompetitionBroken(NotScored):
    """The organiser's part (solution, metric, parameters) gives no score. No participant can mend that."""


def refused(code: str, **facts: Any) -> SubmissionRefused:
    """A refusal for one reason, to be raised."""
    return SubmissionRefused(Finding(code, facts))


def broken(code: str, **facts: Any) -> CompetitionBroken:
    """The organiser's mistake, to be raised."""
    return CompetitionBroken(Finding(code, facts))


def some(findings: Sequence[Finding], total: int) -> list[Finding]:
    """The first few findings of one kind, and how many there are beyond them."""
    told = list(findings[:FIRST])
    return told + ([Finding("more", {"count": total - len(told)})] if total > len(told) else [])


def shown(value: bytes | str) -> str:
    """A cell as it can be shown: cut, and with control characters, which could do harm in a terminal, made visible."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    cut = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
    return "".join("␀" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") else char for char in cut)
