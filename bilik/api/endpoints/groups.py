"""Groups, for those who are in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Router

from bilik.api.calling import call
from bilik.api.endpoints import found, why
from bilik.api.pages import USUAL, Cursor, Limit, newest_of
from bilik.api.schemas import groups as schemas
from bilik.api.states import Scope
from bilik.groups import queries
from bilik.groups.actions import join_by_code
from bilik.groups.guessing import code_typed
from bilik.groups.states import Part
from bilik.kit.clock import utc_now
from bilik.people.queries import names_for, public_name, why_not_learn

router = Router(tags=["groups"])


@call(
    router,
    "GET",
    "/groups",
    scope=Scope.GROUPS_READ,
    gives=schemas.Groups,
    summary=_("The groups in which you learn and those that you lead, the newest first."),
)
def groups(request: Any, limit: Limit = USUAL, cursor: Cursor = "") -> schemas.Groups:
    shown, after = newest_of(queries.groups_seen(request.user), limit, cursor)
    led = queries.groups_led_by(request.user).filter(pk__in=[one.pk for one in shown])
    leads = set(led.values_list("pk", flat=True))
    numbers = queries.numbers_of(shown)
    return schemas.Groups(
        items=[
            schemas.GroupBrief(
                **_facts(one, leads=one.pk in leads),
                learners=numbers.get(one.pk, 0),
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                archived=one.archived_at is not None,
            )
            for one in shown
        ],
        next=after,
    )


def _facts(group: Any, *, leads: bool) -> dict[str, Any]:
    return {
        "ref": group.ref,
        "name": group.name,
        "kind": group.kind,
        "organisation": group.organisation.slug,
        "leads": leads,
    }


@call(
    router,
    "GET",
    "/groups/{uuid:group}",
    scope=Scope.GROUPS_READ,
    gives=schemas.Group,
    summary=_("One of your groups: what it studies, what is due for you, when it meets next."),
)
def group(request: Any, group: UUID) -> schemas.Group:
    view, now = found(queries.group_view(group, request.user)), utc_now()
    members = queries.members_of(view.group)
    if view.leads:
        names = names_for([one.person for one in members], request.user, now=now)
        dates = list(queries.deadlines_of(view.group))
    else:
        names = {one.person_id: public_name(one.person, request.user, now=now) for one in members}
        dates = queries.own_deadlines(view.group, request.user)
    meeting = queries.next_meeting(view.group, now)
    return schemas.Group(
        **_facts(view.group, leads=view.leads),
        courses=[course.slug for course in queries.courses_of(view.group)],
        trainers=[names[one.person_id] for one in members if one.part == Part.TRAINER],
        learners=[names[one.person_id] for one in members if one.part == Part.LEARNER],
        deadlines=[due_of(row, now) for row in dates],
        next_meeting=meeting_of(meeting) if meeting else None,
    )


def due_of(row: Any, now: datetime) -> schemas.Due:
    """A date, for those who may see it."""
    return schemas.Due(
        ref=row.ref,
        course=row.course.slug,
        matter=row.matter,
        part=row.slug or None,
        due_at=row.due_at,
        over=row.due_at <= now,
        person=row.person.ref if row.person_id else None,
    )


def meeting_of(meeting: Any) -> schemas.Meeting:
    """A meeting, for those who may see it."""
    return schemas.Meeting(
        ref=meeting.ref,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        topic=meeting.topic,
    )


@call(
    router,
    "POST",
    "/groups/join",
    scope=Scope.GROUPS_WRITE,
    gives=schemas.Joined,
    summary=_("Comes into a group with its code. Who is in it already stays."),
)
def join(request: Any, body: schemas.Joining) -> schemas.Joined:
    code, now = code_typed(request, body.code), utc_now()
    member = join_by_code(by=request.user, now=now, code=code.code)
    return schemas.Joined(
        group=member.group.ref, name=member.group.name, why_not_learn=why(why_not_learn(request.user, now))
    )
