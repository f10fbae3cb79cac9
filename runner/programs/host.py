"""The trusted side's door to programs: Programs runs one, or two that talk. Thread-safe; one launcher each."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

from runner.faults import PlatformFault
from runner.mechanisms import left_out
from runner.programs.init import HEAD
from runner.programs.launcher import BY_CLOCK, BY_HOST, BY_MEMORY, MOST_TASK_BYTES, TRAILER
from runner.programs.task import Ended, How, Task
from runner.warm import _ENVIRONMENT, _FLAGS, _ROOT, default_python

__all__ = ["PlatformFault", "Programs"]

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[2]); from runner.programs import launcher; sys.path.pop(0); "
    "launcher.main()"
)
_START_SECONDS = 60
_MORE_SECONDS = 60.0  # over the wall limit, for building the pen and sending back what was collected
_FRESH_MESSAGES = 16384
_TIME_SIGNALS = (signal.SIGXCPU, signal.SIGPROF)
_SILENCE_SECONDS = 1.0


@dataclass(slots=True)
class _Running:
    """One task under way. output and errors: memory files that the program writes to, or -1."""

    task: Task
    job: socket.socket
    output: int
    errors: int
    started: float
    data: bytearray
    stopped: bool = False
    over: float | None = None


class Programs:
    """Runs tasks, each in a pen of its own, below one launcher that is started when first needed."""

    def __init__(self, python: str | None = None) -> None:
        self._python = python or default_python()
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._hello: dict[str, Any] = {}
        _all.add(self)

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """Names of the active fences; starts the launcher if need be. Raises PlatformFault."""
        with self._lock:
            self._launcher()
            return tuple(self._hello["mechanisms"])

    def run(self, task: Task, stdin: bytes | int = b"") -> Ended:
        """Run one task to its end. stdin: its whole input, or an open descriptor that stays the caller's.

        Raises PlatformFault, never for anything the program did.
        """
        source = stdin if isinstance(stdin, int) else _memory_file("input", stdin)
        try:
            running = self._begin(task, _reopened(source) if not isinstance(stdin, int) else source, None)
        finally:
            if not isinstance(stdin, int):
                os.close(source)
        with _closing([running]):
            self._listen([running], ())
            return _ended(running)

    def talk(self, one: Task, other: Task, patience: float = _SILENCE_SECONDS) -> tuple[Ended, Ended]:
        """Run two tasks, each one's standard output the other's standard input.

        When one ends the other meets the end of its input, or SIGPIPE. `other` (the interactor) may then finish within
        its own limits; `one` gets `patience` seconds and is stopped. Raises PlatformFault.
        """
        to_other, from_one = os.pipe()
        to_one, from_other = os.pipe()
        begun: list[_Running] = []
        try:
            begun.append(self._begin(other, to_other, from_other))
            begun.append(self._begin(one, to_one, from_one))
        except BaseException:
            for running in begun:
                _close(running)
            raise
        finally:
            for descriptor in (to_other, from_one, to_one, from_other):
                os.close(descriptor)
        with _closing(begun):
            self._listen(begun, (begun[0], begun[1], patience))
            return _ended(begun[1]), _ended(begun[0])

    def close(self) -> None:
        """End the launcher and everything below it. It may be used again afterwards."""
        with self._lock:
            control, process = self._control, self._process
            self._control = self._process = None
        if control is not None:
            control.close()
        if process is not None:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __enter__(self) -> Programs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(self, task: Task, stdin: int, stdout: int | None) -> _Running:
        """Hand the task to the launcher. Closes none of the caller's descriptors but a reopened input."""
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        output = -1 if stdout is not None else _memory_file("output")
        errors = _memory_file("errors")
        opened = [_reopened(errors, os.O_WRONLY | os.O_APPEND)]
        if stdout is None:
            stdout = _reopened(output, os.O_WRONLY | os.O_APPEND)
            opened.append(stdout)
        running = _Running(task, mine, output, errors, time.monotonic(), bytearray())
        try:
            message = json.dumps(task.to_json()).encode("ascii")
            if len(message) > MOST_TASK_BYTES:
                raise PlatformFault("the task's command and file names are too long together")
            self._send(message, [theirs.fileno(), stdin, stdout, opened[0]])
        except BaseException:
            _close(running)
            raise
        finally:
            theirs.close()
            for descriptor in opened:
                os.close(descriptor)
        return running

    def _send(self, message: bytes, descriptors: Sequence[int]) -> None:
        for attempt in (1, 2):
            with self._lock:
                control = self._launcher()
                try:
                    socket.send_fds(control, [message], list(descriptors))
                    return
                except OSError as error:  # it died: a new one is worth one try
                    self._control = None
                    control.close()
                    if attempt == 2:
                        raise PlatformFault(f"the launcher of programs is gone: {error}") from error

    def _launcher(self) -> socket.socket:
        """The control socket of a living launcher. The lock is held."""
        if self._control is not None:
            return self._control
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        config = {"host": os.getpid(), "control": theirs.fileno(), "without": sorted(left_out())}
        with theirs:
            self._process = subprocess.Popen(
                [self._python, *_FLAGS, "-c", _PROGRAM, json.dumps(config), _ROOT],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        control.settimeout(_START_SECONDS)
        message = json.loads(control.recv(_FRESH_MESSAGES) or b"{}")
        if "hello" not in message:
            control.close()
            raise PlatformFault(message.get("fault", "the launcher of programs died before it was ready"))
        self._hello = message["hello"]
        self._control = control
        return control

    def _listen(self, all_: list[_Running], pair: tuple[_Running, _Running, float] | tuple[()]) -> None:
        """Read what the wardens send until all are over; of a pair, stop the contestant some time after the other."""
        watched = select.poll()
        by_number = {running.job.fileno(): running for running in all_}
        for running in all_:
            running.job.setblocking(False)
            watched.register(running.job, select.POLLIN)
        while by_number:
            now = time.monotonic()
            for running in by_number.values():
                if now > running.started + running.task.limits.wall_seconds + _MORE_SECONDS:
                    raise PlatformFault("a program's warden did not answer in time")
            if pair and pair[0].over is not None and pair[1].over is None and now > pair[0].over + pair[2]:
                _stop(pair[1])
            for number, _ in watched.poll(50 if len(all_) > 1 else 1000):
                running = by_number[number]
                try:
                    piece = running.job.recv(1 << 20)
                except BlockingIOError:
                    continue
                except ConnectionError:
                    piece = b""
                running.data += piece
                if not piece:
                    running.over = time.monotonic()
                    watched.unregister(number)
                    del by_number[number]

    def _forget_after_fork(self) -> None:
        self._lock = threading.Lock()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0  # not our child: nothing to wait for
        self._control = self._process = None


def _stop(running: _Running) -> None:
    if not running.stopped:
        running.stopped = True
        with contextlib.suppress(OSError):
            running.job.send(b"k")


@contextlib.contextmanager
def _closing(all_: list[_Running]) -> Any:
    """Closing the host's end makes a warden end its task, whatever happened here."""
    try:
        yield
    finally:
        for running in all_:
            _close(running)


def _close(running: _Running) -> None:
    running.job.close()
    for descriptor in (running.output, running.errors):
        if descriptor >= 0:
            os.close(descriptor)


def _memory_file(name: str, content: bytes = b"") -> int:
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC)
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
    return descriptor


def _reopened(descriptor: int, flags: int = os.O_RDONLY) -> int:
    """The same file with rights and a position of its own: the input cannot be written, the output not read."""
    return os.open(f"/proc/self/fd/{descriptor}", flags | os.O_CLOEXEC)


def _read(descriptor: int, most: int) -> tuple[bytes, bool]:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, min(size, most), 0), size >= most


def _ended(running: _Running) -> Ended:
    """The kernel's report as an `Ended`. Raises PlatformFault when our own processes broke."""
    data = bytes(running.data)
    if len(data) < TRAILER.size:
        raise PlatformFault("a program's warden died; look for a lack of memory or processes on this machine")
    status, cpu_us, memory_kb, wall_us, why = TRAILER.unpack(data[-TRAILER.size :])
    most = running.task.limits.output_kb * 1024
    errors, errors_cut = _read(running.errors, most)
    output, output_cut = _read(running.output, most) if running.output >= 0 else (b"", False)
    ended = Ended(
        how=How.EXITED,
        exit_code=None,
        signal=None,
        cpu_ms=round(cpu_us / 1000, 3),
        wall_ms=round(wall_us / 1000, 3),
        memory_kb=memory_kb,
        ended_at=running.started + wall_us / 1e6,
        output=output,
        output_cut=output_cut,
        errors=errors,
    )
    if why:
        how = {BY_CLOCK: How.WALL_LIMIT, BY_MEMORY: How.MEMORY_LIMIT, BY_HOST: How.STOPPED}[why]
        over = ended.cpu_ms > running.task.limits.cpu_seconds * 1000
        return replace(ended, how=How.CPU_LIMIT if over and why == BY_CLOCK else how)
    if status != 0:
        raise PlatformFault(f"the first process of a program's pen broke (status {status})")
    report, files = _unpacked(data[: -TRAILER.size])
    if "fault" in report:
        raise PlatformFault(f"the pen could not be built: {report['fault']}")
    return _judged(replace(ended, files=files), report, running.task, output_cut or errors_cut)


def _unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    (length,) = HEAD.unpack(data[: HEAD.size])
    report: dict[str, Any] = json.loads(data[HEAD.size : HEAD.size + length])
    at = HEAD.size + length
    files = {}
    for name, size in report["files"]:
        files[name] = data[at : at + size]
        at += size
    return report, files


def _judged(ended: Ended, report: dict[str, Any], task: Task, flooded: bool) -> Ended:
    status = report["status"]
    code = os.waitstatus_to_exitcode(status)
    ended = replace(
        ended,
        cpu_ms=round(report["cpu_us"] / 1000, 3),
        wall_ms=round(report["wall_us"] / 1000, 3),
        memory_kb=report["memory_kb"],
        exit_code=code if code >= 0 else None,
        signal=-code if code < 0 else None,
        how=How.EXITED if code >= 0 else How.SIGNALLED,
        ended_at=report["ended_at"],
        why=report["problem"],
    )
    if report["problem"]:
        return replace(ended, how=How.NOT_STARTED)
    if ended.signal in _TIME_SIGNALS or ended.cpu_ms > task.limits.cpu_seconds * 1000:
        return replace(ended, how=How.CPU_LIMIT)
    if ended.memory_kb > task.limits.memory_mb * 1024:
        return replace(ended, how=How.MEMORY_LIMIT)
    if flooded or ended.signal == signal.SIGXFSZ:
        return replace(ended, how=How.OUTPUT_LIMIT)
    return ended


_all: weakref.WeakSet[Programs] = weakref.WeakSet()


def _forget_everything() -> None:
    """In a forked copy of the host: its Programs start launchers of their own."""
    for programs in list(_all):
        programs._forget_after_fork()


os.register_at_fork(after_in_child=_forget_everything)
