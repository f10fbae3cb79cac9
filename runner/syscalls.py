"""The few Linux system calls that Python's own library does not offer, through libc's ``syscall``.

Every function raises ``OSError`` with the kernel's number. Nothing here decides anything: which
calls are made, and in which order, is said in ``pen``, ``landlock``, ``seccomp`` and ``lockdown``.
"""

from __future__ import annotations

import ctypes
import os
import platform

MACHINE = platform.machine()

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

# Numbers from 424 up are the same on every architecture; the older ones are not.
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_OPEN_TREE = 428
_MOVE_MOUNT = 429
_CLOSE_RANGE = 436
_MOUNT_SETATTR = 442

_AT_EMPTY_PATH = 0x1000
_AT_RECURSIVE = 0x8000
_OPEN_TREE_CLONE = 1
_MOVE_MOUNT_F_EMPTY_PATH = 4
_MNT_DETACH = 2

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_REC = 16384
MS_PRIVATE = 1 << 18

MOUNT_ATTR_RDONLY = 1
MOUNT_ATTR_NOSUID = 2
MOUNT_ATTR_NODEV = 4
MOUNT_ATTR_NOEXEC = 8

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_LINUX_CAPABILITY_VERSION_3 = 0x20080522


def call(number: int, *arguments: object) -> int:
    """Make system call `number`; plain integers are passed as 64-bit words."""
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    answer = int(_libc.syscall(ctypes.c_long(number), *words))
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return answer


def _checked(answer: int, what: str) -> None:
    if answer != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def prctl(option: int, value: int = 0) -> int:
    """prctl(2) with one argument; returns its answer."""
    answer = int(_libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0))
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl {option}: {os.strerror(code)}")
    return answer


def unshare(flags: int) -> None:
    """unshare(2): leave the namespaces named in `flags`."""
    _checked(_libc.unshare(flags), f"unshare {flags:#x}")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    _checked(
        _libc.mount(
            source.encode() if source else None,
            os.fsencode(target),
            kind.encode() if kind else None,
            ctypes.c_ulong(flags),
            options.encode() or None,
        ),
        f"mount {target}",
    )


def detach(target: str) -> None:
    """umount2(2) with MNT_DETACH: the mount disappears from here at once."""
    _checked(_libc.umount2(os.fsencode(target), _MNT_DETACH), f"umount {target}")


def pivot_root(new_root: str, put_old: str) -> None:
    """pivot_root(2)."""
    call(_PIVOT_ROOT[MACHINE], os.fsencode(new_root), os.fsencode(put_old))


def clone_mount(path: str) -> int:
    """A detached copy of what is mounted at `path` (and below), as a file descriptor."""
    flags = _OPEN_TREE_CLONE | _AT_RECURSIVE | os.O_CLOEXEC
    return call(_OPEN_TREE, -100, os.fsencode(path), flags)


def attach_mount(mount_fd: int, target: str) -> None:
    """Put a detached mount at `target`."""
    call(_MOVE_MOUNT, mount_fd, b"", -100, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH)


class _MountAttributes(ctypes.Structure):
    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def restrict_mount(mount_fd: int, attributes: int) -> None:
    """Add MOUNT_ATTR_* bits to a detached mount and all below it (flags already set stay set)."""
    wanted = _MountAttributes(attributes, 0, 0, 0)
    size = ctypes.sizeof(wanted)
    call(_MOUNT_SETATTR, mount_fd, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, ctypes.byref(wanted), size)


def close_from(first: int) -> None:
    """Close every descriptor from `first` up, including those nobody remembers."""
    call(_CLOSE_RANGE, first, 0xFFFFFFFF, 0)


def set_capabilities(kept: frozenset[int]) -> None:
    """Make permitted and effective capabilities exactly `kept`; nothing is inheritable."""
    low = sum(1 << number for number in kept if number < 32)
    high = sum(1 << (number - 32) for number in kept if number >= 32)
    header = (ctypes.c_uint32 * 2)(_LINUX_CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    call(_CAPSET[MACHINE], ctypes.byref(header), ctypes.byref(data))


def limit_memory_arenas() -> None:
    """One malloc arena: else each thread reserves 64 MB of the address space that is rationed."""
    m_arena_max = -8
    _libc.mallopt(m_arena_max, 1)
