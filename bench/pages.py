"""Lesson page and cheap answer beside a bare Django page and a bare one-row POST, on the same web server.

Both servers stand on one core, the client on another; each repetition measures one thing after the other,
and a ratio is taken within a repetition.
"""

from __future__ import annotations

import contextlib
import functools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import load
import queries
from academy import Academy, cookies_of, copied, rotating
from measure import Options, Table, main, milliseconds, reached, say, spread
from serving import HOST, ROOT, Served, all_cores, clean_environment, free_port, staying_on

CLIENTS = (1, 8, 32)
MOST_QUERIES = 8


@dataclass
class Thing:
    """One thing that is measured: a request of a server, what it must hold, and what it is compared to."""

    name: str
    server: str
    make: Callable[[], bytes]
    holds: bytes
    beside: str = ""
    budget: float | None = None
    queries: int | None = None
    status: int = 200
    rates: dict[int, list[float]] = field(default_factory=dict)
    seconds: dict[int, list[float]] = field(default_factory=dict)
    bad: dict[str, int] = field(default_factory=dict)


@contextlib.contextmanager
def bare_site(core: int) -> Iterator[tuple[Served, list[dict[str, str]]]]:
    """The bare site in a temporary folder, on a core, with its signed-in people."""
    with tempfile.TemporaryDirectory(prefix="bilik-bare-") as name:
        folder, port = Path(name), free_port()
        env = clean_environment(BENCH_BARE=name)
        env["PYTHONPATH"] = f"{ROOT / 'bench'}:{ROOT}"
        subprocess.run(
            [sys.executable, str(ROOT / "bench" / "bare.py"), "make"],
            cwd=folder,
            env=env,
            timeout=120,
            check=True,
        )
        # The same words as bilik/config/commands/running.py, so that only the site differs.
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
            "--workers", "1", "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600",
            "--respawn-failed-workers", "--no-ws", "--log-level", "warning", "bare:application",
        ]  # fmt: skip
        with Served(command, cores=[core], port=port, folder=folder, env=env, health="/plain") as served:
            yield served, json.loads((folder / "bench.json").read_text())["learners"]


PAGE, ROW = "bare Django page", "bare one-row POST"
_RIGHT = b'class="verdict accepted'


def things(academy: Academy, bare: list[dict[str, str]]) -> list[Thing]:
    """What is measured, in the order of a repetition: what is compared stands near its measure."""
    counts = queries.counted(academy)
    plain = Thing("bare: a line of text", "bare", lambda: load.get("/plain"), b"ok", queries=0)
    bare_page = rotating(lambda number: load.get("/page", cookies_of(bare[number])), len(bare))
    bare_row = rotating(lambda number: _bare_row(bare[number]), len(bare))
    return [
        plain,
        Thing(PAGE, "bare", bare_page, b"row-20", queries=3),
        *_lessons(academy, counts),
        Thing(ROW, "bare", bare_row, b"stored", queries=3),
        *_answers(academy, counts),
    ]


def _bare_row(learner: dict[str, str]) -> bytes:
    fields = {"csrfmiddlewaretoken": learner["token"], "text": "555"}
    return load.post("/row", urlencode(fields).encode(), cookies_of(learner))


def _lessons(academy: Academy, counts: dict[str, int]) -> Iterator[Thing]:
    for name, which, holds, compressed in (
        ("lesson, 6 exercises, fresh", "large", b"<form", True),
        ("lesson, 6 exercises, fresh, asked for without compression", "large", b"<form", False),
        ("lesson, 6 exercises, all answered", "answered", _RIGHT, True),
        ("lesson, 1 exercise", "small", b"<form", True),
    ):
        ask = functools.partial(academy.lesson_request, which, compressed=compressed)
        make = rotating(ask, len(academy.learners))
        yield Thing(name, "bilik", make, holds, PAGE, 0.5, counts[f"lesson {which}"])


def _answers(academy: Academy, counts: dict[str, int]) -> Iterator[Thing]:
    for name, kind, by_script in (
        ("answer, one choice", "single_choice", True),
        ("answer, a number", "numeric", True),
        ("answer, one choice, without script (302)", "single_choice", False),
    ):
        send = functools.partial(academy.answer_request, kind, by_script=by_script)
        make = rotating(send, len(academy.learners))
        holds, status, way = (_RIGHT, 200, "answer") if by_script else (b"", 302, "form")
        yield Thing(name, "bilik", make, holds, ROW, 0.4, counts[f"{way} {kind}"], status)


def measure(thing: Thing, address: load.Address, clients: int, seconds: float) -> None:
    """One measurement of one thing."""
    samples = load.Samples()
    person = functools.partial(load.closed_loop, thing.make, samples, status=thing.status, holds=thing.holds)
    load.drive(address, [person() for _ in range(clients)], samples, seconds=seconds)
    thing.rates.setdefault(clients, []).append(samples.rate)
    thing.seconds.setdefault(clients, []).extend(samples.seconds)
    for why, times in samples.bad.items():
        thing.bad[why] = thing.bad.get(why, 0) + times


def run(options: Options) -> list[Table]:
    """Measures and returns the tables."""
    cores = all_cores()
    seconds, times = options.pick(3.0, 0.5), options.count(5, 1)
    clients = CLIENTS if not options.quick else (1, 8)
    with copied(options) as academy, bare_site(cores[0]) as (bare, bare_people):
        measured = things(academy, bare_people)
        with academy.serve(cores[:1], worker=False) as bilik, staying_on(cores[1:2] or cores):
            addresses = {"bare": bare.address, "bilik": bilik.address}
            for thing in measured:
                measure(thing, addresses[thing.server], 4, seconds)
                thing.rates.clear()
                thing.seconds.clear()
            for turn in range(times):
                say(f"pages: repetition {turn + 1} of {times}")
                for count in clients:
                    for thing in measured:
                        measure(thing, addresses[thing.server], count, seconds)
    table = Table(
        "Pages and cheap answers, one core",
        (
            "clients",
            "what",
            "requests/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "queries",
            "ratio to the bare one",
            "budget",
            "reached",
        ),
    )
    for count in clients:
        for thing in measured:
            table.add(*_row(thing, count, {other.name: other for other in measured}))
    table.notes += [
        f"{times} repetitions of {seconds:g} s, interleaved; median (min–max); ratios within a repetition.",
        "Server on one core, client on another; one process with 4 threads; no background worker.",
        "The client asks for compressed pages as browsers do; the bare site does not compress.",
        f"Queries as Django counts them, BEGIN, COMMIT and SAVEPOINT included. {_within_queries(measured)}",
        "An answer counts when its reply holds the verdict (the form without script: when it redirects).",
    ]  # fmt: skip
    table.notes += [f"{thing.name}: {thing.bad}" for thing in measured if thing.bad]
    return [table]


def _within_queries(measured: list[Thing]) -> str:
    """Whether the lesson pages keep to their budget of queries."""
    most = max(thing.queries or 0 for thing in measured if thing.name.startswith("lesson"))
    return f"Budget of a lesson page: <= {MOST_QUERIES}; the most is {most}: {reached(most <= MOST_QUERIES)}."


def _row(thing: Thing, clients: int, others: dict[str, Thing]) -> list[object]:
    cells: list[object] = [
        clients,
        thing.name,
        spread(thing.rates[clients]),
        *milliseconds(thing.seconds[clients]),
    ]
    cells.append(thing.queries)
    if not thing.beside:
        return [*cells, "1", "–", reached(None)]
    pairs = zip(thing.rates[clients], others[thing.beside].rates[clients], strict=True)
    ratios = sorted(mine / theirs for mine, theirs in pairs if theirs)
    middle = ratios[len(ratios) // 2] if ratios else 0.0
    return [*cells, spread(ratios, 2), f">= {thing.budget}", reached(middle >= (thing.budget or 0))]


if __name__ == "__main__":
    main(__doc__, run)
