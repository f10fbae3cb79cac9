"""How often somebody may call: a leaky bucket for each name, in this process's memory. Pure.

A bucket holds `most` calls and regains them evenly over `seconds` (GCRA: one moment is kept for each name, the one at
which its bucket will be full again). Counting in the database would make every reading write. With several web
processes each counts for itself, so a client that is spread over n of them may call up to n times as often: the limit
protects the machine, it is no promise to the second.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil, floor
from threading import Lock

MOST_NAMES = 20_000
# Seconds are floats here, and what they are short of by rounding is nothing.
_TINY = 1e-6


@dataclass(frozen=True)
class Left:
    """What is left of a bucket: whether this call may pass, further calls at once, seconds until one more may pass
    (0 if one may now) and until the bucket is full.
    """

    passes: bool
    calls: int
    wait: int
    full_in: int


class Limit:
    """`most` calls in `seconds` for each name."""

    def __init__(self, most: int, seconds: int) -> None:
        self.most, self.seconds = most, seconds
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str, now: float) -> Left:
        """Takes one call out of a bucket, if there is one. `now` is in seconds of a clock that never goes back."""
        return self._look(name, now, take=True)

    def left(self, name: str, now: float) -> Left:
        """The same without taking."""
        return self._look(name, now, take=False)

    def forget(self) -> None:
        """Fills all buckets; for tests."""
        with self._lock:
            self._full_at.clear()

    def _look(self, name: str, now: float, *, take: bool) -> Left:
        each = self.seconds / self.most
        with self._lock:
            full_at = max(self._full_at.get(name, now), now)
            passes = full_at - now <= self.seconds - each + _TINY
            if take and passes:
                full_at += each
                self._full_at[name] = full_at
                self._full_at.move_to_end(name)
                if len(self._full_at) > MOST_NAMES:
                    self._full_at.popitem(last=False)
        behind = full_at - now
        wait = 0 if passes else max(1, ceil(behind - (self.seconds - each) - _TINY))
        return Left(passes, max(0, floor((self.seconds - behind) / each + _TINY)), wait, ceil(behind - _TINY))
