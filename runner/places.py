"""Which folders of this machine a learner's interpreter must be able to read, and nothing more."""

from __future__ import annotations

import os
import sys
import sysconfig

ZONES = "/usr/share/zoneinfo"
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
BOX = "/box"


def readable_folders(library: str | None) -> tuple[str, ...]:
    """The standard library, the folders of the shared libraries in use, zones, learner libraries.

    Asked after the imports are done, so that /proc/self/maps names every folder that was needed.
    """
    wanted = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    wanted.add(os.path.dirname(os.__file__))
    wanted.update(folder for folder in sys.path if folder.startswith(sys.base_prefix))
    wanted.update(_shared_library_folders())
    wanted.add(ZONES)
    if library:
        wanted.add(library)
    real = {os.path.realpath(folder) for folder in wanted if folder and os.path.isdir(folder)}
    return tuple(sorted(folder for folder in real if not _inside_another(folder, real)))


def _inside_another(folder: str, folders: set[str]) -> bool:
    return any(folder != other and folder.startswith(other + os.sep) for other in folders)


def _shared_library_folders() -> set[str]:
    """Folders of the .so files mapped now (mapped files have real paths, links resolved)."""
    folders = set()
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            columns = line.rstrip("\n").split(maxsplit=5)
            if len(columns) == 6 and ".so" in os.path.basename(columns[5]):
                folders.add(os.path.dirname(columns[5]))
    return folders


def stranger_can_read(folder: str) -> bool:
    """Whether a user with no rights here may walk to `folder` and read it."""
    path = os.path.realpath(folder)
    if os.stat(path).st_mode & 0o005 != 0o005:
        return False
    while path != os.sep:
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & 0o001:
            return False
    return True


def usable_interpreters() -> tuple[str, ...]:
    """Interpreters of this machine that any user may run, to name one in a refusal."""
    candidates = [f"/usr/bin/python3.{minor}" for minor in range(20, 10, -1)]
    candidates += [f"/usr/local/bin/python3.{minor}" for minor in range(20, 10, -1)]
    return tuple(
        path
        for path in candidates
        if os.path.exists(path) and stranger_can_read(os.path.dirname(os.path.realpath(path)))
    )
