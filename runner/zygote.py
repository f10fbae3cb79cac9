"""The warm process: imports once, then gives every job a fresh, locked child of its own.

Started by ``warm.py`` as ``python -P -s -S -B -X utf8``. It never sees code, tests or answers: a
job goes straight from the host to a child, over a socket that the warm process only hands over.
Two processes: the keeper (outside the namespaces, watches the host's life) and the zygote.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
import traceback
from dataclasses import dataclass
from typing import Any, NoReturn

from runner import child, landlock, lockdown, mechanisms, pen, syscalls
from runner.faults import PlatformFault
from runner.flavours import FLAVOURS, exercise
from runner.keeping import keep, move_up, tell
from runner.places import BOX, readable_folders
from runner.seccomp import build_filter

_EXPECTED_NEIGHBOURS = 16  # children of other jobs that may be alive beside one
_THREAD_STACK_BYTES = 2 * 1024 * 1024


@dataclass(slots=True)
class Kid:
    """One living child. taken: the host has given it a job. heard: `watch` is listened to."""

    pid: int
    life: int
    watch: socket.socket
    taken: bool = False
    heard: bool = True


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
        keeper = os.getpid()
        pid = os.fork()
        if pid:
            control.close()
            keep(host, pid)
        os.close(host)
        # In the pid namespace the keeper has no number: it is seen as parent 0.
        lockdown.die_with(0 if fences.pen else keeper)
        _become_zygote(config, control, fences, keeper)
    except PlatformFault as fault:
        tell(control, {"fault": fault.reason})
    except BaseException:  # a start that fails must say why: there is no other channel
        tell(control, {"fault": "the warm process broke: " + traceback.format_exc()[-1500:]})
    os._exit(1)


def _become_zygote(config: dict[str, Any], control: socket.socket, fences: mechanisms.Fences, keeper: int) -> NoReturn:
    """Import, enter the pen, and serve. `keeper`: a number no other warm process here has."""
    own_size = _open_own_size()
    library = config["library"] if config["flavour"] != "base" else None
    _import_everything(config["flavour"], library)
    folders = readable_folders(library)
    mechanisms.check_interpreter(folders, fences)
    if fences.pen:
        pen.enter_root(folders)
    if fences.landlock_abi:
        folders = ("/",) if fences.pen else (*folders, "/dev/null", "/dev/zero", "/dev/urandom")
    os.chdir("/")
    sys.path.append(BOX)  # last: a learner's random.py must not shadow the library's
    os.environ.clear()
    cage = _build_cage(config, fences, folders)
    lockdown.shrink_zygote_rights()
    child.warm_up()
    gc.collect()
    gc.freeze()
    gc.disable()
    tell(control, {"hello": {"mechanisms": fences.names, "notes": fences.notes}})
    Nursery(config["ready"], control, cage, own_size, keeper).serve()


def _open_own_size() -> int:
    """/proc/self/statm, opened while there is a /proc: it goes on telling our size in the pen."""
    return move_up(os.open("/proc/self/statm", os.O_RDONLY))


def _import_everything(flavour: str, library: str | None) -> None:
    if library:
        sys.path.append(library)
    for name in FLAVOURS[flavour].modules:
        importlib.import_module(name)
    # Python gives these two through `site`, which is left out here; beginners use them.
    vars(builtins)["exit"] = vars(builtins)["quit"] = sys.exit
    exercise(flavour)
    if len(os.listdir("/proc/self/task")) != 1:
        raise PlatformFault(f"flavour {flavour}: a library started threads, so children cannot be forked")


def _build_cage(config: dict[str, Any], fences: mechanisms.Fences, folders: tuple[str, ...]) -> child.Cage:
    threading.stack_size(_THREAD_STACK_BYTES)  # the default of 8 MB would spend the address space
    syscalls.limit_memory_arenas()
    ruleset = landlock.build_ruleset(fences.landlock_abi, folders) if fences.landlock_abi else None
    allowance: int | None = None
    if fences.change_user:
        allowance = 0  # each child has a user of its own
    elif fences.pen:
        # One user for all children, counted in our own user namespace: keeper, zygote, children.
        allowance = 2 + config["ready"] + _EXPECTED_NEIGHBOURS
    return child.Cage(
        zygote=os.getpid(),
        has_pen=fences.pen,
        change_user=fences.change_user,
        landlock_abi=fences.landlock_abi,
        readable=folders,
        ruleset=None if ruleset is None else move_up(ruleset),
        filter=build_filter(),
        process_allowance=allowance,
    )


class Nursery:
    """The zygote's loop: keeps `ready` children waiting, ends and buries them, reports their use."""

    def __init__(self, ready: int, control: socket.socket, cage: child.Cage, own_size: int, family: int):
        self._ready = ready
        self._control = control
        self._cage = cage
        self._own_size = own_size
        self._family = family
        self._born = 0
        self._by_watch: dict[int, Kid] = {}
        self._by_life: dict[int, Kid] = {}
        self._events = select.epoll()
        self._events.register(control.fileno(), select.EPOLLIN)

    def serve(self) -> NoReturn:
        """Until the host closes the control socket; then every child dies with this process."""
        wanted = self._ready
        while True:
            # Only between two rounds: a new child would get the descriptor numbers of one that was
            # just buried, and an old event of this round would be taken for the new child's.
            self._refill(wanted)
            wanted = 1
            for descriptor, _ in self._events.poll():
                if descriptor == self._control.fileno():
                    self._end()
                elif descriptor in self._by_watch:
                    self._hear(self._by_watch[descriptor])
                elif descriptor in self._by_life:
                    self._bury(self._by_life[descriptor])
                    wanted = self._ready

    def _waiting(self) -> int:
        return sum(not kid.taken for kid in self._by_life.values())

    def _refill(self, wanted: int) -> None:
        while self._waiting() < wanted:
            self._bear()

    def _bear(self) -> None:
        job_host, job_child = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        watch_host, watch = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._born += 1
        user = lockdown.user_for_child(self._family, self._born)
        base_kb = int(os.pread(self._own_size, 100, 0).split()[0]) * os.sysconf("SC_PAGE_SIZE") // 1024
        pid = os.fork()
        if pid == 0:
            child.live(self._cage, job_child.fileno(), user, base_kb)
        job_child.close()
        kid = Kid(pid, os.pidfd_open(pid), watch)
        self._by_watch[watch.fileno()] = kid
        self._by_life[kid.life] = kid
        self._events.register(watch.fileno(), select.EPOLLIN)
        self._events.register(kid.life, select.EPOLLIN)
        try:
            tell(self._control, {"child": pid}, (job_host.fileno(), watch_host.fileno()))
        except OSError:
            self._end()
        job_host.close()
        watch_host.close()

    def _hear(self, kid: Kid) -> None:
        """The host took the child ("t"), wants it dead ("k"), or let go of it (end of file)."""
        try:
            word = kid.watch.recv(1)
        except OSError:
            word = b""
        if word == b"t":
            # Children are replaced when they die; at once only when nobody is left for another
            # thread of the host, so that forking does not compete with the job that just began.
            kid.taken = True
            return
        self._events.unregister(kid.watch.fileno())
        kid.heard = False
        signal.pidfd_send_signal(kid.life, signal.SIGKILL)

    def _bury(self, kid: Kid) -> None:
        _, status, usage = os.wait4(kid.pid, 0)
        cpu_ms = round((usage.ru_utime + usage.ru_stime) * 1000, 3)
        report = {"status": status, "cpu_ms": cpu_ms, "memory_kb": usage.ru_maxrss}
        with contextlib.suppress(OSError):  # the host may no longer want to know
            kid.watch.send(json.dumps(report).encode())
        self._forget(kid)
        kid.watch.close()
        os.close(kid.life)

    def _forget(self, kid: Kid) -> None:
        # Closing is not enough to leave the event set: a child just forked may hold a copy of the
        # descriptor for a moment more, and its number would go on speaking for the next child.
        if kid.heard:
            self._events.unregister(kid.watch.fileno())
        self._events.unregister(kid.life)
        del self._by_watch[kid.watch.fileno()]
        del self._by_life[kid.life]

    def _end(self) -> NoReturn:
        for kid in self._by_life.values():
            signal.pidfd_send_signal(kid.life, signal.SIGKILL)
        os._exit(0)
