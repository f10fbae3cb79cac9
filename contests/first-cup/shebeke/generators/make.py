"""Writes data/ anew, always the same bytes: python3 generators/make.py."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MODEL = PACKAGE / "submissions" / "accepted" / "solution.py"
rng = random.Random(6)


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


def case(name: str, panes: list[int], why: str = "") -> None:
    write(name, f"{len(panes)}\n{' '.join(map(str, panes))}\n", why)


def some(k: int, total: int) -> list[int]:
    """k numbers of panes, `total` together, one at least of each."""
    cuts = sorted(rng.sample(range(1, total), k - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total])]


case("sample/1", [2, 1, 3])
case("sample/2", [1, 2])

case("secret/01-three-colours", [1, 1, 1], "The smallest ring that can be laid.")
case("secret/02-two-and-two", [2, 2], "Two colours in turn.")
case("secret/03-one-too-many", [3, 1], "More than half of one colour.")
case("secret/04-row-but-no-ring", [3, 2], "A row could be laid, the ring meets itself at the seam.")
case("secret/05-row-but-no-ring-many", [4, 1, 1, 1], "Half of an odd number, rounded up, is too many.")
case("secret/06-just-half", [3, 3, 1], "Odd length, the commonest colours are just few enough.")
case("secret/07-half-at-the-end", [1, 1, 1, 3], "Exactly half is of the last colour.")
case("secret/08-commonest-in-the-middle", [1, 4, 2, 1], "The commonest colour is neither first nor last.")
case("secret/09-unsorted-trap", [2, 2, 3], "Laid in the given order, a colour meets itself.")
case("secret/10-two-colours-even", [10_000, 10_000], "Two colours, most panes.")
case("secret/11-two-colours-odd", [9_999, 10_000], "Two colours cannot close an odd ring.")
case("secret/12-one-of-each", [1] * 1000, "A thousand colours, one pane of each.")
case("secret/13-most-of-everything", [20] * 1000, "A thousand colours, twenty panes of each.")
case("secret/14-half-and-many", [500] * 20 + [10_000], "Exactly half is of one colour, which is given last.")
case("secret/15-one-above-half", [*([500] * 19), 499, 10_001], "One pane above half.")
case("secret/16-some-panes", some(40, 3_001), "Some panes, odd.")
case("secret/17-some-more-panes", some(1000, 19_999), "Many colours, odd.")
case("secret/18-rising", list(range(1, 141)), "Each colour has one pane more than the one before.")
case("secret/19-half-in-the-middle", [300, 1000, 700], "Exactly half is of the colour in the middle.")

invalid("one-colour", "1\n5\n", "k is below its limit.")
invalid("two-panes", "2\n1 1\n", "Fewer than three panes.")
invalid("too-many-panes", "2\n10000 10001\n", "More than 20 000 panes.")
invalid("no-pane", "3\n2 0 2\n", "A colour without a pane.")
invalid("colour-missing", "3\n2 2\n", "Fewer colours than k says.")
invalid("two-lines", "3\n2 2\n1\n", "The panes stand on two lines.")

for name, panes, out, why in [
    ("seam", [2, 2, 1], "YES\n1 2 3 2 1\n", "The last pane touches the first."),
    ("too-few", [2, 2, 1], "YES\n1 2 1 2\n", "A pane is missing."),
    ("wrong-counts", [2, 2, 1], "YES\n1 2 3 1 3\n", "Not the panes that were cut."),
    ("unknown-colour", [2, 2, 1], "YES\n1 2 1 2 4\n", "A colour that does not exist."),
    ("no-but-possible", [2, 2, 1], "NO\n", "There is an order."),
    ("yes-but-impossible", [1, 2], "YES\n2 1 2\n", "There is no order."),
    ("not-numbers", [2, 2, 1], "YES\nred blue red blue green\n", "Words instead of numbers."),
]:
    case(f"invalid_output/{name}", panes, why)
    (PACKAGE / "data" / "invalid_output" / f"{name}.out").write_text(out)
for name, panes, out, why in [
    ("another-order", [2, 2, 1], "YES\n2 1 2 1 3\n", "Another order than the answer file has."),
    ("on-many-lines", [1, 1, 1], "YES\n3\n2\n1\n", "Line breaks instead of spaces."),
]:
    case(f"valid_output/{name}", panes, why)
    (PACKAGE / "data" / "valid_output" / f"{name}.out").write_text(out)
