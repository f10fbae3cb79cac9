"""The frames of one reply, read as if an enemy had written them: from the sandbox's child or a browser's worker."""

from __future__ import annotations

from typing import Any

from runner.faults import PlatformFault
from runner.job import Job
from runner.result import BadReply, Run

_TOLD_ENDINGS = ("finished", "time_limit", "memory_limit", "output_limit")


class Transcript:
    """The frames of one reply, accepted only in the order and number that the job demands."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.frames = 0
        self.facts: dict[str, Any] | None = None
        self.load: Run | None = None
        self.runs: list[Run] = []
        self.ended: str | None = None

    def accept(self, frame: dict[str, Any]) -> None:
        """Take the next frame. Raises BadReply when it is not one that our driver would send now."""
        self.frames += 1
        kind = frame.get("kind")
        if self.ended is not None:
            raise BadReply("a frame after the end")
        if self.frames == 1:
            self._accept_first(kind, frame)
        elif kind == "load" and set(frame) == {"kind", "run"}:
            is_expected = self._job.mode == "calls" or (self._job.mode == "program" and self.facts is None)
            if self.load is not None or self.runs or not is_expected:
                raise BadReply("load out of order")
            self.load = Run.from_json(frame["run"])
        elif kind == "run" and set(frame) == {"kind", "run"}:
            self._accept_run(Run.from_json(frame["run"]))
        elif kind == "end" and set(frame) == {"kind", "ended"}:
            self._accept_end(frame["ended"])
        else:
            raise BadReply("not a frame of the driver")

    def _accept_first(self, kind: object, frame: dict[str, Any]) -> None:
        # Sent before any learner code, so a learner can forge neither.
        if kind == "fault" and type(frame.get("reason")) is str:
            raise PlatformFault("a child could not be locked down: " + frame["reason"])
        facts = frame.get("facts")
        is_shaped = set(frame) == {"kind", "facts"} and (facts is None or type(facts) is dict)
        if kind != "facts" or not is_shaped:
            raise BadReply("the facts are not first")
        self.facts = facts

    def _accept_run(self, run: Run) -> None:
        if self._job.mode == "calls" and (self.load is None or self.load.error is not None):
            raise BadReply("a run before the module was loaded")
        if len(self.runs) >= self._job.run_count or (self.runs and not self.runs[-1].complete):
            raise BadReply("a run too many")
        if self._is_over_for_cells():
            raise BadReply("a run after a cell that failed")
        self.runs.append(run)

    def _accept_end(self, ended: object) -> None:
        if ended not in _TOLD_ENDINGS:
            raise BadReply("not an ending")
        if ended == "finished" and not self._is_whole():
            raise BadReply("finished without every run")
        self.ended = str(ended)

    def _is_whole(self) -> bool:
        """Whether nothing is missing: every run complete, or none after a load that failed."""
        if self.load is not None and self.load.error is not None:
            return self.load.complete and not self.runs
        if self._job.mode != "cells" and self.facts is None:
            return False
        if self._job.mode == "calls" and (self.load is None or not self.load.complete):
            return False
        is_all = len(self.runs) == self._job.run_count or self._is_over_for_cells()
        return is_all and all(run.complete for run in self.runs)

    def _is_over_for_cells(self) -> bool:
        """Whether the newest run is a cell that failed: nothing of the notebook runs after it."""
        if not self.runs or self.runs[-1].error is None:
            return False
        places, place = set(), 0
        for cell in self._job.cells:
            places.add(place)
            place += 1 + len(cell.expressions)
        return len(self.runs) - 1 in places
