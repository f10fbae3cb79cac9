"""The system calls a learner's program may make, and with which arguments.

To allow one more, ask: could two jobs talk through it, could it reach another process, could it
keep memory outside RLIMIT_AS, could it open something the pen or Landlock does not see? Left out
on purpose: flock and F_GETLK (two jobs could signal through a shared library file), memfd, shm
and message queues, sockets, kill, inotify, io_uring, statfs, links, timers, every *at of mount.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


@dataclass(frozen=True, slots=True)
class Condition:
    """What one argument of a call must be.

    kind: "any_of" / "none_of" of `values`; "null" (64 zero bits); "bits" where `values` is
    (bits of which one must be set, bits of which none may be set).
    """

    argument: int
    kind: str
    values: tuple[int | str, ...] = ()


_CLONE_THREAD = 0x00010000
_CLONE_NEW_ANYTHING = 0x7E020000 | 0x80
_PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA = 15, 16, 0x53564D41
_AF_UNIX = 1
# DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC, SETPIPE_SZ, GETPIPE_SZ: no locks, leases, owners.
_FCNTL = (0, 1, 2, 3, 4, 1030, 1031, 1032)
# FIONBIO and FIOCLEX/FIONCLEX for asyncio, TCGETS because open() asks whether a file is a terminal.
_IOCTL = (0x5421, 0x5451, 0x5450, 0x5401)
# The time limits speak through these signals; a program must not take them over.
_SIGABRT = 6
_OUR_SIGNALS = (14, 24, 27)  # SIGALRM, SIGXCPU, SIGPROF

CONDITIONS: dict[str, tuple[Condition, ...]] = {
    # Threads only. A new process would need counting and hunting; a thread dies with its process.
    "clone": (Condition(0, "bits", (_CLONE_THREAD, _CLONE_NEW_ANYTHING)),),
    "fcntl": (Condition(1, "any_of", _FCNTL),),
    "ioctl": (Condition(1, "any_of", _IOCTL),),
    "prctl": (Condition(0, "any_of", (_PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA)),),
    "prlimit64": (Condition(0, "any_of", (0,)), Condition(2, "null")),
    "rt_sigaction": (Condition(0, "none_of", _OUR_SIGNALS),),
    "socketpair": (Condition(0, "any_of", (_AF_UNIX,)),),
    # With an address a datagram socket of a pair could be sent elsewhere.
    "sendto": (Condition(4, "null"),),
    "recvfrom": (Condition(4, "null"),),
    "tgkill": (Condition(0, "any_of", ("own process",)),),
}

_X86_64 = """
read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11
brk 12 rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17 pwrite64 18 readv 19
writev 20 access 21 pipe 22 select 23 sched_yield 24 mremap 25 madvise 28 dup 32 dup2 33 pause 34
nanosleep 35 getpid 39 sendfile 40 sendto 44 recvfrom 45 shutdown 48 socketpair 53 clone 56 exit 60
wait4 61 uname 63 fcntl 72 fsync 74 fdatasync 75 truncate 76 ftruncate 77 getdents 78 getcwd 79
chdir 80 fchdir 81 rename 82 mkdir 83 rmdir 84 creat 85 unlink 87 readlink 89 chmod 90 fchmod 91
umask 95 gettimeofday 96 getrlimit 97 getrusage 98 times 100 getuid 102 getgid 104 geteuid 107
getegid 108 getppid 110 getpgrp 111 sigaltstack 131 prctl 157 gettid 186 time 201 futex 202
sched_getaffinity 204 epoll_create 213 getdents64 217 set_tid_address 218 restart_syscall 219
fadvise64 221 clock_gettime 228 clock_getres 229 clock_nanosleep 230 exit_group 231 epoll_wait 232
epoll_ctl 233 tgkill 234 waitid 247 openat 257 mkdirat 258 newfstatat 262 unlinkat 263 renameat 264
readlinkat 267 fchmodat 268 faccessat 269 pselect6 270 ppoll 271 set_robust_list 273 utimensat 280
epoll_pwait 281 fallocate 285 eventfd2 290 epoll_create1 291 dup3 292 pipe2 293 preadv 295
pwritev 296 prlimit64 302 getcpu 309 renameat2 316 getrandom 318 membarrier 324 statx 332 rseq 334
clone3 435 close_range 436 faccessat2 439
"""

# Taken from the kernel's generic table; NEVER RUN BY US on such a machine. The self-test decides.
_AARCH64 = """
getcwd 17 dup 23 dup3 24 fcntl 25 ioctl 29 mkdirat 34 unlinkat 35 renameat 38 truncate 45 ftruncate 46
fallocate 47 faccessat 48 chdir 49 fchdir 50 fchmod 52 fchmodat 53 openat 56 close 57 pipe2 59
getdents64 61 lseek 62 read 63 write 64 readv 65 writev 66 pread64 67 pwrite64 68 preadv 69 pwritev 70
sendfile 71 pselect6 72 ppoll 73 readlinkat 78 newfstatat 79 fstat 80 fsync 82 fdatasync 83
utimensat 88 exit 93 exit_group 94 waitid 95 set_tid_address 96 futex 98 set_robust_list 99
nanosleep 101 clock_gettime 113 clock_getres 114 clock_nanosleep 115 sched_getaffinity 123
sched_yield 124 restart_syscall 128 tgkill 131 sigaltstack 132 rt_sigaction 134 rt_sigprocmask 135
rt_sigreturn 139 times 153 uname 160 getrusage 165 umask 166 prctl 167 getcpu 168 gettimeofday 169
getpid 172 getppid 173 getuid 174 geteuid 175 getgid 176 getegid 177 gettid 178 socketpair 199
sendto 206 recvfrom 207 shutdown 210 brk 214 munmap 215 mremap 216 clone 220 mmap 222 fadvise64 223
mprotect 226 madvise 233 wait4 260 prlimit64 261 epoll_create1 20 epoll_ctl 21 epoll_pwait 22
eventfd2 19 renameat2 276 getrandom 278 membarrier 283 statx 291 rseq 293 clone3 435 close_range 436
faccessat2 439
"""


# What a program that is not our driver needs besides: to be executed, and what C libraries and language runtimes ask
# at their start. execve cannot be allowed "once": the filter does not count. It gives nothing that the program has not
# got already: the same pen, the same limits, no new privileges; and Landlock says which files may be executed.
_PROGRAM = {
    "x86_64": """
        execve 59 alarm 37 setitimer 38 arch_prctl 158 sysinfo 99 rt_sigpending 127
        rt_sigtimedwait 128 rt_sigsuspend 130 sched_getparam 143
        sched_getscheduler 145 getpgid 121 getsid 124 getresuid 118 getresgid 120 
    """,
    "aarch64": """
        execve 221 setitimer 103 sysinfo 179 rt_sigpending 136 rt_sigtimedwait 137 rt_sigsuspend 133 sched_getparam 121
        sched_getscheduler 120 getpgid 155 getsid 156 getresuid 148 getresgid 150
    """,
}
# A compiler driver starts the compiler, the assembler and the linker.
_TOOL = {"x86_64": "vfork 58 fork 57", "aarch64": ""}
_CONDITIONS_OF_PROGRAMS: dict[str, tuple[Condition, ...]] = {
    # FIONREAD besides: how much there is to read.
    "ioctl": (Condition(1, "any_of", (*_IOCTL, 0x541B)),),
    # Runtimes set every signal to its default at their start and give up when one is refused. The clocks that end such
    # a program are not its own: RLIMIT_CPU ends in SIGKILL, and the wall clock runs in another process.
    "rt_sigaction": (),
    # ITIMER_REAL is theirs. Our clock is ITIMER_PROF, set before they begin.
    "setitimer": (Condition(0, "any_of", (0,)),),
}
_CONDITIONS_OF_TOOLS: dict[str, tuple[Condition, ...]] = {
    # vfork has no flags; a new process may be made, a new namespace may not.
    "clone": (Condition(0, "bits", (0xFFFFFFFF, _CLONE_NEW_ANYTHING)),),
    # Its children have other numbers than the one that the filter was made for.
    "tgkill": (Condition(2, "any_of", (_SIGABRT,)),),
}


def conditions_for(purpose: str) -> Mapping[str, tuple[Condition, ...]]:
    """The conditions on arguments: purpose "answer" (a learner's Python in our driver), "program" or "tool"."""
    if purpose == "answer":
        return CONDITIONS
    given = CONDITIONS | _CONDITIONS_OF_PROGRAMS
    return given | _CONDITIONS_OF_TOOLS if purpose == "tool" else given


def numbers_for(machine: str, purpose: str = "answer") -> dict[str, int]:
    """Allowed calls by name for one architecture. Raises KeyError when there is no table."""
    words = {"x86_64": _X86_64, "aarch64": _AARCH64}[machine].split()
    if purpose != "answer":
        words += _PROGRAM[machine].split()
    if purpose == "tool":
        words += _TOOL[machine].split()
    # The busiest calls first: the filter compares one number after the other.
    table = {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}
    busy = ("futex", "read", "write", "mmap", "munmap", "brk", "clock_gettime")
    return {name: table[name] for name in busy} | table
