"""Trying a program out in the sandbox: it runs, what it printed comes back, and nothing is stored or judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from bilik.grading.trying import job_to_try, what_was_tried
from bilik.grading.verdict import PlatformFault
from bilik.kit.errors import refuse
from bilik.submissions import runners
from bilik.submissions.errors import NoRunnerFree, TooManyTries
from runner.faults import Busy

if TYPE_CHECKING:
    from bilik.people.models import Person

MOST_IN_A_MINUTE = 20
_MINUTE = 60


def try_out(
    *,
    by: Person,
    now: datetime,
    spec: Mapping[str, Any],
    what: str,
    code: Any,
    typed: str,
    language: str,
    wait_seconds: float,
) -> dict[str, Any]:
    """Runs a program with `typed` as its input (`what` is "run"), or records its steps ("steps"); of a notebook, the
    cells that are in `code`.

    `spec` is the part of the task's spec that may be seen (`grading.visible`). Gives what `grading.trying` tells of it.
    Raises TooManyTries, and NoRunnerFree when none is free within `wait_seconds` or the platform fails.
    """
    refuse(_why_not_now(by, now))
    try:
        result = runners.pool().run(job_to_try(what, spec, code, typed), wait_seconds=wait_seconds)
    except (Busy, PlatformFault) as error:
        raise NoRunnerFree from error
    return what_was_tried(what, spec, code, result, language)


def _why_not_now(by: Person, now: datetime) -> TooManyTries | None:
    """Counts the tries of this minute. The count is forgotten with the minute; which programs they were is not kept."""
    name = f"tries/{by.pk}/{int(now.timestamp()) // _MINUTE}"
    cache.add(name, 0, 2 * _MINUTE)
    return TooManyTries() if cache.incr(name) > MOST_IN_A_MINUTE else None
