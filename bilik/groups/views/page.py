"""A group's page: the learner's side, or the trainer's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from bilik.groups import queries
from bilik.groups.models import Deadline, Group
from bilik.groups.states import Part
from bilik.kit.clock import utc_now
from bilik.people.queries import guardian_states, names_for, public_name
from bilik.people.states import GuardianState
from bilik.web.requests import PageRequest, shown_language

COMING, PAST = 5, 5


@login_required
@never_cache
def group(request: PageRequest, ref: UUID) -> HttpResponse:
    view = queries.group_view(ref, request.user)
    if view is None:
        raise Http404
    template = "groups/group_led.html" if view.leads else "groups/group.html"
    facts = _led(request, view.group) if view.leads else _learnt(request, view.group)
    return render(request, template, {"group": view.group, "language": shown_language()} | facts)


def _learnt(request: PageRequest, group: Group) -> dict[str, Any]:
    now, courses = utc_now(), queries.courses_of(group)
    members = queries.members_of(group)
    return {
        "courses": [(course, course.title(shown_language())) for course in courses],
        "next": queries.next_meeting(group, now),
        "deadlines": dated(queries.own_deadlines(group, request.user), courses, now),
        "trainers": [public_name(m.person, request.user, now=now) for m in members if m.part == Part.TRAINER],
        "learners": [public_name(m.person, request.user, now=now) for m in members if m.part == Part.LEARNER],
    }


def _led(request: PageRequest, group: Group) -> dict[str, Any]:
    now, courses = utc_now(), queries.courses_of(group)
    members = queries.members_of(group)
    names = names_for([m.person for m in members], request.user, now=now)
    minors = [m.person for m in members if m.part == Part.LEARNER and m.person.is_minor(now)]
    states = guardian_states(minors, request.user, now) if minors else {}
    meetings = list(queries.meetings_of(group))
    coming, past = (
        [one for one in meetings if one.ends_at > now][:COMING],
        [one for one in meetings if one.ends_at <= now][-PAST:],
    )
    called = queries.called_at([*coming, *past])
    deadlines = [row for row in queries.deadlines_of(group) if row.person_id is None]
    return {
        "courses": [(course, course.title(shown_language())) for course in courses],
        "trainers": [(m, names[m.person_id]) for m in members if m.part == Part.TRAINER],
        "learners": [
            (m, names[m.person_id], guardian_word(states, m.person_id)) for m in members if m.part == Part.LEARNER
        ],
        "waiting": sum(states.get(person.pk) != GuardianState.CONFIRMED for person in minors),
        "coming": [(one, called.get(one.pk, 0)) for one in coming],
        "past": [(one, called.get(one.pk, 0)) for one in reversed(past)],
        "deadlines": dated(deadlines, courses, now),
        "codes": queries.codes_of(group, now),
        "hours": queries.person_hours(group, now),
    }


def guardian_word(states: Any, person_id: int) -> str:
    """ "" for adults; otherwise how far the guardian's consent is, "not_asked" where nobody was asked."""
    return (states[person_id] or "not_asked") if person_id in states else ""


def dated(rows: list[Deadline], courses: list[Any], now: Any) -> list[dict[str, Any]]:
    """Dates as pages show them: with the title of what is due, and whether that day is over."""
    return [{"row": row, "title": title_of(row, courses), "over": row.due_at <= now} for row in rows]


def title_of(row: Deadline, courses: list[Any]) -> str:
    """What is due, in the language shown."""
    return queries.title_of_deadline(row, courses, shown_language())
