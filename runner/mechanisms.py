"""Which fences this machine offers, which of them are used, and when to refuse.

Order: pen + Landlock + seccomp, then Landlock + seccomp, then pen + seccomp, then refuse. seccomp
and rlimits are never optional. ``BILIK_SANDBOX_WITHOUT=pen,landlock`` (read in the trusted
process) leaves fences out, so that tests can run the fallbacks on a machine that has everything.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from runner import landlock, pen, seccomp
from runner.faults import PlatformFault
from runner.places import stranger_can_read, usable_interpreters

SWITCH = "BILIK_SANDBOX_WITHOUT"
_OPTIONAL = frozenset({"pen", "landlock"})


@dataclass(frozen=True, slots=True)
class Fences:
    """What is active. notes: why something is not."""

    pen: bool
    landlock_abi: int
    change_user: bool
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """For people and for ``Result.mechanisms``: for example pen, landlock-7, seccomp, rlimits, user."""
        given: tuple[str, ...] = ("pen",) if self.pen else ()
        given += (f"landlock-{self.landlock_abi}",) if self.landlock_abi else ()
        return (*given, "seccomp", "rlimits", *(("user",) if self.change_user else ()))


def left_out(environment: Mapping[str, str] = os.environ) -> frozenset[str]:
    """The fences that the operator's environment leaves out. Raises PlatformFault for other names."""
    names = frozenset(filter(None, (n.strip() for n in environment.get(SWITCH, "").split(","))))
    if names - _OPTIONAL:
        raise PlatformFault(f"{SWITCH} may name only pen and landlock; seccomp cannot be switched off")
    return names


def raise_fences(without: frozenset[str]) -> Fences:
    """Find the best order that works here and enter the pen's namespaces if it has a pen.

    Called once in the process that becomes the keeper. Raises PlatformFault when nothing that is
    strong enough works.
    """
    if not seccomp.available():
        raise PlatformFault("this kernel or architecture has no seccomp filter we know; use Linux x86_64")
    notes = [f"{name} left out by {SWITCH}" for name in sorted(without)]
    abi = 0 if "landlock" in without else landlock.abi()
    if not abi and "landlock" not in without:
        notes.append("no Landlock in this kernel (Linux 5.13 or later, with lsm=landlock)")
    has_pen = "pen" not in without and _try_pen(notes)
    if not has_pen and not abi:
        raise PlatformFault(
            "neither namespaces nor Landlock can be used here, so no answer can be run safely: " + "; ".join(notes)
        )
    return Fences(has_pen, abi, os.geteuid() == 0, tuple(notes))


def _try_pen(notes: list[str]) -> bool:
    try:
        pen.enter_namespaces()
    except OSError as error:
        notes.append(f"no pen: {error} (are user namespaces allowed for this user?)")
        return False
    return True


def check_interpreter(folders: tuple[str, ...], fences: Fences) -> None:
    """Without a pen the learner's user must be able to walk to the library. Raises PlatformFault."""
    if fences.pen or not fences.change_user:
        return
    hidden = [folder for folder in folders if not stranger_can_read(folder)]
    if hidden:
        others = ", ".join(usable_interpreters()) or "none was found; install python3 for all users"
        raise PlatformFault(
            f"without namespaces this Python cannot be used, since other users may not read "
            f"{', '.join(hidden)}; usable here: {others}"
        )
