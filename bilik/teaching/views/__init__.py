"""The pages of this room: fetch, form, verb, respond."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from bilik.catalog.queries import CourseFacts, TaskFacts
from bilik.groups.queries import group_for
from bilik.teaching.queries.answers import task_in
from bilik.web.requests import PageRequest

if TYPE_CHECKING:
    from bilik.groups.models import Group


def led(request: PageRequest, ref: UUID) -> Group:
    """The group, for those who lead it."""
    group = group_for(ref, request.user)
    if group is None:
        raise Http404
    return group


def task_of(course: CourseFacts, slug: str) -> TaskFacts:
    """A task of it."""
    task = task_in(course, slug)
    if task is None:
        raise Http404
    return task
