"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(4)


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


def case(name: str, readings: list[int], questions: list[tuple[int, int]], breaks: str, why: str = "") -> None:
    """breaks: "none", "all", or "some" line breaks between readings."""
    lines: list[list[int]] = [[]]
    for reading in readings:
        if lines[-1] and (breaks == "all" or (breaks == "some" and rng.random() < rng.choice([0.5, 0.02, 0.001]))):
            lines.append([])
        lines[-1].append(reading)
    text = f"{len(readings)} {len(questions)}\n"
    text += "".join(" ".join(map(str, line)) + "\n" for line in lines)
    text += "".join(f"{a} {b}\n" for a, b in questions)
    write(name, text, why)


def some(n: int, low: int = -25, high: int = 35) -> list[int]:
    return [rng.randint(low, high) for _ in range(n)]


def asked(n: int, q: int) -> list[tuple[int, int]]:
    return [tuple(sorted((rng.randint(1, n), rng.randint(1, n)))) for _ in range(q)]


def asked_wide(n: int, q: int) -> list[tuple[int, int]]:
    return [(rng.randint(1, n // 20), rng.randint(n - n // 20, n)) for _ in range(q)]


write("sample/1", "8 3\n4 2 -1\n-3\n0 5 9 7\n1 8\n3 5\n6 6\n")
write("sample/2", "3 2\n-5 10 20\n2 3\n1 2\n")

case("secret/01-one-reading", [-7], [(1, 1)], "none", "One reading, one question.")
case("secret/02-one-hour-each", some(10), [(i, i) for i in range(1, 11)], "none", "Each question asks about one hour.")
case("secret/03-all-below-zero", some(50, -40, -1), asked(50, 50), "none", "Only frost.")
case("secret/04-zeros", [0] * 30, asked(30, 20), "some", "Nothing but zeros.")
case("secret/05-two-numbers-a-line", [1, 2, 3, 4], [(1, 4), (2, 3)], "none", "Readings that look like questions.")
write(
    "secret/06-lines-of-two",
    "6 2\n1 2\n3 4\n5 6\n1 3\n2 6\n",
    "Lines of readings with two numbers, as the questions have.",
)
case("secret/07-one-number-a-line", some(300), asked(300, 100), "all", "One reading on a line.")
case("secret/08-some-lines", some(2_000), asked(2_000, 500), "some", "Lines of all lengths.")
case(
    "secret/09-one-long-line",
    some(30_000),
    asked(30_000, 1_000),
    "none",
    "All readings on a single line of about 90 000 bytes.",
)
case("secret/10-many-lines", some(25_000), asked(25_000, 2_000), "all", "As many lines as readings.")
case(
    "secret/11-wide-questions",
    some(70_000, -9, 9),
    asked_wide(70_000, 14_000),
    "some",
    "Most readings, most questions, wide stretches.",
)
case("secret/12-hottest", [50] * 70_000, [(1, 70_000), (2, 70_000)], "none", "The largest sum.")
case("secret/13-coldest", [-40] * 30_000, [(1, 30_000), (1, 29_999)], "none", "A large sum below zero, on one line.")

invalid("reading-missing", "3 1\n1 2\n1 1\n", "Two readings of three, then a question.")
invalid("reading-too-many", "2 1\n1 2 3\n1 2\n", "Three readings of two.")
invalid("question-on-a-reading-line", "2 1\n1 2 1 2\n", "The question does not start a new line.")
invalid("backwards", "3 1\n1 2 3\n3 1\n", "a is greater than b.")
invalid("beyond-the-end", "3 1\n1 2 3\n1 4\n", "b is greater than n.")
invalid("too-hot", "1 1\n51\n1 1\n", "A reading above its limit.")
invalid("minus-zero", "1 1\n-0\n1 1\n", "Zero with a sign.")
invalid("space-at-the-end", "2 1\n1 2 \n1 1\n", "A space at the end of a line.")
invalid("empty-line", "2 1\n1 2\n\n1 1\n", "An empty line before the questions.")
