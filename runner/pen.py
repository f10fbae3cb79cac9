"""The pen: namespaces and a small read-only root, made once for a warm process and all its children.

Without it a learner's program still cannot open a file (Landlock) or a socket (seccomp), but it
could see that a file exists and how big it is. In the pen there is nothing to see: no /proc, no
/home, no /etc, no /dev/shm, an empty network, and process numbers of its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from runner import syscalls
from runner.places import BOX, DEVICES

_NAMESPACES = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWCGROUP
)
_LINKS = ("/lib", "/lib64", "/bin")
_STAGE = "/tmp"  # noqa: S108 - only a mount point, and only in a namespace of our own
_BARE = syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_RDONLY
_NO_DEVICES = _BARE | syscalls.MOUNT_ATTR_NODEV
# Someone who is nobody outside, so that a leak through a forgotten file would be nobody's file.
_INSIDE_ID = 59417


def enter_namespaces() -> None:
    """Leave the machine's namespaces; the next child of this process is the first of the new ones.

    Raises OSError when the machine does not allow it. Must run in a single-threaded process
    that may still write its /proc/self/uid_map (so before PR_SET_DUMPABLE 0).
    """
    if os.geteuid() == 0:
        syscalls.unshare(_NAMESPACES)
    else:
        user, group = os.geteuid(), os.getegid()
        syscalls.unshare(_NAMESPACES | syscalls.CLONE_NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{_INSIDE_ID} {user} 1")
        _write("/proc/self/gid_map", f"{_INSIDE_ID} {group} 1")
    # Else our mounts would appear on the machine where / is shared (systemd does that).
    syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


@dataclass(frozen=True, slots=True)
class Place:
    """Something of this machine that is seen in the pen, read only. runs: whether it may hold programs to execute."""

    source: str
    at: str
    runs: bool = True


def enter_root(folders: tuple[str, ...]) -> None:
    """Make a read-only root that holds only `folders` and three devices, and move into it."""
    enter_root_of([Place(path, path) for path in folders])


def enter_root_of(places: Sequence[Place]) -> None:
    """Make a read-only root that holds only `places` and three devices, and move into it.

    Every source is opened before the stage is covered, so that a folder under /tmp works too,
    and while this process may still read a folder that the learner's user could not walk to.
    """
    sources = []
    for place in places:
        still = 0 if place.runs else syscalls.MOUNT_ATTR_NOEXEC
        sources.append((place.at, os.path.isdir(place.source), _clone(place.source, _NO_DEVICES | still)))
    sources += [(path, False, _clone(path, _BARE | syscalls.MOUNT_ATTR_NOEXEC)) for path in DEVICES]
    links = [(link, os.readlink(link)) for link in _LINKS if os.path.islink(link)]
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("tmpfs", _STAGE, "tmpfs", flags, "mode=0755,size=256k,nr_inodes=512")
    for path, folder, source in sources:
        _make_target(_STAGE + path, folder=folder)
        syscalls.attach_mount(source, _STAGE + path)
        os.close(source)
    for link, target in links:
        # The loader looks for libraries under /lib; where that is a link the real place is bound.
        if not os.path.lexists(_STAGE + link):
            os.symlink(target, _STAGE + link)
    os.mkdir(_STAGE + BOX, 0o755)
    _swap_root()


def _clone(path: str, attributes: int) -> int:
    source = syscalls.clone_mount(path)
    syscalls.restrict_mount(source, attributes)
    return source


def _make_target(path: str, *, folder: bool) -> None:
    os.makedirs(path if folder else os.path.dirname(path), mode=0o755, exist_ok=True)
    if not folder:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o644))


def _swap_root() -> None:
    os.chdir(_STAGE)
    # The old root lands on top of the new one and is then taken away: no folder for it is needed.
    syscalls.pivot_root(".", ".")
    syscalls.detach(".")
    os.chdir("/")
    flags = syscalls.MS_REMOUNT | syscalls.MS_RDONLY | syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount(None, "/", None, flags, "mode=0755,size=256k,nr_inodes=512")


def mount_box(size_kb: int, files: int, user: int, group: int) -> None:
    """A private writable folder for one job: its own mount namespace, its own small tmpfs.

    It dies with the process, so there is nothing to clean up and nothing for the next job to find.
    """
    syscalls.unshare(syscalls.CLONE_NEWNS)
    fill_box(size_kb, files, user, group, syscalls.MS_NOEXEC)


def fill_box(size_kb: int, files: int, user: int, group: int, more: int = 0) -> None:
    """The same where the mount namespace is the job's own already. more: further MS_ flags."""
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | more
    options = f"mode=0700,size={size_kb}k,nr_inodes={files + 1},uid={user},gid={group}"
    syscalls.mount("tmpfs", BOX, "tmpfs", flags, options)
