"""The trusted side's door: a Runner for one flavour, a Pool for all. Thread-safe and fork-safe."""

from __future__ import annotations

import os
import threading
import weakref
from pathlib import Path
from types import TracebackType

from runner.conversation import converse, message_for
from runner.faults import Busy, PlatformFault, ZygoteDied
from runner.flavours import FLAVOURS, flavour_for
from runner.job import Job
from runner.mechanisms import left_out
from runner.result import Result
from runner.warm import WarmProcess, default_python

__all__ = ["Busy", "PlatformFault", "Pool", "Runner", "default_library_path"]

LIBRARY_VARIABLE = "BILIK_LEARNER_LIBRARIES"
RECYCLE_AFTER = 5000
_TAKE_SECONDS = 20.0
_ATTEMPTS = 2


def default_library_path() -> str:
    """The learners' libraries: $BILIK_LEARNER_LIBRARIES, else .learner beside the runner."""
    return os.environ.get(LIBRARY_VARIABLE) or str(Path(__file__).resolve().parent.parent / ".learner")


class Runner:
    """Runs jobs of one flavour in children of one warm process, which it starts when first needed."""

    def __init__(
        self,
        flavour: str = "base",
        ready: int = 2,
        python: str | None = None,
        library_path: str | None = None,
        recycle_after: int = RECYCLE_AFTER,
    ) -> None:
        if flavour not in FLAVOURS:
            raise PlatformFault(f"no flavour {flavour!r}; there are {', '.join(FLAVOURS)}")
        self.flavour = flavour
        self._ready = ready
        self._python = python or default_python()
        self._library = os.path.abspath(library_path or default_library_path())
        self._recycle_after = recycle_after
        self.last_death = ""  # why the last warm process that died did so, for the operator
        self._lock = threading.Lock()
        self._warm: WarmProcess | None = None
        self._retired: list[WarmProcess] = []
        _runners.add(self)

    def start(self) -> None:
        """Start the warm process now instead of at the first job. Raises PlatformFault."""
        with self._lock:
            self._current()

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """Names of the active fences; starts the warm process if need be."""
        with self._lock:
            return self._current().mechanisms

    @property
    def notes(self) -> tuple[str, ...]:
        """Why a fence is not active, in sentences for the operator."""
        with self._lock:
            return self._current().notes

    def run(self, job: Job) -> Result:
        """Run one job to its end. Raises PlatformFault, never for anything a learner did."""
        message = message_for(job)
        reason = ""
        for _ in range(_ATTEMPTS):
            warm = self._enter()
            try:
                if job.needs_box and "pen" not in warm.mechanisms:
                    raise PlatformFault(
                        "this task needs a writable folder, and this machine allows no namespaces to "
                        "make one in (" + "; ".join(warm.notes) + ")"
                    )
                return _run_in(warm, job, message)
            except ZygoteDied as death:
                reason = f"{death} {warm.last_words()}".strip()
                self.last_death = reason
                warm.dead = True
            finally:
                self._leave(warm)
        raise PlatformFault(f"the warm process failed twice in a row: {reason}")

    def restart(self) -> None:
        """Retire the warm process; running jobs end in it, the next one gets a fresh process."""
        with self._lock:
            if self._warm is not None:
                self._warm.dead = True
        self._bury_retired()

    def close(self) -> None:
        """End the warm process and every child. The runner may be used again afterwards."""
        with self._lock:
            ending = [*self._retired, *filter(None, [self._warm])]
            self._retired.clear()
            self._warm = None
        for warm in ending:
            warm.close()

    def __enter__(self) -> Runner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _enter(self) -> WarmProcess:
        with self._lock:
            warm = self._current()
            warm.jobs_given += 1
            warm.jobs_running += 1
            return warm

    def _leave(self, warm: WarmProcess) -> None:
        with self._lock:
            warm.jobs_running -= 1
        self._bury_retired()

    def _current(self) -> WarmProcess:
        """The living warm process, started if need be. The lock is held."""
        if self._warm is not None and (self._warm.dead or self._warm.jobs_given >= self._recycle_after):
            self._retired.append(self._warm)
            self._warm = None
        if self._warm is None:
            self._warm = WarmProcess(
                flavour=self.flavour,
                ready=self._ready,
                python=self._python,
                library=self._checked_library(),
                without=sorted(left_out()),
            )
        return self._warm

    def _checked_library(self) -> str | None:
        if self.flavour == "base":
            return None
        needed = "pandas" if self.flavour == "data" else "numpy"
        if not os.path.isdir(os.path.join(self._library, needed)):
            raise PlatformFault(
                f"{needed} for learners is not installed in {self._library}; install it with: "
                f"{self._python} -m pip install --target {self._library} numpy pandas scikit-learn"
            )
        return self._library

    def _bury_retired(self) -> None:
        with self._lock:
            over = [warm for warm in self._retired if warm.jobs_running == 0]
            self._retired = [warm for warm in self._retired if warm.jobs_running]
        for warm in over:
            warm.close()

    def _forget_after_fork(self) -> None:
        self._lock = threading.Lock()
        for warm in [*self._retired, *filter(None, [self._warm])]:
            warm.forget_after_fork()
        self._retired, self._warm = [], None


def _run_in(warm: WarmProcess, job: Job, message: bytes) -> Result:
    child = warm.take(_TAKE_SECONDS)
    try:
        return converse(child, job, message, warm.mechanisms)
    finally:
        warm.give_back(child)


class Pool:
    """All flavours, with a limit on how many jobs run at once (the machine's cores, unless told)."""

    def __init__(
        self,
        size: int | None = None,
        ready: int = 2,
        python: str | None = None,
        library_path: str | None = None,
        recycle_after: int = RECYCLE_AFTER,
    ) -> None:
        self.size = size or len(os.sched_getaffinity(0))
        self._runners = {flavour: Runner(flavour, ready, python, library_path, recycle_after) for flavour in FLAVOURS}
        self._places = threading.BoundedSemaphore(self.size)
        _pools.add(self)

    def run(self, job: Job, wait_seconds: float = 10.0) -> Result:
        """Run one job in the flavour its libraries need.

        Raises Busy when no place is free within `wait_seconds`, PlatformFault as Runner.run does.
        """
        runner = self.runner_for(job)
        places = self._places
        if not places.acquire(timeout=max(0.0, wait_seconds)):
            raise Busy(f"all {self.size} places were taken for {wait_seconds} s")
        try:
            return runner.run(job)
        finally:
            places.release()

    def runner_for(self, job: Job) -> Runner:
        """The Runner of the smallest flavour that has the job's libraries. Raises PlatformFault."""
        return self._runners[flavour_for(job.libraries)]

    def close(self) -> None:
        """End every warm process."""
        for runner in self._runners.values():
            runner.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget_after_fork(self) -> None:
        # Threads that held a place do not exist in the copy.
        self._places = threading.BoundedSemaphore(self.size)


_runners: weakref.WeakSet[Runner] = weakref.WeakSet()
_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def _forget_everything() -> None:
    """In a forked copy (a web server's worker): its Runners start warm processes of their own.

    Sharing one would mix up whose child is whose, and keep it alive after its owner's death.
    """
    for runner in list(_runners):
        runner._forget_after_fork()
    for pool in list(_pools):
        pool._forget_after_fork()


os.register_at_fork(after_in_child=_forget_everything)
