"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(1)


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


def case(name: str, n: int, k: int, why: str = "") -> None:
    write(name, f"{n}\n{k}\n", why)


case("sample/1", 50, 12)
case("sample/2", 24, 8)

case("secret/01-one-of-each", 1, 1, "The smallest input.")
case("secret/02-one-tray-not-full", 3, 10, "Everything fits on one tray that stays half empty.")
case("secret/03-one-tray-full", 10, 10, "One tray, filled exactly.")
case("secret/04-one-more-than-a-tray", 11, 10, "A second tray for a single kilogram.")
case("secret/05-one-less-than-two", 19, 10, "The last tray lacks one kilogram.")
case("secret/06-trays-of-one", 77, 1, "Every tray holds one kilogram, the last one is full.")
case("secret/07-full-trays", 999_000, 999, "Many full trays and nothing left over.")
case("secret/08-more-than-half", 1_000, 600, "The last tray is more than half full.")
case("secret/09-most-apricots", 1_000_000, 7, "The largest n.")
case("secret/10-most-of-both", 1_000_000, 1_000, "Both numbers as large as they can be.")
case("secret/11-most-trays", 1_000_000, 1, "As many trays as there can be.")
case("secret/12-some-yard", rng.randint(1_000, 900_000), rng.randint(2, 999), "Some yard.")

invalid("no-apricots", "0\n5\n", "n is 0.")
invalid("too-many", "1000001\n5\n", "n is above its limit.")
invalid("tray-too-large", "10\n1001\n", "k is above its limit.")
invalid("one-line", "10 5\n", "Both numbers on one line.")
invalid("leading-zero", "010\n5\n", "A number with a zero in front.")
invalid("space", "10 \n5\n", "A space behind a number.")
