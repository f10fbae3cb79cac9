"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(5)


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


def case(name: str, n: int, broken: list[int], why: str = "") -> None:
    sections = sorted(set(broken))
    text = f"{n} {len(sections)}\n{' '.join(map(str, sections))}\n"
    write(name, text, why, answer=f"{sections[0]} {sections[-1]}\n")


case("sample/1", 8, [3, 4, 6])
(PACKAGE / "data" / "sample" / "1.interaction").write_text(
    "<8\n>? 1 4\n<0\n>? 1 3\n<1\n>? 6 8\n<0\n>? 7 8\n<1\n>! 3 6\n"
)

case("secret/01-two-posts", 2, [1], "The only section is broken.")
case("secret/02-three-posts-both", 3, [1, 2], "Both of two sections are broken.")
case("secret/03-three-posts-last", 3, [2], "Only the last section.")
case("secret/04-everything-broken", 50, list(range(1, 50)), "Every section is broken.")
case("secret/05-both-ends", 1000, [1, 999], "The outermost sections.")
case("secret/06-only-the-first", 1000, [1], "One break, at the start.")
case("secret/07-only-the-last", 1000, [999], "One break, at the end.")
case("secret/08-side-by-side", 1000, [500, 501], "Two breaks beside each other.")
case("secret/09-power-of-two", 2**19, [2**18], "A number of posts that halves evenly.")
case("secret/10-power-of-two-and-one", 2**19 + 1, [1, 2**19], "One section more than halves evenly.")
case("secret/11-most-posts-first", 1_000_000, [1], "The longest cable, broken at the start.")
case("secret/12-most-posts-last", 1_000_000, [999_999], "The longest cable, broken at the end.")
case("secret/13-most-posts-ends", 1_000_000, [1, 999_999], "The longest cable, broken at both ends.")
case("secret/14-most-posts-middle", 1_000_000, [499_999, 500_000, 500_001], "Three breaks in the middle.")
case("secret/15-a-bad-night", 1_000_000, rng.sample(range(300_000, 900_000), 200), "Two hundred breaks.")
case("secret/16-some-breaks", 777_777, rng.sample(range(1, 777_777), 5), "Some breaks.")

invalid("one-post", "1 1\n1\n", "A cable without a section.")
invalid("nothing-broken", "5 0\n\n", "No broken section.")
invalid("section-beyond", "5 1\n5\n", "Section n does not exist.")
invalid("not-rising", "9 2\n4 3\n", "The sections do not rise.")
invalid("count-wrong", "9 3\n3 4\n", "Fewer sections than announced.")
invalid("too-long", "1000001 1\n3\n", "n is above its limit.")
