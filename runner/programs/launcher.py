"""The launcher: a small process of ours, from which each program gets a pen of its own.

    host ── launcher (namespaces without network; sees the machine's files, runs nothing foreign)
              └── warden   one per task: its clock, its memory watch; makes the new process and mount namespaces
                    └── init   first process in the pen (init.py); the program and all it starts are below it

When the warden ends the init, or either dies, the kernel ends every process in that pen. Nothing survives a task.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import struct
import sys
import time
import traceback
from dataclasses import dataclass
from typing import Any, NoReturn

from runner import lockdown, mechanisms, syscalls
from runner.faults import PlatformFault
from runner.keeping import keep, move_up, tell
from runner.programs import init
from runner.seccomp import Filter, build_filter

MOST_TASK_BYTES = 128 * 1024
# After everything the init sent: its wait status (-1: it was ended), cpu in microseconds, memory in kB, wall in
# microseconds, why it was ended.
TRAILER = struct.Struct("!iqqqi")
NOT_ENDED, BY_CLOCK, BY_MEMORY, BY_HOST = range(4)
_LOOK_SECONDS = 0.05
_NEW = syscalls.CLONE_NEWNS | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWIPC
_DESCRIPTORS = 4


@dataclass(frozen=True, slots=True)
class Yard:
    """What the launcher found and made once, for all tasks."""

    landlock_abi: int
    change_user: bool
    filters: dict[str, Filter]


def main() -> NoReturn:
    """Entry point of the fresh interpreter; its one argument is the configuration as JSON."""
    config = json.loads(sys.argv[1])
    control = socket.socket(fileno=move_up(config["control"]))
    try:
        host = os.pidfd_open(config["host"])
        if os.getppid() != config["host"]:
            os._exit(0)
        lockdown.forbid_new_privileges()
        fences = mechanisms.raise_fences(frozenset(config["without"]))
        if not fences.pen:
            raise PlatformFault(
                "programs need namespaces, which this machine does not allow: " + "; ".join(fences.notes)
            )
        keeper = os.getpid()
        pid = os.fork()
        if pid:
            control.close()
            keep(host, pid)
        os.close(host)
        lockdown.die_with(0)
        os.environ.clear()
        os.umask(0o022)
        filters = {purpose: build_filter(purpose=purpose) for purpose in ("program", "tool")}
        yard = Yard(fences.landlock_abi, fences.change_user, filters)
        lockdown.shrink_launcher_rights()
        tell(control, {"hello": {"mechanisms": fences.names, "notes": fences.notes}})
        _serve(control, yard, keeper)
    except PlatformFault as fault:
        tell(control, {"fault": fault.reason})
    except BaseException:  # a start that fails must say why: there is no other channel
        tell(control, {"fault": "the launcher broke: " + traceback.format_exc()[-1500:]})
    os._exit(1)


def _serve(control: socket.socket, yard: Yard, family: int) -> NoReturn:
    """Until the host closes the control socket; then every warden dies with this process."""
    # Wardens that end are buried by the kernel: their last words went to the host.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    born = 0
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MOST_TASK_BYTES, _DESCRIPTORS)
        if not message:
            os._exit(0)
        born += 1
        if os.fork() == 0:
            try:
                control.close()
                _watch(json.loads(message), descriptors, yard, lockdown.user_for_child(family, born))
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _watch(task: dict[str, Any], descriptors: list[int], yard: Yard, user: int) -> None:
    """A warden's life: make the pen, start the init, end it in time, and tell what the kernel says of it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    lockdown.die_with(os.getppid())
    job = socket.socket(fileno=descriptors[0])
    if not yard.change_user:
        user = os.getuid()
    own = int(os.readlink("/proc/self"))
    syscalls.unshare(_NEW)
    pid = os.fork()
    if pid == 0:
        init.live(task, descriptors, yard.landlock_abi, yard.filters[task["purpose"]], user, yard.change_user)
    for descriptor in descriptors[1:]:
        os.close(descriptor)
    started = time.monotonic()
    limits = task["limits"]
    why = _wait(job, pid, own, started + limits["wall_seconds"], limits["memory_mb"] * 1024)
    wall = time.monotonic() - started
    _, status, usage = os.wait4(pid, 0)
    cpu = round((usage.ru_utime + usage.ru_stime) * 1e6)
    job.settimeout(10)
    with contextlib.suppress(OSError):  # the host may no longer want to know
        job.sendall(TRAILER.pack(-1 if why else status, cpu, usage.ru_maxrss, round(wall * 1e6), why))
    os._exit(0)


def _wait(job: socket.socket, pid: int, own: int, deadline: float, memory_kb: int) -> int:
    """Wait for the init's end and bring it about when the time, the memory or the host says so."""
    life = os.pidfd_open(pid)
    watched = select.poll()
    watched.register(life, select.POLLIN)
    watched.register(job, select.POLLIN)
    why = NOT_ENDED
    while why == NOT_ENDED:
        left = deadline - time.monotonic()
        ready = {descriptor for descriptor, _ in watched.poll(max(0, min(left, _LOOK_SECONDS)) * 1000)}
        if life in ready:
            break
        if job.fileno() in ready:
            why = BY_HOST
        elif left <= 0:
            why = BY_CLOCK
        elif _resident_kb(own) > memory_kb + init.SPARE_KB:
            why = BY_MEMORY
    if why:
        signal.pidfd_send_signal(life, signal.SIGKILL)
        watched.unregister(job)
        watched.poll()
    os.close(life)
    return why


def _resident_kb(process: int) -> int:
    """Resident memory of everything below a process, by the machine's own /proc. 0 when it cannot be told."""
    total = 0
    waiting = _children(process)
    page_kb = os.sysconf("SC_PAGE_SIZE") // 1024
    while waiting:
        child = waiting.pop()
        try:
            with open(f"/proc/{child}/statm", encoding="ascii") as file:
                total += int(file.read().split()[1]) * page_kb
        except (OSError, IndexError):
            continue  # it ended meanwhile
        waiting += _children(child)
    return total


def _children(process: int) -> list[int]:
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        return []
