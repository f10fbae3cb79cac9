"""What the machine's process table says, for tests that look at the host's side."""

from __future__ import annotations

import os
import time
from collections.abc import Callable


def descendants(ancestor: int) -> set[int]:
    """Numbers of all living processes below `ancestor`."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    state, parent = file.read().rpartition(")")[2].split()[:2]
            except OSError:
                continue  # it ended meanwhile
            if state != "Z":
                parents[int(name)] = int(parent)
    found: set[int] = set()
    newly = {ancestor}
    while newly:
        newly = {pid for pid, parent in parents.items() if parent in newly} - found
        found |= newly
    return found


def eventually(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether `condition` comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
