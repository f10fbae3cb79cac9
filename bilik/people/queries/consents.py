"""What a person agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bilik.kit.errors import Refusal
from bilik.people import rules, texts
from bilik.people.models import Consent, Person
from bilik.people.states import GivenBy, Purpose


@dataclass(frozen=True)
class ConsentRow:
    """One purpose: the words as they are asked now, what is in force, and why it cannot be given."""

    purpose: Purpose
    text: texts.ConsentText
    in_force: tuple[Consent, ...]
    refusal: Refusal | None

    @property
    def given(self) -> bool:
        return bool(self.in_force)

    @property
    def outdated(self) -> bool:
        """The words have changed since; what was agreed to stays in force until the person decides again."""
        return self.given and all(consent.version < self.text.version for consent in self.in_force)

    @property
    def by_guardian(self) -> bool:
        return any(consent.given_by == GivenBy.GUARDIAN for consent in self.in_force)


def consents_of(person: Person, now: datetime) -> list[ConsentRow]:
    """All purposes of a person, in the order of `Purpose`. One query."""
    held: dict[str, list[Consent]] = {purpose: [] for purpose in Purpose.values}
    for consent in Consent.objects.open().filter(person=person):
        held[consent.purpose].append(consent)
    return [
        ConsentRow(
            purpose,
            texts.current_text(purpose),
            tuple(held[purpose]),
            rules.why_not_consent(person, purpose, now),
        )
        for purpose in Purpose
    ]
