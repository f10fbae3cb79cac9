"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(8)


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


def case(name: str, orders: list[tuple[int, int]], why: str = "") -> None:
    write(name, f"{len(orders)}\n" + "".join(f"{d} {t}\n" for d, t in orders), why)


def some(n: int, longest: int, last: int) -> list[tuple[int, int]]:
    return [(rng.randint(1, longest), rng.randint(1, last)) for _ in range(n)]


def group(name: str, **config: object) -> None:
    path = PACKAGE / "data" / "secret" / name / "test_group.yaml"
    path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in config.items()))


case("sample/1", [(30, 40), (20, 45), (20, 60), (15, 60)])
case("sample/2", [(10, 9), (5, 5)])

case("secret/1-eight/01-one-order", [(7, 7)], "Ready in the very minute.")
case("secret/1-eight/02-one-too-late", [(8, 7)], "Nothing can be ready on time.")
case(
    "secret/1-eight/03-long-one-first",
    [(10, 10), (1, 11), (1, 11), (9, 11)],
    "The first buyer's order is best given up.",
)
case("secret/1-eight/04-short-one-late", [(1, 100), (2, 3), (2, 4)], "The shortest order has time.")
case("secret/1-eight/05-all-fit", [(5, 40)] * 8, "Everything fits exactly.")
case(
    "secret/1-eight/06-eight",
    [(6, 8), (4, 9), (7, 15), (8, 20), (3, 21), (5, 22), (6, 25), (2, 26)],
    "Eight mixed orders.",
)
case("secret/1-eight/07-none-fits", [(9, 8), (5, 4), (1000, 999)], "No order can be ready on time.")
case("secret/1-eight/08-random", some(8, 20, 60), "Eight random orders.")
case("secret/2-same-time/01-one-minute-each", [(1, rng.randint(1, 90)) for _ in range(100)], "One minute each.")
case("secret/2-same-time/02-everyone-leaves-at-once", [(7, 350)] * 100, "All buyers leave at the same minute.")
case(
    "secret/2-same-time/03-a-thousand",
    [(1000, rng.randint(1, 800_000)) for _ in range(1000)],
    "Long orders, a thousand of them.",
)
case("secret/2-same-time/04-plenty-of-time", [(3, 10_000_000)] * 1000, "There is time for all.")
case("secret/3-a-thousand/01-crowded", some(1000, 1000, 100_000), "Time for a part of the orders.")
case("secret/3-a-thousand/02-nearly-all", some(1000, 1000, 600_000), "Time for most.")
case(
    "secret/3-a-thousand/03-long-and-hurried",
    [(1000 - i, 1000 + i) for i in range(999)] + [(1, 1)],
    "The longest orders are due first.",
)
case("secret/3-a-thousand/04-few-fit", some(1000, 1000, 1500), "Time for a few.")
case(
    "secret/3-a-thousand/05-one-order-in-ten",
    [(1000 if i % 10 == 0 else 2, 200 + 3 * i) for i in range(1000)],
    "Long orders among short ones.",
)
case(
    "secret/3-a-thousand/06-just-in-time",
    [(1 + i % 3, 2000) for i in range(1000)],
    "The last order that fits is ready in the very minute.",
)
case("secret/4-all/01-nearly-all", some(10_000, 1000, 5_000_000), "Many orders, time for nearly all.")
case("secret/4-all/02-crowded", some(20_000, 1000, 1_000_000), "Most orders, time for a part.")
case("secret/4-all/03-short-orders", some(20_000, 9, 95_000), "Most orders, all of them short.")
case(
    "secret/4-all/04-longest-first",
    [(1000 - i // 10, 300_000 + i) for i in range(9_900)],
    "The longest orders are due first, again and again one is given up.",
)
case("secret/4-all/05-just-in-time", [(2, 3000)] * 1500, "All orders fit, to the very minute.")

# What a group promises is told to the input validator too.
group("1-eight", max_score=20, score_aggregation="pass-fail", input_validator_args=["most=8"])
group("2-same-time", max_score=20, score_aggregation="pass-fail", input_validator_args=["most=1000", "same"])
group("3-a-thousand", max_score=30, score_aggregation="pass-fail", input_validator_args=["most=1000"])
group("4-all", max_score=30, score_aggregation="pass-fail")
group("", max_score=100, score_aggregation="sum")

invalid("no-order", "0\n", "n is 0.")
invalid("order-missing", "2\n5 9\n", "Fewer orders than n says.")
invalid("order-too-many", "1\n5 9\n5 9\n", "More orders than n says.")
invalid("too-long", "1\n1001 5000\n", "An order above its limit.")
invalid("leaves-at-once", "1\n5 0\n", "A buyer leaves at minute 0.")
invalid("three-numbers", "1\n5 9 1\n", "Three numbers on a line.")
