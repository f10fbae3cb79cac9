"""Landlock: the kernel's own file, TCP and signal fence, which needs no rights to put up.

It does not cover stat(2): names and sizes are only hidden by the pen. So it is the base line,
and the pen the better one. ABI numbers: 1 files, 2 refer, 3 truncate, 4 TCP, 5 device ioctl,
6 signals and abstract sockets.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from runner.syscalls import call

_CREATE_RULESET = 444
_ADD_RULE = 445
_RESTRICT_SELF = 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_EXECUTE = 1 << 0
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_TRUNCATE = 1 << 14
_FIRST_ABI_RIGHTS = (1 << 13) - 1
_REFER = 1 << 13
_IOCTL_DEV = 1 << 15
_TCP_RIGHTS = 0b11
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

READ = _READ_FILE | _READ_DIR
# Write file, remove and make plain files and folders. No devices, FIFOs, sockets or links.
_WRITE_FILE = 1 << 1
_REMOVE = 1 << 4 | 1 << 5
_MAKE_DIR = 1 << 7
_MAKE_REG = 1 << 8
WRITE = READ | _WRITE_FILE | _REMOVE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The Landlock ABI of this kernel; 0 when there is none or it is switched off at boot."""
    try:
        return call(_CREATE_RULESET, 0, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def _file_rights(version: int) -> int:
    rights = _FIRST_ABI_RIGHTS
    if version >= 2:
        rights |= _REFER
    if version >= 3:
        rights |= _TRUNCATE
    if version >= 5:
        rights |= _IOCTL_DEV
    return rights


def build_ruleset(
    version: int, readable: Iterable[str], writable: Iterable[str] = (), executable: Iterable[str] = ()
) -> int:
    """A ruleset (a descriptor) that denies everything but reading, writing and executing below these folders
    (and writing into /dev/null).

    A folder that does not exist is left out: what is not there needs no permission.
    """
    handled = _file_rights(version)
    wanted = _RulesetAttributes(
        handled,
        _TCP_RIGHTS if version >= 4 else 0,
        _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    # An older kernel refuses a longer structure with bits it does not know, so send what it knows.
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = call(_CREATE_RULESET, ctypes.byref(wanted), size, 0)
    for path in readable:
        _allow(ruleset, path, READ & handled)
    for path in (*writable, os.devnull):
        _allow(ruleset, path, WRITE & handled)
    for path in executable:
        _allow(ruleset, path, READ | _EXECUTE)
    return ruleset


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _READ_FILE | _WRITE_FILE | _TRUNCATE | _EXECUTE
        rule = _PathBeneath(rights, folder)
        call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(folder)


def restrict_self(ruleset: int) -> None:
    """Fence this thread for good. Needs no_new_privs."""
    call(_RESTRICT_SELF, ruleset, 0)
