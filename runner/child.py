"""One child of the warm process: waits for one job, locks itself, runs it, and is gone."""

from __future__ import annotations

import base64
import fcntl
import gc
import json
import mmap
import os
import select
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

from runner import landlock, lockdown, pen, syscalls
from runner.driver import Session
from runner.frames import MOST_FRAME_BYTES, MOST_REPLY_BYTES, pack
from runner.job import Job, Limits
from runner.places import BOX
from runner.seccomp import Filter

# Sent by the host before the job: bytes of JSON, box size in kB, files in the box (both 0: no box).
PREAMBLE = struct.Struct("!III")
_JOB_FD = 3
_BOX_FOLDERS = 8
_IDLE_MS = 20
_SPARE_KB = 8 * 1024  # the driver's own needs, its reserve included, above the warm process's space
_END_ROOM = 1024
_RESERVE_BYTES = 4 * 1024 * 1024
_OWN_JOB = json.dumps(
    Job("program", "for w in input().split():\n    print(f'{w}', end=' ')\n", inputs=("1 2\n",)).to_json()
)


@dataclass(frozen=True, slots=True)
class Cage:
    """What the warm process found and built once, for all its children."""

    zygote: int
    has_pen: bool
    change_user: bool
    landlock_abi: int
    readable: tuple[str, ...]
    ruleset: int | None
    filter: Filter
    process_allowance: int | None


def live(cage: Cage, job_fd: int, user: int, base_kb: int) -> NoReturn:
    """The child's whole life. Never returns into the warm process's code."""
    try:
        lockdown.die_with(cage.zygote)
        os.dup2(job_fd, _JOB_FD, inheritable=False)
        ruleset = _keep_ruleset(cage)
        syscalls.close_from(_JOB_FD + 2)
        if not _job_arrives_within(_IDLE_MS):
            warm_up()
        _hide_own_modules()
        try:
            session = _prepare(cage, ruleset, user, base_kb)
        except Exception as error:  # not locked, so nothing of the learner's has run: say why, and go
            _send(pack({"kind": "fault", "reason": f"{type(error).__name__}: {error}"[:500]}))
            os._exit(70)
        session.run()
    finally:
        # Whatever happens: no atexit, no destructor, no thread of the learner's gets another turn.
        os._exit(0)


def _job_arrives_within(milliseconds: int) -> bool:
    """Whether the job is here already, or comes soon: then warming up would only take time from it and its like."""
    waiting = select.poll()
    waiting.register(_JOB_FD, select.POLLIN)
    return bool(waiting.poll(milliseconds))


def warm_up() -> None:
    """Run a job of our own, unlocked and unheard, so that its memory pages are ours beforehand.

    After a fork the first touch of each page costs microseconds, and there are hundreds: this moves
    most of them to before the job arrives. Also run once in the warm process itself.
    """
    job = json.loads(_OWN_JOB)
    Limits(**job["limits"])
    Session(job, pack).run()


def _keep_ruleset(cage: Cage) -> int | None:
    """The ruleset's descriptor moved next to the job's, so that all others can be closed."""
    if cage.ruleset is None:
        return None
    os.dup2(cage.ruleset, _JOB_FD + 1, inheritable=False)
    return _JOB_FD + 1


def _prepare(cage: Cage, ruleset: int | None, user: int, base_kb: int) -> Session:
    length, box_kb, box_files = PREAMBLE.unpack(_receive(PREAMBLE.size))
    if not cage.change_user:
        user = os.getuid()
    if box_files:
        # Needs the right to mount, so it comes before the rights go, and before the job is read.
        pen.mount_box(box_kb, box_files + _BOX_FOLDERS, user, user)
        if cage.landlock_abi:
            ruleset = landlock.build_ruleset(cage.landlock_abi, cage.readable, (BOX,))
    lockdown.become_nobody(user, change_user=cage.change_user)
    lockdown.die_with(cage.zygote)  # again: changing the user cleared it
    if ruleset is not None:
        landlock.restrict_self(ruleset)
    syscalls.close_from(_JOB_FD + 1)
    job = json.loads(_receive(length))
    if cage.has_pen:
        os.chdir(BOX)
    for name, content in job["files"].items():
        with open(name, "wb") as file:
            file.write(base64.b64decode(content))
    return _lock(cage, job, base_kb)


def _lock(cage: Cage, job: dict[str, Any], base_kb: int) -> Session:
    limits = Limits(**job["limits"])
    allowance = cage.process_allowance
    processes = None if allowance is None else limits.threads + allowance
    # Address space, not memory: it is never touched, but freeing it makes room under RLIMIT_AS.
    reserve = mmap.mmap(-1, _RESERVE_BYTES)
    session = Session(job, Reply().send, _offer_stdin, _leave, reserve.close)
    lockdown.limit_resources(limits, base_kb=base_kb + _SPARE_KB, processes=processes)
    gc.enable()  # off in the warm process, to leave its pages shared
    _start_clocks(session, limits)
    cage.filter.install(os.getpid())
    return session


def _leave(exit_now: Callable[[int], NoReturn] = os._exit) -> None:
    exit_now(0)  # bound when this was defined: a learner may have replaced os._exit


def _hide_own_modules() -> None:
    """`import runner` is not part of Python: a learner who tries it gets the usual error."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "runner"]:
        del sys.modules[name]


def _start_clocks(session: Session, limits: Limits) -> None:
    """Two timers that tell the learner's line before the host's deadline ends everything.

    The filter then forbids to change them or their handlers. A program that blocks the signals is
    met by RLIMIT_CPU and by the host's clock.
    """

    def time_is_up(number: int, frame: FrameType | None) -> None:
        session.break_off("time_limit", frame)

    signal.signal(signal.SIGPROF, time_is_up)
    signal.signal(signal.SIGALRM, time_is_up)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)


class Reply:
    """The frames sent so far, kept within the host's caps."""

    def __init__(self) -> None:
        self._left = MOST_REPLY_BYTES - _END_ROOM
        self._send = _send

    def send(self, frame: dict[str, Any]) -> None:
        """Send one frame; when it does not fit, send the end instead and leave."""
        data = pack(frame)
        self._left -= len(data)
        if self._left < 0 or len(data) > MOST_FRAME_BYTES:
            self._send(pack({"kind": "end", "ended": "output_limit"}))
            os._exit(0)
        self._send(data)


def _send(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(_JOB_FD, view) :]


def _receive(length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = os.read(_JOB_FD, length - len(data))
        if not piece:
            os._exit(0)  # the host no longer wants this child
        data += piece
    return bytes(data)


def _offer_stdin(text: str) -> None:
    """The run's input as descriptor 0 too, for programs that say ``open(0)``.

    A pipe holds what fits (up to a megabyte); sys.stdin has the whole text in any case.
    """
    reader, writer = os.pipe()
    data = text.encode("utf-8", "surrogatepass")
    os.set_blocking(writer, False)
    try:
        if len(data) > 65536:
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, min(len(data), 1 << 20))
        if data:
            os.write(writer, data)
    except OSError:
        pass  # the pipe quota of this user is spent: descriptor 0 then holds less or nothing
    os.dup2(reader, 0)
    os.close(reader)
    os.close(writer)
