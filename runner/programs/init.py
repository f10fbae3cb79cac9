"""The first process in a program's pen: builds the pen, starts the program, buries all that it started, tells.

It stays out of the program's reach (another user where we are root, no call that reaches a process) and holds the
descriptors that the program does not get. When it ends, the kernel ends everything else in the pen.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import stat
import struct
import time
from typing import Any, NoReturn

from runner import landlock, lockdown, pen, syscalls
from runner.places import BOX
from runner.programs.task import GIVEN, JOB
from runner.seccomp import Filter

HEAD = struct.Struct("!I")
SPARE_KB = 32 * 1024  # our own processes, beside the program
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/ld.so.cache")
_JOB_FD = 3
_PROBLEM_FD = 4
_CPU_SPARE = 0.03  # past the limit by so much before the clock of the kernel ends it: then the figure says it too
_MOST_FILES = 512


def live(
    task: dict[str, Any], descriptors: list[int], abi: int, filter_: Filter, user: int, change_user: bool
) -> NoReturn:
    """The whole life of an init. Never returns into the launcher's code."""
    try:
        lockdown.die_with(0)
        job = socket.socket(fileno=_arrange(descriptors))
        try:
            _build(task, user)
            reader, writer = os.pipe()
            started = time.monotonic()
            program = os.fork()
            if program == 0:
                _become(task, abi, filter_, user, change_user, writer)
            os.close(writer)
            for descriptor in (0, 1, 2):
                os.close(descriptor)  # a pipe must end when the program lets go of it
            lockdown.shrink_init_rights()
            _bury(task, program, reader, started, job)
        except Exception as error:
            _send(job, {"fault": f"{type(error).__name__}: {error}"[:500]}, [])
    finally:
        os._exit(0)


def _arrange(descriptors: list[int]) -> int:
    """Job, input, output and errors to 3, 0, 1 and 2; nothing else stays open."""
    high = [_above(descriptor) for descriptor in descriptors]
    for target, source in zip((_JOB_FD, 0, 1, 2), high, strict=True):
        os.dup2(source, target, inheritable=target != _JOB_FD)
    syscalls.close_from(_JOB_FD + 1)
    return _JOB_FD


def _above(descriptor: int) -> int:
    while descriptor < 10:
        descriptor = os.dup(descriptor)
    return descriptor


def _build(task: dict[str, Any], user: int) -> None:
    """The root, with what the task may see, and the box."""
    places = [pen.Place(path, path) for path in (*SYSTEM, *task["shown"]) if _worth_showing(path)]
    if task["folder"]:
        places.append(pen.Place(os.path.realpath(task["folder"]), JOB))
    places += [
        pen.Place(os.path.realpath(source), f"{GIVEN}/{name}", runs=False) for name, source in task["given"].items()
    ]
    pen.enter_root_of(places + [pen.Place(source, f"/placed/{n}", runs=False) for n, source in _placed(task)])
    limits = task["limits"]
    if limits["box_kb"]:
        still = 0 if task["copies"] else syscalls.MS_NOEXEC
        pen.fill_box(limits["box_kb"], limits["files"], user, user, still)


def _placed(task: dict[str, Any]) -> list[tuple[int, str]]:
    return [(number, os.path.realpath(source)) for number, source in enumerate(task["placed"].values())]


def _worth_showing(path: str) -> bool:
    """There, and no link to what is shown anyway (the pen makes those again)."""
    return os.path.exists(path) and not os.path.islink(path)


def _become(task: dict[str, Any], abi: int, filter_: Filter, user: int, change_user: bool, problem: int) -> NoReturn:
    """The program's own process: give up rights, take on limits, and be replaced."""
    try:
        os.setsid()
        os.dup2(problem, _PROBLEM_FD, inheritable=False)
        syscalls.close_from(_PROBLEM_FD + 1)
        os.close(_JOB_FD)
        lockdown.become_nobody(user, change_user=change_user)
        box = bool(task["limits"]["box_kb"])
        if box:
            _fill(task)
        os.chdir(BOX if box else JOB if task["folder"] else "/")
        if abi:
            runs = [path for path in (*SYSTEM, *task["shown"], JOB) if os.path.exists(path)]
            runs += [BOX] * task["copies"]
            landlock.restrict_self(landlock.build_ruleset(abi, ("/",), (BOX,) if box else (), runs))
        _limit(task["limits"], change_user=change_user)
        for number in range(1, signal.NSIG):
            if number not in (signal.SIGKILL, signal.SIGSTOP) and signal.getsignal(number) is signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
        filter_.install(os.getpid())
        os.execve(task["command"][0], task["command"], task["environment"])  # noqa: S606 - there is no shell, on purpose
    except Exception as error:
        os.write(_PROBLEM_FD, f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace"))
    finally:
        os._exit(127)


def _fill(task: dict[str, Any]) -> None:
    os.umask(0o022)
    if task["copies"]:
        shutil.copytree(JOB, BOX, dirs_exist_ok=True)
    for number, name in enumerate(task["placed"]):
        target = os.path.join(BOX, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(f"/placed/{number}", target)
    for name in task["made"]:
        os.makedirs(os.path.join(BOX, name), exist_ok=True)


def _limit(limits: dict[str, Any], *, change_user: bool) -> None:
    cpu = limits["cpu_seconds"]
    whole = int(cpu + _CPU_SPARE) + 1
    size = limits["output_kb"] * 1024
    stack = limits["stack_mb"] << 20
    wanted = {
        resource.RLIMIT_CPU: (whole, whole + 1),
        resource.RLIMIT_FSIZE: (size, size),
        resource.RLIMIT_STACK: (stack, stack),
        resource.RLIMIT_NOFILE: (256, 256),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (0, 0),
        resource.RLIMIT_MSGQUEUE: (0, 0),
        resource.RLIMIT_NICE: (0, 0),
        resource.RLIMIT_RTPRIO: (0, 0),
        resource.RLIMIT_SIGPENDING: (64, 64),
    }
    # Without root all tasks share a user, but each has a user namespace's count only with all others: leave room.
    wanted[resource.RLIMIT_NPROC] = (limits["processes"] + (0 if change_user else 64),) * 2
    for kind, (soft, hard) in wanted.items():
        lockdown.limit_one(kind, soft, hard)
    if limits["address_mb"] is not None:
        lockdown.limit_one(resource.RLIMIT_AS, limits["address_mb"] << 20, limits["address_mb"] << 20)
    # It goes on over execve, counts all threads, and ends the process; RLIMIT_CPU counts whole seconds only.
    signal.setitimer(signal.ITIMER_PROF, cpu + _CPU_SPARE)


def _bury(task: dict[str, Any], program: int, reader: int, started: float, job: socket.socket) -> None:
    """Wait for the program, end the rest, and tell what the kernel says of all of them."""
    problem = os.read(reader, 1000).decode("utf-8", "replace")
    status = _wait_for(program)
    wall = time.monotonic() - started
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    report = {
        "status": status,
        "cpu_us": round((usage.ru_utime + usage.ru_stime) * 1e6),
        "memory_kb": usage.ru_maxrss,
        "wall_us": round(wall * 1e6),
        "ended_at": started + wall,
        "problem": problem,
    }
    room = task["limits"]["output_kb"] * 1024 * 2 + task["limits"]["box_kb"] * 1024
    files = _collected(task["collect"], room) if task["collect"] else []
    _send(job, report, files)


def _wait_for(program: int) -> int:
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == program:
            return status


def _collected(names: list[str], room: int) -> list[tuple[str, bytes]]:
    """The content of plain files in the box; links and everything else that is odd are left where they are."""
    found: list[tuple[str, bytes]] = []
    waiting = sorted(names, reverse=True)
    while waiting and len(found) < _MOST_FILES:
        name = waiting.pop()
        try:
            descriptor = os.open(f"{BOX}/{name}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(mode):
                waiting += sorted((f"{name}/{inner}" for inner in os.listdir(descriptor)), reverse=True)
            elif stat.S_ISREG(mode) and os.fstat(descriptor).st_size <= room:
                content = _whole(descriptor)
                room -= len(content)
                found.append((name, content))
        finally:
            os.close(descriptor)
    return found


def _whole(descriptor: int) -> bytes:
    pieces = []
    while piece := os.read(descriptor, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _send(job: socket.socket, report: dict[str, Any], files: list[tuple[str, bytes]]) -> None:
    report["files"] = [[name, len(content)] for name, content in files]
    # Names of the program's own making may be no text at all.
    head = json.dumps(report).encode("ascii")
    job.settimeout(60)
    job.sendall(HEAD.pack(len(head)) + head)
    for _, content in files:
        job.sendall(content)
