"""Starting servers on given cores, waiting for them, and ending them with everything they started."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


class NotServing(Exception):
    """A server did not come up; the message holds the end of what it said."""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def pinned(cores: Sequence[int], command: Sequence[str]) -> list[str]:
    """The command on these cores only."""
    if not shutil.which("taskset"):
        return list(command)
    return ["taskset", "-c", ",".join(map(str, cores)), *command]


def all_cores() -> list[int]:
    """The cores this process may use."""
    return sorted(os.sched_getaffinity(0))


@contextlib.contextmanager
def staying_on(cores: Iterable[int]) -> Iterator[None]:
    """This process (the client) on these cores, until the block ends."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(cores))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def clean_environment(**more: str) -> dict[str, str]:
    """This environment without any setting of an academy, and with these."""
    ours = ("BILIK_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def stat_of(pid: int) -> tuple[int, str] | None:
    """A process's parent and the moment of its start (which tells it from a later one with its number)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return int(fields[1]), fields[19]


def tree(root: int) -> dict[int, str]:
    """A process and all its descendants: number and moment of start."""
    numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    stats = {pid: stat for pid in numbers if (stat := stat_of(pid))}
    found = {root} & stats.keys()
    while more := {pid for pid, (parent, _) in stats.items() if parent in found} - found:
        found |= more
    return {pid: stats[pid][1] for pid in found}


class Served:
    """A server as a child of ours, and what it is reached by."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cores: Sequence[int],
        port: int,
        folder: Path,
        env: Mapping[str, str],
        health: str = "/",
    ) -> None:
        self.address = (HOST, port)
        self._log = folder / f"server-{port}.log"
        self._health = health
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                pinned(cores, command), cwd=folder, env=dict(env), stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """The first process of the server."""
        return self._process.pid

    @property
    def said(self) -> str:
        """The end of what the server wrote."""
        return self._log.read_text(errors="replace")[-2000:]

    def __enter__(self) -> Served:
        try:
            self._await_health(60.0)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _await_health(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise NotServing(f"the server ended with {self._process.returncode}:\n{self.said}")
            if self._is_healthy():
                return
            time.sleep(0.05)
        raise NotServing(f"no answer in {seconds} s:\n{self.said}")

    def _is_healthy(self) -> bool:
        connection = http.client.HTTPConnection(*self.address, timeout=5)
        try:
            connection.request("GET", self._health)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Asks the server to end, then ends what is left of it, by number, and only what we started."""
        ours = tree(self._process.pid)
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
        _end(ours)
        self._process.wait(10)


def _end(ours: Mapping[int, str]) -> None:
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and any(_lives(pid, since) for pid, since in ours.items()):
        time.sleep(0.05)
    for pid, since in ours.items():
        if _lives(pid, since):
            print(f"process {pid} was left over and is ended", file=sys.stderr)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _lives(pid: int, since: str) -> bool:
    stat = stat_of(pid)
    if stat is None or stat[1] != since:
        return False
    return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
