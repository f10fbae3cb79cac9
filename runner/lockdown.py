"""The lock-down of one child, step by step, in the only order that works.

Rights go before the fences that would keep us from giving them up; seccomp is last, because it
forbids every other step. Each step's failure is an OSError that becomes a platform fault: a child
that is not fully locked never sees a learner's line.
"""

from __future__ import annotations

import os
import resource
import signal

from runner import syscalls
from runner.job import Limits

_CAP_DAC_READ_SEARCH = 2
_CAP_SYS_ADMIN, _CAP_SETPCAP, _CAP_SETUID, _CAP_SETGID, _CAP_KILL = 21, 8, 7, 6, 5
# What the warm process still needs: to change a child's user, mount its box, and end it.
_KEPT_BY_ZYGOTE = frozenset({_CAP_SYS_ADMIN, _CAP_SETPCAP, _CAP_SETUID, _CAP_SETGID, _CAP_KILL})

_KEPT_BY_LAUNCHER = _KEPT_BY_ZYGOTE | {_CAP_DAC_READ_SEARCH}
# What remains of that once the program runs: to end what it started, and to read the files it left.
_KEPT_BY_INIT = frozenset({_CAP_KILL, _CAP_DAC_READ_SEARCH})

# Nobody's numbers: above what systemd and container managers hand out. Where a container does
# not map them, Debian's reserved and unassigned range is the second choice.
_FIRST_USER = 2_000_000_000
_SECOND_CHOICE_USER = 30_000
_SECOND_CHOICE_COUNT = 29_000
_CHILDREN_PER_ZYGOTE = 1000


def die_with(parent: int) -> None:
    """Be killed when the parent dies. Raises ProcessLookupError when it is dead already."""
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise ProcessLookupError("the warm process is gone")


def forbid_new_privileges() -> None:
    """No set-user-id program and no file capability ever gives this process more again."""
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def shrink_zygote_rights() -> None:
    """Keep at most five capabilities of root's forty in the warm process."""
    for kept in (_KEPT_BY_ZYGOTE, _KEPT_BY_ZYGOTE - {_CAP_SYS_ADMIN}, frozenset[int]()):
        try:
            syscalls.set_capabilities(kept)
        except OSError:
            continue  # asked for one it does not have: a container gave it less
        break
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)


def shrink_launcher_rights() -> None:
    """What the launcher of programs and its wardens need, and no more, of what they have."""
    for kept in (_KEPT_BY_LAUNCHER, _KEPT_BY_LAUNCHER - {_CAP_DAC_READ_SEARCH}):
        try:
            syscalls.set_capabilities(kept)
        except OSError:
            continue
        break
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)


def shrink_init_rights() -> None:
    """What the first process of a program's pen keeps while the program runs."""
    try:
        syscalls.set_capabilities(_KEPT_BY_INIT)
    except OSError:
        syscalls.set_capabilities(frozenset())


def user_for_child(zygote: int, number: int) -> int:
    """A user number of its own for child `number`, so that RLIMIT_NPROC counts only its threads."""
    family = (zygote % 100_000) * _CHILDREN_PER_ZYGOTE
    return _FIRST_USER + family + number % _CHILDREN_PER_ZYGOTE


def become_nobody(user: int, *, change_user: bool) -> None:
    """Give up user, groups and every capability; be unreadable for other processes of that user."""
    if change_user:
        os.setgroups([])
        try:
            os.setresgid(user, user, user)
        except OSError:
            user = _SECOND_CHOICE_USER + user % _SECOND_CHOICE_COUNT
            os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    syscalls.prctl(syscalls.PR_CAP_AMBIENT, syscalls.PR_CAP_AMBIENT_CLEAR_ALL)
    syscalls.set_capabilities(frozenset())
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)


def limit_resources(limits: Limits, *, base_kb: int, processes: int | None) -> None:
    """Set every rlimit. `base_kb` is the address space of the warm process at the fork.

    RLIMIT_CPU is the second line behind the child's own timer and counts whole seconds; its hard
    limit kills even a program that ignores SIGXCPU.
    """
    space = (base_kb + limits.memory_mb * 1024) * 1024
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime + limits.cpu_seconds) + 2
    wanted = {
        resource.RLIMIT_AS: (space, space),
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_FSIZE: (limits.file_kb * 1024,) * 2,
        resource.RLIMIT_NOFILE: (64, 64),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (0, 0),
        resource.RLIMIT_MSGQUEUE: (0, 0),
        resource.RLIMIT_NICE: (0, 0),
        resource.RLIMIT_RTPRIO: (0, 0),
        resource.RLIMIT_SIGPENDING: (64, 64),
    }
    if processes is not None:
        wanted[resource.RLIMIT_NPROC] = (processes, processes)
    for kind, (soft, hard) in wanted.items():
        limit_one(kind, soft, hard)


def limit_one(kind: int, soft: int, hard: int) -> None:
    """Set one rlimit, or as much of it as this machine allows."""
    resource.setrlimit(kind, _no_higher_than_now(kind, soft, hard))


def _no_higher_than_now(kind: int, soft: int, hard: int) -> tuple[int, int]:
    """A machine may already allow less than we would; asking for more would be refused."""
    ceiling = resource.getrlimit(kind)[1]
    if ceiling == resource.RLIM_INFINITY:
        return soft, hard
    return min(soft, ceiling), min(hard, ceiling)
