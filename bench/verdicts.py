"""From a code answer to its verdict through HTTP, beside the sandbox alone, a cold Python and bubblewrap.

Only an answer whose reply, or a following look at its card, holds the verdict counts.
"""

from __future__ import annotations

import itertools
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import load
from academy import Academy, copied
from measure import Options, Table, main, milliseconds, percentile, reached, say, spread
from serving import ROOT, all_cores, clean_environment, pinned, staying_on

POLL_SECONDS = 0.25
IDLE_WAYS = {"through HTTP, back to back": 0.0, "through HTTP, 50 ms of thought between": 0.05}
KIND = "python_code"
_WAITS = b'class="verdict waiting'
_RIGHT = b'class="verdict accepted'


def answering(
    academy: Academy,
    numbers: Iterator[int],
    samples: load.Samples,
    pause: float = 0.0,
) -> load.Person:
    """Somebody who sends a right program, waits for the verdict, and begins again."""
    while True:
        number = next(numbers)
        begun = time.perf_counter()
        reply = yield academy.answer_request(KIND, number)
        polled = False
        while reply is not None and reply.status == 200 and _WAITS in reply.text:
            polled = True
            yield POLL_SECONDS
            reply = yield academy.card_request(KIND, number)
        if reply is not None and reply.status == 200 and _RIGHT in reply.text:
            samples.add(time.perf_counter() - begun)
            samples.polled += polled
        else:
            samples.fail(f"status {reply.status}" if reply else "nothing")
            yield POLL_SECONDS
        if pause:
            yield pause


def measured(
    academy: Academy, address: load.Address, clients: int, seconds: float, *, pause: float = 0.0
) -> load.Samples:
    """So many people answering for so long, each with learners of their own, so that verdicts do not mix."""
    people = len(academy.learners)
    samples = load.Samples()
    sends = [
        answering(academy, itertools.cycle(range(number, people, clients)), samples, pause=pause)
        for number in range(min(clients, people))
    ]
    return load.drive(address, sends, samples, seconds=seconds)


def alone(way: str, code: str, count: int, core: int) -> list[float]:
    """Seconds of each run without a web server, on one core; empty where that cannot be done here."""
    command = pinned([core], [sys.executable, str(Path(__file__).with_name("alone.py")), way, str(count)])
    done = subprocess.run(
        command, input=code, capture_output=True, text=True, env=clean_environment(), timeout=180, check=False
    )
    if done.returncode:
        say(f"verdicts: {way}: {done.stderr.strip()[-300:]}")
        return []
    return json.loads(done.stdout)


def ways() -> list[str]:
    """What can be compared on this machine."""
    found = ["pool"]
    if (ROOT / ".learner" / "numpy").is_dir():
        found.append("pool-numpy")
    found.append("cold")
    if shutil.which("bwrap"):
        found.append("bwrap")
    return found


WORDS = {
    "pool": "the sandbox alone, one core",
    "pool-numpy": "the sandbox alone, a numpy program",
    "cold": "cold `python` for each answer, no sandbox",
    "bwrap": "bubblewrap and `python` for each answer",
}


def idle(academy: Academy, options: Options, cores: Sequence[int]) -> Table:
    """One client, both cores: back to back, and with a moment of thought between."""
    table = Table(
        "A code answer, submit to verdict, one client, otherwise idle",
        ("what", "answers", "p50 ms", "p95 ms", "p99 ms", "budget", "reached"),
    )
    code = academy.facts["tasks"][KIND]["answers"][0][0]
    seconds, times = options.pick(6.0, 1.0), options.count(3, 1)
    found: dict[str, list[float]] = {}
    with academy.serve(cores) as served:
        measured(academy, served.address, 1, 1.0)
        for turn in range(times):
            say(f"verdicts: idle, repetition {turn + 1} of {times}")
            for name, pause in IDLE_WAYS.items():
                samples = measured(academy, served.address, 1, seconds, pause=pause)
                found.setdefault(name, []).extend(samples.seconds)
                table.notes += [f"{name}: not counted {samples.bad}"] if samples.bad else []
            for way in ways():
                found.setdefault(WORDS[way], []).extend(alone(way, code, options.count(100, 10), cores[0]))
    for name, took in found.items():
        ours = name.startswith("through")
        p50, p99 = percentile(took, 0.5) * 1000, percentile(took, 0.99) * 1000
        table.add(name, len(took), *milliseconds(took), "p50 <= 15, p99 <= 100" if ours else "–",
                  reached(p50 <= 15 and p99 <= 100 if ours else None))  # fmt: skip
    table.notes.append(f"{times} repetitions, interleaved; the program is the model answer of "
                       f"`{academy.facts['tasks'][KIND]['slug']}`.")  # fmt: skip
    if not shutil.which("bwrap"):
        table.notes.append("bubblewrap is not installed (apt-get install bubblewrap), so it is left out.")
    return table


def sustained(academy: Academy, options: Options, cores: Sequence[int]) -> Table:
    """Verdicts a second at several numbers of clients, on one core and on two, beside the other ways."""
    table = Table(
        "Verdicts a second, sustained",
        (
            "what",
            "clients",
            "verdicts/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "had to look again",
            "budget",
            "reached",
        ),
    )
    code = academy.facts["tasks"][KIND]["answers"][0][0]
    seconds, times = options.pick(8.0, 1.5), options.count(3, 1)
    settings = [
        ("one core", cores[:1], 1),
        ("two cores, 1 web process", cores[:2], 1),
        ("two cores, 2 web processes", cores[:2], 2),
    ]
    clients = (1, 4, 8, 16, 32) if not options.quick else (1, 8)
    rows: dict[tuple[str, int], list[load.Samples]] = {}
    others: dict[str, list[float]] = {}
    for turn in range(times):
        for name, where, processes in settings if len(cores) > 1 else settings[:1]:
            say(f"verdicts: {name}, repetition {turn + 1} of {times}")
            theirs = [core for core in cores if core not in where] or cores
            with academy.serve(where, processes=processes) as served, staying_on(theirs):
                measured(academy, served.address, 8, 1.0)
                for count in clients:
                    found = measured(academy, served.address, count, seconds)
                    rows.setdefault((name, count), []).append(found)
        for way in ways():
            if took := alone(way, code, options.count(200, 10), cores[0]):
                others.setdefault(way, []).append(len(took) / sum(took))
    for (name, count), found in rows.items():
        table.add(*_row(name, count, found))
        table.notes += [f"{name}, {count} clients: not counted {one.bad}" for one in found if one.bad]
    for way, rates in others.items():
        table.add(WORDS[way], 1, spread(rates), "–", "–", "–", "–", "–", reached(None))
    table.notes += [
        f"{times} repetitions of {seconds:g} s, interleaved; median (min–max). Web server, database, graders "
        "and the worker together on the cores named; where the machine has no more, the client takes a part.",
        f"An answer that is queued is looked for again every {POLL_SECONDS:g} s until its verdict is there.",
        *_ratios(rows, others),
    ]
    return table


def _row(name: str, count: int, found: list[load.Samples]) -> list[object]:
    rates = [one.rate for one in found]
    took = [value for one in found for value in one.seconds]
    looked = sum(one.polled for one in found) / max(1, sum(len(one.done) for one in found))
    budget = name.startswith("two") and count >= 8
    is_reached = reached(statistics.median(rates) >= 100) if budget else reached(None)
    shown = ">= 100 a second" if budget else "–"
    return [name, count, spread(rates), *milliseconds(took), f"{looked:.0%}", shown, is_reached]


def _ratios(rows: dict[tuple[str, int], list[load.Samples]], others: dict[str, list[float]]) -> list[str]:
    """Our best rate on one core against each other way on one core."""
    on_one = [found for (name, _), found in rows.items() if name == "one core"]
    mine = max(statistics.median([one.rate for one in found]) for found in on_one)
    return [
        f"HTTP on one core, at best {mine:.0f}/s: {mine / statistics.median(rates):.2f} times {WORDS[way]}."
        for way, rates in others.items()
    ]


def run(options: Options) -> list[Table]:
    """Measures and returns the tables."""
    cores = all_cores()
    with copied(options) as academy:
        return [idle(academy, options, cores), sustained(academy, options, cores)]


if __name__ == "__main__":
    main(__doc__, run)
