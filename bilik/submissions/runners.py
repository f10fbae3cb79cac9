"""The sandbox as this process has it: one pool for all threads, and no judging on a machine that failed its test."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bilik.grading.verdict import PlatformFault
from bilik.submissions.proof import demand_proof
from runner.faults import Busy
from runner.host import Pool
from runner.job import Job
from runner.result import Result

_lock = threading.Lock()
_pool: Pool | None = None


def pool() -> Pool:
    """This process's sandbox, made at the first use. Raises PlatformFault when the quick self-test does not pass."""
    global _pool
    if _pool is None:
        with _lock:
            if _pool is None:
                library = str(settings.LEARNER_LIBRARIES)
                demand_proof(Path(settings.DATA_DIR) / "sandbox-proof")
                _pool = Pool(size=settings.RUNNERS or None, library_path=library)
    return _pool


def runner(wait_seconds: float) -> Callable[[Job], Result]:
    """A function that runs one job, waiting for a free place no longer than `wait_seconds` (then it raises Busy)."""
    return lambda job: pool().run(job, wait_seconds=wait_seconds)


def no_runner(job: Job) -> Result:
    """For kinds that never run a program."""
    raise PlatformFault("this kind of task does not run programs")


@dataclass(frozen=True)
class SandboxState:
    """Whether programs can be judged here, by which mechanisms, and if not, why."""

    works: bool
    mechanisms: tuple[str, ...]
    reason: str


def state_of_sandbox() -> SandboxState:
    """Tries the sandbox with a program of one line."""
    try:
        result = pool().run(Job(mode="program", code="print(1)", inputs=("",)), wait_seconds=10.0)
    except (PlatformFault, Busy) as fault:
        return SandboxState(False, (), str(fault))
    return SandboxState(result.ended == "finished", result.mechanisms, result.ended)
