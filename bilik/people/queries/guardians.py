"""Guardian links: for the minor by the account, for the guardian by the address on the letter."""

from __future__ import annotations

from bilik.people.models import Guardian
from bilik.people.queries.roles import Viewer


def guardian_link_of(person: Viewer) -> Guardian | None:
    """The newest link of a person to a guardian, whatever its state."""
    if person is None or person.pk is None:
        return None
    return Guardian.objects.filter(minor_id=person.pk).first()


def guardian_by_token(token: str) -> Guardian | None:
    """The link behind the address in a letter.

    Whoever has the address sees the question, not the child's record.
    """
    return Guardian.objects.select_related("minor").filter(token=token.lower()).first()
