"""The pages of this room: fetch, form, verb, respond."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404

from bilik.groups import queries
from bilik.groups.models import Group
from bilik.kit.errors import Refusal
from bilik.web.requests import PageRequest


def led(request: PageRequest, ref: UUID) -> Group:
    """The group, for those who may lead it."""
    group = queries.group_for(ref, request.user)
    if group is None:
        raise Http404
    return group


def done(form: forms.Form, verb: Callable[..., Any], **facts: Any) -> Any:
    """What a verb returns; None when it is refused, and then the form says why, with everything typed still in it."""
    try:
        return verb(**facts)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
