"""A seccomp filter made by our own small assembler: an allowlist, everything else fails with EPERM.

A list of what is allowed can only forget something harmless; a list of what is forbidden forgets
the next io_uring. A call from another architecture or the x32 table kills the process, because
those tables give other meanings to the numbers that were checked.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from runner.allowed import ARCHITECTURES, CONDITIONS, Condition, conditions_for, numbers_for
from runner.syscalls import MACHINE, call

_LOAD_WORD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_JUMP_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000
_ALLOW = 0x7FFF0000
_X32_BIT = 0x40000000

_OFFSET_NUMBER = 0
_OFFSET_ARCHITECTURE = 4
_OFFSET_ARGUMENTS = 16

_SET_MODE_FILTER = 1
_TSYNC = 1
_SECCOMP = {"x86_64": 317, "aarch64": 277}

# Stands in a condition for "this very process", whose number is only known in the child.
OWN_PROCESS = "own process"
_PLACEHOLDER_PROCESS = 0x7EADBEEF


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value & 0xFFFFFFFF)


def _argument_offset(index: int, *, high: bool) -> int:
    return _OFFSET_ARGUMENTS + 8 * index + (4 if high else 0)  # both architectures are little-endian


def _compare_argument(condition: Condition, failed: int) -> bytes:
    """Instructions that fall through when the argument passes, else return `failed`.

    The kernel takes these arguments as 32-bit integers, except where the condition says that a
    whole 64-bit word (a pointer) must be zero.
    """
    low = _instruction(_LOAD_WORD, _argument_offset(condition.argument, high=False))
    refuse = _instruction(_RETURN, failed)
    if condition.kind == "any_of":
        values = [_PLACEHOLDER_PROCESS if v == OWN_PROCESS else int(v) for v in condition.values]
        tests = b""
        for position, value in enumerate(values):
            tests += _instruction(_JUMP_EQUAL, value, if_true=len(values) - position)
        return low + tests + refuse
    if condition.kind == "none_of":
        tests = b"".join(
            _instruction(_JUMP_EQUAL, int(value), if_true=0, if_false=1) + refuse for value in condition.values
        )
        return low + tests
    if condition.kind == "null":
        high = _instruction(_LOAD_WORD, _argument_offset(condition.argument, high=True))
        is_zero = _instruction(_JUMP_EQUAL, 0, if_true=1) + refuse
        return low + is_zero + high + is_zero
    needed, forbidden = (int(value) for value in condition.values)
    has = _instruction(_JUMP_ANY_BIT, needed, if_true=1) + refuse
    lacks = _instruction(_JUMP_ANY_BIT, forbidden, if_true=0, if_false=1) + refuse
    return low + has + lacks


def _body_of(name: str, conditions: Mapping[str, tuple[Condition, ...]]) -> bytes:
    denied = _ERRNO | errno.EPERM
    body = b"".join(_compare_argument(c, denied) for c in conditions.get(name, ()))
    return body + _instruction(_RETURN, _ALLOW)


def assemble(
    numbers: Mapping[str, int],
    architecture: int,
    conditions: Mapping[str, tuple[Condition, ...]] = CONDITIONS,
) -> bytes:
    """The filter as bytes. `numbers` maps the names of allowed calls to their numbers here."""
    program = _instruction(_LOAD_WORD, _OFFSET_ARCHITECTURE)
    program += _instruction(_JUMP_EQUAL, architecture, if_true=1)
    program += _instruction(_RETURN, _KILL_PROCESS)
    program += _instruction(_LOAD_WORD, _OFFSET_NUMBER)
    program += _instruction(_JUMP_AT_LEAST, _X32_BIT, if_true=0, if_false=1)
    program += _instruction(_RETURN, _KILL_PROCESS)
    for name, number in numbers.items():
        # clone3 hides its flags behind a pointer; ENOSYS makes libc fall back to clone.
        body = _instruction(_RETURN, _ERRNO | errno.ENOSYS) if name == "clone3" else _body_of(name, conditions)
        program += _instruction(_JUMP_EQUAL, number, if_true=0, if_false=len(body) // 8) + body
    return program + _instruction(_RETURN, _ERRNO | errno.EPERM)


@dataclass(frozen=True, slots=True)
class Filter:
    """An assembled filter and the places where the process's own number has to be written."""

    program: bytes
    holes: tuple[int, ...]

    def install(self, own_process: int) -> None:
        """Lock every thread of this process for good. Needs no_new_privs."""
        program = bytearray(self.program)
        for hole in self.holes:
            struct.pack_into("=I", program, hole, own_process)
        instructions = (ctypes.c_char * len(program)).from_buffer(program)
        header = _Header(len(program) // 8, ctypes.addressof(instructions))
        call(_SECCOMP[MACHINE], _SET_MODE_FILTER, _TSYNC, ctypes.byref(header))


class _Header(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def build_filter(machine: str = MACHINE, purpose: str = "answer") -> Filter:
    """The filter for this architecture and purpose (``allowed.py``). Raises KeyError for one without a table."""
    program = assemble(numbers_for(machine, purpose), ARCHITECTURES[machine], conditions_for(purpose))
    mark = struct.pack("=I", _PLACEHOLDER_PROCESS)
    holes = tuple(i + 4 for i in range(0, len(program), 8) if program[i + 4 : i + 8] == mark)
    return Filter(program, holes)


def available() -> bool:
    """Whether this kernel takes filters and we have a table for this architecture."""
    if MACHINE not in ARCHITECTURES:
        return False
    try:
        # A null program is refused with EFAULT by a kernel that knows filters, EINVAL by others.
        call(_SECCOMP[MACHINE], _SET_MODE_FILTER, 0, None)
    except OSError as error:
        return error.errno in (errno.EFAULT, errno.EACCES)
    return True
