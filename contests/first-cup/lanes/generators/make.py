"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(7)


def write(name: str, text: str, why: str = "", answer: str | None = None) -> None:
    """One test case: input, answer (of the model solution unless given), and what it is there for."""
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(text)
    if answer is None:
        run = subprocess.run([sys.executable, MODEL], input=text, capture_output=True, text=True, check=True)
        answer = run.stdout
    path.with_suffix(".ans").write_text(answer)
    if why:
        path.with_suffix(".yaml").write_text(f"description: {json.dumps(why)}\n")


def invalid(name: str, text: str, why: str) -> None:
    """An input that the input validator must refuse."""
    path = PACKAGE / "data" / "invalid_input" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(text)
    path.with_suffix(".yaml").write_text(f"description: {json.dumps(why)}\n")


shutil.rmtree(PACKAGE / "data", ignore_errors=True)


def case(name: str, n: int, roads: list[tuple[int, int]], why: str = "") -> None:
    write(name, f"{n} {len(roads)}\n" + "".join(f"{a} {b}\n" for a, b in roads), why)


def turned(a: int, b: int) -> tuple[int, int]:
    return (a, b) if rng.random() < 0.5 else (b, a)


def web(n: int, m: int, reach: int) -> list[tuple[int, int]]:
    """A chain of villages and roads between villages that are at most `reach` apart; numbers mixed, 1 and n kept."""
    names = [1, *rng.sample(range(2, n), n - 2), n]
    pairs = [(i, i + 1) for i in range(n - 1)]
    while len(pairs) < m:
        i = rng.randrange(n - 1)
        pairs.append((i, min(n - 1, i + rng.randint(1, reach))))
    roads = [turned(names[a], names[b]) for a, b in pairs]
    rng.shuffle(roads)
    return roads


case("sample/1", 4, [(1, 2), (3, 2), (3, 4), (4, 1)])
case("sample/2", 3, [(2, 1), (2, 1)])

case("secret/01-one-road", 2, [(1, 2)], "Open at once.")
case("secret/02-one-road-to-wait-for", 2, [(2, 1)], "Open an hour later.")
case("secret/03-no-way", 5, [(1, 2), (2, 3), (4, 5)], "The last village is cut off.")
case("secret/04-wait-or-go-round", 4, [(4, 1), (1, 2), (2, 3), (3, 4)], "Waiting for the short road is better.")
case("secret/05-longer-is-faster", 6, [(1, 2), (2, 6), (1, 3), (4, 3), (4, 6)], "More roads, but no waiting.")
case(
    "secret/06-fewer-roads-slower",
    7,
    [(2, 1), (3, 2), (7, 3), (1, 4), (5, 4), (5, 6), (7, 6)],
    "Three roads with waiting against four without.",
)
case("secret/07-both-ways", 3, [(1, 2), (2, 1), (2, 3), (3, 2)], "Two lanes: every road is there in both turns.")
case("secret/08-same-road-many-times", 3, [(1, 2)] * 5 + [(3, 2)] * 5, "Several roads between the same villages.")
case(
    "secret/09-never-waiting",
    3_000,
    [(i, i + 1) if i % 2 else (i + 1, i) for i in range(1, 3_000)],
    "A chain on which one never waits.",
)
case(
    "secret/10-chain-against",
    10_000,
    [(i, i + 1) for i in range(1, 10_000)],
    "A long chain: an hour of waiting in each village.",
)
case("secret/11-small-web", 60, web(60, 90, 5), "A small web of roads.")
case("secret/12-long-web", 10_000, web(10_000, 25_000, 3), "A long, narrow web, most roads.")
case("secret/13-wide-web", 4_000, web(4_000, 14_000, 3_500), "A wide web, many roads.")
case("secret/14-middle-web", 2_000, web(2_000, 5_000, 40), "Neither long nor wide.")
case(
    "secret/15-star", 5_000, [turned(i, 4_999) for i in range(1, 5_001) if i != 4_999], "All roads meet in one village."
)
case(
    "secret/16-no-way-large",
    4_000,
    [turned(i, i + 1) for i in range(1, 2_000)] + [turned(i, i + 1) for i in range(2_001, 4_000)],
    "Two halves without a road between them.",
)

invalid("one-village", "1 1\n1 1\n", "n is below its limit.")
invalid("loop", "3 2\n1 2\n2 2\n", "A road from a village to itself.")
invalid("village-beyond", "3 1\n1 4\n", "A village above n.")
invalid("road-missing", "3 2\n1 2\n", "Fewer roads than m says.")
invalid("no-road", "3 0\n", "No road at all.")
invalid("tab", "3 1\n1\t2\n", "A tab between the numbers.")
