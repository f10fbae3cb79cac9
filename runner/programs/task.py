"""What to run and what came of it: plain, frozen shapes. Nothing in an `Ended` was said by the program itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from runner.job import BadJob

JOB = "/job"  # where the prepared folder stands in the pen, read only
GIVEN = "/given"  # where single files stand, read only
BOX_FEEDBACK = "/box/feedback/"  # where validators write
_RANGES: Mapping[str, tuple[float, float]] = {
    "cpu_seconds": (0.05, 600),
    "wall_seconds": (0.1, 1800),
    "memory_mb": (16, 65536),
    "address_mb": (64, 262144),
    "stack_mb": (1, 65536),
    "output_kb": (1, 1 << 20),
    "box_kb": (0, 1 << 20),
    "files": (0, 4096),
    "processes": (1, 256),
}


class Purpose(StrEnum):
    """Which system calls a task may make. PROGRAM: one process with threads. TOOL: it may start others (compilers)."""

    PROGRAM = "program"
    TOOL = "tool"


class How(StrEnum):
    """How a task ended, by the kernel's word and our clocks."""

    EXITED = "exited"
    SIGNALLED = "signalled"
    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    STOPPED = "stopped"  # by the host, because the other side of a conversation was over
    NOT_STARTED = "not_started"  # the kernel refused to execute the file


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """What one task may use.

    cpu and wall in seconds, cpu summed over threads and child processes. memory_mb: resident memory at its peak, of one
    process; the kernel cannot be told to hold it without cgroups, so it is looked at twenty times a second and at the
    end. address_mb: address space (RLIMIT_AS); None where a runtime reserves far more than it uses (Java, node).
    output_kb: of standard output, of the error stream, and of every file. box_kb, files: the writable folder; 0: none.
    processes: processes and threads alive at once.
    """

    cpu_seconds: float = 2.0
    wall_seconds: float = 10.0
    memory_mb: int = 256
    address_mb: int | None = 1024
    stack_mb: int = 64
    output_kb: int = 8192
    box_kb: int = 0
    files: int = 64
    processes: int = 16

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if value is None and name == "address_mb":
                continue
            if type(value) not in (int, float) or not least <= value <= most:
                raise BadJob(f"limit {name} must be between {least} and {most}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Task:
    """One program to run once.

    command: the file to execute and its arguments, as seen in the pen. folder: a folder of this machine that appears
    at /job, read only. given: name below /given -> file of this machine, read only. placed: name in the box -> file of
    this machine, copied there first (the box must have room). copies: the whole folder is copied into the box first.
    The program starts in the box where there is one, else in the folder. shown: further folders and files of this
    machine that stay where they are, read only. made: empty folders in the box. collect: files (or folders, with all
    below) of the box whose content is wanted afterwards.
    """

    command: tuple[str, ...]
    limits: TaskLimits = field(default_factory=TaskLimits)
    purpose: Purpose = Purpose.PROGRAM
    folder: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    placed: Mapping[str, str] = field(default_factory=dict)
    copies: bool = False
    shown: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    collect: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.command or not self.command[0].startswith("/"):
            raise BadJob("a command begins with an absolute path")
        if any("\x00" in word for word in self.command):
            raise BadJob("an argument holds a NUL character")
        if (self.placed or self.copies or self.made or self.collect) and not self.limits.box_kb:
            raise BadJob("files can only be placed and collected where there is a box")
        for name in (*self.given, *self.placed, *self.made, *self.collect):
            if name.startswith("/") or ".." in name.split("/") or os.path.normpath(name) != name:
                raise BadJob(f"not a plain name: {name!r}")

    def to_json(self) -> dict[str, Any]:
        """For the launcher; all of it is plain."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a task.

    exit_code: when it exited. signal: when a signal ended it. cpu_ms: user and system time of the program and all that
    it started. memory_kb: the largest resident size of one process; the moment before the program replaced our own
    small process is in it, so it is never below about 10,000. ended_at: `time.monotonic()` of its death. output,
    errors: what came, at most as much as was allowed. files: what was collected. why: for NOT_STARTED, a sentence.
    """

    how: How
    exit_code: int | None
    signal: int | None
    cpu_ms: float
    wall_ms: float
    memory_kb: int
    ended_at: float
    output: bytes = b""
    output_cut: bool = False
    errors: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)
    why: str = ""
