"""The host's hold on one warm process: starting it, taking children from it, ending it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from runner.faults import PlatformFault, ZygoteDied
from runner.places import stranger_can_read, usable_interpreters

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[2]); from runner import zygote; sys.path.pop(0); zygote.main()"
_FLAGS = ("-P", "-s", "-S", "-B", "-X", "utf8")
# All there is: nothing of the host's environment reaches a learner. The hash seed makes the order
# of a set the same in every child; the others keep numeric libraries from starting threads.
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}
_START_SECONDS = 60
_END_SECONDS = 5
_MESSAGE_BYTES = 8192


@dataclass(slots=True)
class Child:
    """A waiting child: `job` leads to it, `watch` to the warm process's record of it."""

    job: socket.socket
    watch: socket.socket

    def close(self) -> None:
        self.job.close()
        self.watch.close()


def default_python() -> str:
    """The interpreter behind this one's virtual environment: the child must not see the venv.

    One that only its owner can read (a version manager's, under a home folder) works inside the pen alone, so another
    one of the same version, which everybody can read, is taken in its place where there is one.
    """
    own = os.path.realpath(sys.executable)
    if stranger_can_read(os.path.dirname(own)):
        return own
    same = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return next((path for path in usable_interpreters() if os.path.basename(path) == same), own)


class WarmProcess:
    """One started warm process. Its methods may be called from several threads."""

    def __init__(self, *, flavour: str, ready: int, python: str, library: str | None, without: Sequence[str]):
        self.jobs_given = 0
        self.jobs_running = 0
        self.dead = False
        self._lock = threading.Lock()
        self._lent: set[int] = set()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = self._spawn(flavour, ready, python, library, without, theirs.fileno())
        try:
            hello = self._greet()
        except BaseException:
            self.close()
            raise
        self.mechanisms = tuple(hello["mechanisms"])
        self.notes = tuple(hello["notes"])

    def _spawn(
        self,
        flavour: str,
        ready: int,
        python: str,
        library: str | None,
        without: Sequence[str],
        control: int,
    ) -> subprocess.Popen[bytes]:
        config = {
            "host": os.getpid(),
            "control": control,
            "flavour": flavour,
            "ready": ready,
            "library": library,
            "without": sorted(without),
        }
        try:
            return subprocess.Popen(
                [python, *_FLAGS, "-c", _PROGRAM, json.dumps(config), _ROOT],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=(control,),
                start_new_session=True,  # a Ctrl-C in the host's terminal is the host's affair
            )
        except OSError as error:
            self._control.close()
            raise PlatformFault(f"the interpreter {python} could not be started: {error}") from error

    def _greet(self) -> dict[str, Any]:
        self._control.settimeout(_START_SECONDS)
        try:
            message = json.loads(self._control.recv(_MESSAGE_BYTES) or b"{}")
        except TimeoutError as error:
            raise PlatformFault(f"the warm process said nothing for {_START_SECONDS} s") from error
        if "fault" in message:
            raise PlatformFault(message["fault"])
        if "hello" not in message:
            raise PlatformFault("the warm process died before it was ready")
        return dict(message["hello"])

    def take(self, timeout: float) -> Child:
        """A waiting child. Raises ZygoteDied, or PlatformFault after `timeout` seconds without one."""
        deadline = time.monotonic() + timeout
        if not self._lock.acquire(timeout=timeout):
            raise PlatformFault("overload: no child of the warm process was free in time")
        try:
            child = self._receive(deadline)
            self._lent |= {child.job.fileno(), child.watch.fileno()}
            return child
        finally:
            self._lock.release()

    def _receive(self, deadline: float) -> Child:
        self._control.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            # Close-on-exec, else a program that the host starts meanwhile would inherit them.
            message, ancillary, _, _ = self._control.recvmsg(
                _MESSAGE_BYTES, socket.CMSG_SPACE(8), socket.MSG_CMSG_CLOEXEC
            )
        except TimeoutError as error:
            raise PlatformFault("overload: no child of the warm process was free in time") from error
        except OSError as error:
            raise ZygoteDied(str(error)) from error
        if not message or not ancillary:
            raise ZygoteDied("the warm process is gone: " + message.decode("utf-8", "replace"))
        job, watch = memoryview(ancillary[0][2]).cast("i")
        return Child(socket.socket(fileno=job), socket.socket(fileno=watch))

    def last_words(self) -> str:
        """What a dying warm process said about the cause, if it could still speak."""
        self._control.settimeout(0.2)
        try:
            for _ in range(100):  # unread children may stand before the words
                message = json.loads(self._control.recv(_MESSAGE_BYTES) or b"{}")
                if "child" not in message:
                    return str(message.get("fault", ""))
        except (OSError, ValueError):
            pass
        return ""

    def give_back(self, child: Child) -> None:
        """Close the host's ends of a child that was taken."""
        with self._lock:
            self._lent -= {child.job.fileno(), child.watch.fileno()}
            child.close()

    def close(self) -> None:
        """End the warm process and every child of it; returns when they are gone."""
        self.dead = True
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # the zygote follows: its parent's death is its own
            self._process.wait()

    def forget_after_fork(self) -> None:
        """In a forked copy of the host: let go of everything, without touching the original's."""
        self.dead = True
        self._lock = threading.Lock()
        self._control.close()
        for descriptor in self._lent:
            os.close(descriptor)
        self._lent.clear()
        self._process.returncode = 0  # not our child: nothing to wait for
