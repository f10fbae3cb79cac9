"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(9)


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


def case(name: str, start: int, gates: list[tuple[int, int]], why: str = "") -> None:
    write(name, f"{len(gates)} {start}\n" + "".join(f"{x} {r}\n" for x, r in sorted(gates)), why)


def some(n: int, length: int, last: int) -> list[tuple[int, int]]:
    return [(x, rng.randint(0, last)) for x in rng.sample(range(length + 1), n)]


case("sample/1", 4, [(0, 0), (3, 20), (7, 5), (10, 12)])
case("sample/2", 100, [(40, 30)])

case("secret/01-one-gate-here", 5, [(5, 0)], "Nothing to walk, nothing to wait for.")
case("secret/02-one-gate-to-wait-for", 5, [(5, 100)], "Only waiting.")
case("secret/03-no-turns-left-first", 30, [(0, 0), (100, 0)], "All gates may be opened at once, the nearer end first.")
case("secret/04-no-turns-right-first", 70, [(0, 0), (50, 0), (100, 0)], "The same from the other side.")
case(
    "secret/05-last-turn-in-the-middle",
    0,
    [(0, 0), (10, 0), (20, 90), (30, 0), (40, 0)],
    "The gate in the middle is the last to open.",
)
case("secret/06-there-and-back", 5, [(0, 10), (4, 40), (6, 45), (10, 22)], "The ends first, then the middle.")
case("secret/07-start-outside", 900, [(100, 50), (200, 600), (300, 650)], "The mirab starts beyond all gates.")
case(
    "secret/08-turns-run-away",
    0,
    [(10 * i, 30 * i) for i in range(12)],
    "The turns go down the canal, slower than he walks.",
)
case("secret/09-turns-come-back", 0, [(10 * i, 400 - 30 * i) for i in range(12)], "The turns go up the canal.")
case("secret/10-some-gates", 40, some(12, 100, 260), "Some gates, many turns back.")
case("secret/11-some-more-gates", 500, some(25, 1_000, 3_000), "More gates.")
case(
    "secret/12-zigzag",
    300,
    [(i, 3 * min(i, 600 - i)) for i in range(0, 601, 5)],
    "The turns come from both ends to the middle.",
)
case("secret/13-most-gates", 500_000, some(600, 1_000_000, 3_000_000), "Most gates on the longest canal.")
case(
    "secret/14-most-gates-little-time",
    1_000_000,
    some(600, 1_000_000, 1_500_000),
    "Most gates, walking counts as much as waiting.",
)
case("secret/15-far-and-late", 0, [(1_000_000, 10_000_000), (0, 10_000_000)], "The latest end there can be.")
case("secret/16-side-by-side", 300, [(i, 7 * ((i * 193) % 600)) for i in range(600)], "A gate at every metre.")

invalid("no-gate", "0 5\n", "n is 0.")
invalid("same-place", "2 5\n3 0\n3 1\n", "Two gates at the same place.")
invalid("not-in-order", "2 5\n4 0\n3 1\n", "The places do not rise.")
invalid("negative", "1 5\n-3 0\n", "A place before the head.")
invalid("too-late", "1 5\n3 10000001\n", "A turn above its limit.")
invalid("gate-missing", "2 5\n3 0\n", "Fewer gates than n says.")
