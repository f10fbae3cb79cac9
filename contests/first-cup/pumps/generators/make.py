"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(3)


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


def case(name: str, v: int, pumps: list[tuple[int, int]], why: str = "") -> None:
    write(name, f"{v} {len(pumps)}\n" + "".join(f"{t} {q}\n" for t, q in pumps), why)


def some(n: int, last: int, most: int) -> list[tuple[int, int]]:
    return [(rng.randint(0, last), rng.randint(1, most)) for _ in range(n)]


case("sample/1", 90, [(30, 20), (10, 15)])
case("sample/2", 6, [(0, 35)])

case("secret/01-one-pump", 1, [(0, 1)], "The smallest pond and the weakest pump.")
case("secret/02-part-of-a-minute", 1, [(0, 7)], "The answer is not a whole minute.")
case("secret/03-nothing-runs-at-first", 10, [(500, 3), (700, 4)], "No pump runs from minute 0.")
case("secret/04-full-before-the-second", 6, [(0, 10), (100, 1000)], "The second pump comes too late.")
case("secret/05-full-as-the-second-starts", 6, [(0, 10), (10, 1000)], "Full in the minute in which a pump starts.")
case("secret/06-latest-first", 50, [(60, 10), (40, 10), (20, 10), (0, 10)], "The pumps are listed backwards.")
case("secret/07-all-at-once", 1000, [(5, 9)] * 20, "Several pumps start in the same minute.")
case("secret/08-large-pond", 1_000_000_000, [(0, 1)], "The latest end there can be, nearly.")
case("secret/09-large-pond-late", 1_000_000_000, [(1_000_000, 1)], "The latest end there can be.")
case("secret/10-small-pond-strong-pumps", 1, [(0, 1000)] * 1000, "Full within a split second.")
case(
    "secret/11-late-and-strong",
    1,
    [(999_999, 1000)] * 3 + [(1_000_000, 1)],
    "All starts are late, the end is close to a start.",
)
case("secret/12-some-pumps", 70_000, some(30, 400, 40), "Some pumps.")
case("secret/13-many-pumps", 900_000_000, some(1000, 100_000, 1000), "As many pumps as there can be.")
case("secret/14-many-start-after", 40_000, some(1000, 1_000_000, 60), "Most pumps start when the pond is full.")

for folder in ("sample", "secret"):
    (PACKAGE / "data" / folder / "test_group.yaml").write_text('output_validator_args: [float_tolerance, "1e-6"]\n')

invalid("no-pump", "5 0\n", "No pump at all.")
invalid("no-water", "5 1\n0 0\n", "A pump that delivers nothing.")
invalid("negative-minute", "5 1\n-1 4\n", "A start before minute 0.")
invalid("decimal", "5.5 1\n0 4\n", "A number that is not whole.")
invalid("two-spaces", "5 1\n0  4\n", "Two spaces between numbers.")
invalid("pump-missing", "5 2\n0 4\n", "Fewer pumps than n says.")
invalid("pond-too-large", "1000000001 1\n0 4\n", "v is above its limit.")
