"""Numbers and tables: medians with their spread, percentiles, the machine, Markdown."""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import signal
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Table:
    """What a script found. `notes` say what a reader must know to read the figures rightly."""

    title: str
    head: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """One more row."""
        self.rows.append(cells)

    def markdown(self) -> str:
        """The table as Markdown, with its title above and its notes below."""
        lines = [f"## {self.title}", "", _line(self.head), _line(["---"] * len(self.head))]
        lines += [_line([str(cell) for cell in row]) for row in self.rows]
        lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines).rstrip() + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def spread(values: Sequence[float], digits: int = 0) -> str:
    """`median (min–max)` of repetitions."""
    if not values:
        return "–"
    low, middle, high = min(values), statistics.median(values), max(values)
    if len(values) == 1:
        return f"{middle:.{digits}f}"
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)] if ordered else math.nan


def milliseconds(seconds: Sequence[float]) -> tuple[str, str, str]:
    """p50, p95 and p99 in ms, as cells of a table."""
    if not seconds:
        return ("–", "–", "–")
    p50, p95, p99 = (_ms(percentile(seconds, share)) for share in (0.50, 0.95, 0.99))
    return p50, p95, p99


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}" if seconds < 0.1 else f"{seconds * 1000:.0f}"


def reached(is_reached: bool | None) -> str:
    """The last column: whether a budget is kept; a dash where there is none."""
    return "–" if is_reached is None else ("yes" if is_reached else "**no**")


def machine() -> str:
    """What the figures were measured on, and how busy it was when asked."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), platform.machine())
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({cpu}), {memory} MiB, Linux {platform.release()}, "
        f"Python {platform.python_version()}; load average {load}"
    )


@dataclass(frozen=True)
class Options:
    """What every script is told."""

    quick: bool = False
    academy: Path | None = None

    def pick(self, full: float, quick: float) -> float:
        """`full`, or `quick` for a smoke test."""
        return quick if self.quick else full

    def count(self, full: int, quick: int) -> int:
        """The same for whole numbers."""
        return quick if self.quick else full


def say(text: str) -> None:
    """A line on how far we are, beside the tables."""
    print(text, file=sys.stderr, flush=True)


def stop_cleanly() -> None:
    """Being told to stop raises SystemExit, so that every `with` block ends what it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def main(about: str, run: Callable[[Options], list[Table]]) -> None:
    """The command line of one script."""
    stop_cleanly()
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="a smoke test: small numbers, no meaning")
    parser.add_argument("--academy", type=Path, help="made by `academy.py make`; else made now")
    parser.add_argument("--json", action="store_true", help="rows as JSON instead of Markdown")
    given = parser.parse_args()
    tables = run(Options(given.quick, given.academy))
    if given.json:
        print(json.dumps([asdict(table) for table in tables]))
        return
    print(f"{machine()}\n")
    if given.quick:
        print("**A smoke test (`--quick`): these figures mean nothing.**\n")
    print("\n".join(table.markdown() for table in tables))
