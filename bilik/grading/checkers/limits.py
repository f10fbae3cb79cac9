"""The limits of a task that runs what was typed: as the sandbox gets them, and what meeting one comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilik.grading.verdict import Outcome
from runner.job import Limits
from runner.result import Result

# A program may wait as well as work; sleeping for ever must end too.
WALL_FOR_CPU = 2.5
# By the way in which a run ended; any other way is not the end of the whole answer.
OUTCOMES: Mapping[str, Outcome] = {
    "time_limit": Outcome.TIME_LIMIT,
    "memory_limit": Outcome.MEMORY_LIMIT,
    "output_limit": Outcome.OUTPUT_LIMIT,
    "crashed": Outcome.RUNTIME_ERROR,
    "quit": Outcome.RUNTIME_ERROR,
    "protocol": Outcome.RUNTIME_ERROR,
}


def limits_for(limits: Mapping[str, Any], spent: Result | None = None) -> Limits:
    """The sandbox's limits from those of a spec: `cpu_seconds`, `memory_mb` and, where something prints, `output_kb`.

    `spent` is what an earlier job for the same answer has used of the time.
    """
    cpu_seconds, wall_seconds = float(limits["cpu_seconds"]), limits["cpu_seconds"] * WALL_FOR_CPU
    if spent is not None:
        cpu_seconds = max(cpu_seconds - spent.cpu_ms / 1000, 0.05)
        wall_seconds = max(wall_seconds - spent.wall_ms / 1000, 0.1)
    sizes = {key: limits[key] for key in ("memory_mb", "output_kb") if key in limits}
    return Limits(cpu_seconds=cpu_seconds, wall_seconds=wall_seconds, **sizes)
