"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(2)


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


def case(name: str, deck: int, trucks: list[int], why: str = "") -> None:
    write(name, "".join(f"{number}\n" for number in [deck, len(trucks), *trucks]), why)


def some(n: int, low: int, high: int) -> list[int]:
    return [rng.randint(low, high) for _ in range(n)]


case("sample/1", 40, [16, 12, 18, 8, 14, 16])
case("sample/2", 30, [15, 15, 20])

case("secret/01-one-truck", 20, [20], "One truck as long as the deck.")
case("secret/02-one-short-truck", 500, [1], "One truck, nearly everything stays empty.")
case("secret/03-all-on-one-ferry", 500, [20] * 25, "All trucks together fill one ferry exactly.")
case("secret/04-one-too-many", 500, [20] * 25 + [1], "The last truck sails alone.")
case("secret/05-each-alone", 20, [11] * 12, "No two trucks fit together.")
case("secret/06-no-overtaking", 30, [16, 16, 4, 10, 20, 5, 5, 10], "Short trucks must not pass long ones.")
case("secret/07-always-exactly-full", 40, [10, 20, 10] * 50, "Every ferry is filled to the last metre.")
case("secret/08-one-metre-over", 40, [10, 20, 11] * 50, "The third truck is one metre too long each time.")
case("secret/09-long-and-short", 45, some(200, 1, 20), "Long and short trucks mixed.")
case("secret/10-most-trucks-small-deck", 20, some(1000, 1, 20), "As many trucks as there can be on the smallest deck.")
case("secret/11-most-trucks-large-deck", 500, some(1000, 12, 20), "As many trucks as there can be on the largest deck.")
case("secret/12-short-trucks", 499, [1] * 1000, "Only trucks of one metre.")

invalid("deck-too-short", "19\n1\n5\n", "The deck is below its limit.")
invalid("truck-too-long", "40\n1\n21\n", "A truck of 21 metres.")
invalid("truck-of-nothing", "40\n1\n0\n", "A truck of 0 metres.")
invalid("too-few-trucks", "40\n3\n5\n5\n", "Fewer trucks than n says.")
invalid("too-many-trucks", "40\n1\n5\n5\n", "More trucks than n says.")
invalid("trucks-on-one-line", "40\n2\n5 5\n", "Two trucks on one line.")
invalid("empty-line", "40\n\n1\n5\n", "An empty line.")
