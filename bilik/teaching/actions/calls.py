"""Calls to learners, and who looked at what is alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.groups.queries import is_in, may_lead
from bilik.groups.states import Part
from bilik.kit.errors import refuse
from bilik.people.actions import journal
from bilik.teaching import errors, rules
from bilik.teaching.models import Call
from bilik.teaching.states import CallOutcome

if TYPE_CHECKING:
    from bilik.groups.models import Group
    from bilik.people.models import Person


@transaction.atomic
def note_call(
    *, by: Person, now: datetime, group: Group, person: Person, outcome: str, reason: str = "", note: str = ""
) -> Call:
    """Notes what came of calling a learner; they rest from the list for some days. Raises NotYourGroup."""
    refuse(rules.why_not_call(leads=may_lead(by, group) and is_in(person, group, Part.LEARNER)))
    outcome = CallOutcome(outcome)
    call = Call.objects.create(
        group=group,
        person=person,
        by=by,
        at=now,
        reason=reason[:30],
        outcome=outcome,
        note=note.strip()[:500],
        rests_until=now + rules.REST[outcome],
    )
    data = {"person": str(person.ref), "outcome": str(outcome), "reason": call.reason}
    journal(by=by, now=now, verb="teaching.noted_call", about=group, organisation=group.organisation, data=data)
    return call


@transaction.atomic
def look_for_likeness(*, by: Person, now: datetime, group: Group, task_id: int) -> None:
    """Writes down who looked which programs of a group are alike; what was found is not kept. Raises NotYourGroup."""
    refuse(None if may_lead(by, group) else errors.NotYourGroup())
    data = {"task": task_id}
    journal(by=by, now=now, verb="teaching.compared_programs", about=group, organisation=group.organisation, data=data)
