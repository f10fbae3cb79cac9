"""Taking the roll: marks that a device kept, in batches, in any order, as often as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bilik.groups import errors, rules
from bilik.groups.models import Attendance, Meeting
from bilik.groups.queries import may_lead, on_the_roll, roll_of
from bilik.groups.states import Mark
from bilik.kit.errors import Refusal, refuse
from bilik.people.actions import journal

if TYPE_CHECKING:
    from bilik.people.models import Person


@dataclass(frozen=True)
class Tap:
    """One mark as a device gave it: its own key for it, whose mark, when by its own clock, minutes if somebody said."""

    key: UUID
    person: UUID
    mark: str
    marked_at: datetime
    minutes: int | None = None


@dataclass(frozen=True)
class RollTaken:
    """What came of a batch: `stored` are the keys that the academy has now, whether they are new or came again; why the
    others were not taken; and the mark that holds now for each person, by the person's ref.
    """

    stored: tuple[UUID, ...]
    refused: Mapping[UUID, Refusal]
    marks: Mapping[UUID, Attendance]


@transaction.atomic
def take_roll(*, by: Person | None, now: datetime, meeting: Meeting, taps: Iterable[Tap]) -> RollTaken:
    """Stores marks of a roll call. Rows are only added; a key that is stored already is acknowledged, no more.

    Of several marks for a person the one with the latest device time holds, of equal times the one with the greater
    key: so order, repetition and the way marks were put into batches make no difference. A device time in the future is
    taken as the time of arrival, so that a clock that runs ahead does not win for ever.
    """
    refuse(rules.why_not_take_roll(meeting, leads=by is None or may_lead(by, meeting.group), now=now))
    people = {person.ref: person for person in on_the_roll(meeting)}
    rows: dict[UUID, Attendance] = {}
    refused: dict[UUID, Refusal] = {}
    for tap in taps:
        refusal = _why_not(tap, people)
        if refusal is not None:
            refused[tap.key] = refusal
            continue
        rows.setdefault(
            tap.key,
            Attendance(
                meeting=meeting,
                person=people[tap.person],
                mark=tap.mark,
                minutes=tap.minutes,
                marked_at=min(tap.marked_at, now),
                received_at=now,
                by=by,
                key=tap.key,
            ),
        )
    known = set(Attendance.objects.filter(meeting=meeting, key__in=rows.keys()).values_list("key", flat=True))
    new = [row for key, row in rows.items() if key not in known]
    # Two requests may bring the same key at the same moment: the second one's row is left out by the database.
    Attendance.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        group, data = meeting.group, {"meeting": str(meeting.ref), "marks": len(new)}
        journal(by=by, now=now, verb="groups.take_roll", about=group, organisation=group.organisation, data=data)
    held = roll_of(meeting)
    marks = {ref: held[person.pk] for ref, person in people.items() if person.pk in held}
    return RollTaken(tuple(rows), refused, marks)


def _why_not(tap: Tap, people: Mapping[UUID, Person]) -> Refusal | None:
    if tap.person not in people:
        return errors.NotAMember()
    possible = tap.mark in Mark.values and 0 <= (tap.minutes or 0) <= rules.LONGEST_MEETING
    return None if possible else errors.MarkImpossible()
