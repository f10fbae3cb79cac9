"""Memory of a served academy as the kernel shares it out (PSS): idle, warm, and after code answers."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import load
from academy import Academy, copied
from measure import Options, Table, main, reached
from serving import Served, all_cores, tree
from verdicts import answering, measured

ANSWERS = 200
BUDGET_MIB = 200


def pss_kib(pid: int) -> int | None:
    """The proportional share of a process; None where it may not be read or is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def kind_of(pid: int) -> str:
    """What a process of the academy is."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "gone"
    for mark, kind in (
        ("zygote", "sandbox"),
        ("granian", "web server"),
        (" worker", "worker"),
        (" serve", "serve"),
    ):
        if mark in words:
            return kind
    return "sandbox or other"


def taken(served: Served) -> tuple[dict[str, tuple[int, float]], int]:
    """Processes and MiB by kind, and how many processes could not be read."""
    found: dict[str, tuple[int, float]] = {}
    unread = 0
    for pid in tree(served.pid):
        kib = pss_kib(pid)
        if kib is None:
            unread += 1
            continue
        number, mib = found.get(kind_of(pid), (0, 0.0))
        found[kind_of(pid)] = (number + 1, mib + kib / 1024)
    return found, unread


def _answer(academy: Academy, served: Served, count: int) -> int:
    """So many code answers, one after another; how many got their verdict."""
    samples = load.Samples()

    def some() -> load.Person:
        person = answering(academy, itertools.cycle(range(len(academy.learners))), samples)
        reply = None
        while len(samples.done) + sum(samples.bad.values()) < count:
            reply = yield person.send(reply)

    load.drive(served.address, [some()], samples, seconds=60.0)
    return len(samples.done)


def run(options: Options) -> list[Table]:
    """Measures and returns the table."""
    table = Table(
        "Memory of a served academy (PSS, MiB)",
        ("when", "all together", "by kind (processes: MiB)", "budget", "reached"),
    )
    with copied(options) as academy, academy.serve(all_cores()) as served:
        time.sleep(options.pick(4.0, 1.5))
        table.add(*_row("started, nobody came", served, None))
        _answer(academy, served, 1)
        time.sleep(2.0)
        table.add(*_row("idle with a warm grader", served, BUDGET_MIB))
        done = _answer(academy, served, options.count(ANSWERS, 20))
        time.sleep(1.0)
        table.add(*_row(f"after {done} code answers", served, None))
        measured(academy, served.address, 32, options.pick(4.0, 1.0))
        time.sleep(1.0)
        table.add(*_row("after a rush of 32 clients", served, None))
    table.notes.append("The budget counts everything that is served. PSS counts a shared page in parts.")
    return [table]


def _row(when: str, served: Served, budget: int | None) -> list[object]:
    kinds, unread = taken(served)
    total = sum(mib for _, mib in kinds.values())
    words = ", ".join(f"{kind} ({number}): {mib:.0f}" for kind, (number, mib) in sorted(kinds.items()))
    if unread:
        words += f"; {unread} processes could not be read"
    is_reached = None if budget is None else total <= budget
    return [when, f"{total:.0f}", words, f"<= {budget}" if budget else "–", reached(is_reached)]


if __name__ == "__main__":
    main(__doc__, run)
