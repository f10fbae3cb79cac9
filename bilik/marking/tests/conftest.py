"""Work that was handed in, and marks as a marker chooses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bilik.kit.ids import new_id
from bilik.marking.actions import Marks
from bilik.submissions.actions import submit_for_marking
from tests.small_course import ESSAY, PEERS

ALL = {"clear": "yes", "true": "yes"}
HALF = {"clear": "partly", "true": "no"}
NONE = {"clear": "no", "true": "no"}


def marks(levels: Any, **comments: str) -> Marks:
    return Marks(levels, {"" if name == "whole" else name: text for name, text in comments.items()})


@pytest.fixture
def essay(tiny: Any) -> Any:
    return tiny("essay-course", ESSAY)


@pytest.fixture
def peer_essay(tiny: Any) -> Any:
    return tiny("peer-course", PEERS)


@pytest.fixture
def hand_in(now: Any) -> Callable[..., Any]:
    def make(by: Any, task: Any, answer: str = "My village lies on a river.", **more: Any) -> Any:
        facts = {"now": now, "key": new_id(), "context": "practice", "language": "en", "seed": 0} | more
        return submit_for_marking(by=by, task_version_id=task.version_id, answer=answer, **facts)[0]

    return make


@pytest.fixture
def join(now: Any) -> Callable[..., Any]:
    """Makes somebody a member of a centre, by the system."""
    from bilik.people.actions import join_organisation
    from bilik.people.models import Organisation

    def make(person: Any, slug: str = "ganja-hub", role: str = "learner") -> Any:
        organisation = Organisation.objects.get(slug=slug)
        join_organisation(by=None, now=now, person=person, organisation=organisation, role=role)
        return person

    return make
