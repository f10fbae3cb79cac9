"""The time limit that the example submissions ask for, as the versions of the format say. Pure numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from bilik.judging.model import Limits, Version


@dataclass(frozen=True)
class TimeLimit:
    """seconds: the limit. wrong: why it does not fit the submissions; empty when it does."""

    seconds: Decimal
    wrong: str = ""


def time_limit(
    version: Version, limits: Limits, lower_ms: Sequence[float], upper_ms: Sequence[float] = ()
) -> TimeLimit:
    """The limit from the slowest times of submissions that bound it from below and from above.

    2025-09: the smallest multiple of the resolution that is far enough from both. Legacy: the slowest accepted time by
    the multiplier, rounded to whole seconds, at least one.
    """
    slowest = Decimal(str(max(lower_ms, default=0.0))) / 1000
    fastest = Decimal(str(min(upper_ms))) / 1000 if upper_ms else None
    least = slowest * limits.ac_to_limit
    if limits.time_limit is not None:
        seconds = limits.time_limit
    elif version is Version.LEGACY:
        seconds = max(Decimal(1), least.quantize(Decimal(1), ROUND_HALF_UP))
    else:
        steps = (least / limits.time_resolution).to_integral_value(ROUND_CEILING)
        seconds = max(steps, Decimal(1)) * limits.time_resolution
    return TimeLimit(seconds, _misfit(version, limits, seconds, least, fastest))


def _misfit(version: Version, limits: Limits, seconds: Decimal, least: Decimal, fastest: Decimal | None) -> str:
    if seconds < least and (version is not Version.LEGACY or limits.time_limit is not None):
        return f"the slowest submission that must be in time asks for a time limit of {least:.3f} s, not {seconds} s"
    if fastest is not None and seconds * limits.limit_to_tle > fastest:
        return (
            f"a submission that must be too slow takes {fastest:.3f} s, which is less than "
            f"{seconds * limits.limit_to_tle:.3f} s, the time limit with its margin"
        )
    return ""
