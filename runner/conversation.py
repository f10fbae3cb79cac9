"""One job's talk with one child, on the trusted side: send, listen with a deadline, judge the end."""

from __future__ import annotations

import contextlib
import json
import select
import signal
import time
from dataclasses import dataclass
from typing import Any

from runner.child import PREAMBLE
from runner.faults import ZygoteDied
from runner.frames import BadFrame, FrameReader
from runner.job import Job
from runner.result import BadReply, Result
from runner.transcript import Transcript
from runner.warm import Child

# The child tells a time limit itself, with the learner's line; only then does the host end it.
_GRACE_SECONDS = 0.3
_SEND_SECONDS = 10.0
_LEAVE_SECONDS = 0.03
_REPORT_SECONDS = 10.0
_CHUNK_BYTES = 65536
_REPORT_BYTES = 4096
_TIME_SIGNALS = (signal.SIGXCPU, signal.SIGPROF, signal.SIGALRM)


@dataclass(slots=True)
class _Heard:
    """How listening ended, when no end frame came."""

    timed_out: bool = False
    broken: str = ""


def message_for(job: Job) -> bytes:
    """What is written to the child: the preamble and the job as JSON."""
    body = json.dumps(job.to_json(), ensure_ascii=True, allow_nan=False).encode("ascii")
    limits = job.limits
    box_kb = max(limits.file_kb, 4) if job.needs_box else 0
    box_files = max(limits.files, 1) if job.needs_box else 0
    return PREAMBLE.pack(len(body), box_kb, box_files) + body


def converse(child: Child, job: Job, message: bytes, mechanisms: tuple[str, ...]) -> Result:
    """Give `job` to the child and listen to its end; the child is dead when this returns.

    Raises ZygoteDied when another attempt makes sense, PlatformFault when it does not.
    """
    started = time.monotonic()
    _send(child, message)
    transcript = Transcript(job)
    heard = _listen(child, transcript, started + job.limits.wall_seconds + _GRACE_SECONDS)
    wall_ms = round((time.monotonic() - started) * 1000, 3)
    report = _report_of(child, may_leave=transcript.ended is not None)
    ended, detail = _judge(transcript, heard, report, job)
    return Result(
        ended=ended,
        detail=detail,
        facts=transcript.facts,
        load=transcript.load,
        runs=tuple(transcript.runs),
        cpu_ms=report["cpu_ms"],
        wall_ms=wall_ms,
        memory_kb=report["memory_kb"],
        mechanisms=mechanisms,
    )


def _send(child: Child, message: bytes) -> None:
    child.job.settimeout(_SEND_SECONDS)
    try:
        child.job.sendall(message)
    except OSError as error:
        raise ZygoteDied(f"the child does not listen: {error}") from error
    # A broken pipe: a quick child has done the job and is buried already. Its reply is waiting.
    with contextlib.suppress(BrokenPipeError):
        child.watch.send(b"t")


def _listen(child: Child, transcript: Transcript, deadline: float) -> _Heard:
    """Read frames until the end frame, the end of the stream, the deadline or nonsense."""
    reader = FrameReader()
    poll = select.poll()
    poll.register(child.job, select.POLLIN)
    child.job.setblocking(False)
    while transcript.ended is None:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return _Heard(timed_out=True)
        try:
            data = child.job.recv(_CHUNK_BYTES)
        except ConnectionError:
            data = b""
        if not data:
            break
        try:
            for frame in reader.feed(data):
                transcript.accept(frame)
        except (BadFrame, BadReply) as error:
            return _Heard(broken=str(error))
    return _Heard()


def _report_of(child: Child, *, may_leave: bool) -> dict[str, Any]:
    """The kernel's figures about the child, after its death, from the warm process.

    A child that told its end may leave by itself for a moment; any other is killed now, so that one
    that closed its socket and sleeps holds no place.
    """
    data = _receive_report(child, _LEAVE_SECONDS) if may_leave else None
    if data is None:
        # A broken or reset pipe: it is buried already, and the report waits to be read.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            child.watch.send(b"k")
        data = _receive_report(child, _REPORT_SECONDS)
    if not data:
        raise ZygoteDied("the warm process died during a job")
    report: dict[str, Any] = json.loads(data)
    return report


def _receive_report(child: Child, seconds: float) -> bytes | None:
    """The warm process's report; None when there is none within `seconds`; empty when it is gone."""
    child.watch.settimeout(seconds)
    try:
        try:
            return child.watch.recv(_REPORT_BYTES)
        except ConnectionResetError:
            # It closed before it read our last word. The kernel says so once, ahead of the report.
            return child.watch.recv(_REPORT_BYTES)
    except TimeoutError:
        return None


def _judge(transcript: Transcript, heard: _Heard, report: dict[str, Any], job: Job) -> tuple[str, str]:
    """(ended, detail) from what was told, what was heard and how the process died."""
    if heard.broken:
        return "protocol", heard.broken
    if transcript.ended is not None:
        return transcript.ended, ""
    if heard.timed_out:
        return "time_limit", ""
    status = report["status"]
    number = status & 0x7F
    if number in _TIME_SIGNALS or (number and report["cpu_ms"] >= job.limits.cpu_seconds * 1000):
        return "time_limit", ""
    if number and number != signal.SIGKILL:
        return "crashed", signal.Signals(number).name
    if transcript.frames == 0:
        # No learner code has run yet, and the parser did not crash: the fault is ours.
        raise ZygoteDied("a child left before it began")
    return "quit", ""
