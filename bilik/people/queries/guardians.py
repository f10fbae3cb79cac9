"""Guardian links: for the minor by the account, for the guardian by the address on the letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bilik.people import texts
from bilik.people.models import Guardian, Person
from bilik.people.queries.roles import Viewer, visible_people
from bilik.people.states import GuardianState, Purpose


def guardian_states(people: Iterable[Person], viewer: Viewer, now: datetime) -> Mapping[int, str]:
    """How far the guardian's consent of each of these people is, by person's id, for those whose record a viewer may
    see: a `GuardianState`, or "" where nobody was asked or the letter is too old. Two queries.
    """
    ids = [person.pk for person in people]
    seen = Person.objects.filter(visible_people(viewer), pk__in=ids).order_by().values_list("pk", flat=True)
    states = dict.fromkeys(seen, "")
    for link in Guardian.objects.filter(minor_id__in=list(states)).order_by("requested_at", "pk"):
        old = link.state == GuardianState.REQUESTED and now >= link.expires_at
        states[link.minor_id] = "" if old else link.state
    return states


def consent_to_learning(language: str) -> list[str]:
    """The words to which a guardian agrees, paragraph by paragraph, for a letter."""
    return texts.current_text(Purpose.LEARNING).paragraphs(language)


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


def may_be_told(link: Guardian, now: datetime) -> bool:
    """Whether the page of a letter tells where the child learns: while it waits for an answer, and once agreed."""
    waiting = link.state == GuardianState.REQUESTED and now < link.expires_at
    return waiting or link.state == GuardianState.CONFIRMED
